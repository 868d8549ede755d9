/**
 * What vendors and shops send may be of 16 MB, so reading it takes a time that grows like the text, not like
 * its square. The patterns are proven by the linter (house/linear-patterns); this is about the code around
 * them. Only times of one run are compared: sixteen times the text, about sixteen times the time.
 */
import { errorsText } from '../../../lib/base/json';
import { decimalText, difference, fractionOf, fromMinor, sum } from '../../../lib/base/money';
import { cutTo, redactor, redactRead, vendorText } from '../../../lib/base/redact';
import { outlineOf } from '../../../lib/contract/outline';
import { readJson } from '../../../lib/http/read-json';
import { readShopOrder } from '../../../lib/shops/read';
import { readable } from '../../../lib/shops/text';
import { hasLabel } from '../../../lib/tw/orders/label';
import { create } from '../../../nodes/TwOrder/operations/create';
import { shopBodies } from '../shops/all';
import { eventOf, type ShopBody } from '../shops/body';
import { shopReader } from '../shops/reading';
import { toldOf } from '../shops/td-reading';
import { goodOrder } from './good';
import { twReader } from './readers';

/** Characters, or members of a list. */
const N = 2_000;

/** Milliseconds; a short one is repeated until the clock can tell. */
function timeOf(work: () => unknown): number {
	const begin = performance.now();
	let [runs, time] = [0, 0];
	for (; time < 0.5; runs++) {
		work();
		time = performance.now() - begin;
	}
	return time / runs;
}

/** Whether time grows faster than the text; tried again, since what else the machine does makes times longer. */
function isSlow<Given>(give: (n: number) => Given, read: (given: Given) => unknown): boolean {
	const [few, many] = [give(N), give(16 * N)];
	const short = () => Math.min(...[1, 2, 3].map(() => timeOf(() => read(few))));
	// 256 times as long would be the square
	const grows = () => timeOf(() => read(many)) > 64 * short();
	return Array.from({ length: 9 }).every(grows);
}

/** Each a text that is read to its end before it shows that it is not what it seems. */
const UNITS = [
	' ',
	'\t\n',
	'0',
	'9',
	'a',
	'A ',
	'/',
	'/a?',
	'=',
	'+',
	'.',
	'1.',
	'1e+',
	'-',
	',',
	';',
];
const MORE = [
	'[',
	'{',
	'"',
	'\\',
	'\u200b',
	'\u0301\u0323',
	'é',
	'👍',
	'\ud800',
	'%',
	'&',
	'<',
	'a@',
	'$',
	'#1 ',
	"'",
];
const texts = [...UNITS, ...MORE].flatMap((unit) =>
	[
		['', ''],
		['1', '!'],
		['https://', '\n'],
		['gid://', '\n'],
	].map(([before = '', behind = '']) => ({
		name: JSON.stringify(before + unit + '…' + behind),
		give: (n: number) => before + unit.repeat(n) + behind,
	})),
);

const redact = redactor(['secret-one', 'aaaaaaaa', '        ']);
const readOrder = twReader(create);
const readers: Record<string, (text: string) => unknown> = {
	'the label of an answer': hasLabel,
	'labels in a list': (text) => hasLabel([text, { url: text }]),
	'an answer': (text) => readJson(Buffer.from(text), 'application/json'),
	'an answer with a text': (text) => readJson(Buffer.from(JSON.stringify([text])), undefined),
	'a content type': (text) => readJson(Buffer.from('{}'), text),
	'words of a vendor': (text) => vendorText(text, redact),
	'secrets in an answer': (text) => redactRead([text], `\\${text}`, redact),
	'the beginning of a text': (text) => cutTo(text, 500),
	errors: (text) => errorsText({ a: [text] }),
	'a line of a shop': readable,
	'an outline': (text) => outlineOf({ [text]: text }),
	'an amount': (text) => [decimalText(text), fromMinor(text, 2), fractionOf(text, text, 7, 2)],
	'a difference': (text) => difference(text, `0.${text}`),
	'an order': (text) => readOrder({ json: 'json', orderJson: { ...goodOrder, no: text } }),
};

it.each(Object.entries(readers))(
	'%s takes its share of time',
	(_name, read) => {
		expect(texts.filter(({ give }) => isSlow(give, read)).map(({ name }) => name)).toEqual([]);
	},
	120_000,
);

it.each([
	[
		'amounts with one of many places',
		(n: number) => [`0.${'1'.repeat(n)}`, ...Array<string>(n).fill('1.5')],
	],
	['many amounts', (n: number) => Array<string>(n).fill('1.5')],
])('the sum of %s takes its share of time', (_name, give) => {
	expect(isSlow(give, sum)).toBe(false);
});

/** Paths to what a body holds: to each text, and to each list. */
function pathsIn(value: unknown, path: string[] = []): string[][] {
	if (typeof value === 'string') return [path];
	if (typeof value !== 'object' || value === null) return [];
	const inner = Object.entries(value).flatMap(([name, one]) => pathsIn(one, [...path, name]));
	return Array.isArray(value) && value.length > 0 ? [path, ...inner] : inner;
}

/** The same body with something else at this place. */
function changed(
	value: unknown,
	[name, ...rest]: string[],
	change: (old: unknown) => unknown,
): unknown {
	if (name === undefined) return change(value);
	const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
	const members = copy as Record<string, unknown>;
	return Object.assign(members, { [name]: changed(members[name], rest, change) });
}

const grown = (n: number, unit: string) => (old: unknown) =>
	Array.isArray(old)
		? Array.from({ length: old.length && n / 8 }, (_, i) => old[i % old.length] as unknown)
		: `${String(old)}${unit.repeat(n)}\0`;

const shops = ['shopify', 'woocommerce', 'stripe'];

it.each(shops)(
	'each place in the bodies of %s',
	(shop) => {
		const bodies = shopBodies.filter((one) => one.shop === shop);
		// The same place of another body, or of another entry of a list, is read by the same code
		const places = new Map(
			bodies.flatMap((one) =>
				pathsIn(one.body).map(
					(path) => [path.join('.').replace(/\d+/g, '*'), { one, path }] as const,
				),
			),
		);
		expect(places.size).toBeGreaterThan(90);
		const slow = [...places].filter(([, { one, path }]) =>
			[' ', '/a?'].some((unit) => {
				const bodyOf = (n: number) => changed(one.body, path, grown(n, unit)) as ShopBody['body'];
				return isSlow((n) => ({ ...one, body: bodyOf(n) }), eventOf);
			}),
		);
		expect(slow.map(([place]) => place)).toEqual([]);
	},
	120_000,
);

const woocommerce = (lines: object[], more: object = {}) => ({
	...{ id: 1, order_key: 'key', status: 'processing', currency: 'USD', total: '1.00' },
	...{ line_items: lines, ...more },
});
/** Lines, each with the member that names its set. */
const linesOf = (n: number, setOf: (at: number) => number | undefined) =>
	Array.from({ length: n / 4 }, (_, at) => ({
		...{ id: at + 1, name: 'Mug', quantity: 1, total: '1.00', bundled_by: setOf(at) },
	}));
const packages = (n: number) =>
	['local_pickup', 'flat_rate'].map((method_id) => ({
		...{ method_id, meta_data: [{ key: '_pickup_items', value: Array(n).fill(-1) }] },
	}));

it.each([
	['things in one set', (n: number) => woocommerce(linesOf(n, () => 1))],
	['sets with one thing', (n: number) => woocommerce(linesOf(n, (at) => at - (at % 2) + 1))],
	['sets within sets', (n: number) => woocommerce(linesOf(n, (at) => at))],
	['sets that name each other', (n: number) => woocommerce(linesOf(n, (at) => [2, 1][at]))],
	[
		'lines in packages',
		(n: number) =>
			woocommerce(
				linesOf(n, () => undefined),
				{ shipping_lines: packages(n) },
			),
	],
])('%s take their share of time', (_name, give) => {
	expect(isSlow(give, readShopOrder)).toBe(false);
});

/** The same at any depth without the members of this name. */
function without(value: unknown, name: string): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((one) => without(one, name));
	const members = Object.entries(value).filter(([own]) => own !== name);
	return Object.fromEntries(members.map(([own, member]) => [own, without(member, name)]));
}

const readTicket = shopReader();

/** All that is made of a webhook: its event, and what TD and TW are told of it. */
function toldOfAll(one: ShopBody): unknown {
	const event = eventOf(one);
	const override = { weightPerArticle: 0.4, declaredValue: 20 };
	return event && [toldOf(event), readTicket({ shopOrder: one.body, override })];
}

it.each(shops)(
	'many lines, refunds and parcels of %s, whatever else is missing',
	(shop) => {
		// Each line may be looked for in each refund, but where something else tells
		const bodies = new Map<string, ShopBody>();
		for (const one of shopBodies.filter((body) => body.shop === shop)) {
			for (const path of pathsIn(one.body)) bodies.set(path.at(-1) ?? '', one);
		}
		const slow = [...bodies].filter(([missing, one]) => {
			const body = without(one.body, missing) as ShopBody['body'];
			const lists = Object.keys(body).filter((name) => Array.isArray(body[name]));
			const bodyOf = (n: number) =>
				lists.reduce<unknown>((grows, name) => changed(grows, [name], grown(n / 4, '')), body);
			return isSlow((n) => ({ ...one, body: bodyOf(n) as ShopBody['body'] }), toldOfAll);
		});
		expect(slow.map(([missing]) => missing)).toEqual([]);
	},
	120_000,
);
