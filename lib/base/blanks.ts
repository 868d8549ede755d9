/** Blanks and unseen characters around a text: what comes along when a cell or a web page is copied. */

/** A blank of any script, or a control or format character: tabs, line breaks, zero-width and bidi marks. */
const BLANK = /[\s\p{Cc}\p{Cf}]/u;

/** A text without blanks and unseen characters at its ends; within it they stay. */
export function trimmed(text: string): string {
	let [from, to] = [0, text.length];
	while (from < to && BLANK.test(text[from]!)) from++;
	while (to > from && BLANK.test(text[to - 1]!)) to--;
	return text.slice(from, to);
}
