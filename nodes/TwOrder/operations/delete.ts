/**
 * Delete an order: TW's "Order deleted" [ASSUMED: path, body and answer].
 *
 * Deletion takes time at TW, so the output tells how far it has come from orderInfo's time stamps.
 */
import type { IDataObject } from 'n8n-workflow';
import { Fault } from '../../../lib/errors';
import { type Call, type Operation, perItem } from '../../../lib/operation';
import type { TwClient } from '../../../lib/tw/client';
import { twEndpoints } from '../../../lib/tw/endpoints';
import { findOrder } from '../../../lib/tw/order-info';
import { removalOf } from '../../../lib/tw/removal';
import { orderNumber } from '../../shared/fields';
import { orderIdentity } from '../../shared/orderForm';
import { assumedNotice } from '../../shared/tw';
import { sendWrite, written } from '../../shared/tw-write';

export const remove: Operation<TwClient, { no: string }> = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete an order',
	description: 'Ask TW to delete an order, and tell how far that has come',
	kind: 'write',
	endpoints: [twEndpoints.orderDelete.title],
	notice: assumedNotice('orderDelete')!,
	fields: { no: orderNumber },
	identity: orderIdentity,
	perform: perItem(async (call, { body }) => {
		const { no } = body;
		const outcome = await sendWrite(call, 'orderDelete', body, `order ${no}`, async (limits) => {
			const order = await findOrder(call.client, no, limits);
			// An order that is not shown may be gone or may never have been: that does not tell.
			if (!order) return { notShown: `TW does not show order ${no}; it may be deleted already.` };
			if (removalOf(order.info) !== 'not requested') return { found: true };
			return { missing: true, remark: `TW shows order ${no} without a deletion.` };
		});
		return [{ json: { no, ...(await progress(call, no)), ...written(outcome) } }];
	}),
};

/** The deletion stands whether or not it can be shown, so a failing look-up is a remark and no fault. */
async function progress(
	{ client, deadline, signal }: Call<TwClient>,
	no: string,
): Promise<IDataObject> {
	const requested = { deleted: false, removal: 'requested' };
	try {
		const order = await findOrder(client, no, { deadline, signal });
		if (!order) return { ...requested, remark: 'TW no longer shows the order.' };
		const { removing_at = null, removed_at = null, real_removed_at = null } = order.info;
		const removal = removalOf(order.info);
		return {
			deleted: removed_at !== null,
			removal: removal === 'not requested' ? 'requested' : removal,
			removing_at,
			removed_at,
			real_removed_at,
			time_zone: client.account.timeZone,
		};
	} catch (error) {
		const reason = error instanceof Fault ? error.message : 'unknown reason';
		return { ...requested, remark: `How far it has come could not be read: ${reason}` };
	}
}
