/** An address without what people write only because a form wants something. */
import { textOf } from '../lenient';
import type { Address } from '../order';

/**
 * The address without a name, company or second line that is nothing but a `.` or `-`, and without a second line
 * that repeats another member. What stands only in the second line becomes the first.
 *
 * A company that repeats the name stays: carriers treat companies in their own way.
 */
export function tidyAddress(address: Address): Address {
	const { name, company, line1, line2, city, postcode } = address;
	const isRepeated = [line1, company, city, postcode].some(
		(other) => other !== null && line2 !== null && bare(other) === bare(line2),
	);
	const second = isRepeated ? null : said(line2);
	const first = said(line1);
	return {
		...address,
		name: name === null ? null : nameOf(name),
		company: said(company),
		line1: first ?? second,
		line2: first === null ? null : second,
	};
}

/** A name without words at its ends that are no words: people whose form wants a last name write `.` */
function nameOf(name: string): string | null {
	const words = name.split(' ');
	const isWord = (word: string) => said(word) !== null;
	return textOf(words.slice(words.findIndex(isWord), words.findLastIndex(isWord) + 1).join(' '));
}

/** null for a text that has neither letters nor digits. */
const said = (text: string | null) => (text !== null && bare(text) !== '' ? text : null);

const bare = (text: string) =>
	text.toLowerCase().replace(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]/gu, '');
