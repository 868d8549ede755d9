/** JSON in and out: without `__proto__`, which would poison whoever merges the value, and digit by digit. */
import type * as LosslessJson from 'lossless-json';

/** Where an integer beyond 2^53 may be: it has 16 digits at least. */
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

const dropProto = (key: string, member: unknown) => (key === '__proto__' ? undefined : member);

function parseDigitByDigit(text: string): unknown {
	// Loaded late: n8n loads every package at its start, and hardly any answer has such digits
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` would load it at the start
	const { parse } = require('lossless-json') as typeof LosslessJson;
	return parse(text, dropProto, {
		parseNumber,
		// The last one counts, as for JSON.parse
		onDuplicateKey: ({ newValue }) => newValue,
	});
}

const isInteger = (digits: string) => /^-?\d+$/.test(digits);

function parseNumber(digits: string): number | string {
	const value = Number(digits);
	return isInteger(digits) && !Number.isSafeInteger(value) ? digits : value;
}

/** Serialises a body for the wire, without `__proto__` members. */
export function serialise(body: object): string {
	const text = JSON.stringify(body);
	return text.includes('"__proto__"') ? JSON.stringify(parseSafely(text)) : text;
}
