/**
 * Deletes an order: TW's "Order deleted" [ASSUMED: path, body and answer].
 *
 * Deletion takes time at TW: orderInfo's three time stamps show how far it has come.
 */
import { Fault } from '../../base/errors';
import type { JsonObject } from '../../base/json';
import type { Evidence } from '../../once/send';
import type { Limits } from '../../base/limits';
import type { RememberPlace } from '../../register/register';
import type { TwClient } from '../wire/client';
import type { WriteContext } from '../writes/policy';
import { writeOnce } from '../writes/write';
import { findOrder, isRemoved, removalOf } from './info';
import { whyNotDeleted } from './why';

/**
 * @param body names the order by `no`; members the user added go along
 * @param remember where the number is forgotten, once TW shows the order as removed
 * @returns the output: `deleted` and how far the deletion has come
 */
export async function removeOrder(
	context: WriteContext,
	body: { no: string },
	remember: RememberPlace,
): Promise<JsonObject> {
	const { client, limits } = context;
	const { no: name } = body;
	const ask = async (within: Limits) => await evidenceOf(client, name, within);
	const write = {
		endpoint: 'orderDelete',
		body,
		kind: 'order',
		name,
		ask,
		frees: remember,
	} as const;
	try {
		return await writeOnce(context, write, async () => {
			const progress = await progressOf(client, name, limits);
			return { outcome: progress.deleted ? 'deleted' : 'accepted', no: name, ...progress };
		});
	} catch (error) {
		throw await whyNotDeleted(context, name, error);
	}
}

async function evidenceOf(client: TwClient, no: string, limits: Limits): Promise<Evidence<true>> {
	const shown = await findOrder(client, no, limits);
	// An order that is not shown may be gone, or may never have been
	if (!shown) return { notShown: `TW does not show order ${no}; it may be deleted already.` };
	if (removalOf(shown.info) !== 'not requested') return { found: true };
	return { missing: true, remark: `TW shows order ${no} without a deletion.` };
}

/** A failing look-up is a remark and no fault, since the order is deleted all the same. */
async function progressOf(
	client: TwClient,
	no: string,
	limits: Limits,
): Promise<JsonObject & { deleted: boolean; remark?: string }> {
	const requested = { deleted: false, removal: 'requested' };
	try {
		const order = await findOrder(client, no, limits);
		if (!order) return { ...requested, remark: 'TW no longer shows the order.' };
		const { removing_at = null, removed_at = null, real_removed_at = null } = order.info;
		const removal = removalOf(order.info);
		return {
			deleted: isRemoved(order.info),
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
