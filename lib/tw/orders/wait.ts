/** How far an order has come, looked at once or until it is final. */
import { growing, lookUpLimits, waitFor } from '../../base/delivery';
import { asFault, CancelledFault, Fault, RefusedFault, UnfinishedFault } from '../../base/errors';
import { errorsText, type JsonObject } from '../../base/json';
import type { Limits } from '../../base/limits';
import type { Standing } from '../../once/send';
import type { Entry } from '../../register/register';
import {
	isNoData,
	isRequestId,
	orderCheckData,
	type OrderCheckData,
	readData,
} from '../wire/answers';
import type { TwClient } from '../wire/client';
import { twEndpoints } from '../wire/endpoints';
import { notRemovedYet } from '../writes/policy';
import {
	type Doubt,
	type NamedOrder,
	orderFailed,
	OrderFailedFault,
	type OrderHandle,
} from './failed';
import { recallTicket } from './forecast';
import { findOrder, type FoundOrder, isRemoved, sameOrder, trackingNumbers } from './info';
import { COMPLETED, FAILED_FOR_SURE, phaseOf, stateMembers } from '../wire/states';

/** ASSUMED (no interval is documented): each pause is longer than the one before by this factor. */
export const PAUSE_GROWTH = 1.5;
/** Negative states other than -1 may not be final, so they are reported only when seen this often in a row. */
export const SURE_AFTER = 3;

/**
 * Reads an order's state once.
 *
 * @param more members the user adds to the request
 * @returns the state, and all that TW sent
 * @throws {BadAnswerFault} if TW answers about another order, or with a failure that names none
 */
export async function checkOrder(
	client: TwClient,
	requestId: string,
	limits: Limits,
	more: object = {},
): Promise<{ state: OrderCheckData; raw: JsonObject }> {
	const data = await client.call(
		'orderCheck',
		{ ...more, request_id: requestId },
		{ rule: 'read', ...limits },
	);
	const state = readData(orderCheckData, data, twEndpoints.orderCheck.title);
	const { request_id: answered } = state;
	if (answered && answered.toLowerCase() !== requestId.toLowerCase()) {
		sameOrder(`with request_id ${requestId}`, `with request_id ${answered}`);
	}
	const isNameless = !answered && !state.no;
	if (isNameless && phaseOf(state.status) === 'failed') {
		sameOrder(`with request_id ${requestId}`, 'that it does not name');
	}
	return { state, raw: data as JsonObject };
}

/**
 * The end of an order, if it has come to one.
 *
 * @param order its request_id or its number
 * @returns its item, whether the end is final, the order that it is about, and its state unless TW is to be asked
 * whether its number is free; undefined if it has not ended or TW does not show it
 */
export async function endOf(
	client: TwClient,
	order: string,
	limits: Limits,
): Promise<{ item: JsonObject; isFinal: boolean; named?: NamedOrder; saw?: number } | undefined> {
	if (isRequestId(order)) {
		const { status, no = null, errors } = (await checkOrder(client, order, limits)).state;
		const outcome = phaseOf(status);
		if (outcome === 'running') return undefined;
		const errors_text = errorsText(errors);
		const state = { ...stateMembers(status), ...(errors_text === '' ? {} : { errors_text }) };
		const item: JsonObject = { order, request_id: order, no, outcome, ...state };
		const named = no === null ? {} : { named: { no, requestId: order }, saw: status };
		return { item, isFinal: outcome === 'completed' || status === FAILED_FOR_SURE, ...named };
	}
	const found = await findOrder(client, order, limits);
	if (!found) return undefined;
	const { tracking_number = null, removed_at = null } = found.info;
	const tracking_numbers = trackingNumbers(found.info);
	const isGone = isRemoved(found.info);
	if (!isGone && tracking_numbers.length === 0) return undefined;
	const outcome = isGone ? 'deleted' : 'completed';
	const item = { order, no: order, outcome, tracking_number, tracking_numbers, removed_at };
	return { item, isFinal: true, named: { no: order }, ...(isGone ? {} : { saw: COMPLETED }) };
}

/**
 * Polls orderCheck until the order is completed.
 *
 * @param until `completed`, or `running`: only until it is not seen in a state of failure
 * @returns the last state: as wanted, or whatever it was when the deadline came
 * @throws {OrderFailedFault} when TW reports that the order failed
 * @throws {BadAnswerFault} if TW answers about another order
 */
export async function waitForCompletion(
	client: TwClient,
	order: OrderHandle,
	limits: Limits,
	until: 'completed' | 'running' = 'completed',
): Promise<OrderCheckData> {
	const { poll } = limits.pace;
	let failures = 0;
	const nextPause = growing(poll, PAUSE_GROWTH);
	for (;;) {
		const pause = nextPause();
		const { state } = await checkOrder(client, order.requestId, limits);
		if (state.no) sameOrder(order.no, state.no);
		const phase = phaseOf(state.status);
		if (phase === 'completed' || phase === until) return state;
		failures = phase === 'failed' ? failures + 1 : 0;
		const isConfirmed = state.status === FAILED_FOR_SURE || failures >= SURE_AFTER;
		const next = phase === 'failed' ? poll.first : pause;
		if (isConfirmed || !limits.deadline.allowsRequestAfter(next)) {
			if (phase !== 'failed') return state;
			throw orderFailed(
				order,
				state,
				isConfirmed ? await doubtOn(client, order.no, state.status, limits) : 'unconfirmed',
			);
		}
		await waitFor(next, limits.signal);
	}
}

/** -1 is the end at once, unless the order has a tracking number: then it was made, whatever -1 is about. */
async function doubtOn(
	client: TwClient,
	no: string,
	status: number,
	limits: Limits,
): Promise<Doubt> {
	const isEnd = status === FAILED_FOR_SURE;
	try {
		const order = await findOrder(client, no, lookUpLimits(limits));
		if (!order || isRemoved(order.info)) return undefined;
		return isEnd && trackingNumbers(order.info).length === 0 ? undefined : 'shown';
	} catch (error) {
		const fault = asFault(error);
		if (fault instanceof CancelledFault) throw fault;
		return isEnd ? undefined : 'unconfirmed';
	}
}

/**
 * What TW says now of an order that it accepted; `gone` if it knows neither its request_id nor its number.
 *
 * @param entry of the register
 */
export async function standingOf(
	client: TwClient,
	no: string,
	{ answer }: Entry,
	limits: Limits,
): Promise<Standing | 'gone'> {
	const within = () => lookUpLimits(limits);
	const { requestId, product } = recallTicket(no, answer) ?? {};
	let isForgotten = false;
	try {
		if (requestId) await waitForCompletion(client, { no, requestId, product }, within(), 'running');
	} catch (error) {
		const fault = asFault(error);
		if (fault instanceof CancelledFault) throw fault;
		if (fault instanceof OrderFailedFault) return fault.isCertain ? { failed: fault } : { fault };
		isForgotten = fault instanceof RefusedFault || isNoData(fault);
	}
	const isAnswered = answer?.['deletion'] === 'requested';
	try {
		const info = (await findOrder(client, no, within()))?.info;
		if (info && isRemoved(info)) return { removed: true };
		if (!info && isForgotten && !isAnswered) return 'gone';
		if (!isAnswered && !info?.removing_at) return 'holds';
	} catch (error) {
		const fault = asFault(error);
		if (fault instanceof CancelledFault) throw fault;
		if (!isAnswered) return 'holds';
	}
	return { fault: notRemovedYet(`order ${no}`) };
}

/**
 * Polls orderInfo until the order has a tracking number; for an order that was found by its number, whose
 * request_id is not known.
 *
 * @returns the order as last seen
 */
export async function waitForTracking(
	client: TwClient,
	no: string,
	found: FoundOrder,
	limits: Limits,
): Promise<FoundOrder> {
	let order = found;
	const nextPause = growing(limits.pace.poll, PAUSE_GROWTH);
	for (;;) {
		const pause = nextPause();
		if (trackingNumbers(order.info).length > 0 || !limits.deadline.allowsRequestAfter(pause))
			return order;
		await waitFor(pause, limits.signal);
		order = (await findOrder(client, no, limits)) ?? order;
	}
}

/** After TW took the order, every further fault must say so. */
export function afterAcceptance(no: string, requestId: string, error: unknown): Fault {
	if (!(error instanceof Fault)) throw error;
	if (error instanceof OrderFailedFault || error instanceof UnfinishedFault) return error;
	return new UnfinishedFault(
		`TW took order ${no} (request_id ${requestId}), but it could not be followed to its end: ${error.message}`,
		`Do not create it again. Read its state with 'Get Status' and request_id ${requestId}.`,
		error.facts,
	);
}
