/** Keeps secrets out of every text that came from outside. */

/** What stands in place of a secret. */
export const MASK = '[hidden]';
const MIN_SECRET_LENGTH = 4;
/** The vendor's text in an error is cut here: it is for reading, not for archiving. */
const MAX_VENDOR_TEXT = 500;

/**
 * A function that masks the given secrets in any mix of upper and lower case, also where they are
 * URL-encoded or escaped as in JSON.
 *
 * @param secrets values to hide; those shorter than four characters are left alone, because masking
 * them would garble ordinary words without hiding anything
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
	const forms = new Set<string>();
	for (const secret of secrets) {
		if (secret.length < MIN_SECRET_LENGTH) continue;
		forms.add(secret);
		forms.add(encodeURIComponent(secret));
		forms.add(new URLSearchParams({ s: secret }).toString().slice(2));
		forms.add(JSON.stringify(secret).slice(1, -1));
	}
	if (forms.size === 0) return (text) => text;
	// Longest first, so that a secret inside another one does not leave a readable rest
	const ordered = [...forms].sort((a, b) => b.length - a.length);
	const any = new RegExp(ordered.map(escaped).join('|'), 'gi');
	return (text) => text.replace(any, MASK);
}

/** The same names with nothing to be seen of their values. */
export const masked = (values: Readonly<Record<string, string>>): Record<string, string> =>
	Object.fromEntries(Object.keys(values).map((name) => [name, MASK]));

/** A text as a regular expression that finds just this text. */
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Masks secrets in every string and member name of a JSON value; the same value if there are none. */
export function redactValue(value: unknown, redact: (text: string) => string): unknown {
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
 * {@link redactValue} for a value that was read from JSON text. Nearly no answer holds a secret, and of
 * most the text tells so at once: without a backslash, what is in the value stands in the text as well.
 */
export function redactRead(
	value: unknown,
	text: string,
	redact: (text: string) => string,
): unknown {
	return !text.includes('\\') && redact(text) === text ? value : redactValue(value, redact);
}

/** A vendor's own words for an error: one line, of readable length, without control characters. */
export function vendorText(text: string, redact: (text: string) => string): string {
	const line = redact(text)
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.trim();
	return line.length > MAX_VENDOR_TEXT ? `${line.slice(0, MAX_VENDOR_TEXT)} …` : line;
}
