/** No form of a secret gets through, and what is cut is cut between characters. */
import fc from 'fast-check';
import { UnavailableFault } from '../../../lib/base/errors';
import { cutTo, MASK, redactor, vendorText } from '../../../lib/base/redact';
import { cleaned } from '../../../lib/run/report';
import { shortened } from '../../../lib/shops/events/contents';
import { whyUnread } from '../../../lib/shops/read';

const secret = 'kEy/+= "9c1eb';
const redact = redactor([secret]);

it.each([
	secret,
	secret.toUpperCase(),
	secret.toLowerCase(),
	encodeURIComponent(secret),
	encodeURIComponent(secret).toLowerCase(),
	encodeURIComponent(secret).toUpperCase(),
	new URLSearchParams({ s: secret }).toString().slice(2).toLowerCase(),
	JSON.stringify(secret).slice(1, -1).toUpperCase(),
])('masks %s', (form) => {
	expect(redact(`SIGN: ${form}, and more`)).toBe(`SIGN: ${MASK}, and more`);
});

it('masks any secret in any mix of cases', () => {
	const cased = (text: string, upper: boolean[]) =>
		[...text].map((c, i) => (upper[i % upper.length] ? c.toUpperCase() : c.toLowerCase())).join('');
	fc.assert(
		fc.property(
			fc.string({ minLength: 4, maxLength: 40 }).filter((text) => text.trim().length >= 4),
			fc.array(fc.boolean(), { minLength: 1 }),
			(text, upper) => {
				expect(redactor([text])(`<${cased(text, upper)}>`)).toContain(MASK);
			},
		),
	);
});

it('leaves text without a secret as it is', () => {
	const text = 'Straße İstanbul 9c1e';
	expect(redact(text)).toBe(text);
});

describe('a text is cut between characters as a person counts them', () => {
	/** One character each, of one to eleven code units. */
	const CHARACTERS = ['a', ' ', '货', '😀', 'e\u0301', '🇺🇦', '👨‍👩‍👧‍👦', '각', '👍🏽', 'ก็'];
	const plain = (text: string) => text;

	it.each(CHARACTERS)('%s, wherever the border falls', (one) => {
		for (let before = 0; before <= 12; before++) {
			const text = 'x'.repeat(before) + one.repeat(20);
			const whole = Math.floor((30 - before) / one.length);
			const kept = 'x'.repeat(before) + one.repeat(Math.min(20, whole));
			expect(cutTo(text, 30, '…')).toBe(kept === text ? text : `${kept}…`);
		}
	});

	it('any text: the longest beginning of whole characters that fits', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 40 }),
				fc.integer({ min: 64, max: 90 }),
				(characters, most) => {
					let kept = '';
					for (const one of characters) {
						if (kept.length + one.length > most) break;
						kept += one;
					}
					const text = characters.join('');
					expect(cutTo(text, most)).toBe(text.length <= most ? text : kept);
				},
			),
		);
	});

	it('a heap of marks on one letter is no character to be kept whole', () => {
		expect(cutTo(`a${'\u0301'.repeat(5_000)}`, 500)).toHaveLength(500);
		expect(cutTo(`a${'\u{1D167}'.repeat(5_000)}`, 500)).toHaveLength(499);
	});

	const faces = '😀'.repeat(5_000);
	const fault = new UnavailableFault(`a${faces}`, `a${faces}`);
	it.each<[string, string, number]>([
		["a vendor's words", vendorText(`a${faces}`, plain), 500],
		['a message', cleaned(fault, plain).message, 2_000],
		['what to do', cleaned(fault, plain).advice, 2_000],
		["a shop's text for TD", shortened(`a${faces}`), 1_024],
	])('%s', (_what, text, most) => {
		expect(text.isWellFormed()).toBe(true);
		expect(text.replace(/ …$/, '')).toBe(`a${'😀'.repeat((most - 2) / 2)}`);
	});

	it('the name of a member that a shop sends', () => {
		expect(whyUnread({ [`a${faces}`]: 1 })).toContain(`members a${'😀'.repeat(19)}….`);
	});
});
