/** Reads TW's pagers [documented: getBill, getBillInfo] page by page. */
import { BadAnswerFault } from '../../base/errors';
import type { Limits } from '../../base/limits';
import { type PagerData, pagerData, readData } from './answers';
import type { TwClient } from './client';
import { twEndpoints, type TwEndpointName } from './endpoints';

/** ASSUMED to be allowed: no maximum is documented; TW may send fewer. */
const PAGE_SIZE = 100;
/** A limit for a pager that never ends. */
const MAX_PAGES = 1_000;

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
	const entries: Array<Record<string, unknown>> = [];
	for (let page = 1; page <= MAX_PAGES; page++) {
		const data = await client.call(name, { ...body, page, limit }, { rule: 'read', ...limits });
		const pager: PagerData = readData(pagerData, data, twEndpoints[name].title);
		entries.push(...pager.data);
		if (entries.length >= wanted) return entries.slice(0, wanted);
		if (pager.current_page >= pager.last_page || pager.data.length === 0) return entries;
	}
	throw new BadAnswerFault(
		`TW's list of '${twEndpoints[name].title}' does not end after ${MAX_PAGES} pages`,
		"Narrow the date range, or set 'Limit' instead of 'Return All'.",
	);
}
