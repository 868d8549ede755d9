/** No form of a secret gets through, and what is cut is cut between characters. */
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { UnavailableFault } from '../../../lib/base/errors';
import {
	cutTo,
	MASK,
	redactor,
	redactRead,
	redactValue,
	vendorText,
} from '../../../lib/base/redact';
import { cleaned } from '../../../lib/run/report';
import { shortened } from '../../../lib/shops/events/contents';
import { whyUnread } from '../../../lib/shops/read';
import { searchedForms, writtenForms } from '../../secret-forms';

const secret = 'kEy/+= "9c1eb';
const redact = redactor([secret]);

/** Of what stands beside a secret inside base64 a character is shared, and stays. */
const isMasked = (form: string, text: string) =>
	form.includes('base64')
		? text.includes(MASK) && searchedForms(secret).every((one) => !text.includes(one))
		: text === `SIGN: ${MASK}, and more`;

it.each(Object.entries(writtenForms(secret)))('masks a secret %s: %s', (form, written) => {
	const text = redact(`SIGN: ${written}, and more`);
	expect(isMasked(form, text) ? 'masked' : text).toBe('masked');
});

it('masks a key of digits that a vendor repeats as a number, and no other number', () => {
	const answer = {
		token: 8204716359,
		same: '8204716359',
		cost: 4.2,
		no: 82047,
		list: [8204716359],
	};
	expect(redactValue(answer, redactor(['8204716359']))).toEqual({
		...answer,
		...{ token: MASK, same: MASK, list: [MASK] },
	});
});

it.each(['12345678', '1.2345678E7', '1.2345678e+7', '123456780e-1', '0.12345678e8'])(
	'masks a key of digits in an answer that has it as %s',
	(number) => {
		const text = `{"token":${number},"cost":4.2}`;
		const hide = redactor(['12345678']);
		expect(redactRead(JSON.parse(text), text, hide)).toEqual({ token: MASK, cost: 4.2 });
	},
);

it('masks a key of digits without the zeros before them, as a number has it', () => {
	const hide = redactor(['0012345678', '0001']);
	const text = '{"token":12345678,"same":"0012345678","page":1}';
	const masked = { token: MASK, same: MASK, page: 1 };
	expect(redactRead(JSON.parse(text), text, hide)).toEqual(masked);
	expect(hide('k=12345678 and 1')).toBe(`k=${MASK} and 1`);
});

it.each([secret, 'f3a9c1d2e4b5a6978081726354453627', 'Q+/=\\"<\'>&%25#;:', 'ключ-🔑-schlüssel'])(
	'masks every form of %s, alone and among text',
	(other) => {
		const hide = redactor(['something else', other]);
		for (const written of Object.values(writtenForms(other))) {
			for (const text of [written, `<a href="x?k=${written}&amp;y">`, `{"k":"${written}"}`]) {
				const left = hide(text);
				expect(searchedForms(other).filter((one) => left.includes(one))).toEqual([]);
				expect(left).toContain(MASK);
			}
		}
	},
);

it('keeps what stands around a secret as it was written', () => {
	expect(redact(`a%20&amp;\\u0041 ${encodeURIComponent(secret)} b&lt;%41\\/`)).toBe(
		`a%20&amp;\\u0041 ${MASK} b&lt;%41\\/`,
	);
});

it('takes no part of a file, a number or a word for a short secret', () => {
	const short = redactor(['1234', 'abcdef', 'OK200']);
	for (const text of ['MTIzNA==', '31323334', 'T0syMDA=', '%31%32 &#49; \\u0031']) {
		expect(short(text)).toBe(text);
	}
});

it('leaves random files as they are', () => {
	const keys = ['8f14e45fceea167a5a36dedd4bea2543', 'sk_live_51H8abcd', 'TW0001-token-77'];
	const file = createHash('shake256', { outputLength: 300_000 }).update('file').digest();
	for (const text of [file.toString('base64'), file.toString('hex'), file.toString('latin1')]) {
		expect(redactor(keys)(text) === text).toBe(true);
	}
});

/** Milliseconds; the shortest of three, since a machine may be busy. */
const shortest = (work: () => unknown) =>
	Math.min(
		...[1, 2, 3].map(() => {
			const start = performance.now();
			work();
			return performance.now() - start;
		}),
	);
const holds = (isQuick: () => boolean) => isQuick() || isQuick() || isQuick();

it.each(['\\', '%25', '&amp;', '\\u005c', '%', '&#0', '%c3', 'kEy/+= "9c1e', 'a\\"', '%2525'])(
	'takes time in proportion to the length of %s',
	(part) => {
		const timeFor = (length: number) => {
			const text = part.repeat(length / part.length);
			return shortest(() => redact(text));
		};
		timeFor(50_000);
		// Sixteen times as long: were it quadratic, it would take 256 times as long
		expect(holds(() => timeFor(800_000) < 100 * Math.max(timeFor(50_000), 0.2))).toBe(true);
	},
);

/** Each about half as much as where a text was read twice and its characters were copied one by one. */
it.each([
	['%41', 2],
	['%2525', 3],
	['&#65;', 1.4],
	['&amp;', 0.7],
	['%c3%a9', 1],
	['\\\\', 1.3],
])('takes for megabytes of %s at most %d times what decoding a URL by hand takes', (part, most) => {
	const length = 2 ** 20;
	const text = part.repeat(length / part.length) + secret;
	const url = '%41'.repeat(length / 3);
	const decode = () =>
		url.replace(/%[0-9a-f]{2}/gi, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)));
	expect(redact(text).endsWith(MASK)).toBe(true);
	expect(holds(() => shortest(() => redact(text)) < most * shortest(decode))).toBe(true);
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
