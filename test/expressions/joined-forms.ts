/** Expressions to be evaluated together, and such as must never be. */

/** Values of the items, by the roots from which expressions reach them. */
const ITEMS = [
	'$json',
	"$('Expression Items').item.json",
	"$('Settings').first().json",
	'$node["Expression Pairs"].json',
];
const MEMBERS = [
	'.no',
	'.name',
	'.value',
	'.order.a.b',
	'.list[0]',
	'.items.a',
	'["a-b"]',
	'.missing',
];
const VALUES = ITEMS.flatMap((item) => MEMBERS.map((member) => `${item}${member}`));

/** Code that is an expression without effects, around a value. */
const PURE: ReadonlyArray<(value: string, other: string) => string> = [
	(value) => value,
	(value) => `(${value})`,
	(value) => `${value}.trim()`,
	(value) => `${value}.toUpperCase()`,
	(value) => `${value} || 'none'`,
	(value, other) => `${value} ?? ${other}`,
	(value, other) => `${value} && ${other}`,
	(value, other) => `${value} + ${other}`,
	(value) => `${value} + '-' + 1`,
	(value) => `${value} * 1.5`,
	(value) => `${value} / 3 - 1 % 2`,
	(value) => `-${value}`,
	(value) => `- -${value}`,
	(value) => `!${value}`,
	(value) => `!!${value}`,
	(value, other) => `${value} === ${other} ? 'same' : ${other}`,
	(value) => `${value} > 10 ? 1 : 0`,
	(value) => `${value} ? null : undefined`,
	(value) => `Number(${value})`,
	(value) => `String(${value})`,
	(value) => `Number(${value}).toFixed(2)`,
	(value) => `parseFloat(${value})`,
	(value) => `parseInt(${value}, 10) || 0`,
	(value) => `Math.round(${value} * 100) / 100`,
	(value) => `Math.round(-0.2) * ${value}`,
	(value, other) => `Math.max(${value}, ${other})`,
	(value) => `JSON.stringify(${value})`,
	(value) => `encodeURIComponent(${value})`,
	(value) => `String(${value}).slice(0, 3).toLowerCase()`,
	(value) => `String(${value}).split(' ')[0]`,
	(value) => `String(${value}).replace('a', "b").includes("b")`,
	(value) => `${value}?.toString()`,
	(value) => `${value}?.missing?.deep`,
	(value) => `${value}?.["no"]`,
	(value) => `[${value}, 'x', 2].join('/')`,
	(value, other) => `[${value}, ${other}].indexOf(null)`,
	(value) => `${value}.length`,
	(value) => `${value}.missing.deep`,
	(value) => `${value}\n\t+ 'x'`,
	(value) => `${value}.toTitleCase()`,
	(value) => `${value}.isEmpty()`,
	(value) => `${value}.round(2)`,
	(value) => `${value}.first()`,
	(value) => `${value}.toInt() + 1`,
	(value) => `${value}.toDateTime().toFormat('yyyy')`,
	(value) => `$now.toFormat('yyyy') + ${value}`,
	(value) => `$workflow.name + ${value}`,
	(value) => `"it's" + ${value} + '"'`,
	(value) => `0 / ${value}`,
	(value) => `1 / (0 * ${value})`,
	() => `0`,
	() => `-0`,
	() => `'s'`,
	() => `'n' + 'u'`,
	() => `[]`,
	() => `''`,
];

const pureCodes = PURE.flatMap((code, i) =>
	[0, 1, 2, 3, 4, 5].map((n) =>
		code(VALUES[(i * 5 + n * 9) % VALUES.length]!, VALUES[(i * 3 + n * 11 + 1) % VALUES.length]!),
	),
);

/**
 * By hand: what is no expression, has effects, throws, or reads differently than it looks. Each has
 * to have n8n's value and n8n's effects, whatever stands beside it.
 */
export const ADVERSARIAL: readonly string[] = [
	// Statements, and what ends them
	...[
		'1; 2',
		'$json.no;',
		';$json.no',
		'var x = 1',
		'if ($json.no) 1',
		'return 1',
		'{ 1 }',
		'{ a: 1 }',
	],
	...[
		'1, 2',
		'$json.no, $json.name',
		'), (1',
		'1) + (2',
		'] , [',
		'1] .concat([2',
		'...[1, 2]',
		'1,',
	],
	// Comments
	...[
		'1 // 2',
		'1 /* 2 */',
		'/* 1 */ 2',
		'$json.no //',
		'1 <!-- 2',
		'1 --> 2',
		"'//' + 1",
		'"/*" + 1 + "*/"',
	],
	// Brackets in texts
	...[
		"'}}'",
		"'{{'",
		"'}' + '}'",
		'"\\}}"',
		"'a\\'b'",
		'\')\' + "]"',
		"'), (' + $json.no",
		'"," + 1',
	],
	// Regular expressions and templates
	...[
		'/a/.test($json.no)',
		'/}/.source',
		'$json.no / 2 / 3',
		"String($json.no).replace(/a/g, 'b')",
		'/[)]/',
	],
	...['`x`', '`x${$json.no}`', '`${`a`}`', '`)`', 'String.raw`x`', '`\n`', '`${ { a: 1 }.a }`'],
	// Functions, await, classes
	...[
		'await 1',
		'typeof (async () => 1)()',
		'await $json.no',
		'(() => $json.no)()',
		'(function () { return 1 })()',
	],
	...[
		'[1, 2].map((x) => x * 2)',
		'$json.list.map((x) => x)[0]',
		'new Date(0).toISOString()',
		'class {}',
		'yield',
	],
	...[
		'v',
		'v => v',
		'(v) => v',
		'typeof v',
		'this',
		'arguments',
		'E',
		'(() => { throw new Error("x") })()',
	],
	// Effects
	...[
		'$json.no = "changed"',
		'$json.no += "!"',
		'$json.count = ($json.count || 0) + 1',
		'delete $json.name',
	],
	...[
		'$json.list.push(1)',
		'$json.list.reverse()',
		'$json.list.sort()',
		'$json.list.splice(0, 1)',
		'$json.no++',
	],
	...[
		'Object.assign($json, { name: "changed" })',
		'$json["value"] = { deep: 1 }',
		'($json.order = null, 1)',
	],
	...[
		'$json.list.length = 0',
		'$json.list.pop()',
		'$json.list.shift()',
		'[$json.no] = ["x"]',
		'--$json.count',
	],
	...'$json.list.fill(0)|$json.list.unshift(1)|$json.list.copyWithin(0, 1)|$json.a ||= 5'.split(
		'|',
	),
	"$('Expression Items').item.json.no = 'changed'",
	"$('Expression Items').item.json.list.push('x')",
	// Operators of no use here
	...[
		'a = 1',
		'x => 1',
		'2 ** 3',
		'-2 ** 2',
		'1 << 2',
		'1 >>> 0',
		'1 & 2',
		'1 | 2',
		'~1',
		'void 0',
		'typeof 1',
	],
	...[
		'"no" in $json',
		'$json instanceof Object',
		'1 ?? 2 || 3',
		'(1 ?? 2) || 3',
		'1 || 2 ?? 3',
		'1 < 2 > 3',
	],
	...[
		'+ +1',
		'++1',
		'1 - -1',
		'1--1',
		'1+-1',
		'- - 1',
		'!-1',
		'1 ? 2 : 3 ? 4 : 5',
		'1 ?.5 : 2',
		'1?.a',
		'.5',
		'5.',
	],
	...[
		'010',
		'0x10',
		'1e3',
		'1_000',
		'10n',
		'1.toString()',
		'1..toString()',
		'1.5.toFixed()',
		'"a"["length"]',
	],
	// Names
	...[
		'$json.constructor',
		'$json["constructor"]',
		'$json.__proto__',
		'$json["__proto__"].a',
		'constructor',
	],
	...[
		'$json.toString',
		'$json.toString()',
		'$json.valueOf()',
		'$json.hasOwnProperty("no")',
		'globalThis',
		'window',
	],
	...[
		'process.pid',
		'process.env',
		'require("fs")',
		'Function("return 1")()',
		'eval("1")',
		'$',
		'$.no',
		'$json.$',
	],
	...[
		'nothing',
		'nothing.deep',
		'undefined',
		'NaN',
		'Infinity',
		'null.a',
		'$json.größe',
		'$jsön',
		'$json . no',
	],
	...[
		'$json\n.no',
		'$json.no\n.trim()',
		'$json.list\n[0]',
		'$json.no\n($json.no)',
		'$json.\nno',
		'$json.no\n\n',
	],
	// n8n's own
	...[
		'$now.year',
		'$today.year',
		'$now.toISO',
		'$json',
		'$input.item.json.no',
		'$input.first().json.no',
		'$itemIndex * 0',
	],
	...[
		"$fromAI('no')",
		"$fromAI('no', 'x', 'string', 'y')",
		'$fromAI()',
		'$if(true, 1, 2)',
		'$if($json.no, 1)',
	],
	...[
		'$ifEmpty($json.missing, 1)',
		'$max(1, 2)',
		'$min(1, $json.no)',
		'$jmespath($json, "no")',
		'$execution.mode',
	],
	...[
		'$evaluateExpression("{{ 1 + 1 }}")',
		'$parameter.no',
		'$parameter["&p1"]',
		'$vars.none',
		'$env.HOME',
		'$self',
	],
	...[
		'$workflow.name',
		'$workflow',
		'$prevNode.name',
		'$runIndex',
		'$nodeVersion',
		'$binary',
		'$execution.none.x',
	],
	...[
		"$('Never Run').item.json.no",
		"$('Nowhere').first().json.no",
		"$('Settings').item",
		"$('Settings')",
	],
	...[
		"$('Expression Items').item.json.no + 1",
		"$('Settings').all().length",
		'$items("Settings").length',
		'$()',
	],
	...[
		'$json.no.toTitleCase()?.length',
		'$json.no?.toTitleCase()',
		'$json.missing?.isEmpty()',
		'$json.no.hash()',
	],
	...[
		'$json.list.first().no',
		'$json.list.last()',
		'$json.list.randomItem() ? 1 : 1',
		'$json.name.extractEmail()',
	],
	...[
		"'a.first()'",
		'"$if(1)"',
		"$json['a.isEmpty()']",
		'$json["Weight (kg)"]',
		'"x".first ()',
		"'a'.isEmpty ( )",
	],
	// Too much
	...[
		"'x'.repeat(10)",
		'"x".padStart(20)',
		`'${'x'.repeat(2_100)}'`,
		`${'('.repeat(40)}1${')'.repeat(40)}`,
	],
	`'${'y'.repeat(65_536)}'`,
	`${'1 + '.repeat(1_000)}1`,
	`${'1,'.repeat(3)}'${'z'.repeat(65_536)}'`,
	`$json${'.a'.repeat(600)}`,
	// Nothing
	...[
		'',
		' ',
		'\n',
		'()',
		'[]',
		'[1,]',
		'[,]',
		'[][0]',
		'(',
		')',
		'[',
		']',
		'"',
		"'",
		"'a",
		'a"',
		'\\',
		'#',
		'@',
	],
];

/** A node's parameters that are read together. */
export type Group = Record<string, unknown>;

/** How many parameters a group has; enough for most of what a list can do to its members. */
const SIZE = 8;

/** Groups of code that may be evaluated together. */
export const groups: readonly Group[] = [
	...groupsOf(pureCodes.map(wrapped)),
	...groupsOf([...pureCodes].reverse().map(mixedIn)),
	...[0, 1, 2, 3].map((i) => group(harmless(i * SIZE))),
	group([
		{ item: [{ a: '={{ $json.no }}', b: '={{ $json.value + 1 }}', c: 2, d: null }] },
		{ __rl: true, mode: 'id', value: "={{ $json.name || 'x' }}" },
		['={{ $json.no }}', '=A{{ $json.no }}B{{ $json.value }}', { deep: '={{ $json.list }}' }],
		'={{ $json.no }}',
		{ '={{ 1 }}': '={{ $json.no }}', length: '={{ 1 + 1 }}', 0: '=text' },
		'=text',
		'constant',
		{ a: '={{ $json.missing.deep }}', b: '={{ $json.no }}' },
	]),
];

/** Groups with one among them that may not, alone and between texts, each at another place. */
export const adversarialGroups: readonly Group[] = ADVERSARIAL.flatMap((code, i) => [
	group(placed(`={{ ${code} }}`, i % SIZE, i * 3)),
	group(placed(`=x {{ ${code} }}`, (i + 3) % SIZE, i * 5)),
]);

function wrapped(code: string, i: number): string {
	return [`={{ ${code} }}`, `={{${code}}}`, `={{\n${code}\t}}`][i % 3]!;
}

function mixedIn(code: string, i: number): string {
	return [`=No. {{ ${code} }}`, `={{ ${code} }}/{{ $json.no }}`, `={{${code}}} `][i % 3]!;
}

/** Members that are certain to come out of any list. */
function harmless(from: number): string[] {
	const codes = ['String($json.no)', "$json.name + '-' + $json.value", "$json.missing || 'none'"];
	return Array.from({ length: SIZE }, (_, i) => {
		const code = codes[(from + i) % codes.length]!;
		return `={{ ${code} + '${from + i}' }}`;
	});
}

function placed(stored: string, place: number, from: number): unknown[] {
	const all: unknown[] = harmless(from);
	all[place] = stored;
	return all;
}

function groupsOf(stored: readonly unknown[]): Group[] {
	return Array.from({ length: Math.ceil(stored.length / SIZE) }, (_, i) =>
		group(stored.slice(i * SIZE, (i + 1) * SIZE)),
	);
}

function group(stored: readonly unknown[]): Group {
	return Object.fromEntries(stored.map((one, i) => [`p${i}`, one]));
}
