/** Keys are pasted from mails and pages: what nobody sees around them is no part of them. */
import { readTdAccount } from '../../../lib/td/account';
import { readTwAccount } from '../../../lib/tw/wire/account';
import { secretsOf } from '../../../lib/shops/secrets';

const tw = {
	baseUrl: 'https://tw.example.com',
	username: 'TW01',
	apiKey: 'key-1',
	apiToken: 'tok-1',
};
const td = { region: 'sg', partnerCode: 'code', partnerKey: 'key-1', channel: 'web' };
const shop = { secret: 'whsec_1', previousSecret: 'whsec_0' };

const pasted = (data: object, before: string, after: string) =>
	Object.fromEntries(
		Object.entries(data).map(([name, value]) => [
			name,
			name === 'region' ? value : `${before}${String(value)}${after}`,
		]),
	);

it.each([
	['', ' '],
	['\t', '\r\n'],
	['\u00a0', '\u3000'],
	['\ufeff', '\u200b'],
	['\u202a', '\u202c'],
	['\u2060 ', ' \u200e'],
])('%j and %j around the fields of a credential', (before, after) => {
	expect(readTwAccount(pasted(tw, before, after))).toEqual(readTwAccount(tw));
	expect(readTdAccount(pasted(td, before, after))).toEqual(readTdAccount(td));
	expect(secretsOf(pasted(shop, before, after))).toEqual(secretsOf(shop));
});
