/** JSON: what a value is, and in and out without `__proto__`, which would poison whoever merges it, and digit by digit. */
import type * as LosslessJson from 'lossless-json';

/** An integer beyond 2^53 has at least 16 digits. */
const LONG_DIGITS = /\d{16}/;

/**
 * Parses JSON and drops `__proto__` members at any depth. Integers that a number can't hold exactly
 * (beyond 2^53) become text; all other numbers are what `JSON.parse` makes of them.
 *
 * @throws {SyntaxError}
 */
export function parseSafely(text: string): unknown {
	if (LONG_DIGITS.test(text)) return parseDigitByDigit(text);
	return text.includes('__proto__') || text.includes('\\u')
		? JSON.parse(text, dropProto)
		: JSON.parse(text);
}

/** What `JSON.parse` makes of a text with integers that may lose digits by it; undefined if it has none. */
export function parseRounded(text: string): unknown {
	return LONG_DIGITS.test(text) ? JSON.parse(text, dropProto) : undefined;
}

const dropProto = (key: string, member: unknown) => (key === '__proto__' ? undefined : member);

function parseDigitByDigit(text: string): unknown {
	// Loaded late: n8n loads every package at its start, and few answers have such digits
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` would load it at the start
	const { parse } = require('lossless-json') as typeof LosslessJson;
	return parse(text, dropProto, {
		parseNumber,
		// The last one counts, as for JSON.parse
		onDuplicateKey: ({ newValue }) => newValue,
	});
}

function parseNumber(digits: string): number | string {
	const value = Number(digits);
	return /^-?\d+$/.test(digits) && !Number.isSafeInteger(value) ? digits : value;
}

/** Serialises a body for the wire, without `__proto__` members. */
export function serialise(body: object): string {
	const text = JSON.stringify(body);
	return text.includes('"__proto__"') ? JSON.stringify(parseSafely(text)) : text;
}

/** Whether a JSON value is an object with members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether nobody gave a value: n8n has an untouched parameter as empty text, and a sheet blanks or characters that no one sees. */
export function isUnset(value: unknown): value is undefined | null | string {
	return (
		value === undefined || value === null || (typeof value === 'string' && trimmed(value) === '')
	);
}

/** Whether there is nothing in a value. PHP backends send an empty list for a missing object. */
export function isEmpty(value: unknown): boolean {
	if (value === null || value === undefined || value === '' || value === false) return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}

/** A blank of any script, or a control or format character: tabs, line breaks, zero-width and bidi marks. */
const BLANK = /[\s\p{Cc}\p{Cf}]/u;

/** A text without blanks and unseen characters at its ends; within it they stay. */
export function trimmed(text: string): string {
	let [from, to] = [0, text.length];
	while (from < to && BLANK.test(text[from]!)) from++;
	while (to > from && BLANK.test(text[to - 1]!)) to--;
	return text.slice(from, to);
}

export type JsonValue =
	string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };
export type JsonObject = Record<string, JsonValue>;

/** A vendor's `errors` of any shape in one line; empty if there are none, be it as `0`, `false` or `[null]`. */
export function errorsText(errors: unknown): string {
	if (typeof errors === 'string') return /^(0|false|null)$/.test(errors) ? '' : errors;
	if (Array.isArray(errors)) return errors.map(errorsText).filter(Boolean).join('; ');
	if (isRecord(errors)) {
		const named = Object.entries(errors).map(([name, value]) => [name, errorsText(value)]);
		return named.flatMap(([name, text]) => (text ? [`${name}: ${text}`] : [])).join('; ');
	}
	return (typeof errors === 'number' || typeof errors === 'boolean') && errors
		? String(errors)
		: '';
}
