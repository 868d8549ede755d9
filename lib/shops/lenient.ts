/** Reads single values that shops send, in any form that the shops use, or null. */
import { countryCode } from '../base/countries';
import { isRecord } from '../base/json';
import { compareAmounts, decimalText } from '../base/money';
import { publicIpOf } from '../http/addresses';
import { readable } from './text';

export type Members = Record<string, unknown>;

export const membersOf = (value: unknown): Members => (isRecord(value) ? value : {});

/**
 * What is in a list; undefined if it is none. PHP writes a list with a gap as an object with numbers for names, as
 * soon as a plugin takes an entry out of it.
 */
export function entriesOf(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return value as unknown[];
	if (!isRecord(value)) return undefined;
	return Object.keys(value).every((name) => /^\d+$/.test(name)) ? Object.values(value) : undefined;
}

/** Whether it is a list, also an empty one. */
export const isList = (value: unknown): boolean => entriesOf(value) !== undefined;

/** The objects of a list; anything else in it is skipped. */
export const listOf = (value: unknown): Members[] => (entriesOf(value) ?? []).filter(isRecord);

/** One {@link readable} line of text that is not blank; a number as its digits. */
export function textOf(value: unknown): string | null {
	// A number like 1e+21 has lost digits, and names nothing
	if (typeof value === 'number') return /^[-\d.]+$/.test(String(value)) ? String(value) : null;
	return (typeof value === 'string' && readable(value)) || null;
}

/** A line of an address; where people broke it into several, commas tell them apart. */
export const addressLineOf = (value: unknown): string | null =>
	textOf(typeof value === 'string' ? readable(value, ', ') : value);

/** An id; 0 is no id. */
export function idOf(value: unknown): string | null {
	const id = textOf(value);
	return id === '0' ? null : id;
}

/** Exact decimal text of an amount. */
export const amountOf = (value: unknown): string | null => decimalText(value) ?? null;

export function isZero(amount: string | null): boolean {
	const text = amountOf(amount);
	return text !== null && compareAmounts(text, '0') === 0;
}

export const isNegative = (amount: string | null): boolean =>
	amount !== null && compareAmounts(amount, '0') < 0;

/** A number that is not negative. */
export function countOf(value: unknown): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : null;
}

export const flagOf = (value: unknown): boolean | null =>
	typeof value === 'boolean' ? value : null;

/** A time in text, as written. */
export function timeOf(value: unknown): string | null {
	const text = textOf(value);
	return text !== null && !Number.isNaN(Date.parse(text)) ? text : null;
}

/** A time in UTC that does not say so, such as WooCommerce's `…_gmt`. */
export function utcOf(value: unknown): string | null {
	const time = timeOf(value);
	if (time === null) return null;
	return /(Z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time.replace(' ', 'T')}Z`;
}

/** A time in seconds since 1970 UTC, as Stripe counts. */
export function unixTimeOf(value: unknown): string | null {
	const seconds = countOf(value);
	// JavaScript's dates end in the year 275760
	if (seconds === null || seconds === 0 || seconds > 8.64e12) return null;
	return new Date(seconds * 1000).toISOString();
}

/** The public IP address of a customer's device. */
export const deviceIpOf = (value: unknown): string | null =>
	publicIpOf(textOf(value) ?? '') ?? null;

/** A country's code of two letters. */
export const countryOf = (value: unknown): string | null =>
	countryCode(textOf(value) ?? '') ?? null;

export function currencyOf(value: unknown): string | null {
	const code = textOf(value);
	return code !== null && /^[A-Za-z]{3}$/.test(code) ? code.toUpperCase() : null;
}

/**
 * A shop's own name for itself. An address is its host and folder, however it is written: two shops may share
 * a host. Anything else is left as it is.
 */
export function storeOf(value: unknown): string | null {
	const text = textOf(value);
	if (text === null || !/[./:]/.test(text)) return text;
	const address = text.includes('://') ? text : `https://${text}`;
	if (!URL.canParse(address)) return text.toLowerCase();
	const { hostname, port, pathname } = new URL(address);
	const host = hostname.replace(/^www\./, '').replace(/\.$/, '');
	const path = pathname.split('/').filter(Boolean);
	return [host + (['', '80', '443'].includes(port) ? '' : `:${port}`), ...path].join('/');
}

/** A card's year and month, such as `2028-01`. */
export function expiryOf(year: unknown, month: unknown): string | null {
	const [yyyy, mm] = [textOf(year), textOf(month)];
	return yyyy !== null && mm !== null ? `${yyyy}-${mm.padStart(2, '0')}` : null;
}

/** The first value that is known. */
export const firstOf = <T>(...values: Array<T | null>): T | null =>
	values.find((value) => value !== null) ?? null;

export const firstText = (...values: unknown[]): string | null => firstOf(...values.map(textOf));

export const firstTime = (...values: unknown[]): string | null => firstOf(...values.map(timeOf));

/** The texts that are known, with spaces between them. */
export const joinedText = (...values: unknown[]): string | null =>
	textOf(values.map(textOf).filter(Boolean).join(' '));

/** The value of a `name`/`value` or `key`/`value` pair under any of several names, whatever their case. */
export function pairOf(value: unknown, ...names: string[]): string | null {
	const named = listOf(value).filter((pair) =>
		names.includes(textOf(pair['name'] ?? pair['key'])?.toLowerCase() ?? ''),
	);
	return firstText(...named.map((pair) => pair['value']));
}

/** The object, or null if all its members are. */
export const nullIfEmpty = <T extends Members>(members: T): T | null =>
	Object.values(members).some((value) => value !== null) ? members : null;

/** The value with each text {@link readable}, and null for blank text, at any depth: somebody may have made it by hand. */
export const allReadable = <T>(value: T): T => readableIn(value) as T;

/** @param name of the member that has the value */
function readableIn(value: unknown, name = ''): unknown {
	if (typeof value === 'string')
		return ADDRESS_LINES.includes(name) ? addressLineOf(value) : textOf(value);
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((one) => readableIn(one));
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [name, readableIn(one, name)]),
	);
}

/** The neutral order's members that hold one. */
const ADDRESS_LINES = ['line1', 'line2'];
