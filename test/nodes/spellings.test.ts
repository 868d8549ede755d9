/** One account is one, however its address and name are written: nothing goes out twice for a slash. */
import type { IDataObject } from 'n8n-workflow';
import { outputOf } from '../observed';
import { createParameters, useBench } from '../support';
import { readTdAccount } from '../../lib/td/account';
import { readTwAccount } from '../../lib/tw/wire/account';
import { closeRegisters } from '../../lib/run/registers';
import { usePlace } from '../lib/register/places';
import { emptied } from '../lib/register/tables';

const bench = useBench();
const place = usePlace('files');
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ acceptSameNo: true, orderInfoDelayMs: 0 });
	await emptied(place.register());
});
afterAll(closeRegisters);

const SPELLINGS: Array<[string, (url: URL) => string]> = [
	['a slash at the end', ({ href }) => href],
	['two slashes at the end', ({ href }) => `${href}/`],
	['a question mark', ({ origin }) => `${origin}?`],
	['a slash and a question mark', ({ href }) => `${href}?`],
	['a hash', ({ origin }) => `${origin}#`],
	['a slash and a hash', ({ href }) => `${href}#`],
	['a dot behind the host', ({ origin, port }) => `${origin.replace(`:${port}`, '.')}:${port}`],
	['upper case', ({ origin }) => origin.toUpperCase()],
	['blanks around it', ({ origin }) => `  ${origin} `],
	['a path of dots', ({ origin }) => `${origin}/v1/..`],
	['an escaped dot', ({ origin }) => `${origin}/v1/%2e%2E`],
	['no name and no password', ({ host, protocol }) => `${protocol}//:@${host}`],
];

/** By its name, since an address has no dot at its end. */
const named = (address: unknown) => new URL(String(address).replace('127.0.0.1', 'localhost'));
const withBase = (credential: 'twApi' | 'tdApi', baseUrl: string, more: IDataObject = {}) => ({
	...bench.credentials,
	[credential]: { ...bench.credentials[credential], baseUrl, ...more },
});

describe('TW', () => {
	const order = async (baseUrl: string, more: IDataObject = {}) =>
		outputOf(
			await bench.run(
				'twOrder',
				createParameters({ waitForCompletion: false }),
				[{ no: 'ORD-1' }],
				{
					credentials: withBase('twApi', baseUrl, more),
				},
			),
		)[0];
	const base = () => named(bench.credentials.twApi['baseUrl']);
	const accepted = () => bench.sandbox.ledger().orders.length;

	it.each(SPELLINGS)('has one order, whether or not its address has %s', async (_how, spell) => {
		const first = await order(base().origin);
		const again = await order(spell(base()));
		expect([first?.['no'], again?.['no']]).toEqual(['ORD-1', 'ORD-1']);
		expect(accepted()).toBe(1);
	});

	it('has one order for a user name in either case', async () => {
		const username = bench.credentials.twApi['username'] as string;
		for (const name of [username, username.toLowerCase(), username.toUpperCase()]) {
			await order(base().origin, { username: name });
		}
		expect(accepted()).toBe(1);
	});
});

it.each(SPELLINGS)(
	'TD is told once, whether or not its address is written with %s',
	async (_how, spell) => {
		const refund = {
			operation: 'order_ship',
			reportOnce: 'files',
			order_id: 'O-1',
			session_id: 's-1',
			terminal_ip: '210.20.10.33',
		};
		const url = named(bench.credentials.tdApi['baseUrl']);
		const path = url.pathname === '/' ? '' : url.pathname;
		const origin = new URL(url.origin);
		for (const baseUrl of [url.href, spell(origin).replace(/(:\d+)/, `$1${path}`)]) {
			const run = await bench.run('tdOrderEvent', refund, [{}], {
				credentials: withBase('tdApi', baseUrl),
			});
			expect(outputOf(run)[0]).toMatchObject({ outcome: 'reported' });
		}
		expect(bench.sandbox.ledger().events).toHaveLength(1);
	},
);

/** What RFC 3986 (6.2.2) calls the same path, and what it does not. */
describe('an account whose address has a path', () => {
	const marks = {
		TW: (path: string) =>
			readTwAccount({ ...bench.credentials.twApi, baseUrl: `https://api.example.com${path}` }).mark,
		TD: (path: string) =>
			readTdAccount({ ...bench.credentials.tdApi, baseUrl: `https://api.example.com${path}` }).mark,
	};
	describe.each(Object.entries(marks))('%s', (_vendor, markOf) => {
		it.each([
			['/a%62c', '/abc'],
			['/%41%5A%61%7a%30%39', '/AZaz09'],
			['/%7Ea', '/~a'],
			['/a%2db%5fc%2Ed', '/a-b_c.d'],
			['/%2fa', '/%2Fa'],
			['/é', '/%c3%a9'],
			['/%C3%a9', '/%c3%A9'],
			['/订', '/%e8%ae%a2'],
			['/a b', '/a%20b'],
			['/a%2e', '/a.'],
			['/a/%2e/b', '/a/b/'],
			['/a%3Ab%3b', '/a%3ab%3B'],
			['/%', '/%'],
		])('%s is %s', (one, other) => {
			expect(markOf(one)).toBe(markOf(other));
		});

		it.each([
			['/a%2Fb', '/a/b'],
			['/%2fa', '/a'],
			['/a%3Bb', '/a;b'],
			['/a%2562', '/ab'],
			['/a%2562', '/a%62'],
			['/ABC', '/abc'],
			['/%41', '/a'],
			['/a%C3%A9', '/aé%20'],
			['/a%25', '/a%'],
		])('%s is not %s', (one, other) => {
			expect(markOf(one)).not.toBe(markOf(other));
		});
	});
});

it.each(['/a%62c/%7E/%c3%A9//order'])('calls %s as it was entered', (path) => {
	const baseUrl = `https://api.example.com${path}`;
	expect(readTdAccount({ ...bench.credentials.tdApi, baseUrl }).url.href).toBe(baseUrl);
	expect(readTwAccount({ ...bench.credentials.twApi, baseUrl }).baseUrl.href).toBe(baseUrl);
});

it('calls TD at the address as it was entered, since a gateway may redirect without its slash', async () => {
	const url = new URL(bench.credentials.tdApi['baseUrl'] as string);
	const account = readTdAccount({
		...bench.credentials.tdApi,
		baseUrl: `${url.origin}/gate//order/v3/`,
	});
	expect(account.url.href).toBe(`${url.origin}/gate//order/v3/`);
});
