/** Reads TW's pagers [documented: getBill, getBillInfo] page by page. */
import { BadAnswerFault } from '../../base/errors';
import type { Limits } from '../../base/limits';
import { pagerData, readData } from './answers';
import type { TwClient } from './client';
import { twEndpoints, type TwEndpointName } from './endpoints';

/** ASSUMED to be allowed: no maximum is documented; TW may send fewer. */
const PAGE_SIZE = 100;
/** A limit for a pager that never ends. */
const MAX_PAGES = 1_000;

/** A list that comes page by page. */
interface Pages {
	/** The endpoint's title. */
	what: string;
	ask: (page: number) => Promise<unknown>;
	entriesIn: (answer: unknown) => Array<Record<string, unknown>>;
	isLast: (answer: unknown, page: number) => boolean;
}

/**
 * Reads entries until there are enough, or no more.
 *
 * @param body the request without `page` and `limit`
 * @param wanted the most entries to read; Infinity for all
 * @throws {BadAnswerFault} if the list does not end
 */
export async function readPages(
	client: TwClient,
	name: TwEndpointName,
	body: object,
	wanted: number,
	limits: Limits,
): Promise<Array<Record<string, unknown>>> {
	const limit = Math.min(PAGE_SIZE, wanted);
	const what = twEndpoints[name].title;
	const pages: Pages = {
		what,
		ask: async (page) =>
			await client.call(name, { ...body, page, limit }, { rule: 'read', ...limits }),
		entriesIn: (data) => readData(pagerData, data, what).data,
		isLast: (data, page) => {
			const { current_page, last_page } = readData(pagerData, data, what);
			// Where TW does not say, the page without news is the last
			return (current_page ?? page) >= (last_page ?? Number.POSITIVE_INFINITY);
		},
	};
	return await collect(pages, wanted);
}

/**
 * The entries of all pages, each once. A page with nothing new ends the list, since TW may ignore `page`.
 *
 * @throws {BadAnswerFault} if the list does not end
 */
export async function collect(
	{ what, ask, entriesIn, isLast }: Pages,
	wanted: number,
): Promise<Array<Record<string, unknown>>> {
	const entries: Array<Record<string, unknown>> = [];
	const seen = new Set<string>();
	for (let page = 1; page <= MAX_PAGES; page++) {
		const answer = await ask(page);
		const given = entriesIn(answer);
		const keys = keysOf(given);
		const fresh = given.filter((_, i) => !seen.has(keys[i]!));
		for (const key of keys) seen.add(key);
		entries.push(...fresh);
		if (entries.length >= wanted) return entries.slice(0, wanted);
		if (fresh.length === 0 || isLast(answer, page)) return entries;
	}
	throw new BadAnswerFault(
		`TW's list of '${what}' does not end after ${MAX_PAGES} pages`,
		"Narrow the date range, or set 'Limit' instead of 'Return All'.",
	);
}

/** What tells a page's entries from those of other pages: their ids if each has its own, else all that they hold. */
function keysOf(entries: ReadonlyArray<Record<string, unknown>>): string[] {
	const ids = entries.map(({ id }) => id).filter((id) => typeof id === 'number' || Boolean(id));
	const own = new Set(ids.map(String));
	return own.size === entries.length ? [...own] : entries.map((entry) => JSON.stringify(entry));
}
