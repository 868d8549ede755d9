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
interface Pages<Answer, Entry> {
	/** The endpoint's title. */
	what: string;
	ask: (page: number) => Promise<Answer>;
	entriesIn: (answer: Answer) => Entry[];
	/** What tells a page's entries from those of other pages. */
	keysOf: (entries: readonly Entry[]) => string[];
	isLast: (answer: Answer, page: number) => boolean;
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
	const ask = async (page: number) => {
		const data = await client.call(name, { ...body, page, limit }, { rule: 'read', ...limits });
		return readData(pagerData, data, what);
	};
	return await collect(
		{
			what,
			ask,
			entriesIn: ({ data }) => data,
			keysOf: keysOfRows,
			// Where TW does not say, the page without news is the last
			isLast: ({ current_page, last_page }, page) =>
				(current_page ?? page) >= (last_page ?? Number.POSITIVE_INFINITY),
		},
		wanted,
	);
}

/**
 * The entries of all pages, each once. A page with nothing new ends the list, since TW may ignore `page`.
 *
 * @throws {BadAnswerFault} if the list does not end
 */
export async function collect<Answer, Entry>(
	{ what, ask, entriesIn, keysOf, isLast }: Pages<Answer, Entry>,
	wanted: number,
): Promise<Entry[]> {
	const entries: Entry[] = [];
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

/** Their ids if each has its own, else all that they hold. */
function keysOfRows(entries: ReadonlyArray<Record<string, unknown>>): string[] {
	const ids = entries.map(({ id }) => id).filter((id) => typeof id === 'number' || Boolean(id));
	const own = new Set(ids.map(String));
	return own.size === entries.length ? [...own] : entries.map((entry) => JSON.stringify(entry));
}
