/** What is read of a body, and what is said of one that cannot be read. */
import { readJson } from '../../../lib/http/read-json';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const EMPTY = 'it is empty';
const PAGE = 'it is a web page, not JSON';
const CHARSET = 'its character set cannot be decoded';
const BROKEN = 'its JSON is not complete or not valid';
const DEEP = 'its JSON is nested too deeply';

it.each<[string, string | Buffer, string | undefined, unknown]>([
	['an object', '{"no":"SHOP-1"}', 'application/json', { no: 'SHOP-1' }],
	['JSON without a content type', '[1,null]', undefined, [1, null]],
	['JSON called HTML', '{}', 'text/html; charset=UTF-8', {}],
	['a byte order mark', '\uFEFF{"ok":true}', undefined, { ok: true }],
	['GBK, quoted', Buffer.from('22c4e322', 'hex'), 'text/plain; Charset="GBK"', '你'],
	['UTF-16', Buffer.from('"é"', 'utf16le'), 'application/json; charset=utf-16le', 'é'],
	['64 levels', nested(64), undefined, JSON.parse(nested(64))],
	['brackets in a text', JSON.stringify(`\\"${'['.repeat(99)}`), undefined, `\\"${'['.repeat(99)}`],
	['a number beyond 2^53', '9007199254740993', undefined, '9007199254740993'],
	['a __proto__ member', '{"a":1,"__proto__":{"b":2}}', undefined, { a: 1 }],
])('reads %s', (_, body, contentType, value) => {
	const reading = readJson(Buffer.from(body), contentType);
	expect(reading.ok && reading.value).toStrictEqual(value);
});

it.each<[string, string | Buffer, string | undefined, string]>([
	['no bytes', '', 'application/json', EMPTY],
	['white space alone', ' \r\n', undefined, BROKEN],
	['a byte order mark alone', '\uFEFF', undefined, BROKEN],
	['bytes that are no UTF-8', Buffer.from('22ff22', 'hex'), undefined, CHARSET],
	[
		'GBK that is called UTF-8',
		Buffer.from('22c4e322', 'hex'),
		'text/plain; charset=utf-8',
		CHARSET,
	],
	['a charset that nobody knows', '{}', 'application/json; charset=klingon', CHARSET],
	['HTML', '<!DOCTYPE html><html></html>', 'text/html', PAGE],
	['HTML that is called JSON', '\n <h1>502</h1>', 'application/json', PAGE],
	['truncated JSON', '{"data":[{"no":"SHOP-1"', undefined, BROKEN],
	['a text cut within a character', Buffer.from('"é"').subarray(0, 2), undefined, CHARSET],
	['more after the JSON', '{} {}', undefined, BROKEN],
	['truncated long digits', '{"id":9007199254740993', undefined, BROKEN],
	['words', 'Service Unavailable', 'text/plain', BROKEN],
	['65 levels', nested(65), undefined, DEEP],
	['65 levels that never close', '{"a":'.repeat(65), undefined, DEEP],
])('says what is wrong with %s', (_, body, contentType, problem) => {
	expect(readJson(Buffer.from(body), contentType)).toEqual({ ok: false, problem });
});
