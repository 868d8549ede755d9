/** JSON from outside: digit by digit, and without `__proto__`. */
import fc from 'fast-check';
import { parseSafely } from '../../../lib/base/json';

it('keeps every digit of an integer beyond 2^53, as text', () => {
	const id = '9007199254740993123';
	expect(parseSafely(`{"request_id": ${id}}`)).toEqual({ request_id: id });
	const list = parseSafely('[9007199254740991,9007199254740992,-9007199254740992]');
	expect(list).toEqual([9007199254740991, '9007199254740992', '-9007199254740992']);
});

it('keeps any integer digit by digit, wherever it stands', () => {
	fc.assert(
		fc.property(fc.bigInt(), fc.jsonValue(), (integer, beside) => {
			const text = `{"a":[${integer}],"b":${JSON.stringify(beside)},"c":{"d":${integer}}}`;
			const read = parseSafely(text) as { a: unknown[]; c: { d: unknown } };
			expect(String(read.a[0])).toBe(String(integer));
			expect(String(read.c.d)).toBe(String(integer));
		}),
	);
});

it('reads all else as JSON.parse does, beside long digits too', () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.boolean(), (value, isLong) => {
			const text = JSON.stringify(isLong ? [value, '1234567890123456'] : value);
			fc.pre(!text.includes('__proto__'));
			// What JSON.parse makes of such an integer is what this is for
			fc.pre(!/\d{16,}(?![\d.eE])/.test(JSON.stringify(value)));
			expect(parseSafely(text)).toEqual(JSON.parse(text));
		}),
		{ numRuns: 500 },
	);
	const decimals = '[12345678901234567.89, 1e400, 0.12345678901234567890, 1E5, 1234567890123456e2]';
	expect(parseSafely(decimals)).toEqual(JSON.parse(decimals));
	expect(parseSafely('{"a":1,"a":12345678901234567890}')).toEqual({ a: '12345678901234567890' });
});

it.each([
	'{"a":{"__proto__":{"polluted":1}}}',
	'{"id":12345678901234567890,"a":{"__proto__":{"polluted":1}}}',
	'{"id":12345678901234567890,"a":{"\\u005f_proto__":{"polluted":1}}}',
])('drops __proto__: %s', (text) => {
	const { a } = parseSafely(text) as { a: { polluted?: unknown } };
	expect(Object.keys(a)).toEqual([]);
	expect(a.polluted).toBeUndefined();
	expect(Object.getPrototypeOf(a)).toBe(Object.prototype);
});

const NO_JSON = ['{"a":12345678901234567890', '01234567890123456789', '[12345678901234567890,]'];
it.each(['', '{', ...NO_JSON])('refuses what is no JSON: %s', (text) => {
	expect(() => parseSafely(text)).toThrow(SyntaxError);
});
