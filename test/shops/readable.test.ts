/** Whatever shops store and customers paste: nothing of it reaches a label or TD. */
import fc from 'fast-check';
import { readable } from '../../lib/shops/text';
import { readShopEvent } from '../../lib/shops/read';
import { shopBodies } from '../unit/shops/all';
import { change, type Path } from '../unit/shops/spoilt';
import { toldOf } from '../unit/shops/td-reading';
import { type Case, casesIn, kinds, orderOf } from './case';

type Json = Record<string, unknown>;
type Body = Pick<Case, 'shop' | 'topic' | 'body' | 'settings'>;

/** A hunt for rarer cases sets more. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 12);

const all: Array<[name: string, body: Body]> = [
	...kinds().flatMap((kind) => casesIn(kind).map((one) => [one.name, one] as [string, Body])),
	...shopBodies.map(({ orderMember, ...one }): [string, Body] => [
		`${one.shop}: ${one.name}`,
		{ ...one, ...(orderMember ? { settings: { orderMember } } : {}) },
	]),
];

const bodies = all.filter(([, { body }]) => textsIn(body).length > 0);

/** All that is not in the order, so that as many as can be become tickets. */
const choices = {
	shipUnpaid: true,
	override: { weightPerBox: 2, declaredValue: 20, shipAll: true, phone: '' },
};

const ENTITIES = [
	'&amp;',
	'&#039;',
	'&#8217;',
	'&#x27;',
	'&nbsp;',
	'&AMP;',
	'&lt;b&gt;',
	'&eacute;',
];
/** An entity that means one of the others, and those that WordPress has encoded once more. */
const HIDDEN = [
	'&#8203;',
	'&#x202a;',
	'&zwnj;',
	'&#55357;',
	'&amp;#8217;',
	'&amp;amp;',
	'&amp;nbsp;',
];
const MARKS = [
	...'\u0000\u0007\u001f\u007f\u0085\u009f',
	...'\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2064\u3164\ufeff\uffa0\ufff9',
	...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069',
	...['\u{e0001}', '\u{e0041}', '\ud83d', '\udc4d', '\uffff'],
];
const BLANKS = [
	...'\t\n\v\f\r\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u2800\u3000',
	'\r\n',
	'  ',
];

const litter = fc
	.array(fc.constantFrom(...ENTITIES, ...HIDDEN, ...MARKS, ...BLANKS), {
		minLength: 1,
		maxLength: 3,
	})
	.map((some) => some.join(''));

/** Written anew, so that it does not share the reader's mistakes. */
const LITTER = [
	/&(#\d+|#x[\da-f]+|amp|nbsp|lt|gt|eacute|zwnj);/i,
	/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u034f\u115f\u2800\u3164\uffa0\uffff]/u,
	// Joiners are judged below
	/(?!\u200c|\u200d)\p{Cf}/u,
	/(?<=^|[\p{Script=Latin}\p{N}\p{P} ])(\u200c|\u200d)/u,
	/(?! )\s| {2}|^ | $/u,
];

/** The places of all texts. */
function textsIn(value: unknown, path: Path = []): Path[] {
	if (typeof value === 'string') return [path];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, member]) => textsIn(member, [...path, name]));
}

const at = (body: unknown, path: Path) =>
	path.reduce((holder, name) => (holder as Json)[name], body) as string;

/** Copies with litter in one to eight texts. */
function littered<T extends object>(body: T): fc.Arbitrary<T> {
	const places = fc.constantFrom(...textsIn(body));
	const one = fc.tuple(places, litter, fc.double({ min: 0, max: 1, noNaN: true }));
	return fc.array(one, { minLength: 1, maxLength: 8 }).map((all) => {
		const copy = structuredClone(body);
		for (const [path, what, where] of all) {
			const text = at(copy, path);
			const cut = Math.round(where * text.length);
			change(copy, path, text.slice(0, cut) + what + text.slice(cut));
		}
		return copy;
	});
}

const strings = (value: unknown): string[] => textsIn(value).map((path) => at(value, path));

const eventIn = (given: unknown, { shop, topic, settings }: Body) =>
	readShopEvent(given, { shop, topic: topic ?? undefined, ...settings });

let sent = 0;

function expectClean(given: unknown, one: Body): void {
	const told = orderOf(given, { choices });
	const event = eventIn(given, one);
	const events = event ? toldOf(event, { category: 'home' }) : [];
	const out = [...('ticket' in told ? [told.ticket] : []), ...events];
	sent += out.length;
	for (const text of out.flatMap(strings)) {
		for (const pattern of LITTER) expect(text).not.toMatch(pattern);
	}
}

describe.each(bodies)('%s', (_name, one) => {
	it('hands on no entity and nothing that cannot be seen, whatever stands in it', () => {
		const property = fc.property(littered(one.body), (body) => expectClean(body, one));
		fc.assert(property, { numRuns: RUNS });
	});

	it('nor does the order that was read of it and then written on by hand', () => {
		const event = eventIn(one.body, one);
		if (!event) return;
		const property = fc.property(littered(event), (given) => expectClean(given, one));
		fc.assert(property, { numRuns: RUNS / 2 });
	});
});

test('and much was handed on', () => expect(sent).toBeGreaterThan(bodies.length * RUNS));

describe('a text', () => {
	test.each([
		['O&#039;Neil', "O'Neil"],
		['632 O&#8217;Conner Skyway', '632 O’Conner Skyway'],
		// Encoded once more by a plugin
		['Tee &amp;#8211; L &amp;amp; XL', 'Tee – L & XL'],
		// No entities
		['AT&T, R&D; Black&Decker', 'AT&T, R&D; Black&Decker'],
		['&copy 2026 &unknown;', '&copy 2026 &unknown;'],
		['\u202a+1 555-555-0100\u202c', '+1 555-555-0100'],
		['Av. Paulista, \u20601578', 'Av. Paulista, 1578'],
		['Zoe\u0301\u00ad \u00a0 Mu\u0308ller', 'Zo\u00e9 M\u00fcller'],
		['half \ud83d of one', 'half of one'],
		// Joiners that the writing needs, and one that it does not
		['می\u200cخواهم', 'می\u200cخواهم'],
		['ക്\u200d', 'ക്\u200d'],
		['👩\u200d👩\u200d👧 ❤\ufe0f', '👩\u200d👩\u200d👧 ❤\ufe0f'],
		['Mar\u200da', 'Mara'],
		['\u200b\u3164 \u2800', ''],
	])('%j reads %j', (text, right) => expect(readable(text)).toBe(right));

	test('of several lines is one line', () => {
		expect(readable('1 Example Street\r\nBack door', ', ')).toBe('1 Example Street, Back door');
		expect(readable('\n1 Example Street,\n\n Back door\n', ', ')).toBe(
			'1 Example Street, Back door',
		);
		expect(readable('Tee\u2028L')).toBe('Tee L');
	});

	test('that is a token of visible ASCII, such as an id or a black box, stays as it is', () => {
		const unit = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
		const token = fc.string({ unit, maxLength: 60 }).filter((text) => !/&[a-z#]/i.test(text));
		fc.assert(fc.property(token, (text) => expect(readable(text)).toBe(text)));
	});

	test('reads the same once it is read', () => {
		const piece = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), litter);
		const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
		fc.assert(
			fc.property(text, (one) => expect(readable(readable(one))).toBe(readable(one))),
			{ numRuns: 300 },
		);
	});
});
