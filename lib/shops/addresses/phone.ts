/** Phone numbers. */
import type * as PhoneNumbers from 'libphonenumber-js/min';
import { firstOf, textOf } from '../lenient';

/**
 * The first that has digits, as the customer wrote it: TW and the carrier judge whether it can be called.
 */
export const phoneOf = (...values: unknown[]): string | null =>
	firstOf(...values.map((value) => withDigits(textOf(value))));

const withDigits = (text: string | null) => (text !== null && /\p{Nd}/u.test(text) ? text : null);

/** A number in its two parts. */
export interface Dialled {
	/** Without the `+`. */
	callingCode: string;
	national: string;
}

/**
 * The parts of a number as people write it, by the numbering plans of all countries. The smallest of the library's
 * tables is enough: it knows how long numbers are and how they begin, only not which are mobile.
 *
 * @param country where a number without a calling code is from; two letters, ISO 3166
 * @returns undefined unless there may be such a number
 */
export function dialled(phone: string, country: string): Dialled | undefined {
	// Loaded late: n8n loads every package at its start, and the tables take 50 ms
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` would load it at the start
	const library = require('libphonenumber-js/min') as typeof PhoneNumbers;
	const origin = library.isSupportedCountry(country) ? country : undefined;
	const number = library.parsePhoneNumberFromString(phone, origin);
	if (!number?.isValid()) return undefined;
	return { callingCode: number.countryCallingCode, national: number.nationalNumber };
}
