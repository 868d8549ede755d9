/** Makes the output of a placed order, and waits for it to be completed where the user wants that. */
import * as z from 'zod/v4';
import { Fault, UnfinishedFault } from '../../base/errors';
import { errorsText, type JsonObject } from '../../base/json';
import type { Limits } from '../../base/limits';
import { amount } from '../wire/answers';
import type { TwClient } from '../wire/client';
import { joined } from '../writes/policy';
import { type Placed, unreadOrder } from './order';
import { findOrder, type FoundOrder, trackingNumbers } from './info';
import { COMPLETED, phaseOf, stateMembers, stateText } from '../wire/states';
import { orderFailed } from './failed';
import { afterAcceptance, waitForCompletion, waitForTracking } from './wait';

export interface FollowSettings {
	waitForCompletion?: boolean | undefined;
	/** Seconds. */
	maxWait: number;
	/** At the end of the wait, output what there is instead of failing. */
	pendingIsFine?: boolean | undefined;
}

/**
 * An order as {@link followOrder} gives it.
 *
 * @param chosen members about its channel, read before the words of its state
 * @param more members read before TW's own number of the request
 */
export const followedOrder = (chosen: z.ZodRawShape = {}, more: z.ZodRawShape = {}) =>
	z.looseObject({
		outcome: z.enum(['completed', 'accepted', 'pending']),
		no: z.string(),
		// Only after waiting
		tracking_number: z.string().optional(),
		charge_total_amount: amount.optional(),
		currency: z.string().optional(),
		...chosen,
		status_text: z.string().optional(),
		status: z.number().optional(),
		remark: z.string().optional(),
		recovered: z.boolean().optional(),
		existing: z.boolean().optional(),
		charge_amount: amount.optional(),
		charge_weight: amount.optional(),
		charge_weight_unit: z.string().optional(),
		tracking_numbers: z.array(z.string()).optional(),
		...more,
		/** Not known of an order that was found by its number. */
		request_id: z.string().optional(),
	});

interface FollowLimits {
	/** For one look-up, from now: after a long wait the item's own time may be over. */
	lookUp: () => Limits;
	wait: Limits;
}

type Followed = JsonObject & { outcome: 'accepted' | 'completed' | 'pending' };

/**
 * The output of one created order.
 *
 * @returns `outcome` is `completed`, `accepted` (not waited for) or `pending`; a fault if TW failed
 * the order, or it was not final in time and the user did not allow that
 */
export async function followOrder(
	client: TwClient,
	no: string,
	placed: Exclude<Placed, { how: 'preview' }>,
	settings: FollowSettings,
	limits: FollowLimits,
): Promise<Followed | Fault> {
	try {
		const output =
			placed.how === 'accepted'
				? await followRequest(client, no, placed.ticket, settings, limits)
				: await followFound(client, no, placed.order, settings, limits);
		if (placed.how === 'recovered') output['recovered'] = true;
		else if (placed.how === 'existing' || placed.sentBefore) output['existing'] = true;
		const { remark: own } = output;
		const remark = joined(placed.remark, typeof own === 'string' ? own : undefined);
		if (remark) output['remark'] = remark;
		return output;
	} catch (error) {
		return placed.how === 'accepted'
			? afterAcceptance(no, placed.ticket.requestId, error)
			: asFoundFault(no, error);
	}
}

async function followRequest(
	client: TwClient,
	no: string,
	ticket: Extract<Placed, { how: 'accepted' }>['ticket'],
	settings: FollowSettings,
	limits: FollowLimits,
): Promise<Followed> {
	const { requestId, product, destination } = ticket;
	const order = { no, requestId, product, destination };
	const head = (status: number | undefined, errors: string) => ({
		...{ no, request_id: requestId },
		...(status === undefined ? {} : stateMembers(status)),
		...(errors === '' ? {} : { remark: `TW says: ${errors}` }),
	});
	if (!settings.waitForCompletion) {
		const { status, errors = '' } = ticket;
		const hasFailed = status !== undefined && phaseOf(status) === 'failed';
		if (hasFailed) throw orderFailed(order, { status, errors }, 'unconfirmed');
		return { outcome: 'accepted', ...head(status, errors) };
	}
	const state = await waitForCompletion(client, order, limits.wait);
	const { status } = state;
	const errors = errorsText(state.errors);
	if (status !== COMPLETED) {
		if (settings.pendingIsFine) return { outcome: 'pending', ...head(status, errors) };
		throw notInTime(no, stateText(status), settings.maxWait, `request_id ${requestId}`);
	}
	const found = await findOrder(client, no, limits.lookUp());
	if (!found) {
		throw new UnfinishedFault(
			`TW completed order ${no} (request_id ${requestId}) but does not show its details yet`,
			`Do not create it again. Read them with 'Get' in a moment.`,
		);
	}
	return { outcome: 'completed', ...charges(client, found), ...head(status, errors) };
}

/** An order that was found by its number: without a request_id, its tracking number shows that it is completed. */
async function followFound(
	client: TwClient,
	no: string,
	order: FoundOrder,
	settings: FollowSettings,
	limits: FollowLimits,
): Promise<Followed> {
	const waited = settings.waitForCompletion
		? await waitForTracking(client, no, order, limits.wait)
		: order;
	if (trackingNumbers(waited.info).length > 0) {
		return { outcome: 'completed', no, ...charges(client, waited) };
	}
	if (!settings.waitForCompletion) return { outcome: 'accepted', no };
	if (settings.pendingIsFine) return { outcome: 'pending', no };
	throw notInTime(no, 'no tracking number yet', settings.maxWait, `order number ${no}`);
}

/** Tracking numbers and charges: money as TW gave it, with the account's currency beside it. */
function charges(client: TwClient, { info }: FoundOrder): JsonObject {
	return {
		tracking_number: info.tracking_number ?? null,
		charge_total_amount: info.charge_total_amount ?? null,
		currency: client.account.currency,
		tracking_numbers: trackingNumbers(info),
		charge_amount: info.charge_amount ?? null,
		charge_weight: info.charge_weight ?? null,
		charge_weight_unit: info.charge_weight_unit ?? null,
	};
}

function notInTime(no: string, state: string, seconds: number, handle: string): UnfinishedFault {
	return new UnfinishedFault(
		`Order ${no} was created but is not completed after ${seconds} s: ${state} (${handle})`,
		handle.startsWith('request_id')
			? `Do not create it again. Read its state with 'Get Status' or 'Get', or raise 'Maximum Wait'.`
			: `Do not create it again. Look it up with 'Get' later, or raise 'Maximum Wait'. If it never gets a tracking number, delete it with 'Delete' and run this item again.`,
	);
}

function asFoundFault(no: string, error: unknown): Fault {
	if (!(error instanceof Fault)) throw error;
	return error instanceof UnfinishedFault ? error : unreadOrder(no, error);
}
