import { connect } from 'node:net';
import { Agent, request } from 'undici';
import type { Ledger, Sandbox, SandboxOptions } from '../../sandbox';
import { refusedUrl, startSandbox } from '../../sandbox';
import { callTd, callTw, forecast, shipEvent, signed, ticket } from './client';

const open: Sandbox[] = [];
async function start(options?: SandboxOptions): Promise<Sandbox> {
	const sandbox = await startSandbox(options);
	open.push(sandbox);
	return sandbox;
}
afterEach(async () => {
	await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

test('can be steered and read over HTTP', async () => {
	const sandbox = await start();
	const post = (path: string, body: unknown) =>
		fetch(`${sandbox.url}/sandbox/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});

	expect(await (await post('settings', { region: 'cn' })).json()).toMatchObject({ region: 'cn' });
	expect(sandbox.settings.region).toBe('cn');
	const wrong = await post('settings', { regoin: 'cn' });
	expect([wrong.status, ((await wrong.json()) as { error: string }).error]).toEqual([
		400,
		expect.stringContaining('regoin'),
	]);

	await post('faults', { kind: 'status', status: 500 });
	expect((await callTw(sandbox, 'getBalance', {})).status).toBe(500);
	await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
	expect((await callTw(sandbox, 'getBalance', {})).status).toBe(200);

	await forecast(sandbox, '<b>bold</b>');
	const ledger = (await (await fetch(`${sandbox.url}/sandbox/ledger`)).json()) as Ledger;
	expect(ledger).toEqual(sandbox.ledger());
	expect(ledger.counts).toMatchObject({ requests: 3, orders: 1 });

	const html = await (await fetch(sandbox.url)).text();
	expect(html).toContain(sandbox.tw.apiToken);
	expect(html).not.toContain('<b>bold');

	await post('reset', {});
	expect(sandbox.ledger().counts.requests).toBe(0);
	expect((await callTw(sandbox, 'orderInfo', { no: '<b>bold</b>' })).status).toBe(404);
});

test('counts one connection for many requests', async () => {
	const sandbox = await start();
	const agent = new Agent({ connections: 1 });
	for (let count = 0; count < 20; count++) {
		const { body } = await request(`${sandbox.url}/api/v2/getBalance`, {
			dispatcher: agent,
			method: 'POST',
			headers: { 'content-type': 'application/json', ...signed(sandbox) },
			body: '{}',
		});
		await body.dump();
	}
	await agent.close();
	const { connections, counts, requests } = sandbox.ledger();
	expect([connections.api, counts.accepted]).toEqual([1, 20]);
	expect(new Set(requests.map(({ connection }) => connection)).size).toBe(1);
});

test('keeps counting when it does not record', async () => {
	const sandbox = await start({ settings: { recordRequests: false } });
	await forecast(sandbox, 'A');
	await callTd(sandbox, shipEvent());
	const { counts, requests, orders, events } = sandbox.ledger();
	expect(counts).toMatchObject({ requests: 2, processed: 2, accepted: 2, orders: 1, events: 1 });
	expect([requests, orders, events]).toEqual([[], [], []]);
	expect((await callTw(sandbox, 'orderInfo', { no: 'A' })).status).toBe(200);
});

test('takes replacement credentials and refuses unknown settings', async () => {
	const sandbox = await start({ credentials: { tw: { apiToken: 'canary' } } });
	expect(sandbox.tw).toMatchObject({ username: 'TW0001', apiToken: 'canary' });
	expect((await callTw(sandbox, 'getBalance', {})).status).toBe(200);
	expect(() => sandbox.set({ stateStepMs: -1 })).toThrow('stateStepMs');
});

test('takes a batch of thousands of tickets', async () => {
	const sandbox = await start();
	const tickets = Array.from({ length: 5000 }, (_, index) =>
		ticket(`N-${index}`, { boxes: [{ number: 1, weight: 1 }] }),
	);
	const { body } = await callTw<unknown[]>(sandbox, 'orderForecast', { tickets });
	expect(body.data).toHaveLength(5000);
});

test('closes at once, whatever its connections are doing', async () => {
	const sandbox = await start();
	sandbox.fault({ kind: 'hangBeforeAccept' });
	const idle = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
	idle.on('error', () => undefined);
	const hanging = callTw(sandbox, 'getBalance', {}).catch(() => 'broken');
	while (sandbox.ledger().counts.requests === 0)
		await new Promise((resolve) => setTimeout(resolve, 5));

	await sandbox.close();
	expect(await hanging).toBe('broken');
});

test('speaks HTTPS, resets included', async () => {
	const sandbox = await start({ https: true });
	const agent = new Agent({ connect: { ca: sandbox.certificate } });
	const call = () =>
		request(`${sandbox.url}/api/v2/orderForecast`, {
			dispatcher: agent,
			method: 'POST',
			headers: { 'content-type': 'application/json', ...signed(sandbox) },
			body: JSON.stringify({ tickets: [ticket('TLS')] }),
		});
	expect((await call()).statusCode).toBe(200);
	sandbox.fault({ kind: 'resetAfterAccept', times: 1 });
	await expect(call()).rejects.toMatchObject({ code: 'ECONNRESET' });
	expect(sandbox.ledger().orders).toHaveLength(2);
	expect(sandbox.labelUrl).toMatch(/^https:/);
	await agent.destroy();
});

test('refusedUrl gives an address where nobody listens', async () => {
	await expect(request(await refusedUrl())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
