/** Reads what shops send: each value in any form that the shops use for it, or null. */
import { isInnerAddress } from '../http/addresses';
import { isRecord } from '../base/json-value';
import { decimalText } from '../base/money';
import { isIP } from 'node:net';

export type Members = Record<string, unknown>;

export const membersOf = (value: unknown): Members => (isRecord(value) ? value : {});

/** The objects of a list; whatever else stands in it says nothing. */
export const listOf = (value: unknown): Members[] =>
	Array.isArray(value) ? value.filter(isRecord) : [];

/** Text with something in it; a number as its digits. */
export function textOf(value: unknown): string | null {
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
	if (typeof value !== 'string') return null;
	const text = value.trim();
	return text === '' ? null : text;
}

/** An id; 0 is no id. */
export function idOf(value: unknown): string | null {
	const id = textOf(value);
	return id === '0' ? null : id;
}

/** Exact decimal text of an amount. */
export function amountOf(value: unknown): string | null {
	return decimalText(value) ?? null;
}

/** A number that is not negative. */
export function countOf(value: unknown): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : null;
}

export const flagOf = (value: unknown): boolean | null =>
	typeof value === 'boolean' ? value : null;

/** Text that a clock understands. */
export function timeOf(value: unknown): string | null {
	const text = textOf(value);
	return text !== null && !Number.isNaN(Date.parse(text)) ? text : null;
}

/** A time that is UTC and does not say so, as WooCommerce's `…_gmt`. */
export function utcOf(value: unknown): string | null {
	const time = timeOf(value);
	if (time === null) return null;
	return /(Z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time.replace(' ', 'T')}Z`;
}

/** Seconds since 1970 UTC, as Stripe counts. */
export function secondsOf(value: unknown): string | null {
	const seconds = countOf(value);
	// Beyond the year 275760 there is no date
	if (seconds === null || seconds === 0 || seconds > 8.64e12) return null;
	return new Date(seconds * 1000).toISOString();
}

/**
 * The address of a customer's device. Private, loopback, unset and other special addresses are of a
 * proxy or of the shop itself, and would make many customers look like one.
 */
export function deviceIpOf(value: unknown): string | null {
	// A proxy's list begins with the customer's own
	const ip = textOf(value)?.split(',')[0]?.trim() ?? '';
	return isIP(ip) === 0 || isInnerAddress(ip) ? null : ip;
}

/** A country's code of two letters. */
export function countryOf(value: unknown): string | null {
	const code = textOf(value);
	return code !== null && /^[A-Za-z]{2}$/.test(code) ? code.toUpperCase() : null;
}

export function currencyOf(value: unknown): string | null {
	const code = textOf(value);
	return code !== null && /^[A-Za-z]{3}$/.test(code) ? code.toUpperCase() : null;
}

/** What is told first. */
export function firstOf<T>(...values: Array<T | null>): T | null {
	return values.find((value) => value !== null) ?? null;
}

/** Words with a space between those that are told. */
export function wordsOf(...values: unknown[]): string | null {
	return textOf(
		values
			.map(textOf)
			.filter((word) => word !== null)
			.join(' '),
	);
}

/** The value of a `name`/`value` or `key`/`value` pair, by any of several names; case does not count. */
export function pairOf(value: unknown, ...names: string[]): string | null {
	for (const pair of listOf(value)) {
		const name = textOf(pair['name'] ?? pair['key'])?.toLowerCase();
		if (name !== undefined && names.includes(name)) {
			const found = textOf(pair['value']);
			if (found !== null) return found;
		}
	}
	return null;
}

/** An object of which something is told, or null. */
export function toldOf<T extends Members>(members: T): T | null {
	return Object.values(members).some((value) => value !== null) ? members : null;
}

/** The same with null for text that says nothing, at any depth: somebody may have made it by hand. */
export const withoutBlanks = <T>(value: T): T => blankless(value) as T;

function blankless(value: unknown): unknown {
	if (typeof value === 'string') return value.trim() === '' ? null : value;
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(blankless);
	const members = Object.entries(value).map(([name, member]) => [name, blankless(member)]);
	return Object.fromEntries(members);
}
