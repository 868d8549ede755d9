import { readFileSync } from 'node:fs';
import { signedHeaders, type ShopName } from '../../sandbox/shops';
import type { KillStage } from '../faults/stage';
import { exampleOrder } from '../example-flow';
import type { Credential, Execution } from '../rest';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { canary, search, searchFolder } from '../smoke/secrets';
import { webhookListens } from '../webhook';
import {
	deliverTo,
	executionsOf,
	failureOf,
	itemOf,
	noteKilled,
	shopFlow,
	type ShopFlow,
	waiting,
} from './shop-flow';

/** Each is of an order of its own, since what is told of one order again starts nothing. */
let orders = 727;

/** What a shop of each kind tells of an order that was paid. */
const PAID: Readonly<Record<ShopName, () => object>> = {
	shopify: () => exampleOrder({ id: 5_823_647_000_000 + orders++ }),
	stripe: () => ({
		id: `evt_${canary('event')}`,
		object: 'event',
		created: 1_772_380_800,
		livemode: true,
		type: 'payment_intent.succeeded',
		data: {
			object: {
				id: 'pi_3Abc',
				object: 'payment_intent',
				amount: 5900,
				amount_received: 5900,
				currency: 'usd',
				status: 'succeeded',
				created: 1_772_380_800,
				livemode: true,
				metadata: { order_id: '1001' },
			},
		},
	}),
	woocommerce: () => ({
		id: orders++,
		number: '727',
		order_key: 'wc_order_58d2d042d1d',
		status: 'processing',
		currency: 'USD',
		total: '59.00',
		date_created_gmt: '2026-03-01T16:00:00',
		date_modified_gmt: '2026-03-01T16:01:00',
		date_paid_gmt: '2026-03-01T16:01:00',
		line_items: [{ id: 1, sku: 'MUG', name: 'Mug', quantity: 2, total: '48.00' }],
		refunds: [],
	}),
};
/** What WooCommerce sends where the user of its webhook has lost the right to see orders. */
const FAULT = {
	code: 'woocommerce_rest_cannot_view',
	message: 'Sorry, you cannot view this resource.',
	data: { status: 401 },
};
const SIGNED: Readonly<Record<ShopName, string>> = {
	shopify: 'x-shopify-hmac-sha256',
	stripe: 'stripe-signature',
	woocommerce: 'x-wc-webhook-signature',
};
const MEGABYTE = 1024 * 1024;

/** Shop Trigger on a real n8n: what comes in, what does not, and what comes again; n8n killed in between. */
export async function checkShopTrigger(stage: KillStage, checks: Checks): Promise<void> {
	const secrets = { secret: canary('shop-new'), previousSecret: canary('shop-old') };
	const type = 'shopWebhookApi';
	const credential = await stage.n8n.rest.saveCredential('Shop', type, secrets);
	const seen: string[] = [];
	for (const shop of ['shopify', 'stripe', 'woocommerce'] as const) {
		await checkShop(stage, checks, shop, credential, secrets, seen);
	}
	await checkKill(stage, checks, credential, secrets.secret);
	await checkNoSecret(stage, checks, [...Object.values(secrets), ...seen]);
}

async function checkShop(
	{ n8n }: KillStage,
	checks: Checks,
	shop: ShopName,
	credential: Credential,
	{ secret, previousSecret }: { secret: string; previousSecret: string },
	seen: string[],
): Promise<void> {
	const flow = await shopFlow(n8n, shop, credential);
	let started = 0;
	/** Delivers, and waits for what is to start by it. */
	const send = async (
		body: object | string,
		starts: 0 | 1,
		how: Partial<Parameters<typeof deliverTo>[3]> = {},
	) => {
		const answer = await deliverTo(n8n, flow, body, { secret, ...how });
		started += starts;
		const executions = await executionsOf(n8n, flow, started);
		expectEqual('executions', executions.length, started);
		return { ...answer, newest: executions[0] as Execution };
	};
	const refused = async (title: string, status: number, body: object | string, how = {}) =>
		await checks.check(`${shop}: ${title} is answered ${status} and starts nothing`, async () =>
			expectEqual('status', (await send(body, 0, how)).status, status),
		);

	await checks.check(`${shop}: a genuine delivery starts the flow with the order`, async () => {
		const body = { ...PAID[shop](), beyond: 'DIGITS' };
		const text = JSON.stringify(body).replace('"DIGITS"', '12345678901234567891');
		const at = Math.floor(Date.now() / 1000);
		const { status, newest } = await send(text, 1, { at });
		const item = await itemOf(n8n, newest);
		expectEqual('status', status, 200);
		expectEqual('execution', newest.status, 'success');
		const members = Object.keys(item).filter((name) => name !== 'also');
		expectEqual('members', members.join(), 'event,news,shop,store,delivery_id,at,order,raw');
		expectEqual('event', `${String(item['shop'])} ${String(item['event'])}`, `${shop} order_paid`);
		expectEqual('digits', (item['raw'] as typeof body).beyond, '12345678901234567891');
		seen.push(
			signedHeaders(shop, Buffer.from(text), { secret, at })[SIGNED[shop]]!.replace(/^.*v1=/, ''),
		);
	});
	await refused('another secret', 401, PAID[shop](), { secret: 'another' });
	await refused('no signature', 401, PAID[shop](), { headers: { [SIGNED[shop]]: undefined } });
	await refused('a body that is no JSON and not signed', 401, '{"id":', { secret: 'another' });
	await refused('a body that is no JSON', 400, '{"id":');
	if (shop === 'woocommerce') {
		await checks.check(
			'woocommerce: a fault in place of an order fails the flow, and is answered 200',
			async () => {
				const { status, newest } = await send(FAULT, 1);
				expectEqual('status', status, 200);
				expectEqual('execution', newest.status, 'error');
				const said = await failureOf(n8n, newest);
				expect(said.includes('may not see'), said);
			},
		);
	}
	await refused('a body of six megabytes', 413, ' '.repeat(6 * MEGABYTE));
	await refused('a body beyond the limit of n8n itself', 413, ' '.repeat(17 * MEGABYTE));
	await checks.check(`${shop}: the previous secret counts while one is rotated`, async () => {
		expectEqual('status', (await send(PAID[shop](), 1, { secret: previousSecret })).status, 200);
	});
	await checks.check(
		`${shop}: a replayed delivery is answered 200 and starts nothing`,
		async () => {
			const [body, id] = [PAID[shop](), `replayed-${shop}`];
			expectEqual('first', (await send(body, 1, { id })).status, 200);
			const again = await send(body, 0, { id });
			expectEqual('again', `${again.status} ${again.text.includes('taken before')}`, '200 true');
		},
	);
	if (shop !== 'stripe') {
		await checks.check(`${shop}: what was taken starts nothing under another id`, async () => {
			const body = PAID[shop]();
			expectEqual('first', (await send(body, 1)).status, 200);
			const again = await send(body, 0);
			expectEqual('again', `${again.status} ${again.text.includes('taken before')}`, '200 true');
		});
	}
	await checks.check(`${shop}: the same delivery ten times at one moment starts one`, async () => {
		const [body, id] = [PAID[shop](), `moment-${shop}`];
		started++;
		const sendAll = async (count: number) => {
			const answers = Array.from({ length: count }, () =>
				deliverTo(n8n, flow, body, { secret, id }),
			);
			return (await Promise.all(answers)).map(({ status }) => status);
		};
		const first = await sendAll(10);
		// What comes while n8n still stores the first is asked to come again, as a shop then does
		expectEqual('others', first.filter((status) => ![200, 503].includes(status)).join(), '');
		const again = await sendAll(first.filter((status) => status === 503).length);
		expectEqual('again', again.filter((status) => status !== 200).join(), '');
		expectEqual('executions', (await executionsOf(n8n, flow, started)).length, started);
	});
	await checks.check(`${shop}: what is not wanted is answered 200 and starts nothing`, async () => {
		if (shop === 'woocommerce') {
			const body = new URLSearchParams({ webhook_id: '12' });
			const ping = await fetch(n8n.url + flow.path, { method: 'POST', body });
			expectEqual('ping', ping.status, 200);
		} else {
			const body = { ...PAID[shop](), test: true, livemode: false };
			expectEqual('test order', (await send(body, 0)).status, 200);
		}
		const other = { ...PAID[shop](), type: 'customer.created' };
		expectEqual('topic', (await send(other, 0, { topic: 'products/create' })).status, 200);
		const shipped = await shopFlow(n8n, shop, credential, { events: ['order_shipped'] });
		const { status } = await deliverTo(n8n, shipped, PAID[shop](), { secret });
		expectEqual('not chosen', status, 200);
		expectEqual('executions', (await executionsOf(n8n, shipped, 0)).length, 0);
	});
	if (shop === 'woocommerce') {
		await checks.check('woocommerce: later updates of a paid order start nothing', async () => {
			const order = PAID[shop]();
			expectEqual('first', (await send(order, 1)).status, 200);
			const update = await send({ ...order, customer_note: 'Ring twice' }, 0);
			expectEqual('update', `${update.status} ${update.text.includes('taken before')}`, '200 true');
			const refund = { ...order, refunds: [{ id: 11, total: '-10.00' }] };
			const item = await itemOf(n8n, (await send(refund, 1)).newest);
			expectEqual('news', JSON.stringify(item['news']), '["order_refunded"]');
		});
	}
	if (shop !== 'stripe') return;
	const anHourAgo = Math.floor(Date.now() / 1000) - 3_600;
	await refused('what was signed an hour ago', 401, PAID[shop](), { at: anHourAgo });
}

/** n8n is killed at two moments: after an answer, and while deliveries come in. */
async function checkKill(
	stage: KillStage,
	checks: Checks,
	credential: Credential,
	secret: string,
): Promise<void> {
	const flow = await shopFlow(stage.n8n, 'shopify', credential, {}, waiting(3));
	const bodies = new Map<string, object>();
	const send = async (id: string) => {
		const body = bodies.get(id) ?? PAID.shopify();
		bodies.set(id, body);
		return await deliverTo(stage.n8n, flow, body, { secret, id }).catch(() => undefined);
	};
	/** Of each delivery, how often the flow ran to its end. */
	const ends = async (atLeast: number) => {
		const count = new Map<unknown, number>();
		for (const execution of await executionsOf(stage.n8n, flow, atLeast)) {
			if (execution.status !== 'success') continue;
			const { delivery_id: id } = await itemOf(stage.n8n, execution);
			count.set(id, (count.get(id) ?? 0) + 1);
		}
		return count;
	};

	await checks.check('killed right after the answer, delivered again: the flow runs', async () => {
		expectEqual('status', (await send('killed-after'))?.status, 200);
		await killAndStart(stage, flow);
		expectEqual('status', (await send('killed-after'))?.status, 200);
		expectEqual('runs to the end', (await ends(2)).get('killed-after'), 1);
		expectEqual('status', (await send('killed-after'))?.status, 200);
		expectEqual('runs to the end', (await ends(2)).get('killed-after'), 1);
	});
	await checks.check(
		'killed while deliveries come in, all delivered again: none is lost',
		async () => {
			const ids = Array.from({ length: 30 }, (_none, i) => `killed-amid-${i}`);
			const known = (await stage.n8n.rest.listExecutions(flow.workflow.id)).length;
			const sending = ids.map(send);
			// The first answer is out; the others are on their way, one here and one there
			await Promise.race(sending);
			await killAndStart(stage, flow);
			const answered = (await Promise.all(sending)).filter((answer) => answer?.status === 200);
			console.log(`    ${answered.length} of ${ids.length} answered when n8n was killed`);
			expect(answered.length < ids.length, 'n8n was killed too late');
			for (const id of ids) expectEqual(id, (await send(id))?.status, 200);
			const runs = await ends(known + ids.length);
			expectEqual('lost', ids.filter((id) => !runs.has(id)).join(), '');
			const again = ids.filter((id) => runs.get(id)! > 1);
			console.log(`    ${again.length} of ${ids.length} run by n8n's own recovery too`);
			// When it starts, n8n runs what it had stored and not begun: that and the shop's new delivery
			expectEqual('run more than twice', again.filter((id) => runs.get(id)! > 2).join(), '');
		},
	);
}

async function killAndStart(stage: KillStage, flow: ShopFlow): Promise<void> {
	process.kill(-stage.n8n.process.pid, 'SIGKILL');
	await stage.n8n.process.exited;
	await stage.restart();
	await webhookListens(stage.n8n.url + flow.path);
	await noteKilled(stage.n8n, flow);
}

/** n8n's database holds the executions too, so they need no look of their own. */
async function checkNoSecret(
	{ n8n, userFolder }: KillStage,
	checks: Checks,
	secrets: string[],
): Promise<void> {
	await checks.check(
		`no secret and no signature in n8n's database, files and log (${secrets.length} searched for)`,
		() => {
			const known = 'killed-amid-7';
			expect(searchFolder(userFolder, [known]).length > 0, `nothing even tells of ${known}`);
			const log = readFileSync(n8n.logFile);
			expect(search('log', log, ['refused (401)']).length > 0, 'the log tells of no refusal');
			const found = [...searchFolder(userFolder, secrets), ...search(n8n.logFile, log, secrets)];
			expectEqual('found', found.map(({ place, text }) => `${text} in ${place}`).join('\n'), '');
		},
	);
}
