/** Expressions to be evaluated together, and such as must never be. */
import { type Case, casesOf, type Kinds, storedOf } from './kinds';

/** Values of the items, by the roots from which expressions reach them. */
const ITEMS = [
	'$json',
	"$('Expression Items').item.json",
	"$('Settings').first().json",
	'$node["Expression Pairs"].json',
];
const MEMBERS = '.no .name .value .order.a.b .list[0] .items.a ["a-b"] .missing'.split(' ');
const VALUES = ITEMS.flatMap((item) => MEMBERS.map((member) => `${item}${member}`));

/** Code that is an expression without effects, around VALUE and an OTHER one. */
const PURE: Kinds = {
	'a value alone': 'VALUE ¦ (VALUE)',
	'a method of texts': 'VALUE.trim() ¦ VALUE.toUpperCase()',
	'a default': "VALUE || 'none' ¦ VALUE ?? OTHER ¦ VALUE && OTHER",
	arithmetic: `VALUE + OTHER ¦ VALUE + '-' + 1 ¦ VALUE * 1.5 ¦ VALUE / 3 - 1 % 2 ¦ -VALUE ¦ - -VALUE`,
	'negation and choice': `!VALUE ¦ !!VALUE ¦ VALUE === OTHER ? 'same' : OTHER ¦
		VALUE > 10 ? 1 : 0 ¦ VALUE ? null : undefined`,
	"a function of JavaScript's": `Number(VALUE) ¦ String(VALUE) ¦ Number(VALUE).toFixed(2) ¦
		parseFloat(VALUE) ¦ parseInt(VALUE, 10) || 0 ¦ Math.round(VALUE * 100) / 100 ¦
		Math.round(-0.2) * VALUE ¦ Math.max(VALUE, OTHER) ¦ JSON.stringify(VALUE) ¦
		encodeURIComponent(VALUE)`,
	'methods of a text that is made first': `String(VALUE).slice(0, 3).toLowerCase() ¦
		String(VALUE).split(' ')[0] ¦ String(VALUE).replace('a', "b").includes("b")`,
	'optional access': `VALUE?.toString() ¦ VALUE?.missing?.deep ¦ VALUE?.["no"]`,
	'a list': `[VALUE, 'x', 2].join('/') ¦ [VALUE, OTHER].indexOf(null)`,
	'a member, also of nothing': 'VALUE.length ¦ VALUE.missing.deep',
	'a line break': ["VALUE\n\t+ 'x'"],
	"n8n's own methods and names": `VALUE.toTitleCase() ¦ VALUE.isEmpty() ¦ VALUE.round(2) ¦
		VALUE.first() ¦ VALUE.toInt() + 1 ¦ VALUE.toDateTime().toFormat('yyyy') ¦
		$now.toFormat('yyyy') + VALUE ¦ $workflow.name + VALUE`,
	'quotes in texts': `"it's" + VALUE + '"'`,
	'division that may give no number': '0 / VALUE ¦ 1 / (0 * VALUE)',
	'a constant': `0 ¦ -0 ¦ 's' ¦ 'n' + 'u' ¦ [] ¦ ''`,
};

const pureCodes = casesOf(PURE).flatMap(({ kind, stored }, i) =>
	[0, 1, 2, 3, 4, 5].map((n): Case<string> => {
		const value = VALUES[(i * 5 + n * 9) % VALUES.length]!;
		const other = VALUES[(i * 3 + n * 11 + 1) % VALUES.length]!;
		const code = stored.replaceAll(/VALUE|OTHER/g, (word) => (word === 'VALUE' ? value : other));
		return { kind, stored: code };
	}),
);

/**
 * By hand: what is no expression, has effects, throws, or reads differently than it looks. Each has
 * to have n8n's value and n8n's effects, whatever stands beside it.
 */
export const ADVERSARIAL: Kinds = {
	'a statement, or what ends one':
		'1; 2 ¦ $json.no; ¦ ;$json.no ¦ var x = 1 ¦ if ($json.no) 1 ¦ return 1 ¦ { 1 } ¦ { a: 1 }',
	'a comma, or an end of the list it stands in':
		'1, 2 ¦ $json.no, $json.name ¦ ), (1 ¦ 1) + (2 ¦ ] , [ ¦ 1] .concat([2 ¦ ...[1, 2] ¦ 1,',
	'a comment, or what looks like one': `1 // 2 ¦ 1 /* 2 */ ¦ /* 1 */ 2 ¦ $json.no // ¦ 1 <!-- 2 ¦
		1 --> 2 ¦ '//' + 1 ¦ "/*" + 1 + "*/"`,
	'a bracket in a text': String.raw`'}}' ¦ '{{' ¦ '}' + '}' ¦ "\}}" ¦ 'a\'b' ¦ ')' + "]" ¦
		'), (' + $json.no ¦ "," + 1`,
	'a slash: of a regular expression, or division': `/a/.test($json.no) ¦ /}/.source ¦
		$json.no / 2 / 3 ¦ String($json.no).replace(/a/g, 'b') ¦ /[)]/`,
	'a template': [
		...['`x`', '`x${$json.no}`', '`${`a`}`', '`)`'],
		...['String.raw`x`', '`\n`', '`${ { a: 1 }.a }`'],
	],
	'a function, await, a class': `await 1 ¦ typeof (async () => 1)() ¦ await $json.no ¦
		(() => $json.no)() ¦ (function () { return 1 })() ¦ [1, 2].map((x) => x * 2) ¦
		$json.list.map((x) => x)[0] ¦ new Date(0).toISOString() ¦ class {} ¦ yield`,
	'a name of what evaluates': `v ¦ v => v ¦ (v) => v ¦ typeof v ¦ this ¦ arguments ¦ E ¦
		(() => { throw new Error("x") })()`,
	'a change of the item, or half of one': `$json.no = "changed" ¦ $json.no += "!" ¦
		$json.count = ($json.count || 0) + 1 ¦ delete $json.name ¦ $json.list.push(1) ¦
		$json.list.reverse() ¦ $json.list.sort() ¦ $json.list.splice(0, 1) ¦ $json.no++ ¦
		Object.assign($json, { name: "changed" }) ¦ $json["value"] = { deep: 1 } ¦
		($json.order = null, 1) ¦ $json.list.length = 0 ¦ $json.list.pop() ¦ $json.list.shift() ¦
		[$json.no] = ["x"] ¦ --$json.count ¦ $json.list.fill(0) ¦ $json.list.unshift(1) ¦
		$json.list.copyWithin(0, 1) ¦ $json.a ||= 5 ¦ $json.a ??= 5 ¦ = 5`,
	"a change of another node's item": `$('Expression Items').item.json.no = 'changed' ¦
		$('Expression Items').item.json.list.push('x')`,
	'an operator of no use here': `a = 1 ¦ x => 1 ¦ 2 ** 3 ¦ -2 ** 2 ¦ 1 << 2 ¦ 1 >>> 0 ¦ 1 & 2 ¦
		1 | 2 ¦ ~1 ¦ void 0 ¦ typeof 1 ¦ "no" in $json ¦ $json instanceof Object`,
	'operators side by side': `1 ?? 2 || 3 ¦ (1 ?? 2) || 3 ¦ 1 || 2 ?? 3 ¦ 1 < 2 > 3 ¦ + +1 ¦ ++1 ¦
		1 - -1 ¦ 1--1 ¦ 1+-1 ¦ - - 1 ¦ !-1 ¦ 1 ? 2 : 3 ? 4 : 5 ¦ 1 ?.5 : 2`,
	'a number written oddly': `1?.a ¦ .5 ¦ 5. ¦ 010 ¦ 0x10 ¦ 1e3 ¦ 1_000 ¦ 10n ¦ 1.toString() ¦
		1..toString() ¦ 1.5.toFixed() ¦ "a"["length"]`,
	'a member that every object has': `$json.constructor ¦ $json["constructor"] ¦ $json.__proto__ ¦
		$json["__proto__"].a ¦ constructor ¦ $json.toString ¦ $json.toString() ¦ $json.valueOf() ¦
		$json.hasOwnProperty("no")`,
	'a way out to the process': `globalThis ¦ window ¦ process.pid ¦ process.env ¦ require("fs") ¦
		Function("return 1")() ¦ eval("1")`,
	'a name that is unknown, or reads oddly': `$ ¦ $.no ¦ $json.$ ¦ nothing ¦ nothing.deep ¦
		undefined ¦ NaN ¦ Infinity ¦ null.a ¦ $json.größe ¦ $jsön ¦ $json . no`,
	'a line break where JavaScript allows one': [
		...['$json\n.no', '$json.no\n.trim()', '$json.list\n[0]', '$json.no\n($json.no)'],
		...['$json.\nno', '$json.no\n\n'],
	],
	"a value of n8n's": `$now.year ¦ $today.year ¦ $now.toISO ¦ $json ¦ $input.item.json.no ¦
		$input.first().json.no ¦ $itemIndex * 0`,
	"a function of n8n's": `$fromAI('no') ¦ $fromAI('no', 'x', 'string', 'y') ¦ $fromAI() ¦
		$if(true, 1, 2) ¦ $if($json.no, 1) ¦ $ifEmpty($json.missing, 1) ¦ $max(1, 2) ¦
		$min(1, $json.no) ¦ $jmespath($json, "no")`,
	'a name of the execution, the node, the workflow': `$execution.mode ¦
		$evaluateExpression("{{ 1 + 1 }}") ¦ $parameter.no ¦ $parameter["&p1"] ¦ $vars.none ¦
		$env.HOME ¦ $self ¦ $workflow.name ¦ $workflow ¦ $prevNode.name ¦ $runIndex ¦ $nodeVersion ¦
		$binary ¦ $execution.none.x`,
	'another node': `$('Never Run').item.json.no ¦ $('Nowhere').first().json.no ¦
		$('Settings').item ¦ $('Settings') ¦ $('Expression Items').item.json.no + 1 ¦
		$('Settings').all().length ¦ $items("Settings").length ¦ $()`,
	'a method that n8n adds': `$json.no.toTitleCase()?.length ¦ $json.no?.toTitleCase() ¦
		$json.missing?.isEmpty() ¦ $json.no.hash() ¦ $json.list.first().no ¦ $json.list.last() ¦
		$json.list.randomItem() ? 1 : 1 ¦ $json.name.extractEmail()`,
	'what looks like a method that n8n adds': `'a.first()' ¦ "$if(1)" ¦ $json['a.isEmpty()'] ¦
		$json["Weight (kg)"] ¦ "x".first () ¦ 'a'.isEmpty ( )`,
	'too much: long texts, deep brackets, many terms': [
		...["'x'.repeat(10)", '"x".padStart(20)', `'${'x'.repeat(2_100)}'`],
		`${'('.repeat(40)}1${')'.repeat(40)}`,
		`'${'y'.repeat(65_536)}'`,
		`${'1 + '.repeat(1_000)}1`,
		`${'1,'.repeat(3)}'${'z'.repeat(65_536)}'`,
		`$json${'.a'.repeat(600)}`,
	],
	'nothing but blanks': ['', ' ', '\n'],
	'brackets around nothing, or only one of two': '() ¦ [] ¦ [1,] ¦ [,] ¦ [][0] ¦ ( ¦ ) ¦ [ ¦ ]',
	'only one of two quotes, or no sign of JavaScript': String.raw`" ¦ ' ¦ 'a ¦ a" ¦ \ ¦ # ¦ @`,
};

/** A node's parameters that are read together. */
export type Group = Record<string, unknown>;

/** How many parameters a group has; enough for most of what a list can do to its members. */
const SIZE = 8;

/** Groups of code that may be evaluated together. */
export const groups: ReadonlyArray<Case<Group>> = [
	...groupsOf(pureCodes.map((code, i) => ({ ...code, stored: wrapped(code.stored, i) }))),
	...groupsOf(
		[...pureCodes].reverse().map((code, i) => ({ ...code, stored: mixedIn(code.stored, i) })),
	),
	...[0, 1, 2, 3].map((i) => groupOf('code that any list can hold', harmless(i * SIZE))),
	groupOf('parameters that are lists, objects and constants', [
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
export const adversarialGroups: ReadonlyArray<Case<Group>> = casesOf(ADVERSARIAL).flatMap(
	({ kind, stored }, i) => [
		groupOf(kind, placed(`={{ ${stored} }}`, i % SIZE, i * 3)),
		groupOf(`${kind}; between texts`, placed(`=x {{ ${stored} }}`, (i + 3) % SIZE, i * 5)),
	],
);

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

function groupsOf(cases: ReadonlyArray<Case<string>>): Array<Case<Group>> {
	return Array.from({ length: Math.ceil(cases.length / SIZE) }, (_, i) => {
		const members = cases.slice(i * SIZE, (i + 1) * SIZE);
		const kinds = new Set(members.map(({ kind }) => kind));
		return groupOf([...kinds].join(' beside '), storedOf(members));
	});
}

function groupOf(kind: string, stored: readonly unknown[]): Case<Group> {
	return { kind, stored: Object.fromEntries(stored.map((one, i) => [`p${i}`, one])) };
}
