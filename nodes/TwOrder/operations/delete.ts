/**
 * Delete an order: TW's "Order deleted" [ASSUMED: path, body and answer].
 *
 * Deletion takes time at TW, so the output tells how far it has come from orderInfo's time stamps.
 */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { Fault } from '../../../lib/base/errors';
import { type Call, type Operation, perItem } from '../../../lib/operation/operation';
import type { TwClient } from '../../../lib/tw/wire/client';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { findOrder } from '../../../lib/tw/orders/info';
import { removalOf } from '../../../lib/tw/orders/removal';
import { orderNumber } from '../../shared/fields';
import { orderIdentity } from '../../shared/orderForm';
import { assumedNotice } from '../../shared/tw';
import { rememberControl, type RememberSettings } from '../../shared/remember';
import { forget, NUMBER_IS_FREE, sendWrite, written, writtenMembers } from '../../shared/tw-write';

export const remove: Operation<TwClient, { no: string }, RememberSettings> = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete an order',
	description: 'Ask TW to delete an order, and tell how far that has come',
	kind: 'write',
	endpoints: [twEndpoints.orderDelete.title],
	notice: assumedNotice('orderDelete')!,
	output: {
		usual: () =>
			z.looseObject({
				no: z.string(),
				deleted: z.boolean(),
				removal: z.enum(['requested', 'removed', 'confirmed by carrier']),
				removing_at: z.string().nullish(),
				removed_at: z.string().nullish(),
				real_removed_at: z.string().nullish(),
				time_zone: z.string().optional(),
				...writtenMembers('deleted', 'accepted'),
			}),
	},
	fields: { no: orderNumber },
	controls: rememberControl('Orders'),
	identity: orderIdentity,
	perform: perItem(async (call, { body, settings }) => {
		const { no } = body;
		const order = { kind: 'order', name: no } as const;
		const sent = await sendWrite(
			call,
			'orderDelete',
			body,
			order,
			async (limits) => {
				const shown = await findOrder(call.client, no, limits);
				// An order that is not shown may be gone or may never have been: that does not tell.
				if (!shown) return { notShown: `TW does not show order ${no}; it may be deleted already.` };
				if (removalOf(shown.info) !== 'not requested') return { found: true };
				return { missing: true, remark: `TW shows order ${no} without a deletion.` };
			},
			NUMBER_IS_FREE,
		);
		const remark = await forget(call, order, settings);
		const progress = await progressOf(call, no);
		const own = { no, ...progress, ...(remark ? { remark } : {}) };
		return [{ json: written(progress.deleted ? 'deleted' : 'accepted', own, sent) }];
	}),
};

/** The deletion stands whether or not it can be shown, so a failing look-up is a remark and no fault. */
async function progressOf(
	{ client, limits }: Call<TwClient>,
	no: string,
): Promise<IDataObject & { deleted: boolean }> {
	const requested = { deleted: false, removal: 'requested' };
	try {
		const order = await findOrder(client, no, limits);
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
