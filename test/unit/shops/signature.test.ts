import { createHmac } from 'node:crypto';
import { checkHeader, headerOf, isSigned } from '../../../lib/shops/signature';

const body = Buffer.from('{"id":1,"name":"Müller \u{1f4e6}"}');
const by = (secret: string, encoding: 'base64' | 'hex' = 'base64') =>
	createHmac('sha256', secret).update(body).digest(encoding);

describe('a signature', () => {
	it.each([
		['of the only secret', by('one'), ['one'], true],
		['of the first of two', by('one'), ['one', 'two'], true],
		['of the second of two', by('two'), ['one', 'two'], true],
		['of a secret that is no more', by('old'), ['one', 'two'], false],
		['where there is no secret', by('one'), [], false],
		['of an empty secret', by(''), ['', 'one'], false],
		['cut', by('one').slice(0, -1), ['one'], false],
		['with something behind it', `${by('one')}=`, ['one'], false],
		['in the other encoding', by('one', 'hex'), ['one'], false],
		['of no ASCII', 'é'.repeat(22), ['one'], false],
		['empty', '', ['one'], false],
	])('%s', (_what, signature, secrets, genuine) => {
		expect(isSigned(signature, 'base64', [body], secrets)).toBe(genuine);
	});

	it('in hexadecimal digits, small or capital', () => {
		const signature = by('one', 'hex');
		expect(isSigned(signature, 'hex', [body], ['one'])).toBe(true);
		expect(isSigned(signature.toUpperCase(), 'hex', [body], ['one'])).toBe(true);
	});

	it('in capital letters is another one in base64', () => {
		expect(isSigned(by('one').toUpperCase(), 'base64', [body], ['one'])).toBe(false);
	});

	it('over several parts is one over all their bytes', () => {
		const parts = [body.subarray(0, 20), body.subarray(20)];
		expect(isSigned(by('one'), 'base64', parts, ['one'])).toBe(true);
		expect(isSigned(by('one'), 'base64', [...parts].reverse(), ['one'])).toBe(false);
	});

	it('is over bytes, not over what the JSON means', () => {
		const same = Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1));
		expect(isSigned(by('one'), 'base64', [same], ['one'])).toBe(false);
	});
});

describe('a header', () => {
	it.each([
		['a text', ' 5 ', '5'],
		['one in a list', ['5'], '5'],
		['two', ['5', '6'], null],
		['empty', ' ', null],
		['missing', undefined, null],
	])('%s', (_what, value, expected) => {
		expect(headerOf({ 'x-a': value }, 'x-a')).toBe(expected);
	});

	it.each([
		['right', by('one'), 'genuine'],
		['wrong', by('two'), 'wrong'],
		['missing', undefined, 'missing'],
	])('with a signature that is %s', (_what, value, expected) => {
		const delivery = { headers: { 'x-hmac': value }, rawBody: body };
		expect(checkHeader('x-hmac', delivery, ['one'])).toBe(expected);
	});
});
