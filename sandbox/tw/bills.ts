import type { JsonObject } from '../exchange';
import type { TwBackend } from './backend';
import { Refusal } from './envelope';
import { wholeNumber } from './members';
import { pageOf } from './pager';

/**
 * POST /api/v2/getBill [doc]: bills, newest first (ASSUMED), of the days in `date_scope`, both included.
 * `date` counts only without `date_scope`: in the example it stands beside one and filters nothing [doc].
 */
export function getBill(body: JsonObject, { settings, bills: book }: TwBackend): unknown {
	const [from, to] = readScope(body);
	const bills = book.bills.filter(({ bill_at }) => bill_at >= from && bill_at <= to);
	return pageOf(body, settings, bills);
}

/** POST /api/v2/getBillInfo [doc]: a bill's lines. 404 occurs [doc]; that it means an unknown bill is ASSUMED. */
export function getBillInfo(body: JsonObject, { settings, bills }: TwBackend): unknown {
	const lines = bills.linesOf(wholeNumber(body, 'bill_id'));
	if (!lines) throw new Refusal(404, 'bill not found');
	return pageOf(body, settings, lines);
}

function readScope(body: JsonObject): [string, string] {
	const scope = body['date_scope'];
	if (scope === undefined) {
		if (body['date'] === undefined) return ['', '9999'];
		const date = readDate(body['date'], 'date');
		return [date, date];
	}
	if (!Array.isArray(scope) || scope.length !== 2) {
		throw new Refusal(400, 'date_scope must be a list of two dates');
	}
	return [readDate(scope[0], 'date_scope'), readDate(scope[1], 'date_scope')];
}

function readDate(value: unknown, name: string): string {
	const isDate =
		typeof value === 'string' &&
		/^\d{4}-\d{2}-\d{2}$/.test(value) &&
		!Number.isNaN(Date.parse(`${value}T00:00:00Z`));
	if (!isDate) throw new Refusal(400, `${name}: dates have the form YYYY-MM-DD`);
	return value;
}
