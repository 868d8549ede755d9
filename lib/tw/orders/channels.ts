/**
 * TW's delivery channels.
 *
 * ASSUMED: path, empty body and answer; a list of objects, a pager with one, or an object map.
 */
import type { TwClient } from '../wire/client';
import { isRecord } from '../../base/json';
import type { Limits } from '../../base/limits';

export interface Channel {
	/** What TW calls `product` in an order. */
	code: string;
	name: string;
	/** All that TW sent. */
	raw: Record<string, unknown>;
}

const CODE_MEMBERS = ['code', 'product', 'product_code', 'id'];
const NAME_MEMBERS = ['name', 'product_name', 'title'];

/** Reads the account's channels, in TW's order. */
export async function listChannels(
	client: TwClient,
	limits: Limits,
	body: object = {},
): Promise<Channel[]> {
	return channelsIn(await client.call('getProduct', body, { rule: 'read', ...limits }));
}

/** The channels that an answer holds. */
export function channelsIn(data: unknown): Channel[] {
	return entriesOf(data).flatMap(([key, raw]) => {
		const code = firstText(raw, CODE_MEMBERS) ?? key;
		return code === undefined ? [] : [{ code, name: firstText(raw, NAME_MEMBERS) ?? code, raw }];
	});
}

function entriesOf(data: unknown): Array<[string | undefined, Record<string, unknown>]> {
	const list = isRecord(data) && Array.isArray(data['data']) ? data['data'] : data;
	if (Array.isArray(list)) return list.filter(isRecord).map((raw) => [undefined, raw]);
	if (!isRecord(list)) return [];
	return Object.entries(list).flatMap(([key, value]) => {
		if (isRecord(value)) return [[key, value] as [string, Record<string, unknown>]];
		// A plain map of code to name.
		return typeof value === 'string'
			? [[key, { code: key, name: value }] as [string, Record<string, unknown>]]
			: [];
	});
}

/** The first of some members that is text or a number. */
function firstText(from: Record<string, unknown>, members: readonly string[]): string | undefined {
	for (const member of members) {
		const value = from[member];
		if ((typeof value === 'string' && value !== '') || typeof value === 'number') {
			return String(value);
		}
	}
	return undefined;
}
