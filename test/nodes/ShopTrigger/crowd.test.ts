/** Many deliveries at one moment, and senders that never finish: what is in hand stays bounded. */
import { request } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { MAX_BODY_BYTES } from '../../../lib/shops/admission';
import { Intake, intake, INTAKE_BYTES, type Patience, readBody } from '../../../lib/shops/intake';
import { signedHeaders } from '../../../sandbox/shops';
import type { WebhookServer } from '../../engine/webhook';
import { until } from '../../observed';
import { deliver, holdUp, SECRET, shopifyOrder, useTriggers } from './shop';

const triggerFor = useTriggers({ remember: 'no' });
const crowd = 200;

/** Each delivery gets all the time it needs to be read, and waits so long for its turn; milliseconds. */
const waiting = (ms: number, tick = 60_000): { patience: Patience } => ({
	patience: { tick, turn: { shopify: ms, stripe: ms, woocommerce: ms } },
});
const FOR_EVER = 600_000;
const statusesOf = (answers: Array<{ status: number }>) =>
	new Set(answers.map(({ status }) => status));

const sockets: Socket[] = [];
afterEach(() => {
	for (const socket of sockets.splice(0)) socket.destroy();
});

/** Sends the head of a request and as much of its body as is given, and then nothing. */
async function begin({ url }: WebhookServer, headers: string[], body = ''): Promise<Socket> {
	const { port, hostname } = new URL(url);
	const socket = connect(Number(port), hostname);
	sockets.push(socket);
	socket.on('error', () => undefined);
	await new Promise((resolve) => socket.once('connect', resolve));
	socket.write(['POST / HTTP/1.1', 'host: n8n', ...headers, '', body].join('\r\n'));
	return socket;
}
const claiming = (bytes: number) => [
	`content-length: ${bytes}`,
	'x-shopify-hmac-sha256: anybody can write this',
];
/** What is sent there until it ends. */
const textOf = async (socket: Socket) => {
	let text = '';
	socket.on('data', (chunk) => (text += String(chunk)));
	await once(socket, 'close');
	return text;
};

const compressed = gzipSync(Buffer.alloc(16 * MAX_BODY_BYTES));

/** An order of nearly five megabytes. */
const large = Buffer.from(
	JSON.stringify(shopifyOrder({ note: 'x'.repeat(MAX_BODY_BYTES - 2_000) })),
);
const signed = signedHeaders('shopify', large, { secret: SECRET });
/** Without what `fetch` does with each byte. */
const sendLarge = async ({ url }: WebhookServer) =>
	await new Promise<{ status: number; again: string | undefined }>((resolve, reject) => {
		const headers = { ...signed, 'content-length': large.length };
		const sent = request(url, { method: 'POST', headers, agent: false });
		sent.once('error', reject).once('response', (answer) => {
			const { statusCode: status = 0, headers: told } = answer;
			answer.resume().once('end', () => resolve({ status, again: told['retry-after'] }));
		});
		sent.end(large);
	});
const goesThrough = async (trigger: WebhookServer) => {
	await until(() => intake.used === 0);
	expect((await sendLarge(trigger)).status).toBe(200);
	await until(() => intake.used === 0);
};

beforeEach(() => {
	intake.peak = 0;
});

it(`of ${crowd} of five megabytes it never holds more than it can, and answers all`, async () => {
	const trigger = await triggerFor({}, waiting(500));
	const answers = await Promise.all(
		Array.from({ length: crowd }, async () => await sendLarge(trigger)),
	);
	expect(intake.peak).toBeLessThanOrEqual(INTAKE_BYTES);
	expect(intake.peak).toBeGreaterThan(INTAKE_BYTES / 2);
	const refused = answers.filter(({ status }) => status === 503);
	expect(refused.every(({ again }) => again === '30')).toBe(true);
	expect([...statusesOf(answers)].filter((status) => ![200, 503].includes(status))).toEqual([]);
	expect(trigger.started.length + refused.length).toBe(crowd);
	await goesThrough(trigger);
}, 240_000);

it('while n8n stores nothing, the rest is asked to come again', async () => {
	const trigger = await triggerFor({}, waiting(100));
	const held = holdUp(trigger);
	const statuses: number[] = [];
	const sending = Array.from({ length: 10 }, async () => {
		statuses.push((await sendLarge(trigger)).status);
	});
	await until(() => statuses.length === 7);
	expect(new Set(statuses)).toEqual(new Set([503]));
	held.goOn();
	await Promise.all(sending);
	expect(statuses.slice(7)).toEqual([200, 200, 200]);
	await goesThrough(trigger);
}, 20_000);

it(`of ${2 * crowd} usual orders it takes all, which are more than it holds at once`, async () => {
	const trigger = await triggerFor({}, waiting(FOR_EVER));
	const body = shopifyOrder({ note: 'x'.repeat(20_000) });
	const answers = await Promise.all(
		Array.from({ length: 2 * crowd }, async () => await deliver(trigger, 'shopify', body)),
	);
	expect(statusesOf(answers)).toEqual(new Set([200]));
	expect(trigger.started).toHaveLength(2 * crowd);
});

it('a usual order passes the large ones that fill what is theirs', async () => {
	const trigger = await triggerFor({});
	const held = holdUp(trigger);
	const sending = Array.from({ length: 3 }, async () => await sendLarge(trigger));
	await until(() => held.count === 3);
	trigger.store = async () => {};
	expect((await deliver(trigger, 'shopify', shopifyOrder())).status).toBe(200);
	held.goOn();
	await Promise.all(sending);
});

it('waits for room no longer than it may, whatever garbage is collected meanwhile', async () => {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const full = new Intake(0);
	const collecting = setInterval(collect, 5);
	const waited = Array.from({ length: 20 }, async () => {
		return await full.enter(1, 200, new AbortController().signal);
	});
	const ends = await Promise.all(waited);
	clearInterval(collecting);
	expect(ends).toEqual(waited.map(() => undefined));
});

describe('senders that never finish keep nobody out, who claim', () => {
	it.each<[what: string, bytes: number, senders: number, sent: () => object]>([
		['the usual', 20_000, INTAKE_BYTES / 65_536, shopifyOrder],
		['the most', MAX_BODY_BYTES, 12, () => large],
	])('%s', async (_what, bytes, senders, sent) => {
		const trigger = await triggerFor({}, waiting(FOR_EVER, 500));
		const open = async () => await begin(trigger, claiming(bytes), '{"id":');
		const slow = await Promise.all(Array.from({ length: senders }, open));
		await until(() => trigger.received === senders);
		const wanted = deliver(trigger, 'shopify', sent());
		expect(await Promise.race(slow.map(textOf))).toMatch(/^HTTP\/1.1 503 /);
		expect((await wanted).status).toBe(200);
	});
});

it('takes a body that says of itself that it is not compressed', async () => {
	const trigger = await triggerFor({});
	const headers = { 'content-encoding': 'identity' };
	expect((await deliver(trigger, 'shopify', shopifyOrder(), { headers })).status).toBe(200);
});

it('reads nothing that is not signed, and takes no room for it', async () => {
	const trigger = await triggerFor({});
	const socket = await begin(trigger, [`content-length: ${MAX_BODY_BYTES}`], '{"id":');
	const [told] = (await once(socket, 'data')) as [Buffer];
	expect(String(told)).toMatch(/^HTTP\/1.1 401 /);
	expect(intake.peak).toBe(0);
});

describe('gives the room back', () => {
	it.each<[who: string, send: (trigger: WebhookServer) => Promise<unknown>]>([
		['a wrong signature', async (to) => await deliver(to, 'shopify', large, { secret: 'no' })],
		['a body that is no JSON', async (to) => await deliver(to, 'shopify', large.subarray(1))],
		[
			'an event that was not chosen',
			async (to) => await deliver(to, 'shopify', large, { topic: 'orders/edited' }),
		],
		[
			'a body without a length, and too large',
			async ({ url }) => {
				const body = new Blob([large, large]).stream();
				const answer = await fetch(url, { method: 'POST', body, duplex: 'half', headers: signed });
				expect(answer.status).toBe(413);
			},
		],
		[
			'a body that is compressed',
			async ({ url }) => {
				const body = compressed;
				const headers = {
					'content-encoding': 'gzip',
					...signedHeaders('shopify', body, { secret: SECRET }),
				};
				expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(415);
			},
		],
		[
			'a shop that hangs up in the body',
			async (to) => {
				const socket = await begin(to, claiming(MAX_BODY_BYTES), '{"id":');
				await until(() => intake.used > 0);
				socket.destroy();
			},
		],
		[
			'a body that breaks off',
			async (to) => {
				const socket = await begin(to, claiming(MAX_BODY_BYTES), '{"id":');
				await until(() => intake.used > 0);
				socket.end();
			},
		],
	])('of %s', async (_who, send) => {
		const trigger = await triggerFor({});
		for (let i = 0; i < 12; i++) await send(trigger);
		await goesThrough(trigger);
		expect(intake.peak).toBeLessThanOrEqual(INTAKE_BYTES);
	});

	it('of shops that hang up while n8n stores it, and while they wait', async () => {
		const trigger = await triggerFor({});
		const held = holdUp(trigger);
		const hangUp = new AbortController();
		const { signal } = hangUp;
		const sending = Array.from(
			{ length: 20 },
			async () => await deliver(trigger, 'shopify', large, { signal }),
		);
		await until(() => trigger.received === 20 && held.count === 3);
		hangUp.abort();
		const ends = await Promise.allSettled(sending);
		// Whoever has waited too long has its answer by now
		expect(ends.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(2);
		held.goOn();
		await goesThrough(trigger);
	}, 60_000);

	it('of senders that trickle, each after its time, and tells them so', async () => {
		const trigger = await triggerFor({}, waiting(FOR_EVER, 50));
		const slow = await Promise.all(
			Array.from(
				{ length: 3 },
				async () => await begin(trigger, claiming(MAX_BODY_BYTES), '{"id":'),
			),
		);
		await until(() => intake.used > 2 * MAX_BODY_BYTES);
		const usual = await deliver(trigger, 'shopify', shopifyOrder());
		expect(usual.status).toBe(200);
		for (const socket of slow) expect(await textOf(socket)).toMatch(/^HTTP\/1.1 408 /);
		await goesThrough(trigger);
	}, 20_000);
});

it('a body that has long arrived is not late because n8n was busy', async () => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const came = once(server, 'connection');
	const sender = connect((server.address() as AddressInfo).port, '127.0.0.1');
	sockets.push(sender);
	const [socket] = (await came) as [Socket];
	sender.end('an order');
	const reading = readBody(socket, undefined, 1);
	const over = performance.now() + 50;
	while (performance.now() < over);
	server.close();
	expect(await reading).toEqual({ body: Buffer.from('an order') });
});
