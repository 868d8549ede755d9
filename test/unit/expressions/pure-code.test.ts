/** Which code may be evaluated in a list with others; that its values are n8n's is shown beside. */
import { pureCodeOf as read } from '../../../lib/expressions/pure-code';

it.each([
	'$json.name.trim()',
	"$json.first + ' ' + $json.last",
	"$json['a b'][0].no || 'none'",
	'$json.price * 1.1 > 100 ? 100 : $json.price',
	'($json.a ?? 0) - -1',
	'Math.round(Number($json.value) * 100) / 100',
	"$('Settings').item.json.no + $itemIndex",
	"[$json.a, 'b'].join('/')",
	'$json.a?.b?.["c"]',
	'$now.toFormat("yyyy")',
])('%s is an expression and nothing more', (code) => {
	expect(read(code)).toBeDefined();
});

it.each([
	...['$json.a = 1', '$json.a += 1', '$json.a++', '--$json.a', 'delete $json.a', '$json.a ||= 1'],
	...['$json.list.push(1)', '$json.list.sort()', '$json.list.reverse()', '$json.list.splice(0)'],
	...['$json.a()', '$json["a"]()', '$json.a.b(1)', '(x => x)(1)', '[1].map(x => x)', 'await 1'],
	...['1; 2', '1, 2', '1) + (2', '1], [2', '1 // 2', '1 /* 2 */ + 3', '/a/', '`a`', '1 <!-- 2'],
	...['a', '$json.constructor', '$json["__proto__"]', "'a.constructor'", "'\\n'", "'a.first()'"],
	...['010', '1_0', '.5', '1.a', '1 ?.5 : 2', '1 ?? 2 || 3', '-2 ** 2', 'typeof 1', 'new Date()'],
	...['$if(1, 2, 3)', "$fromAI('a')", '$env.HOME', '$input.item.json.a', '$json.a?.isEmpty()', ''],
	...["$('A').item.json.a = 1", "$('A').all()", '$json.größe', `'${'x'.repeat(2_000)}'`],
])('%s is refused', (code) => {
	expect(read(code)).toBeUndefined();
});

it('tells the items of other nodes that are read, and what n8n rewrites', () => {
	expect(read("$('A').item.json.no + $node['B'].json.no + $json.no")).toEqual({
		others: [
			{ node: 'A', which: 'item' },
			{ node: 'B', which: 'sameIndex' },
		],
		isExtended: false,
		hasOptional: false,
	});
	expect(read("$('A').first().json.no")?.isExtended).toBe(true);
	expect(read('Math.round($json.a)')?.isExtended).toBe(true);
	expect(read('$json.a?.b')?.hasOptional).toBe(true);
});
