/** Looks up an order by its number. */
import { asFault, NotFoundFault } from '../../base/errors';
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
	return { info, raw: data as Record<string, unknown> };
}

/** The tracking numbers of an order: the main one first, then those of the other boxes. */
export function trackingNumbers(info: OrderInfoData): string[] {
	const all = [info.tracking_number, ...info.children.map((child) => child.tracking_number)];
	return [...new Set(all.filter((number): number is string => Boolean(number)))];
}
