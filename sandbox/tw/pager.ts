import type { JsonObject } from '../exchange';
import type { Settings } from '../settings';
import { wholeNumber } from './members';

/**
 * One page of a list, by the request's `page` and `limit` [doc].
 * `per_page` is a STRING that repeats `limit`, the other numbers are numbers [doc].
 * ASSUMED: both may be left out (page 1 of 20), and a list without entries has one, empty, page.
 */
export function pageOf<T>(body: JsonObject, settings: Settings, entries: readonly T[]) {
	const page = wholeNumber(body, 'page', 1);
	const limit = wholeNumber(body, 'limit', 20);
	const size = Math.min(limit, settings.maxPageSize);
	return {
		current_page: page,
		data: entries.slice((page - 1) * size, page * size),
		last_page: Math.max(1, Math.ceil(entries.length / size)),
		per_page: String(limit),
		total: entries.length,
	};
}
