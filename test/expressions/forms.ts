/** Parameters as workflows hold them, and items for them, to compare our reading of both with n8n's. */
import fc from 'fast-check';
import { type Case, casesOf, type Kinds, ofKind, storedOf } from './kinds';

/** What a member may be called: harmless, strange, dangerous, and special to some engine. */
const NAMES: Kinds = {
	'as orders have it': `no ¦ order ¦ a ¦ b ¦ list ¦ items ¦ value ¦ name ¦ json ¦ data ¦ item ¦ first`,
	'a number, or `length`':
		'0 ¦ 1 ¦ 10 ¦ 01 ¦ -1 ¦ 1.5 ¦ 1e3 ¦ 4294967295 ¦ 9007199254740993 ¦ length',
	'with blanks, dots or calls':
		'a-b ¦ a b ¦ a.b ¦ Weight (kg) ¦ a(b) ¦ a.first(b) ¦ a.isEmpty() ¦ $if(a)',
	'with blanks around it, or of no sign at all': [' a ', ''],
	'of other scripts, or with signs that are not seen': [
		...['größe', '键', '😀', 'e\u0301', '\u00a0', '\u202e', '\u2028', '\uFEFFa', '\uD800'],
		'a\u0000b',
	],
	'with quotes, brackets or breaks': [
		...['a"b', "a'b", 'a\\b', 'a\nb', 'a\tb', '`a`', '${a}', '{a}', '{{a}}', '}}', '[0]', '=a'],
		';',
	],
	'a comment, or special to an engine': `//a ¦ /*a*/ ¦ <!-- ¦ $ ¦ $json ¦ _ ¦ __ ¦ __value ¦
		__proto__ ¦ __defineGetter__ ¦ __isDate ¦ __isNaN ¦ __isObject ¦ __isArray ¦ __isError ¦
		__isEscaped ¦ __n8nType`,
	'that objects and functions have': `toString ¦ valueOf ¦ toJSON ¦ hasOwnProperty ¦ constructor ¦
		constructorName ¦ then ¦ prototype ¦ mainModule ¦ binding ¦ arguments ¦ caller ¦ callee ¦
		defineProperty`,
	'that JavaScript has taken': `class ¦ default ¦ new ¦ null ¦ true ¦ this ¦ NaN ¦ window ¦
		process ¦ globalThis`,
};
const names = casesOf(NAMES);
export const KEYS: readonly string[] = storedOf(names);

/** Every way to write a member behind `$json`, also such as are no expression at all. */
const accesses = (key: string): string[] => [
	`.${key}`,
	`["${key}"]`,
	`['${key}']`,
	`[${JSON.stringify(key)}]`,
	`[${key}]`,
];
const deeperAccesses = (key: string): string[] => [
	...[`.order["${key}"]`, `['list'][0].${key}`, `.items['${key}'][1]`],
];

const PATHS: Kinds = {
	'a path': '.order.a.b ¦ .list[0][1] ¦ .list[1].no ¦ .list["0"] ¦ .list[\'01\'] ¦ .list[99]',
	'a path that is odd, or none': [
		...['.list.0', '.list[-1]', '.list[0', '.order..a', '.order.', '?.no', '.order?.a', '.no()'],
		...['.no.length', '.list.length', '.no[0]', '.größe', '["a" + "b"]', '[ "no" ]', ' .no'],
		'. no',
	],
};

const pathsOfJson = [
	{ kind: 'the whole item', stored: '' },
	...names.flatMap(({ kind, stored }) => ofKind(`a name ${kind}`, accesses(stored))),
	...names.flatMap(({ kind, stored }) =>
		ofKind(`a name ${kind}, further in`, deeperAccesses(stored)),
	),
	...casesOf(PATHS),
].map(({ kind, stored }): Case<string> => ({ kind, stored: `$json${stored}` }));

const wrappings: Array<(code: string) => string> = [
	(code) => `={{ ${code} }}`,
	(code) => `={{${code}}}`,
	(code) => `={{\t${code}\n}}`,
	(code) => `={{\n\n  ${code}  }}`,
];

const OTHERS: Kinds = {
	'blanks around the brackets': [
		...['={{ $json.no }} ', '= {{ $json.no }}', '={{ $json.no }}\n', '\n={{ $json.no }}'],
	],
	'no brackets, or more than a member in them':
		'=$json.no ¦ ={{ $json.no }}{{ $json.a }} ¦ =x{{ $json.no }} ¦ ={{ $json.no; }} ¦ ={{ ($json.no) }}',
	'comments and odd blanks': [
		...['={{ $json.no // a\n }}', '={{ /* a */ $json.no }}', '={{\u00a0$json.no }}'],
		'={{\r\n$json.no }}',
	],
	'no `$json`, or nothing': `={{ $input.item.json.no }} ¦ ={{ $JSON.no }} ¦ ={{ $json.no + 1 }} ¦
		={{ }} ¦ = ¦ ={{`,
	'no expression, or a backslash': [
		...['{{ $json.no }}', 'text', '', ' ={{ $json.no }}', '={ $json.no }', '={{ \\$json.no }}'],
	],
};

/** Whole parameters: fixed collections, lists, resource locators. */
const collections: unknown[] = [
	{ item: [{ number: 1, weight: '={{ $json.value }}', unit: 'kg', none: null, on: true }] },
	{ item: [{ no: '={{ $json.no }}' }, { no: '={{ $json["a-b"] }}', deep: { list: [] } }] },
	{ __rl: true, mode: 'code', value: '={{ $json.no }}' },
	{ __rl: true, mode: 'list', value: '={{ $json.order }}', cachedResultName: 'x' },
	['={{ $json.no }}', '={{ $json.order }}', 'x', 1, false, null, [['={{ $json.value }}']]],
	{ '={{ $json.no }}': '={{ $json.no }}', '': '={{ $json.value }}', 0: '={{ $json.a }}' },
	{ a: '={{ $json.no }}', b: '={{ $json.no + 1 }}' },
	{ a: '={{ $json.no }}', b: '={{ $json.missing }}' },
	{ a: {}, b: [], c: 'text', d: '={{ $json }}' },
	{ toString: '={{ $json.no }}', length: '={{ $json.list }}', constructor: 1 },
];

/** Nodes of the flow that compares; the last two never run, or are not there at all. */
export const NODES = {
	settings: 'Settings',
	umlaut: 'Größe [1]',
	odd: "Größe's (2.0) {x}",
	items: 'Expression Items',
	pairs: 'Expression Pairs',
	never: 'Never Run',
	missing: 'Nowhere',
} as const;

/** Every way to write another node's item, also such as we do not read. */
const itemsOf = (node: string): string[] => [
	`$('${node}').item.json`,
	`$("${node}").item.json`,
	`$('${node}').first().json`,
	`$("${node}").last().json`,
	`$node["${node}"].json`,
	`$node['${node}'].json`,
	`$node.${node}.json`,
];
const otherAccesses = (node: string): string[] => [
	`$('${node}').all()[0].json.no`,
	`$('${node}').first(0).json.no`,
	`$('${node}').first(0, 0).json.no`,
	`$('${node}').pairedItem().json.no`,
	`$('${node}').itemMatching(0).json.no`,
	`$('${node}')["item"].json.no`,
	`$('${node}').item["json"].no`,
	`$('${node}').item.json?.no`,
	`$('${node}').item?.json.no`,
	`$( '${node}' ).item.json.no`,
	`$('${node}').item .json.no`,
	`$('${node}').item.jsonx.no`,
	`$('${node}').item.pairedItem`,
	`$('${node}').item.binary`,
	`$('${node}').item`,
	`$('${node}').first().json.list.first()`,
	`$('${node}').params.no`,
	`$('${node}').isExecuted`,
	`$node["${node}"].runIndex`,
	`$node["${node}"].data.no`,
	`$(\`${node}\`).item.json.no`,
	`$items("${node}")[0].json.no`,
	`$item(0).$node["${node}"].json.no`,
];
const PATHS_OF_OTHERS = [
	...[
		'',
		'.no',
		'.order',
		'.order.a.b',
		'.list[0]',
		'.list[1].no',
		'.value',
		'["a-b"]',
		'.missing',
	],
	...[".items['a'][1]", '.items.a[1]', '.missing.no', '.toString', '["größe"]', '.__proto__'],
	'.json',
];
const codesOfOthers = Object.values(NODES).flatMap((node) => [
	...ofKind(
		"a member of another node's item",
		itemsOf(node).flatMap((item) => PATHS_OF_OTHERS.map((path) => `${item}${path}`)),
	),
	...ofKind('another node, read otherwise', otherAccesses(node)),
]);

const TEXTS = [
	...['SHOP-', ' ', '"', "'", '\n', '\t', 'größe 键 😀', '}', '}}', '{', '{ "no": "', '", "a": '],
	...['" }', '\\', '\\n', '\u2028', '\r\n', '\u0000', '\uFEFF', '\uD800', '=', '$json.no', '//'],
	...['<!--', '.constructor', 'constructor', '. constructor', '.first()', '$if(', '`', '${'],
	...['x'.repeat(300), '\u00a0', '\u202e', '\u0085', '\u0007', '\u007f', 'null', '0', '%'],
	...['&amp;', '</script>'],
];

/** Texts with codes in them, each text and each code in several places. */
function mixed(codes: ReadonlyArray<Case<string>>): Array<Case<string>> {
	return codes.flatMap(({ kind, stored: code }, i) => {
		const text = (n: number) => TEXTS[(i + n) % TEXTS.length]!;
		const next = codes[(i * 7 + 3) % codes.length]!;
		return [
			{ kind: `${kind}, after a text`, stored: `=${text(0)}{{ ${code} }}` },
			...ofKind(`${kind}, and ${next.kind}, with texts`, [
				`={{${code}}}${text(5)}{{ ${next.stored} }}`,
				`=${text(9)}{{ ${code} }}${text(17)}{{${next.stored}}}${text(i)}`,
			]),
		];
	});
}

const MIXED_BY_HAND: Kinds = {
	'texts and members': [
		...['=SHOP-{{ $json.no }}', '={{ $json.no }} {{ $json.name }}', '={{ $json.no }}{{ $json.a }}'],
		...['= {{ $json.no }}', '={{ $json.no }} ', '={{ $json.no }}\n', '=x{{ $json.no }}', '=text'],
		'= ',
	],
	'brackets too many': `={{{ $json.no }}} ¦ =x {{{ $json.no }} } ¦ ={{ $json.no }}} ¦
		={{ $json.no }}}} ¦ =}}{{ $json.no }}`,
	backslashes: String.raw`=\{{ $json.no }} ¦ =\\{{ $json.no }} ¦ =x\{{ $json.no }}{{ $json.a }} ¦
		={{ $json.no }}\ `,
	'brackets too few, or around nothing': [
		...['={{ $json.no }', '=x{{ $json.no', '=x{{ }}', '=x{{}}', '=x{{ $json.no }}{{ '],
		'={{ $json.no }} {{ 1 + 1 }}',
	],
	'JSON with members in it': [
		'={ "no": "{{ $json.no }}", "a": { "b": {{ $json.value }} } }',
		...['={{ $json }} ', '=a{{ $json.list }}'],
		'=\n{ "x": {{ $json.no }}, "y": [{{ $json.value }}, {{ $json.a }}] }\n',
		'={"a":{{ $json.no }}}',
	],
	'brackets in texts of the code': `=x{{ '}}' }} ¦ =x{{ "{{" }}{{ $json.no }} ¦
		=x{{ $json["}}"] }} ¦ =a{{ $json.no; }} ¦ =={{ $json.no }}`,
};

/** All parameters to compare, as they are stored. */
export const forms: ReadonlyArray<Case<unknown>> = [
	...pathsOfJson.flatMap(({ kind, stored }, i) =>
		// Not each path in each wrapping: the two have nothing to do with each other
		ofKind(kind, [wrappings[0]!(stored), wrappings[1 + (i % 3)]!(stored)]),
	),
	...codesOfOthers.map(({ kind, stored }, i) => ({
		kind,
		stored: wrappings[i % wrappings.length]!(stored),
	})),
	...mixed([...pathsOfJson, ...codesOfOthers]),
	...casesOf(MIXED_BY_HAND),
	...casesOf(OTHERS),
	...ofKind('a list, an object, a resource locator', collections),
];

const texts = fc.oneof(
	fc.string({ unit: 'grapheme' }),
	fc.string({ unit: 'binary' }),
	fc.constantFrom(
		...['', ' ', '0', '=1', '={{ $json.no }}', '{{ $json.no }}', 'true', 'null', '\u0000'],
	),
	fc.constantFrom(
		...['a\u0000b', '\uFEFFa byte order mark comes first', 'b\uFEFF', '\uD83D', '\uDE00x'],
	),
	fc.constantFrom(
		...['2026-01-31T10:00:00.000Z', '[object Object]', 'x'.repeat(5_000), '\u2028', '\r\n'],
	),
);

const numbers = fc.oneof(
	fc.integer(),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.constantFrom(0, -0, 1, -1, 0.1, 1e21, 1e-7, 2 ** 53, 2 ** 31, 5e-324, Number.MAX_VALUE),
);

const member = fc.constantFrom(...KEYS);

const { value } = fc.letrec((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		texts,
		numbers,
		fc.boolean(),
		fc.constant(null),
		fc.array(tie('value'), { maxLength: 4 }),
		fc.array(fc.tuple(member, tie('value')), { maxLength: 5 }).map(asParsed),
	),
}));

/** JSON text is where an object gets a member of its own that is called `__proto__`. */
function asParsed(entries: Array<[string, unknown]>): unknown {
	const members = entries.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`);
	return JSON.parse(`{${members.join()}}`);
}

/** What orders look like: nothing in it that any engine stumbles over. */
const tidyText = fc.oneof(
	fc.string({ unit: 'grapheme-composite', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
	fc.constantFrom(
		...['', ' ', 'a', 'Nathan Smith', 'größe', '12.50', '007', '1e3', '2026-01-31', 'null'],
	),
	fc.constantFrom(
		...['2026-01-31T10:00:00.000Z', 'a@example.com', '{{ $json.no }}', '=1', '\\', '"', "'"],
	),
);
const tidyValue = fc.oneof(
	tidyText,
	numbers.map((one) => one + 0),
	fc.boolean(),
	fc.constant(null),
	fc.array(tidyText, { maxLength: 3 }),
);
export const tidyItem = fc.record(
	{
		no: tidyValue,
		name: tidyText,
		value: tidyValue,
		a: tidyValue,
		b: tidyValue,
		order: fc.record({ no: tidyValue, a: fc.record({ b: tidyValue }), b: tidyText }),
		list: fc.array(tidyValue, { minLength: 1, maxLength: 4 }),
		items: fc.record({ a: fc.tuple(tidyValue, tidyValue) }),
		'a-b': tidyText,
		'a b': tidyText,
		größe: tidyValue,
		json: tidyValue,
		data: tidyValue,
		first: tidyValue,
		_: tidyValue,
	},
	{ requiredKeys: ['no', 'name', 'order', 'list', 'items'] },
) as fc.Arbitrary<Record<string, unknown>>;

/** The json of an item as a webhook or an HTTP request brings it: most of the members are there. */
export const jsonItem = fc
	.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), value), {
		minLength: KEYS.length,
		maxLength: KEYS.length,
	})
	.map((values) =>
		asParsed(
			values.flatMap(([chance, one], i): Array<[string, unknown]> =>
				chance < 0.7 ? [[KEYS[i]!, one]] : [],
			),
		),
	) as fc.Arbitrary<Record<string, unknown>>;
