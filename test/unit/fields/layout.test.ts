/** What the editor's parameters stand for: only what was filled in, under the vendor's names. */
import { type ParameterProblem, readParameters } from '../../../lib/fields/layout';
import { jsonPath } from '../../../lib/fields/labels';
import {
	choice,
	codes,
	type Fields,
	flag,
	group,
	json,
	list,
	locator,
	map,
	number,
	text,
	texts,
} from '../../../lib/fields/field';

const grade = 'conditional';
const box = { weight: number('Weight'), note: text('Note'), value: number('Value', { always: 0 }) };
const fields: Fields = {
	no: text('Number', { grade }),
	by: choice('By', [{ name: 'Card', value: 'card' }], { grade }),
	card: text('Card', { grade, when: { field: 'by', is: ['card'] }, always: 'none' }),
	order: group('Order', { id: text('ID', { grade }), note: text('Note') }, { grade: 'required' }),
	cost: group('Cost', { currency: text('Currency'), local: number('Local') }, { grade }),
	boxes: list('Boxes', 'Box', box, { grade }),
	references: texts('References', 'Reference', { grade }),
	nos: codes('Numbers', { grade }),
	product: locator('Channel', 'e.g. UA', { grade }),
	extra: json('Extra', { grade }),
	ext: map('Ext', { grade }),
	to: {
		kind: 'either',
		label: 'Send To',
		grade,
		text: { value: 'warehouse', field: text('Warehouse Code') },
		group: {
			value: 'address',
			field: group('Address', { city: text('City'), phone: text('Phone', { always: '' }) }),
		},
	},
	remark: text('Remark'),
	dry: flag('Dry Run', { neverEmpty: true }),
};
const chosen = { to_by: 'address' };
const aCode = { to_by: 'warehouse', to_warehouse: 'MSP1' };
const usd = { currency: 'USD' };
/** Entries of a collection as n8n stores them. */
const entries = (...item: object[]) => ({ item });
const named = (name: string, value: unknown) => ({ name, value });
const inJson = (boxes_json: string) => ({ boxes_by: 'json', boxes_json });
const locate = (value: unknown) => ({ __rl: true, mode: 'code', value });
const untouched = { no: '', order_id: '', product: locate(''), cost: {} };

it.each<[what: string, parameters: object, body: object]>([
	['nothing filled in', {}, {}],
	['parameters left as n8n stores them', untouched, {}],
	['null', { no: null, nos: null, extra: null }, {}],
	['what is no field', { strange: 1 }, {}],
	['falsy values', { no: 0, additionalFields: { dry: false } }, { no: 0, dry: false }],
	['a blank', { no: '  ' }, {}],

	['what is shown by another', { by: 'card', card: '42' }, { by: 'card', card: '42' }],
	['what is always sent', { by: 'card', card: '' }, { by: 'card', card: 'none' }],
	['what is hidden', { by: 'cash', card: '42' }, { by: 'cash' }],

	['a required group stands in the open', { order_id: 'A' }, { order: { id: 'A' } }],
	['its rest stands aside', { additionalFields: { order_note: 'n' } }, { order: { note: 'n' } }],
	['what stands in the open is not taken from aside', { additionalFields: { no: 'A' } }, {}],
	['what stands aside is not taken from the open', { remark: 'r' }, {}],
	['one aside left empty', { additionalFields: { remark: '' } }, {}],
	['one that is never empty is told as such', { additionalFields: { dry: '' } }, { dry: '' }],

	['a group that was opened', { cost: { value: usd } }, { cost: usd }],
	['a group that is no group', { cost: 'USD' }, {}],

	[
		'the entries of a list',
		{ boxes: entries({ weight: 1, note: '' }, {}) },
		{ boxes: [{ weight: 1, value: 0 }, { value: 0 }] },
	],
	['a list without entries', { boxes: entries() }, {}],
	['a list from an expression', { boxes: [{ weight: '' }] }, { boxes: [{ weight: '' }] }],
	['a list as JSON', inJson('[{"weight":1}]'), { boxes: [{ weight: 1 }] }],
	['a list as JSON left empty', inJson(' '), {}],

	['texts', { references: entries({ text: 'A' }, { text: '' }) }, { references: ['A'] }],
	['texts left empty', { references: entries({ text: '' }) }, {}],
	['texts from an expression', { references: ['A', ''] }, { references: ['A', ''] }],
	['no texts from an expression', { references: [] }, {}],

	['codes in one text', { nos: 'A, B\n\nC,' }, { nos: ['A', 'B', 'C'] }],
	['codes in a list', { nos: [' A ', '', null, 7] }, { nos: ['A', 7] }],
	['one code', { nos: 7 }, { nos: [7] }],
	['no codes', { nos: ' , ' }, {}],

	['a choice from a list', { product: locate('UA') }, { product: 'UA' }],
	['a choice by expression', { product: 'UA' }, { product: 'UA' }],

	['JSON as text', { extra: '{"a":[1]}' }, { extra: { a: [1] } }],
	['JSON from an expression', { extra: { a: 1 } }, { extra: { a: 1 } }],
	['JSON without `__proto__`', { extra: '{"__proto__":{},"a":1}' }, { extra: { a: 1 } }],
	[
		'JSON with digits beyond a number',
		{ extra: '{"id":12345678901234567890}' },
		{ extra: { id: '12345678901234567890' } },
	],

	['rows of a map', { ext: entries(named('a', 1), named('', 2)) }, { ext: { a: 1 } }],
	['a map as JSON', { ext_json: '{"a":2}' }, { ext: { a: 2 } }],
	[
		'both, of which JSON counts',
		{ ext: entries(named('a', 1), named('b', 1)), ext_json: '{"a":2}' },
		{ ext: { a: 2, b: 1 } },
	],
	['a map that is no object, for the check to refuse', { ext_json: '[1]' }, { ext: [1] }],

	['an address', { to_city: 'Minneapolis' }, { to: { city: 'Minneapolis', phone: '' } }],
	['no address', { to_city: '' }, {}],
	['a code', aCode, { to: 'MSP1' }],
	['a code beside an empty address', { ...aCode, to_city: '' }, { to: 'MSP1' }],
	['no code', { to_by: 'warehouse', to_warehouse: '' }, {}],
])('%s: %j', (_what, parameters, body) => {
	expect(readParameters(fields, { ...chosen, ...parameters })).toStrictEqual(body);
});

it.each<[parameters: object, complaint: string]>([
	[{ extra: '{' }, 'extra is not valid JSON ('],
	[{ ext_json: 'a: 1' }, 'ext is not valid JSON ('],
	[inJson('['), 'boxes is not valid JSON ('],
	[{ to_by: 'pigeon' }, "to must be chosen by 'Send To' as 'warehouse' or 'address'"],
	[{ to_by: undefined }, "to must be chosen by 'Send To' as 'warehouse' or 'address'"],
	[
		{ to_warehouse: 'MSP1', to_city: 'Minneapolis' },
		'to is given twice: as Warehouse Code and as Address. Leave one of them empty',
	],
])('refuses %j: %s', (parameters, complaint) => {
	let problem: ParameterProblem | undefined;
	try {
		readParameters(fields, { ...chosen, ...parameters });
	} catch (error) {
		problem = error as ParameterProblem;
	}
	expect(`${jsonPath(problem?.path ?? [])} ${problem?.message}`).toContain(complaint);
});

it('reads the fields that are not in the open from where the form keeps them', () => {
	const parameters = { ...chosen, instead: { remark: 'r' } };
	expect(readParameters(fields, parameters, 'instead')).toEqual({ remark: 'r' });
});
