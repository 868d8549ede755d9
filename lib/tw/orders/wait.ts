/** How far an order has come, looked at once or until it is final. */
import { waitFor } from '../../base/delivery';
import { Fault, RefusedFault, UnfinishedFault } from '../../base/errors';
import type { JsonObject } from '../../base/json';
import type { Limits } from '../../base/limits';
import { errorsText, orderCheckData, type OrderCheckData, readData } from '../wire/answers';
import type { TwClient } from '../wire/client';
import { twEndpoints } from '../wire/endpoints';
import { findOrder, type FoundOrder, trackingNumbers } from './info';
import { FAILED_FOR_SURE, phaseOf, stateMembers, stateText } from './states';

/** ASSUMED (no interval is documented): each pause is longer than the one before by this factor. */
const PAUSE_GROWTH = 1.5;
/** Negative states other than -1 may not be final, so they are reported only when seen this often in a row. */
export const SURE_AFTER = 3;
/** TW's request ids have this form; anything else is an order number. */
const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads an order's state once.
 *
 * @param more members the user adds to the request
 * @returns the state, and all that TW sent
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
	return { state, raw: data as JsonObject };
}

/**
 * The end of an order, if it has come to one.
 *
 * @param order its request_id or its number
 * @returns its item, and whether the end is final; undefined if it has not ended or TW does not show it
 */
export async function endOf(
	client: TwClient,
	order: string,
	limits: Limits,
): Promise<{ item: JsonObject; isFinal: boolean } | undefined> {
	if (REQUEST_ID.test(order)) {
		const { status, no = null, errors } = (await checkOrder(client, order, limits)).state;
		const outcome = phaseOf(status);
		if (outcome === 'running') return undefined;
		const state = { ...stateMembers(status), errors_text: errorsText(errors) };
		const item = { order, request_id: order, no, outcome, ...state };
		return { item, isFinal: outcome === 'completed' || status === FAILED_FOR_SURE };
	}
	const found = await findOrder(client, order, limits);
	if (!found) return undefined;
	const { tracking_number = null, removed_at = null } = found.info;
	const tracking_numbers = trackingNumbers(found.info);
	if (!removed_at && tracking_numbers.length === 0) return undefined;
	const outcome = removed_at ? 'deleted' : 'completed';
	const item = { order, no: order, outcome, tracking_number, tracking_numbers, removed_at };
	return { item, isFinal: true };
}

/**
 * Polls orderCheck until the order is completed.
 *
 * @returns the last state: completed, or whatever it was when the deadline came
 * @throws {RefusedFault} when TW reports that the order failed
 */
export async function waitForCompletion(
	client: TwClient,
	requestId: string,
	limits: Limits,
): Promise<OrderCheckData> {
	const { first, longest } = limits.pace.poll;
	let failures = 0;
	for (let pause = first; ; pause = Math.min(pause * PAUSE_GROWTH, longest)) {
		const { state } = await checkOrder(client, requestId, limits);
		const phase = phaseOf(state.status);
		if (phase === 'completed') return state;
		failures = phase === 'failed' ? failures + 1 : 0;
		const isSure = state.status === FAILED_FOR_SURE || failures >= SURE_AFTER;
		if (isSure) throw orderFailed(state, requestId);
		const next = phase === 'failed' ? first : pause;
		if (!limits.deadline.allowsRequestAfter(next)) {
			if (phase === 'failed') throw orderFailed(state, requestId);
			return state;
		}
		await waitFor(next, limits.signal);
	}
}

/** TW says that an order failed; unlike its refusal to say how far the order is. */
class OrderFailedFault extends RefusedFault {}

/** The fault for an order in a failing state. */
export function orderFailed(state: OrderCheckData, requestId: string): RefusedFault {
	const said = errorsText(state.errors);
	return new OrderFailedFault(
		`TW did not complete order ${state.no ?? requestId}: ${stateText(state.status)} (${state.status})${said ? `: ${said}` : ''}`,
		state.status === -4
			? 'Top up the TW account, then create the order again.'
			: 'Correct what TW names, then create the order again.',
		{ code: state.status, ...(said ? { vendorMessage: said } : {}) },
	);
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
	const { poll } = limits.pace;
	let order = found;
	for (let pause = poll.first; ; pause = Math.min(pause * PAUSE_GROWTH, poll.longest)) {
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
