/** TW's invoices: their days, and their amounts as exact text for bookkeeping and numbers for comparing. */
import * as z from 'zod/v4';
import { DAY_MS } from '../../base/durations';
import { ValidationFault } from '../../base/errors';
import type { JsonObject } from '../../base/json';
import type { Limits } from '../../base/limits';
import { decimalText } from '../../base/money';
import { type TwAccount, twAccountLabels } from '../wire/account';
import { invoiceMembers } from '../wire/members';
import type { TwClient } from '../wire/client';
import { readPages } from '../wire/pages';

/** The members of an invoice that hold money. */
export const INVOICE_MONEY = [
	'balance_before',
	'charge_price',
	'refund_price',
	'bill_price',
	'balance_after',
];
const SIMPLE = [
	'id',
	'bill_at',
	'code',
	'charge_price',
	'refund_price',
	'bill_price',
	'bill_price_number',
	'balance_after',
	'balance_after_number',
];

/**
 * The invoices of a period.
 *
 * @param period its first and last day, YYYY-MM-DD; other members are the user's own
 * @param wanted the most to read; Infinity for all
 * @throws a fault of errors.ts; {@link ValidationFault} if the period ends before it begins
 */
export async function readInvoices(
	client: TwClient,
	period: { from: string; to: string },
	wanted: number,
	limits: Limits,
): Promise<JsonObject[]> {
	const { from, to, ...more } = period;
	if (from > to) throw new ValidationFault(`'From' (${from}) is after 'To' (${to})`, 'From');
	// `date` only if the user gives it: TW's example sends both, but its answer shows that `date` does not filter
	const body = { date_scope: [from, to], ...more };
	return (await readPages(client, 'getBill', body, wanted, limits)) as JsonObject[];
}

/**
 * An invoice in full, its members in reading order.
 *
 * @param numbers its amounts as numbers
 */
export const invoiceWith = (numbers: z.ZodRawShape = {}) => {
	const { code, bill_at, bill_price, balance_after, id, ...more } = invoiceMembers().shape;
	return z.looseObject({
		...{ code, bill_at, bill_price, currency: z.string(), balance_after },
		...more,
		...numbers,
		...{ time_zone: z.string(), id },
	});
};

/** An invoice as TW sent it, with its amounts as numbers too. */
export const fullInvoice = (
	{ currency, timeZone }: TwAccount,
	invoice: JsonObject,
): JsonObject => ({
	...invoice,
	...moneyMembers(invoice, INVOICE_MONEY),
	currency,
	time_zone: timeZone,
});

/** The members of an invoice that most flows need, as far as TW gives them. */
export function simpleInvoice(account: TwAccount, invoice: JsonObject): JsonObject {
	const full = fullInvoice(account, invoice);
	const picked = Object.fromEntries(SIMPLE.map((member) => [member, full[member] ?? null]));
	return { ...picked, currency: account.currency };
}

/**
 * Each money member as exact decimal text, and as `<member>_number`; what is no amount stays as TW sent it.
 *
 * @param entry an invoice or one of its lines
 * @param members the members that hold money
 */
export function moneyMembers(
	entry: Record<string, unknown>,
	members: readonly string[],
): Record<string, string | number> {
	const amounts: Record<string, string | number> = {};
	for (const member of members) {
		const text = decimalText(entry[member]);
		if (text === undefined) continue;
		amounts[member] = text;
		amounts[`${member}_number`] = Number(text);
	}
	return amounts;
}

/**
 * A day in the account's time zone as TW writes it, YYYY-MM-DD.
 *
 * @param days how many days before today; negative for days to come
 * @param nowMs the clock, milliseconds since 1970 UTC
 * @param timeZone IANA name; UTC if empty
 * @throws {ValidationFault} for a zone that does not exist
 */
export function daysAgo(days: number, nowMs: number, timeZone: string): string {
	try {
		// Swedish writes dates as ISO 8601 does
		const form = { timeZone: timeZone || 'UTC', dateStyle: 'short' } as const;
		return new Intl.DateTimeFormat('sv-SE', form).format(nowMs - days * DAY_MS);
	} catch {
		throw unknownZone(timeZone);
	}
}

const unknownZone = (timeZone: string) =>
	new ValidationFault(
		`'${twAccountLabels.timeZone}' of the TW API credential is not a time zone: ${timeZone}`,
		twAccountLabels.timeZone,
		'Enter an IANA name, e.g. Asia/Shanghai.',
	);
