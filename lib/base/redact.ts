/** Keeps secrets out of every text from outside. */

/** Masks secrets in a text. */
export type Redact = (text: string) => string;

export const MASK = '[hidden]';
/** Anybody can guess what is shorter; characters. */
export const MIN_SECRET_LENGTH = 4;
const MIN_ENCODED_LENGTH = 8;
/** How many escapes may lie one inside the other. */
const MAX_LEVELS = 4;
/** People read the vendor's text in an error, so it is cut here; characters. */
const MAX_VENDOR_TEXT = 500;

/**
 * A function that masks secrets, however those who repeat them have written them: in upper and lower case, as
 * JSON, URLs, forms and HTML escape them, one inside the other, and as hexadecimal digits or inside base64, there
 * also as JavaScript escapes them for JSON or a URL. Not recognised is a secret that was cut, that base64 has
 * spread over two lines, or that was escaped in another way before it was encoded. Linear in time.
 *
 * @param secrets those shorter than four characters are left alone, and those shorter than eight in
 * hexadecimal digits and base64: masking them would garble ordinary words, numbers and files
 */
export function redactor(secrets: readonly string[]): Redact {
	const long = secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH);
	if (long.length === 0) return (text) => text;
	// A run in which all goes well shows no text from outside
	let any: RegExp | undefined;
	return (text) => {
		any ??= anyFormOf(long);
		return text.search(any) < 0 && text.search(SIGN) < 0 ? text : hide(any, text);
	};
}

function anyFormOf(secrets: readonly string[]): RegExp {
	const forms = new Set(secrets.flatMap(unescapedForms));
	// Longest first, so that no part of a secret that contains another one stays readable
	const ordered = [...forms].sort((a, b) => b.length - a.length);
	return new RegExp(ordered.join('|'), 'gi');
}

/** The forms of a secret that are left once nothing is escaped any more, as sources of regular expressions. */
function unescapedForms(secret: string): string[] {
	// What looks like an escape in it is taken for one together with those around it
	let bare = secret;
	for (let level = 0; level < MAX_LEVELS; level++) bare = resolved(bare).view;
	// Whoever takes digits for a number drops the zeros before it
	const number = /^0+([1-9]\d*)$/.exec(secret)?.[1] ?? '';
	const asIs = [secret, secret.replaceAll(' ', '+'), bare, number]
		.filter(({ length }) => length >= MIN_SECRET_LENGTH)
		.map(literally);
	if (secret.length < MIN_ENCODED_LENGTH) return asIs;
	const inJson = JSON.stringify(secret).slice(1, -1);
	const inForm = new URLSearchParams({ s: secret }).toString().slice(2);
	const urls = [inForm, inForm.replaceAll('+', '%20')].flatMap((url) => [
		url,
		url.replace(/%../g, (escape) => escape.toLowerCase()),
	]);
	const encoded = [secret, inJson, inJson.replaceAll('/', '\\/'), ...urls].flatMap((text) => [
		Buffer.from(text).toString('hex'),
		...[0, 1, 2].map((before) => base64Of(text, before)),
	]);
	return [...asIs, ...encoded];
}

/**
 * What base64 makes of a text anywhere among the encoded bytes. On either side the text shares a character
 * with its neighbours, which holds at most four bits of it and stays.
 *
 * @param before how many bytes stand before it, modulo three
 */
function base64Of(text: string, before: number): string {
	const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
	const [first, end] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
	const kept = bytes.toString('base64').slice(first, end);
	return kept.replace(/[+/]/g, (char) => (char === '+' ? '[+-]' : '[/_]'));
}

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Characters as JSON and JavaScript, URLs (several bytes may be one character), and HTML escape them. */
const ESCAPE = new RegExp(
	[
		String.raw`\\(?:["'\\/bfnrt]|x[0-9a-f]{2})|[\\%]u[0-9a-f]{4}`,
		'%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-4](?:%[89ab][0-9a-f]){3}',
		String.raw`%[0-9a-f]{2}|&(?:#\d{1,9}|#x[0-9a-f]{1,9}|amp|lt|gt|quot|apos|sol|plus|equals|percnt);?`,
	].join('|'),
	'iy',
);
/** What every escape begins with. */
const SIGN = /[\\%&]/;
const NAMED: Readonly<Record<string, string>> = {
	...{ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
	...{
		amp: '&',
		lt: '<',
		gt: '>',
		quot: '"',
		apos: "'",
		sol: '/',
		plus: '+',
		equals: '=',
		percnt: '%',
	},
};

/** The character; what is none stays. */
function unescaped(escape: string): string {
	const kind = escape.charAt(1).toLowerCase();
	if (escape.startsWith('&')) {
		const named = escape.endsWith(';') ? escape.slice(1, -1) : escape.slice(1);
		if (kind !== '#') return NAMED[named.toLowerCase()] ?? escape;
		const isHex = /^#x/i.test(named);
		const code = isHex ? parseInt(named.slice(2), 16) : Number(named.slice(1));
		return code <= 0x10ffff ? String.fromCodePoint(code) : escape;
	}
	if (kind === 'u' || kind === 'x') return String.fromCharCode(parseInt(escape.slice(2), 16));
	if (escape.startsWith('\\')) return NAMED[kind] ?? kind;
	if (escape.length === 3) return String.fromCharCode(parseInt(escape.slice(1), 16));
	try {
		return decodeURIComponent(escape);
	} catch {
		// Bytes that are no UTF-8
		return escape;
	}
}

/** A text with its escapes resolved once, and where each of its characters begins in the text; then its end. */
function resolved(text: string): { view: string; starts: Uint32Array } {
	const units = new Uint16Array(text.length);
	const starts = new Uint32Array(text.length + 1);
	let written = 0;
	for (let read = 0, end = 0; read < text.length; read = end) {
		ESCAPE.lastIndex = read;
		end = ESCAPE.test(text) ? ESCAPE.lastIndex : read + 1;
		// No escape is shorter than its character
		const char = end === read + 1 ? text.charAt(read) : unescaped(text.slice(read, end));
		for (let unit = 0; unit < char.length; unit++) {
			units[written] = char.charCodeAt(unit);
			starts[written++] = read;
		}
	}
	starts[written] = text.length;
	const view = Buffer.from(units.buffer, 0, 2 * written).toString('utf16le');
	return { view, starts };
}

/** Masks what is found in the text and in what its escapes stand for. */
function hide(any: RegExp, text: string): string {
	const isSecret = new Uint8Array(text.length);
	let view = text;
	/** Where each character of the view begins in the text; undefined while it is the text. */
	let starts: Uint32Array | undefined;
	for (let level = 0; ; level++) {
		// Few texts hold one, and searching costs less
		const matches = view.search(any) < 0 ? [] : view.matchAll(any);
		for (const { index, 0: found } of matches) {
			const end = index + found.length;
			isSecret.fill(1, starts?.[index] ?? index, starts?.[end] ?? end);
		}
		if (level === MAX_LEVELS || view.search(SIGN) < 0) break;
		const next = resolved(view);
		if (next.view.length === view.length) break;
		const outer = starts;
		starts = outer ? next.starts.map((start) => outer[start]!) : next.starts;
		view = next.view;
	}
	let hidden = '';
	for (let end = 0; ;) {
		const begin = isSecret.indexOf(1, end);
		if (begin < 0) return hidden + text.slice(end);
		hidden += text.slice(end, begin) + MASK;
		end = isSecret.indexOf(0, begin);
		if (end < 0) return hidden;
	}
}

/** The same names, every value masked. */
export const masked = (values: Readonly<Record<string, string>>): Record<string, string> =>
	Object.fromEntries(Object.keys(values).map((name) => [name, MASK]));

/** Masks secrets in every string and member name of a JSON value. */
export function redactValue(value: unknown, redact: Redact): unknown {
	if (typeof value === 'string') return redact(value);
	if (Array.isArray(value)) return value.map((entry) => redactValue(entry, redact));
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([name, member]) => [redact(name), redactValue(member, redact)]),
		);
	}
	// A key of digits alone may be repeated as a number
	if (typeof value === 'number') return redact(String(value)) === String(value) ? value : MASK;
	return value;
}

/**
 * {@link redactValue} for a value that was read from JSON text. Few answers hold a secret, and most texts
 * show at once that there is none: without a backslash, and without a number that has an exponent, everything in
 * the value is in the text as well.
 */
export function redactRead(value: unknown, text: string, redact: Redact): unknown {
	const isAsRead = !text.includes('\\') && !/\d[eE][+-]?\d/.test(text);
	return isAsRead && redact(text) === text ? value : redactValue(value, redact);
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
