/** Looks up an order by its number, and reads how far its deletion has come. */
import { asFault, BadAnswerFault, NotFoundFault } from '../../base/errors';
import { isEmpty } from '../../base/json';
import type { Limits } from '../../base/limits';
import { orderInfoData, type OrderInfoData, readData } from '../wire/answers';
import type { TwClient } from '../wire/client';
import { twEndpoints } from '../wire/endpoints';

export interface FoundOrder {
	/** The members we read, checked. */
	info: OrderInfoData;
	/** All that TW sent. */
	raw: Record<string, unknown>;
}

/**
 * The order, or undefined if TW does not have it.
 *
 * ASSUMED: "not there" is a 404 (HTTP or code) or an empty `data`; no failure answer is documented.
 * Any other refusal is thrown.
 *
 * @param more members the user adds to the request
 * @throws {BadAnswerFault} if TW answers about another order
 */
export async function findOrder(
	client: TwClient,
	no: string,
	limits: Limits,
	more: object = {},
): Promise<FoundOrder | undefined> {
	let data: unknown;
	try {
		data = await client.call('orderInfo', { ...more, no }, { rule: 'read', ...limits });
	} catch (error) {
		const fault = asFault(error);
		// A 404 that is not TW's own (a proxy's page, say) says nothing about the order.
		const isTws = fault.facts.code !== undefined || fault.facts.vendorMessage !== undefined;
		if (fault instanceof NotFoundFault && isTws) return undefined;
		throw fault;
	}
	if (isEmpty(data)) return undefined;
	const info = readData(orderInfoData, data, twEndpoints.orderInfo.title);
	sameOrder(no, info.no);
	return { info, raw: data as Record<string, unknown> };
}

/** @throws {BadAnswerFault} if TW's answer is about another order than was asked for, be it by a letter's case */
export function sameOrder(asked: string, answered: string): void {
	if (answered === asked) return;
	throw new BadAnswerFault(
		aboutAnother(asked, answered),
		'Nothing was taken over from that answer. Run this item again; if it happens again, ask TW.',
	);
}

export const aboutAnother = (asked: string, answered: string): string =>
	`TW was asked about order ${asked} and answered about order ${answered}`;

export type Removal = 'not requested' | 'requested' | 'removed' | 'confirmed by carrier';

/**
 * How far a deletion has come. ASSUMED: `removing_at` is set when it is requested, `removed_at` when TW has done it,
 * `real_removed_at` when the carrier has; only the names are documented.
 */
export function removalOf({ removing_at, removed_at, real_removed_at }: OrderInfoData): Removal {
	if (real_removed_at) return 'confirmed by carrier';
	if (removed_at) return 'removed';
	return removing_at ? 'requested' : 'not requested';
}

/** What has become of an order, in words. TW's own `status` beside it is a number that no page explains. */
export const orderWords = [
	'not completed yet',
	'completed',
	'deletion requested',
	'deleted',
] as const;

/** An order is completed as soon as it has a tracking number. ASSUMED, as the deletion's time stamps. */
export function wordsOf(info: OrderInfoData): (typeof orderWords)[number] {
	if (isRemoved(info)) return 'deleted';
	if (info.removing_at) return 'deletion requested';
	return trackingNumbers(info).length > 0 ? 'completed' : 'not completed yet';
}

/** Whether TW shows an order as removed, so that its number is free. */
export const isRemoved = ({ removed_at, real_removed_at }: OrderInfoData): boolean =>
	Boolean(removed_at ?? real_removed_at);

/** The tracking numbers of an order: the main one first, then those of the other boxes. */
export function trackingNumbers(info: OrderInfoData): string[] {
	const all = [info.tracking_number, ...info.children.map((child) => child.tracking_number)];
	return [...new Set(all.filter((number): number is string => Boolean(number)))];
}
