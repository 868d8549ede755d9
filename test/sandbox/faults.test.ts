import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { Agent, request, type Dispatcher } from 'undici';
import type { FaultRule } from '../../sandbox';
import { callTw, signed, ticket, useSandbox } from './client';

const sandbox = useSandbox();
let agent: Agent;

beforeEach(() => {
	sandbox.reset();
	agent = new Agent({ connections: 1 });
});
afterEach(() => agent.destroy());

/** @param patience milliseconds until the client cuts it off; 0 for never */
function send(patience = 0): Promise<Dispatcher.ResponseData> {
	return request(`${sandbox.url}/api/v2/orderForecast`, {
		dispatcher: agent,
		method: 'POST',
		headers: { 'content-type': 'application/json', ...signed(sandbox) },
		body: JSON.stringify({ tickets: [ticket('F')] }),
		headersTimeout: patience,
		bodyTimeout: patience,
	});
}

/** What the client saw, in a word, and the truth in the ledger. */
async function hit(rule: FaultRule, patience: number): Promise<{ seen?: string; orders: number }> {
	sandbox.fault(rule);
	const seen = await send(patience)
		.then(async ({ statusCode, body }) => `${statusCode} ${(await body.text()).slice(0, 20)}`)
		.catch((error: { code?: string }) => error.code);
	const { requests, orders } = sandbox.ledger();
	expect(requests).toHaveLength(1);
	expect(requests[0]?.fault).toBe(rule.kind);
	expect(requests[0]?.processed).toBe(orders.length === 1);
	return { seen, orders: orders.length };
}

test.each<[FaultRule, string, number]>([
	[{ kind: 'delay', ms: 20 }, '200 {"code":200', 1],
	[{ kind: 'hangBeforeAccept' }, 'UND_ERR_HEADERS_TIMEOUT', 0],
	[{ kind: 'hangAfterAccept' }, 'UND_ERR_HEADERS_TIMEOUT', 1],
	[{ kind: 'resetBeforeAccept' }, 'ECONNRESET', 0],
	[{ kind: 'resetAfterAccept' }, 'ECONNRESET', 1],
	[{ kind: 'resetMidBody' }, 'ECONNRESET', 1],
	[{ kind: 'status', status: 503 }, '503 {"code":503', 0],
	[{ kind: 'status', status: 503, processed: true, body: 'busy' }, '503 busy', 1],
	[{ kind: 'html' }, '200 <!DOCTYPE html>', 0],
	[{ kind: 'empty', processed: true }, '200 ', 1],
	[{ kind: 'truncated' }, '200 {"code":200', 1],
	[{ kind: 'wrongType' }, '200 [1,"two",null]', 0],
	[{ kind: 'wrongContentType' }, '200 {"code":200', 1],
	[{ kind: 'slowDrip', bytes: 20, intervalMs: 5 }, '200 {"code":200', 1],
	[{ kind: 'slowDrip', bytes: 1, intervalMs: 10_000 }, 'UND_ERR_BODY_TIMEOUT', 1],
	[{ kind: 'oversize', bytes: 1_000_000 }, '200 {"code":200', 0],
	[{ kind: 'redirect', location: 'http://192.0.2.1/' }, '302 ', 0],
	[{ kind: 'rawBody', body: '{"__proto__":1}' }, '200 {"__proto__":1}', 0],
])('%j', async (rule, seen, orders) => {
	// Where an answer comes, however late, it is waited for
	const result = await hit(rule, seen.endsWith('_TIMEOUT') ? 300 : 0);
	expect(result.seen).toContain(seen);
	expect(result.orders).toBe(orders);
});

test('echo gives everything away, so that a leak can be looked for', async () => {
	sandbox.fault({ kind: 'echo' });
	const { body } = await callTw(sandbox, 'orderInfo?secret=in-the-query', {});
	expect(body.message).toContain('in-the-query');
	expect(body.message).toContain(sandbox.ledger().requests[0]?.sign);
});

test('a gzip bomb is small on the wire', async () => {
	sandbox.fault({ kind: 'gzipBomb', bytes: 10_000_000 });
	const { body } = await send();
	const packed = Buffer.from(await body.arrayBuffer());
	expect(packed.length).toBeLessThan(50_000);
	expect(gunzipSync(packed).length).toBe(10_000_000);
});

test('an endless body ends with the client', async () => {
	sandbox.fault({ kind: 'oversize' });
	const { body } = await send();
	let size = 0;
	for await (const chunk of body as AsyncIterable<Buffer>)
		if ((size += chunk.length) > 1_000_000) break;
	expect(size).toBeGreaterThan(1_000_000);
});

test('an idle connection is closed after a good answer, and only then', async () => {
	sandbox.fault({ kind: 'closeIdle', times: 1 });
	for (let count = 0; count < 3; count++) {
		const isClosed = count === 0 && once(agent, 'disconnect');
		await (await send()).body.dump();
		await isClosed;
	}
	const { connections, requests } = sandbox.ledger();
	expect(connections.api).toBe(2);
	const [first, second, third] = requests.map(({ connection }) => connection);
	expect(first).not.toBe(second);
	expect(second).toBe(third);
});

test('path, body, after and times say which requests are hit', async () => {
	const info = async (no: string) => (await callTw(sandbox, 'orderInfo', { no })).status;
	sandbox.fault({ kind: 'status', status: 429, retryAfter: 7, path: /Info$/, after: 1, times: 2 });
	expect([await info('A'), await info('A'), await info('A'), await info('A')]).toEqual([
		404, 429, 429, 404,
	]);
	sandbox.clearFaults();
	sandbox.fault({ kind: 'status', status: 503, bodyIncludes: '"B"' });
	expect([await info('A'), await info('B')]).toEqual([404, 503]);
	expect((await callTw(sandbox, 'getBalance', {})).status).toBe(200);
});

test('a fault that makes no sense is refused', () => {
	expect(() => sandbox.fault({ kind: 'status' } as FaultRule)).toThrow('status');
	expect(() => sandbox.fault({ kind: 'html', path: '(' })).toThrow();
});
