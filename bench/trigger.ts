/** Deliveries of a shop at one moment: Shop Trigger beside n8n's own Webhook node. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { InstalledHost, N8n } from '../host/n8n';
import { Shutdown } from '../host/shutdown';
import { webhookListens } from '../host/webhook';
import { MAX_BODY_BYTES } from '../lib/shops/admission';
import { signedHeaders } from '../sandbox/shops';
import { orders } from '../test/unit/shops/shopify/orders';
import type { Report } from './report';
import { ratioOf, spreadOf } from './rounds';
import type { Scale } from './speed';
import { buildStage, forgetPeak, memoryOf } from './stage';
import type { Vendor } from './vendor-process';

const DELIVERIES = 200;
const SECRET = 'bench-shop-secret';
const MB = 1024 * 1024;

/** How long Shopify waits for an answer, and how long we do; milliseconds. */
const PATIENCE_MS = 5_000;
const LONGEST_MS = 120_000;

/** An order as shops send it, and the largest that is read; bytes. */
const SIZES = { 'orders of 20 kB': 20_000, 'orders of 5 MB': MAX_BODY_BYTES - 1_000 };

/**
 * n8n 2.41's default engine makes an evaluator of 10 MB for each request to any trigger but its own Webhook, before
 * the trigger is called, and one for each execution. What is left without it is ours.
 */
const ENGINES: Readonly<Record<string, Record<string, string>>> = {
	'n8n’s default engine for expressions': {},
	'the engine without evaluators': { N8N_EXPRESSION_ENGINE: 'legacy' },
};

type Trigger = 'ours' | 'webhook';

/** What became of the deliveries. */
interface Outcome {
	/** Of each, milliseconds until it had an answer, whichever. */
	times: number[];
	/** How many were taken at the first try. */
	taken: number;
	/** Milliseconds until all were taken or two minutes were over, the refused ones sent again at once. */
	allTaken: number;
	/** Bytes above idle. */
	peak: number;
}

export async function measureTrigger(
	host: InstalledHost,
	vendor: Vendor,
	shutdown: Shutdown,
	{ rounds, named }: Pick<Scale, 'rounds' | 'named'>,
	report: Report,
): Promise<void> {
	const cases = Object.entries(SIZES).flatMap(([size, bytes]) =>
		Object.entries(ENGINES).map(([engine, settings]) => {
			return { name: `${DELIVERIES} ${size} at once, ${engine}`, bytes, settings };
		}),
	);
	for (const { name, bytes, settings } of cases.filter((one) => one.name.includes(named))) {
		const outcomes: Record<Trigger, Outcome[]> = { ours: [], webhook: [] };
		for (let round = 0; round < rounds; round++) {
			report.note(`${name}, round ${round + 1} of ${rounds}`);
			for (const trigger of round % 2 === 0
				? (['ours', 'webhook'] as const)
				: (['webhook', 'ours'] as const)) {
				// What n8n has taken from the machine it does not give back
				const here = new Shutdown();
				shutdown.add(() => here.run());
				const { n8n } = await buildStage(host, vendor, here, settings);
				outcomes[trigger].push(await outcomeOf(n8n, trigger, bytes));
				await here.run();
			}
		}
		tell(name, outcomes, report);
	}
}

function tell(part: string, { ours, webhook }: Record<Trigger, Outcome[]>, report: Report): void {
	const figures: Record<string, [of: (one: Outcome) => number, unit: string]> = {
		'median time to an answer': [({ times }) => quantile(times, 0.5) / 1000, 's'],
		'95 % are answered within': [({ times }) => quantile(times, 0.95) / 1000, 's'],
		'all are taken within': [({ allTaken }) => allTaken / 1000, 's'],
		'peak memory above idle': [({ peak }) => peak / MB, 'MB'],
	};
	const counts: Record<string, (one: Outcome) => number> = {
		'answered within 5 s': ({ times }) => times.filter((ms) => ms <= PATIENCE_MS).length,
		'taken at the first try': ({ taken }) => taken,
	};
	for (const [what, of] of Object.entries(counts)) {
		for (const [name, all] of Object.entries({ ours, 'n8n’s Webhook': webhook })) {
			const value = spreadOf(all.map(of));
			report.add({ part, what: `${what}: ${name}`, value, unit: '', digits: 0 });
		}
	}
	for (const [what, [of, unit]] of Object.entries(figures)) {
		for (const [name, all] of Object.entries({ ours, 'n8n’s Webhook': webhook })) {
			report.add({ part, what: `${what}: ${name}`, value: spreadOf(all.map(of)), unit });
		}
		const value = ratioOf(ours.map(of), webhook.map(of));
		// What is asked to come again is taken later: no goal, since that keeps the memory bounded
		const goal = what.startsWith('all') ? {} : { atMost: 1.1 };
		report.add({ part, what: `${what}: ours / n8n’s Webhook`, value, ...goal });
	}
}

const quantile = (values: number[], share: number) =>
	[...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1]!;

async function outcomeOf(n8n: N8n, trigger: Trigger, bytes: number): Promise<Outcome> {
	const url = await flowOf(n8n, trigger);
	const { pid } = n8n.process;
	const tail = tailOf(bytes);
	const send = async (ids: number[]) =>
		await Promise.all(ids.map(async (id) => await deliver(url, id, tail)));
	// Idle is an n8n that has taken one before
	await send([0]);
	const { now } = memoryOf(pid);
	forgetPeak(pid);
	const begun = performance.now();
	const first = await send(Array.from({ length: DELIVERIES }, (_none, i) => i + 1));
	let left = first.filter((one) => !isTaken(one));
	const others = new Set(left.map(({ status }) => status));
	if (others.size > 0) console.error(`  ${left.length} answered ${[...others].join()}`);
	while (left.length > 0 && performance.now() - begun < LONGEST_MS) {
		const again = await send(left.map(({ id }) => id));
		left = again.filter((one) => !isTaken(one));
	}
	return {
		times: first.map(({ ms }) => ms),
		taken: first.filter(isTaken).length,
		allTaken: performance.now() - begun,
		peak: memoryOf(pid).peak - now,
	};
}

/** The trigger and a node that does nothing, switched on; its address. */
async function flowOf({ rest, url }: N8n, trigger: Trigger): Promise<string> {
	const webhookId = randomUUID();
	const place = { position: [0, 0], id: randomUUID() };
	const { id, name, type } = await rest.saveCredential('Shop', 'shopWebhookApi', {
		secret: SECRET,
	});
	const nodes = {
		ours: {
			...place,
			name: 'Trigger',
			type: 'n8n-nodes-tw-td.shopTrigger',
			typeVersion: 1,
			webhookId,
			parameters: { shop: 'shopify', events: ['order_paid'] },
			credentials: { [type]: { id, name } },
		},
		webhook: {
			...place,
			name: 'Trigger',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId,
			parameters: {
				httpMethod: 'POST',
				path: webhookId,
				responseMode: 'onReceived',
				options: { rawBody: true },
			},
		},
	};
	const workflow = await rest.createWorkflow({
		name: trigger,
		nodes: [
			nodes[trigger],
			{
				...place,
				id: randomUUID(),
				name: 'End',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				parameters: {},
			},
		],
		connections: { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	await rest.activate(workflow);
	const address = `${url}/webhook/${webhookId}${trigger === 'ours' ? '/webhook' : ''}`;
	await webhookListens(address);
	return address;
}

interface Answer {
	id: number;
	/** 0 if there was none. */
	status: number;
	ms: number;
}

const isTaken = ({ status }: Answer) => status >= 200 && status < 300;

/** All that an order has behind its id, the same for all: as many lines as fill it. */
function tailOf(bytes: number): Buffer {
	const { line_items: lines, ...members } = orders[0]!.body as { line_items: object[] };
	const [line] = lines.map((one) => JSON.stringify(one));
	const own = { ...members, id: undefined, financial_status: 'paid', test: false };
	const rest = JSON.stringify(own).slice(1);
	const room = bytes - rest.length - 60;
	const count = Math.max(1, Math.floor(room / (line!.length + 1)));
	return Buffer.from(`,"line_items":[${Array(count).fill(line).join()}],${rest}`);
}

const agent = new Agent({ maxSockets: Infinity });

async function deliver(url: string, id: number, tail: Buffer): Promise<Answer> {
	const head = Buffer.from(`{"id":${5_700_000_000_000 + id}`);
	const headers = signedHeaders('shopify', Buffer.concat([head, tail]), { secret: SECRET });
	const length = { 'content-length': head.length + tail.length };
	const begun = performance.now();
	const status = await new Promise<number>((resolve) => {
		const sent = request(url, { method: 'POST', agent, headers: { ...headers, ...length } });
		sent.on('response', (answer) => {
			answer.resume().once('close', () => resolve(answer.statusCode ?? 0));
		});
		sent.once('error', () => resolve(0));
		sent.setTimeout(LONGEST_MS, () => sent.destroy(new Error('too long')));
		sent.write(head);
		sent.end(tail);
	});
	return { id, status, ms: performance.now() - begun };
}
