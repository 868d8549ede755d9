/**
 * What becomes of a value that an expression gave, by the kind of its field: what is sent of it, or the
 * words in which it is refused. The wire's types are those of the vendors' examples.
 */
import { tryToParseDateTime } from 'n8n-workflow';
import { inspect, isDeepStrictEqual as isSame } from 'node:util';
import { serialise } from '../../../lib/base/json';
import { jsonPath, labelOf } from '../../../lib/fields/labels';
import {
	type CheckContext,
	choice,
	codes,
	day,
	type EitherField,
	type Field,
	type Fields,
	flag,
	group,
	type GroupRule,
	json,
	list,
	locator,
	map,
	moment,
	number,
	text,
	texts,
} from '../../../lib/fields/field';
import { schemaOf } from '../../../lib/fields/schema';
import { readTime } from '../../../lib/operation/time';

const region = { name: 'Singapore', requiredAmount: 'amount_usd', currency: 'USD' } as const;
const surroundings: CheckContext = { zone: 'Asia/Shanghai', readTime, region };

type Outcome = { sent: unknown } | { refused: string[] };
const sent = (value: unknown): Outcome => ({ sent: value });
const refused = (...complaints: string[]): Outcome => ({ refused: complaints });

function outcomeOf(fields: Fields, body: unknown): Outcome {
	const parsed = schemaOf(fields, surroundings).safeParse(body);
	if (parsed.success) return sent(parsed.data);
	return refused(...parsed.error.issues.map(({ path, message }) => `${jsonPath(path)} ${message}`));
}

const DATE = new Date('2021-10-12T20:20:50.521Z');
const LUXON = tryToParseDateTime('2021-10-12T14:20:50.521+07:00', 'Asia/Bangkok');
/** The last row of a table says what becomes of those that no row above it names. */
const ANYTHING: readonly unknown[] = [
	...[undefined, null, '', '  ', 'words', '7', ' 7 ', '5 kg', 'true', 'TRUE', 'NaN'],
	...[0, 1, 7.5, -1, Number.NaN, Number.POSITIVE_INFINITY, 5n, true, false],
	...[[], ['A'], [7], [null], {}, { a: null }, DATE, LUXON],
];

type Told = Outcome | ((given: unknown) => Outcome);
/** What is given, what becomes of it in an optional field, and in a required one if that differs. */
type Row = [given: readonly unknown[], optional: Told, required?: Told];

const LEFT_OUT = (): Outcome => sent(undefined);
const AS_IT_IS = (given: unknown) => sent(given);
const AS_TEXT = (given: unknown) => sent(String(given));
const AS_NUMBER = (given: unknown) => sent(Number(given));
const EMPTY = refused('it is empty');
/** No vendor asks for it, so nobody has said what becomes of it. */
const UNSETTLED = (): Outcome => refused();

const ABSENT: Row = [[undefined, null, '', '  ', '\t\n\u00a0'], LEFT_OUT, EMPTY];

const textTable: Row[] = [
	ABSENT,
	[['words', '7', '5 kg', 'true', 'TRUE', 'NaN', "Ünï \u00a0\u200b<b>'"], AS_IT_IS],
	[[' 7 ', '\t7\n', '\u00a0\ufeff7\u200b\u3000', '7\u2028'], sent('7')],
	[[0, 1, 7.5, -1, 20240625001], AS_TEXT],
	[ANYTHING, refused('it must be text')],
];

const options = (...names: string[]) => names.map((name) => ({ name, value: name.toLowerCase() }));

const currency = (value: string) =>
	/^[A-Z]{3}$/.test(value) ? undefined : 'must be a code of 3 letters';
const A_CODE = refused('it must be a code of 3 letters');

const A_NUMBER = refused('it must be a number');
const numberTable = (kind: string, limits: Parameters<typeof number>[1], rows: Row[]) =>
	table(kind, number('It', limits), [
		ABSENT,
		...rows,
		[[0, 1, 7.5, -1, '7', ' 7 ', '0.1', '-1', '1e3'], AS_NUMBER],
		[['heavy', '5,5', '7 7', '1_000', 'Infinity'], A_NUMBER],
		[ANYTHING, A_NUMBER],
	]);

const flagTable = (yes: unknown, no: unknown): Row[] => [
	ABSENT,
	[[true, 'true', 1], sent(yes)],
	[[false, 'false', 0], sent(no)],
	[[2, '1', '0', 'yes', 'on'], refused('it must be true or false')],
	[ANYTHING, refused('it must be true or false')],
];

const wrongDate = (right: string) =>
	refused(`it is no date that can be read; write it with the year first, such as ${right}`);
const A_DATE = wrongDate('2026-12-31 14:30');
const A_DAY = wrongDate('2026-12-31');

const objectTable: Row[] = [
	ABSENT,
	[[{}, { a: null }, { constructor: null, toString: 'x', length: 3 }], AS_IT_IS],
	// An object here, and text on the wire
	[[DATE, LUXON], UNSETTLED],
	[['{}', '{"a":1}'], refused('it must be an object')],
	[ANYTHING, refused('it must be an object')],
];

const named = {
	name: text('Name', { grade: 'required' }),
	size: number('Size'),
	note: text('Note'),
};
const NAMELESS = refused('it.name is empty');

const box = { weight: number('Weight', { grade: 'required', above: 0 }), note: text('Note') };
const NO_BOX = refused('it must have at least one box');

const address = { city: text('City', { grade: 'required' }), phone: text('Phone') };
const either = (label: string): EitherField => ({
	kind: 'either',
	label,
	grade: 'optional',
	text: { value: 'warehouse', field: text('Warehouse Code') },
	group: { value: 'address', field: group('Address', address) },
});
const NEITHER = refused('it is empty: give a warehouse code or an address');

const inLine = (value: unknown) => inspect(value, { breakLength: Number.POSITIVE_INFINITY });

/** Tries each row at once, in an optional field and in a required one. */
function table(kind: string, field: Field, rows: Row[]): void {
	const named: unknown[] = [];
	const tests = rows.flatMap(([given, optional, required]) => {
		const values = given.filter((value) => !named.some((one) => isSame(one, value)));
		named.push(...values);
		const what = given === ANYTHING ? 'anything else' : values.map(inLine).join(', ');
		const grades = required
			? [['optional', optional] as const, ['required', required] as const]
			: [['optional or required', optional] as const];
		return grades
			.filter(([, told]) => told !== UNSETTLED)
			.map(([when, told]) => {
				const becomes = typeof told === 'function' ? told.name : inLine(told);
				return [`${when}: ${what} → ${becomes}`, when, values, told] as const;
			});
	});

	describe(kind, () =>
		it.each(tests)('%s', (_title, when, values, told) => {
			for (const grade of (['optional', 'required'] as const).filter((one) => when.includes(one))) {
				const fields = { it: { ...field, grade } };
				const outcomes = values.map((value) => [inLine(value), outcomeOf(fields, { it: value })]);
				expect(outcomes).toStrictEqual(values.map((value) => [inLine(value), inBody(told, value)]));
			}
		}),
	);
}

function inBody(told: Told, value: unknown): Outcome {
	const outcome = typeof told === 'function' ? told(value) : told;
	if ('refused' in outcome) return outcome;
	return sent(outcome.sent === undefined ? {} : { it: outcome.sent });
}

table('text', text('It'), textTable);
table('locator', locator('It', 'e.g. UA'), textTable);
table('open choice', choice('It', options('Direct'), { open: true }), textTable);
table('text with a check of its own', text('It', { check: currency }), [
	ABSENT,
	[['USD'], AS_IT_IS],
	[[' USD', 'USD\u00a0'], sent('USD')],
	[['usd', 'US$', 'words', 'true', 'TRUE', 'NaN', 7.5, 100], A_CODE],
	[['7', ' 7 ', '5 kg', 0, 1, -1], A_CODE],
	[ANYTHING, refused('it must be text')],
]);
table(
	'text with a form of its own',
	text('It', {
		form: { read: (given) => (given === 'usa' ? 'US' : undefined), wrong: 'must be USA' },
	}),
	[
		ABSENT,
		[['usa', ' usa\n'], sent('US')],
		[['us', '7', 7, 'words'], refused('it must be USA')],
		[[true, ['usa']], refused('it must be text')],
	],
);
table('choice', choice('It', options('Card', 'Other')), [
	ABSENT,
	[['card', 'other'], AS_IT_IS],
	[['Card', ' card', 'gold', ['card']], refused('it must be one of card, other')],
	[ANYTHING, refused('it must be one of card, other')],
]);
numberTable('number', {}, []);
numberTable('number from 0', { min: 0 }, [
	[[0, '0', 0.001], AS_NUMBER],
	[[-1, '-1', -0.001], refused('it must be at least 0')],
]);
numberTable('number above 0', { above: 0 }, [
	[[0.001, 1], AS_NUMBER],
	[[0, '0', -1, '-1', -0], refused('it must be greater than 0')],
]);
numberTable('whole number', { whole: true }, [
	[[16, '16', 16.0, -3, Number.MAX_SAFE_INTEGER], AS_NUMBER],
	[[7.5, '0.1', 2 ** 53, '9007199254740993'], refused('it must be a whole number')],
]);
table('flag', flag('It'), flagTable(true, false));
table(
	'flag that the wire writes 1 and 0',
	flag('It', { wire: { true: 1, false: 0 } }),
	flagTable(1, 0),
);
table('moment in ISO 8601', moment('It', 'iso'), [
	ABSENT,
	[['2021-10-12T14:20:50.521+07:00'], AS_IT_IS],
	[['2021-10-12T14:20:50Z'], sent('2021-10-12T14:20:50.000+00:00')],
	[['2021-10-12 14:20:50', '2021-10-12T14:20:50'], sent('2021-10-12T14:20:50.000+08:00')],
	[[1634048450, '1634048450', 1634048450000], sent('2021-10-12T22:20:50.000+08:00')],
	[[DATE], sent('2021-10-13T04:20:50.521+08:00')],
	[[LUXON], sent('2021-10-12T14:20:50.521+07:00')],
	[['2021-02-30T10:00:00Z', 'Wed, 31 Feb 2021 10:00:00 GMT'], A_DATE],
	[['2021-02-28T25:00:00Z', 'yesterday', 'item 5'], A_DATE],
	[[new Date(Number.NaN), { toISO: () => 'never' }, [2021], 12], A_DATE],
	[ANYTHING, A_DATE],
]);
table('moment in milliseconds', moment('It', 'epochMs'), [
	ABSENT,
	[[1596358039000, 1596358039, '1596358039', '2020-08-02T08:47:19Z'], sent(1596358039000)],
	[[DATE], sent(1634070050521)],
	[[LUXON], sent(1634023250521)],
	[ANYTHING, A_DATE],
]);
table('day', day('It'), [
	ABSENT,
	[['2025-07-01', '2025-07-01T23:30:00-11:00', '2025-07-01 00:30'], sent('2025-07-01')],
	[[DATE], sent('2021-10-13')],
	[[LUXON, 1634048450], sent('2021-10-12')],
	[['2025-02-29', '01/07/2025'], A_DAY],
	[ANYTHING, A_DAY],
]);
table('codes', codes('It'), [
	ABSENT,
	[[[]], AS_IT_IS, EMPTY],
	[[['A'], ['A', 'B']], AS_IT_IS],
	[[[7]], sent(['7'])],
	[[[null]], refused('it[0] is empty')],
	[[['A', '  ']], refused('it[1] is empty')],
	[[['A', {}, [7]]], refused('it[1] must be text', 'it[2] must be text')],
	[['A,B'], refused('it must be a list of texts')],
	[ANYTHING, refused('it must be a list of texts')],
]);
table('texts', texts('It', 'Reference'), [
	[[undefined, null, '', '  '], LEFT_OUT, UNSETTLED],
	[[[]], AS_IT_IS, UNSETTLED],
	[[['A'], ['A', 'B']], AS_IT_IS],
	[[['A', '', null]], sent(['A'])],
	[[['  '], [null]], sent([])],
	[[[7]], sent(['7'])],
	[[['A', true]], refused('it[1] must be text')],
	[ANYTHING, refused('it must be a list of texts')],
]);
table('group', group('It', named), [
	// A required group has no lid in the editor, so what is missing is a member
	[[undefined, null, '', '  '], LEFT_OUT, NAMELESS],
	[[{ name: null }, { name: '  ' }, { name: '', size: ' ', note: null }], LEFT_OUT, NAMELESS],
	[[{}, { a: null }, { name: '', strange: '' }, { name: '', size: 2 }, DATE, LUXON], NAMELESS],
	[[{ name: 'A', size: 2, strange: { deep: [null] } }], AS_IT_IS],
	[[{ name: 1, size: '2', note: null }], sent({ name: '1', size: 2 })],
	[[{ name: 'A', size: '', note: ' ', strange: ' ' }], sent({ name: 'A', strange: ' ' })],
	[
		[{ size: 'big', note: [] }],
		refused('it.name is empty', 'it.size must be a number', 'it.note must be text'),
	],
	[ANYTHING, refused('it must be an object')],
]);
table('list', list('It', 'Box', box), [
	[[undefined, null, '', '  '], LEFT_OUT, NO_BOX],
	[[[]], AS_IT_IS, NO_BOX],
	[[[{ weight: 5, strange: null }]], AS_IT_IS],
	[[[{ weight: '5', note: null }, { weight: 1 }]], sent([{ weight: 5 }, { weight: 1 }])],
	[[[{ weight: 1 }, { weight: 0 }]], refused('it[1].weight must be greater than 0')],
	[[[{ weight: 1 }, {}]], refused('it[1].weight is empty')],
	[[['A'], [5], [7], [null], [[]]], refused('it[0] must be an object')],
	[[{ weight: 1 }, { length: { toString: '' } }], refused('it must be a list')],
	[ANYTHING, refused('it must be a list')],
]);
table('JSON', json('It'), objectTable);
table('map', map('It'), objectTable);
table('either a code or an address', either('It'), [
	[[undefined, null, '', '  '], LEFT_OUT, NEITHER],
	[['MSP1', 'words', '7', '5 kg', 'true', 'TRUE', 'NaN'], AS_IT_IS],
	[[' 7 '], sent('7')],
	[[0, 1, 7.5, -1], AS_TEXT],
	[[{ city: 'Minneapolis', strange: null }], AS_IT_IS],
	[[{ city: 'Minneapolis', phone: null }], sent({ city: 'Minneapolis' })],
	[[{}, { city: '' }, { city: ' ', phone: null }, DATE], NEITHER],
	[[{ a: null }, { phone: '1' }, LUXON], refused('it.city is empty')],
	[[{ city: [], phone: true }], refused('it.city must be text', 'it.phone must be text')],
	[[[], ['A'], [7], [null]], refused('it must be an object')],
	[ANYTHING, refused('it must be text')],
]);

it('a blank becomes what the vendor always gets, unless the field is never empty', () => {
	const fields: Fields = {
		note: text('Note', { always: '' }),
		value: number('Value', { always: 0 }),
		dry: flag('Dry', { neverEmpty: true }),
	};
	expect(outcomeOf(fields, { note: '  ', value: ' ' })).toEqual(sent({ note: '', value: 0 }));
	expect(outcomeOf(fields, { note: null })).toEqual(sent({}));
	expect(outcomeOf(fields, { dry: '' })).toEqual(refused('dry is empty'));
});

it('what the panel alone asks for may be missing in JSON, but not be wrong', () => {
	const asked = { grade: 'required', askedBy: 'panel' } as const;
	const fields: Fields = { city: text('City', asked), size: number('Size', asked) };
	const inJson = (body: object) =>
		schemaOf(fields, { ...surroundings, inJson: true }).safeParse(body);
	expect(outcomeOf(fields, { city: ' ' })).toEqual(refused('city is empty', 'size is empty'));
	expect(inJson({ city: ' ', size: null }).data).toEqual({});
	expect(inJson({ city: 'A', size: '2' }).data).toEqual({ city: 'A', size: 2 });
	expect(inJson({ city: [], size: 'big' }).success).toBe(false);
});

describe('a field that is asked for with another', () => {
	const fields: Fields = {
		by: choice('By', options('Card', 'Cash')),
		card: text('Card', { grade: 'required', when: { field: 'by', is: ['card'] } }),
		boxes: list('Boxes', 'Box', box, { grade: 'required', when: { field: 'by', is: ['card'] } }),
		note: text('Note', { when: { field: 'by', is: ['card'] } }),
		paid: flag('Paid'),
		receipt: group('Receipt', named, { grade: 'required', when: { field: 'paid', is: [true] } }),
	};
	const boxes = [{ weight: 1 }];
	const NO_BOXES = 'boxes must have at least one box';
	const rows: Array<[what: string, body: object, outcome: Outcome]> = [
		['is sent', { by: 'card', card: '42', boxes }, sent({ by: 'card', card: '42', boxes })],
		['is missed', { by: 'card' }, refused('card is empty', NO_BOXES)],
		['is null', { by: 'card', card: null, boxes: null }, refused('card is empty', NO_BOXES)],
		['is blank', { by: 'card', card: '  ', boxes: [] }, refused('card is empty', NO_BOXES)],
		['is of no use', { by: 'card', card: [], boxes }, refused('card must be text')],
		['is not asked for beside another choice', { by: 'cash' }, sent({ by: 'cash' })],
		['is not asked for beside none', {}, sent({})],
		['is null where it is not asked for', { by: 'cash', card: null }, sent({ by: 'cash' })],
		['is not asked for beside a wrong choice', { by: 7 }, refused('by must be one of card, cash')],
		['is asked for with a flag', { paid: 'true' }, refused('receipt is empty')],
		['is not asked for with the flag off', { paid: 0 }, sent({ paid: false })],
	];
	it.each(rows)('%s: %j', (_what, body, outcome) => {
		expect(outcomeOf(fields, body)).toStrictEqual(outcome);
	});
});

describe("a group's rule", () => {
	/** TD's rule for amounts, in short: the amount in USD is derived where it can be. */
	const rule: GroupRule = (value, { region: { currency: needed } = region }) => {
		if (value['currency'] !== needed) return { member: 'usd', reason: `is not ${needed}` };
		value['usd'] ??= value['local'];
		return undefined;
	};
	const members = { currency: text('Currency', { grade: 'required' }), local: number('Local') };
	const fields: Fields = { cost: group('Cost', { ...members, usd: number('USD') }, { rule }) };
	const given = { currency: 'USD', local: 5, usd: 4 };
	const rows: Array<[what: string, cost: object, outcome: object | string]> = [
		[
			'fills in what it derives, from members in their wire form',
			{ currency: 'USD', local: '5', usd: null },
			{ currency: 'USD', local: 5, usd: 5 },
		],
		['leaves what is given', given, { ...given }],
		['names the member', { currency: 'EUR', local: 5 }, 'usd is not USD'],
		[
			'is not asked about a wrong member',
			{ currency: 'EUR', local: 'five' },
			'local must be a number',
		],
		['is not asked about a missing one', { local: 5 }, 'currency is empty'],
	];
	it.each(rows)('%s', (_what, cost, outcome) => {
		const told = typeof outcome === 'string' ? refused(`cost.${outcome}`) : sent({ cost: outcome });
		expect(outcomeOf(fields, { cost })).toStrictEqual(told);
	});
});

describe('a body', () => {
	const none = [undefined, null, 'text', 7, []].map((body) => [body]);
	it.each(none)('that is %j is refused', (body) => {
		expect(outcomeOf(named, body)).toStrictEqual(refused(' must be an object'));
	});

	it('with `__proto__` changes no other object, and sends none of it', () => {
		const hostile: unknown = JSON.parse(
			'{"__proto__":{"no":"x"},"in":{"__proto__":{"no":"x"}},"all":[{"__proto__":{"no":"x"}}]}',
		);
		const fields = { in: group('In', {}), all: list('All', 'One', {}) };
		const body = schemaOf(fields, surroundings).parse(hostile);
		expect(serialise(body)).toBe('{"in":{},"all":[{}]}');
		expect({}).not.toHaveProperty('no');
	});
});

describe('a complaint calls a place as the editor does', () => {
	const cash = group('Cash Back', { currency: text('Currency') });
	const fields: Fields = {
		no: text('Order Number'),
		nos: codes('Order Numbers'),
		terminal: group('Terminal', { ip: text('IP') }, { grade: 'required' }),
		cash,
		boxes: list('Boxes', 'Box', { ...box, cash }),
		consignee: either('Consignee'),
	};
	it.each<[path: PropertyKey[], label: string, inJson: string]>([
		[['no'], "'Order Number'", 'no'],
		[['nos', 1], "'Order Numbers'", 'nos[1]'],
		[['terminal', 'ip'], "'IP'", 'terminal.ip'],
		[['cash', 'currency'], "'Currency' of Cash Back", 'cash.currency'],
		[['boxes'], "'Boxes'", 'boxes'],
		[['boxes', 1], "'Box 2'", 'boxes[1]'],
		[['boxes', 0, 'weight'], "'Weight' of Box 1", 'boxes[0].weight'],
		[
			['boxes', 2, 'cash', 'currency'],
			"'Currency' of Cash Back of Box 3",
			'boxes[2].cash.currency',
		],
		[['consignee', 'city'], "'City'", 'consignee.city'],
		[['strange', 'city'], "'city'", 'strange.city'],
		[['constructor'], "'constructor'", 'constructor'],
		[[], "''", ''],
	])('%j: %s', (path, label, inJson) => {
		expect([labelOf(fields, path), jsonPath(path)]).toEqual([label, inJson]);
	});
});
