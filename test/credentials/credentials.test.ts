/** Both credentials: in n8n's own HTTP helper, and what their tests say. */
import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { TdApi } from '../../credentials/TdApi.credentials';
import { TwApi } from '../../credentials/TwApi.credentials';
import { testTwCredential } from '../../lib/tw/wire/test-credential';
import { TdOrderEvent } from '../../nodes/TdOrderEvent/TdOrderEvent.node';
import { TwLabel } from '../../nodes/TwLabel/TwLabel.node';
import { TwOrder } from '../../nodes/TwOrder/TwOrder.node';
import { refusedUrl } from '../../sandbox';
import { runNode, testCredential } from '../engine/harness';
import { HttpProbe } from '../engine/nodes/HttpProbe.node';
import { BILL, EVENT, outputOf, paths, requestsTo, saying } from '../observed';
import { QUICK } from '../pace';
import { useBench } from '../support';

const bench = useBench();
const error = (words: string) => ({ status: 'Error', message: saying(words) });
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ dateOffsetSeconds: 0, failuresAsHttp200: false });
});

describe('in the HTTP Request node', () => {
	const probe = async (credential: 'twApi' | 'tdApi', parameters: INodeParameters) =>
		await runNode({
			node: new HttpProbe(credential),
			parameters: { method: 'POST', ...parameters },
			items: [{}],
			credentials: { [credential]: bench.credentials[credential] },
			credentialTypes: [new TwApi(), new TdApi()],
		});
	const bill = '{"date_scope":["2025-07-01","2025-09-30"],"page":1,"limit":2}';
	const event = JSON.stringify({
		channel: 'test',
		session_id: 's-1',
		event_time: '2021-10-12T14:20:50.521+07:00',
		event_type: 'order_confirm',
		terminal: { ip: '210.20.10.33' },
		order_id: 'O-1',
	});

	it("signs for TW's own address", async () => {
		const run = await probe('twApi', { url: bench.sandbox.url + BILL, body: bill });
		expect(outputOf(run)[0]).toMatchObject({ answer: { code: 200, message: 'OK' } });
		expect(requestsTo(bench.sandbox, BILL)).toMatchObject([{ accepted: true, query: '' }]);
	});

	it("adds code and key for TD's own address", async () => {
		const run = await probe('tdApi', { url: bench.sandbox.td.baseUrl, body: event });
		expect(outputOf(run)[0]).toMatchObject({ answer: { code: 200 } });
		expect(bench.sandbox.ledger().events).toHaveLength(1);
	});

	it.each(['twApi', 'tdApi'] as const)('%s refuses any other address', async (credential) => {
		const { host, port } = new URL(bench.sandbox.url);
		for (const url of [
			`${bench.sandbox.labelUrl}/labels`,
			`http://localhost:${port}/api`,
			`https://${host}/api`,
			`http://user@${new URL(bench.sandbox.labelUrl).host}/`,
		]) {
			const run = await probe(credential, { url, body: '{}' });
			expect(run.status).toBe('error');
			expect(`${run.error?.message} ${run.runs[0]?.error?.message}`).toContain(
				'was not signed and not sent',
			);
		}
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it.each([
		['twApi' as const, BILL],
		['tdApi' as const, EVENT],
	])('%s follows no redirect with its keys', async (credential, path) => {
		const location = `${bench.sandbox.labelUrl}/caught`;
		bench.sandbox.fault({ kind: 'redirect', status: 307, path, location });
		await probe(credential, { url: bench.sandbox.url + path, body: '{}' });
		expect(paths(bench.sandbox)).toEqual([path]);
	});
});

describe('the test of a TW credential', () => {
	const verdict = async (changes: IDataObject = {}, node: INodeType = new TwOrder()) =>
		await testCredential(node, 'twApi', { ...bench.credentials.twApi, ...changes }, new TwApi());

	it.each([new TwOrder(), new TwLabel()])('is a read that TW documents', async (node) => {
		const message = 'TW accepted the user name, key and signature';
		await expect(verdict({}, node)).resolves.toEqual({ status: 'OK', message });
		expect(paths(bench.sandbox)).toEqual([BILL]);
	});

	it('says that the host cannot be reached', async () => {
		const data = { ...bench.credentials.twApi, baseUrl: await refusedUrl() };
		const { ok, message } = await testTwCredential(data, Date.now(), QUICK);
		expect(ok).toBe(false);
		expect(message).toContain('TW cannot be reached: the host refuses the connection');
		expect(message).toContain('Check the base URL');
	});

	it.each([
		[404, '{"code":404,"message":"no data","data":null}'],
		[404, '{"message":"no data"}'],
		[404, '{"code":"404"}'],
		[200, '{"code":404,"message":"no data"}'],
		[200, '{"code":"404","data":[]}'],
	])("takes TW's own 'no data' for a right key: HTTP %i, %s", async (status, body) => {
		bench.sandbox.fault({ kind: 'rawBody', status, body, path: BILL });
		const message = saying(/accepted the user name, key and signature; it has no invoice/);
		expect(await verdict()).toEqual({ status: 'OK', message });
	});

	it.each([
		[200, '{"success":false,"message":"not allowed","data":[]}', 'not allowed'],
		[200, '{"data":{"current_page":1,"data":[],"last_page":1}}', "no 'code'"],
		[200, '{"code":null,"data":[]}', "no 'code'"],
		[200, '{"code":0,"message":"OK","data":[]}', 'TW refuses'],
		[200, '{"code":201,"message":"OK","data":[]}', 'TW refuses'],
		[404, '{"code":401,"message":"sign check failed"}', 'sign check failed'],
		[404, '{"status":404,"error":"Not Found","path":"/x"}', 'does not look like TW'],
		[404, '"not found"', 'does not look like TW'],
	])('takes nothing else for success: HTTP %i, %s', async (status, body, words) => {
		bench.sandbox.fault({ kind: 'rawBody', status, body, path: BILL });
		expect(await verdict()).toEqual(error(words));
	});

	it.each([
		['a web page', { kind: 'html' }],
		['a web page that says 404', { kind: 'html', status: 404 }],
		['other JSON', { kind: 'rawBody', body: '{"hello":"world"}' }],
		['a list', { kind: 'wrongType' }],
		['nothing', { kind: 'empty' }],
		['a redirect', { kind: 'redirect', location: 'https://example.com/' }],
	] as const)('says that this is not TW: %s', async (_what, fault) => {
		bench.sandbox.fault({ ...fault, path: BILL });
		const { status, message } = await verdict();
		expect(status).toBe('Error');
		expect(message).toContain('This does not look like TW');
		expect(message).toContain('Check the base URL');
	});

	it.each([
		['token', { apiToken: 'wrong-token' }, 'sign check failed'],
		['key', { apiKey: 'wrong-key' }, 'unknown key or username'],
		['user', { username: 'TW9999' }, 'unknown key or username'],
	])(
		'says that TW refuses a wrong %s, as HTTP 401 or in the envelope',
		async (_what, changes, words) => {
			for (const failuresAsHttp200 of [false, true]) {
				bench.sandbox.set({ failuresAsHttp200 });
				const { status, message } = await verdict(changes);
				expect(status).toBe('Error');
				expect(message).toContain(`TW refuses the credential: ${words}`);
				expect(message).toContain("'API Token' in the TW API credential");
				expect(message).not.toContain('wrong-');
				expect(message).not.toContain('clock');
			}
		},
	);

	it.each([
		[7_200, /clock of the n8n host is 7(199|200|201) s behind TW's/],
		[-7_200, /clock of the n8n host is 7(199|200|201) s ahead of TW's/],
	])('suspects the clock first when it is off (%i s)', async (dateOffsetSeconds, words) => {
		bench.sandbox.set({ dateOffsetSeconds });
		const { status, message } = await verdict();
		expect(status).toBe('Error');
		expect(message).toMatch(words);
	});

	it('names the field that is not usable', async () => {
		const verdictOnHttp = await verdict({ baseUrl: 'http://api.example.com' });
		expect(verdictOnHttp).toEqual(error("'Base URL' of the TW API credential must begin"));
	});

	it('repeats a read that breaks', async () => {
		bench.sandbox.fault({ kind: 'resetBeforeAccept', path: BILL, times: 1 });
		await expect(verdict()).resolves.toMatchObject({ status: 'OK' });
	});
});

describe('the test of a TD credential', () => {
	const verdict = async (changes: IDataObject = {}) => {
		const data = { ...bench.credentials.tdApi, ...changes };
		return await testCredential(new TdOrderEvent(), 'tdApi', data, new TdApi());
	};
	afterEach(() => expect(bench.sandbox.ledger().events).toEqual([]));

	it.each([{}, { partnerKey: 'wrong-key' }])(
		'says that TD is there, and that it can not check the key: %j',
		async (changes) => {
			const message = 'TD is reachable; the key was not checked, because TD has no call for that';
			await expect(verdict(changes)).resolves.toEqual({ status: 'OK', message });
			expect(paths(bench.sandbox)).toEqual([EVENT]);
		},
	);

	it('believes TD if it does refuse the key', async () => {
		bench.sandbox.fault({ kind: 'status', status: 401, path: EVENT });
		expect(await verdict()).toEqual(error('TD refuses the credential'));
	});

	it.each([1001, 500, 302, 9999])(
		'does not take code %i for the expected refusal',
		async (code) => {
			const body = JSON.stringify({ code, message: 'partner not opened' });
			bench.sandbox.fault({ kind: 'rawBody', path: EVENT, body });
			expect(await verdict()).toEqual(
				error(`code ${code}, which TD does not document: partner not opened`),
			);
		},
	);

	it('says that the host cannot be reached', async () => {
		expect(await verdict({ baseUrl: `${await refusedUrl()}/order/v3` })).toEqual(
			error('TD cannot be reached'),
		);
	});

	it('says that this is not TD', async () => {
		bench.sandbox.fault({ kind: 'html', path: EVENT });
		expect(await verdict()).toEqual(error("cannot be read as TD's: it is a web page"));
	});

	it('names the region if it is not chosen', async () => {
		expect(await verdict({ region: '' })).toEqual(
			error("'Region' of the TD API credential is not chosen"),
		);
	});
});
