/** Keeps secrets out of every text from outside. */

/** Masks secrets in a text. */
export type Redact = (text: string) => string;

export const MASK = '[hidden]';
const MIN_SECRET_LENGTH = 4;
/** People read the vendor's text in an error, so it is cut here; characters. */
const MAX_VENDOR_TEXT = 500;

/**
 * A function that masks secrets in upper and lower case, URL-encoded, and escaped as in JSON.
 *
 * @param secrets those shorter than four characters are left alone: masking them would garble ordinary
 * words without hiding anything
 */
export function redactor(secrets: readonly string[]): Redact {
	const forms = new Set<string>();
	for (const secret of secrets) {
		if (secret.length < MIN_SECRET_LENGTH) continue;
		forms.add(secret);
		forms.add(encodeURIComponent(secret));
		forms.add(new URLSearchParams({ s: secret }).toString().slice(2));
		forms.add(JSON.stringify(secret).slice(1, -1));
	}
	if (forms.size === 0) return (text) => text;
	// Longest first, so that no part of a secret that contains another one stays readable
	const ordered = [...forms].sort((a, b) => b.length - a.length);
	const any = new RegExp(ordered.map(escaped).join('|'), 'gi');
	return (text) => text.replace(any, MASK);
}

/** The same names, every value masked. */
export const masked = (values: Readonly<Record<string, string>>): Record<string, string> =>
	Object.fromEntries(Object.keys(values).map((name) => [name, MASK]));

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Masks secrets in every string and member name of a JSON value. */
export function redactValue(value: unknown, redact: Redact): unknown {
	if (typeof value === 'string') return redact(value);
	if (Array.isArray(value)) return value.map((entry) => redactValue(entry, redact));
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([name, member]) => [redact(name), redactValue(member, redact)]),
		);
	}
	return value;
}

/**
 * {@link redactValue} for a value that was read from JSON text. Few answers hold a secret, and most texts
 * show at once that there is none: without a backslash, everything in the value is in the text as well.
 */
export function redactRead(value: unknown, text: string, redact: Redact): unknown {
	return !text.includes('\\') && redact(text) === text ? value : redactValue(value, redact);
}

/** A vendor's own words for an error: one line, of readable length, without control characters. */
export function vendorText(text: string, redact: Redact): string {
	const line = redact(text)
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.trim();
	return cutTo(line, MAX_VENDOR_TEXT, ' …');
}

/** Emoji of several people are the longest that are written; code units. What is longer is a heap of marks. */
const LONGEST_CHARACTER = 64;

/** Made when it is first needed, since it loads tables. */
let characters: Intl.Segmenter | undefined;

/**
 * The beginning of a text in whole characters, as a person counts them.
 *
 * @param most code units
 * @param end what shows that something is missing
 */
export function cutTo(text: string, most: number, end = ''): string {
	if (text.length <= most) return text;
	characters ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
	const cut = characters.segment(text.slice(0, most + LONGEST_CHARACTER)).containing(most)!.index;
	const kept = text.slice(0, most - cut < LONGEST_CHARACTER ? cut : most);
	// Half of a pair may be left
	return `${kept.replace(/[\uD800-\uDBFF]$/, '')}${end}`;
}
