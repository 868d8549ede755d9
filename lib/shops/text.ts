/**
 * Text as a person reads it: shops hand on what their site stores and what customers paste. WordPress stores
 * `O&#039;Neil`, phones copy numbers with marks that turn the writing around, spreadsheets copy line breaks.
 */
import type * as HtmlEntities from 'html-entities';

/** Visible ASCII with single blanks, and no `&` that may begin an entity: nothing to mend. */
const PLAIN = /^[!-%'-~]+(?: [!-%'-~]+)*$/;

/** WordPress always writes the semicolon. Without one, `R&D` and `AT&T` are names. */
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i;

/**
 * The checkout and plugins encode again what is encoded: `&amp;#8217;`. Nobody writes an entity by hand, so all
 * layers are taken off, as many as anybody has seen and some more.
 */
const LAYERS = 8;

const BREAKS = /[\n\v\f\r\u0085\u2028\u2029]+/;

/** Scripts in which a joiner or non-joiner after a letter changes how the word is written. */
const JOINING =
	'Arab Syrc Nkoo Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt'
		.split(' ')
		.map((script) => `\\p{Script=${script}}`)
		.join('');

/** What shows nothing, yet says how the characters around it are written: their variants, and joiners. */
const KEPT = [
	'\\t',
	'[\\uFE00-\\uFE0F\\u180B-\\u180D\\u180F\\u{E0100}-\\u{E01EF}]',
	`(?<=[${JOINING}])[\\u200C\\u200D]`,
	// One emoji of several
	'(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})',
].join('|');

/** What nobody sees: control and bidi marks, zero-width and soft hyphens, halves of characters. */
const UNSEEN = new RegExp(
	`(?!${KEPT})[\\p{Cc}\\p{Cs}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\uFFF9-\\uFFFB]`,
	'gu',
);

/** More marks on one letter than any language writes: Unicode's Stream-Safe Text Format ends there (UAX #15). */
const PILED = /(?<=\p{M}{30})\p{M}/gu;

/** The blank of Braille is no blank to JavaScript. */
const BLANKS = /[\s\u2800]+/gu;

/**
 * One line of a text: its entities as the characters they mean, what nobody sees left out, each run of blanks one
 * blank, and a letter and its accent one character (NFC), with no more marks on it than anybody writes. The same again
 * if it is given what it gave.
 *
 * A token of visible ASCII, such as an id or a black box, comes back as it is.
 *
 * @param breaks what stands where the text breaks its line
 */
export function readable(text: string, breaks = ' '): string {
	if (PLAIN.test(text)) return text;
	let [line, before] = [text, ''];
	for (let layer = 0; layer < LAYERS && line !== before; layer++) {
		before = line;
		line = oneLine(ENTITY.test(line) ? decoded(line) : line, breaks);
	}
	return line;
}

function oneLine(text: string, breaks: string): string {
	const lines = text
		.split(BREAKS)
		.map((line) => line.replace(UNSEEN, '').replace(BLANKS, ' ').trim())
		.filter((line) => line !== '');
	// No second comma
	const joined = lines.map((line, at) =>
		at === lines.length - 1 ? line : line + (/[,;:]$/.test(line) ? ' ' : breaks),
	);
	// The time that Node.js takes to put marks in their order grows with the square of their number
	return joined.join('').replace(PILED, '').normalize('NFC');
}

function decoded(text: string): string {
	// Loaded late: n8n loads every package at its start, and the names of all entities take 10 ms
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` would load it at the start
	const { decode } = require('html-entities') as typeof HtmlEntities;
	return decode(text, { scope: 'strict' });
}
