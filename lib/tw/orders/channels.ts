/**
 * TW's delivery channels.
 *
 * ASSUMED: path, empty body and answer; a list of objects or texts, a pager with one, or a map by code.
 */
import type { TwClient } from '../wire/client';
import { isEmpty, isRecord } from '../../base/json';
import type { Limits } from '../../base/limits';
import { pagerData } from '../wire/answers';
import { twEndpoints } from '../wire/endpoints';
import { collect } from '../wire/pages';

export interface Channel {
	/** What TW calls `product` in an order. */
	code: string;
	name: string;
	/** All that TW sent. */
	raw: Record<string, unknown>;
}

const CODE_MEMBERS = ['code', 'product', 'product_code', 'id'];
const NAME_MEMBERS = ['name', 'product_name', 'title'];
/** Members that hold the list, the likeliest first. */
const LIST_MEMBERS = ['data', 'list', 'items', 'rows', 'records', 'products', 'channels'];
/** Members of an envelope or a pager: no channels of a map. */
const NO_CHANNELS = new Set(
	(
		'code message msg success status error errors time request_id total count page pages limit ' +
		'per_page page_size current_page last_page from to'
	).split(' '),
);
const MAX_DEPTH = 4;

/** Reads the account's channels, in TW's order. */
export async function listChannels(
	client: TwClient,
	limits: Limits,
	body: object = {},
): Promise<Channel[]> {
	return await collect(
		{
			what: twEndpoints.getProduct.title,
			ask: async (page) => {
				const asked = page === 1 ? body : { ...body, page };
				return await client.call('getProduct', asked, { rule: 'read', ...limits });
			},
			entriesIn: channelsIn,
			keysOf: (channels) => channels.map(({ code }) => code),
			isLast: (data, page) => page >= pagesOf(data),
		},
		Number.POSITIVE_INFINITY,
	);
}

/** How many pages an answer speaks of. */
function pagesOf(data: unknown): number {
	const outer = isRecord(data) && isRecord(data['data']) ? data['data'] : data;
	return pagerData.safeParse(outer).data?.last_page ?? 1;
}

/** The channels that an answer holds, each code once. */
export function channelsIn(data: unknown): Channel[] {
	const byCode = new Map<string, Channel>();
	for (const one of entriesOf(data, MAX_DEPTH)) {
		if (!byCode.has(one.code)) byCode.set(one.code, one);
	}
	return [...byCode.values()];
}

function entriesOf(value: unknown, depth: number): Channel[] {
	if (depth === 0) return [];
	if (Array.isArray(value)) {
		return value.flatMap((entry) => channelOf(entry) ?? entriesOf(listIn(entry), depth - 1));
	}
	if (!isRecord(value)) return [];
	const list = listIn(value);
	if (list !== undefined) return entriesOf(list, depth - 1);
	const isOne = firstText(value, NAME_MEMBERS) !== undefined;
	const only = isOne ? channelOf(value) : undefined;
	if (only) return [only];
	return Object.entries(value).flatMap(([code, member]) => {
		if (NO_CHANNELS.has(code)) return [];
		if (Array.isArray(member)) return entriesOf(member, depth - 1);
		// A group of channels has no member of its own that names it
		const isGroup =
			isRecord(member) &&
			Object.values(member).every((one) => typeof one === 'string') &&
			firstText(member, [...CODE_MEMBERS, ...NAME_MEMBERS]) === undefined &&
			!isEmpty(member);
		if (isGroup) return entriesOf(member, depth - 1);
		if (isRecord(member)) return channelOf(member, code) ?? [];
		return typeof member === 'string' ? (channelOf({ code, name: member }) ?? []) : [];
	});
}

/** The list, or map, that an object holds under a name of its own; undefined if there is none. */
const listIn = (value: unknown): unknown =>
	isRecord(value)
		? LIST_MEMBERS.map((name) => value[name]).find((one) => typeof one === 'object' && one !== null)
		: undefined;

/** A channel given by an object, or by its code alone. */
function channelOf(entry: unknown, key?: string): Channel | undefined {
	const raw = isRecord(entry) ? entry : { code: entry };
	const code = firstText(raw, CODE_MEMBERS) ?? key;
	return code === undefined ? undefined : { code, name: firstText(raw, NAME_MEMBERS) ?? code, raw };
}

/** The first of some members that is text or a number. */
function firstText(from: Record<string, unknown>, members: readonly string[]): string | undefined {
	for (const member of members) {
		const value = from[member];
		if ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number') {
			return String(value);
		}
	}
	return undefined;
}
