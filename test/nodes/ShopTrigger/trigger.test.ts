/** Shop Trigger over real HTTP: what it lets in, what it refuses, and what it says of that. */
import '../../engine/environment';
import { HookContext } from 'n8n-core';
import type { WorkflowActivateMode } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { ShopWebhookApi } from '../../../credentials/ShopWebhookApi.credentials';
import { MAX_BODY_BYTES } from '../../../lib/shops/admission';
import { SHOP_EVENTS, SHOPS } from '../../../lib/shops/order';
import { checkSecrets } from '../../../lib/shops/secrets';
import { ShopTrigger } from '../../../nodes/ShopTrigger/ShopTrigger.node';
import type { ShopName } from '../../../sandbox/shops';
import { misfits, offerOf } from '../../../scripts/misfits';
import { singleNode } from '../../engine/harness';
import { logLines } from '../../engine/host';
import {
	deliver,
	itemsOf,
	logSince,
	paymentIntent,
	SECRET,
	shopifyOrder,
	signedAs,
	stripeEvent,
	useTriggers,
	wooOrder,
} from './shop';
import { having, saying } from '../../observed';

const every = Object.keys(SHOP_EVENTS);
/** Each is of an order of its own, since what is told of one again starts nothing. */
let orders = 1_000;
const bodies: Record<ShopName, () => object> = {
	shopify: () => shopifyOrder({ id: orders++ }),
	stripe: () => stripeEvent('payment_intent.succeeded', paymentIntent()),
	woocommerce: () => wooOrder({ id: orders++ }),
};
const signatureHeaders: Record<ShopName, string> = {
	shopify: 'x-shopify-hmac-sha256',
	stripe: 'stripe-signature',
	woocommerce: 'x-wc-webhook-signature',
};

/** The shop's own body is whatever the shop sends. */
const withoutRaw = (item: object) => ({ ...item, raw: {} });

/** A trigger for all events of a shop. */
const triggerFor = useTriggers({ shop: 'shopify', events: every });

describe.each(['shopify', 'stripe', 'woocommerce'] as const)('%s', (shop) => {
	it('starts the flow with the event, the order and the body', async () => {
		const trigger = await triggerFor({ shop });
		const body = bodies[shop]();
		const answer = await deliver(trigger, shop, body, { id: `id-of-${shop}` });
		expect(answer.status).toBe(200);
		expect(itemsOf(trigger)).toEqual([
			having({
				event: 'order_paid',
				shop,
				delivery_id: saying(/./),
				at: saying(/^2026-03-01T/),
				order: having({ state: 'paid', test: false, currency: 'USD' }),
				raw: body,
			}),
		]);
	});

	it('puts out what its preview shows, and nothing else', async () => {
		const trigger = await triggerFor({ shop });
		await deliver(trigger, shop, bodies[shop]());
		const { output } = offerOf('shopTrigger', 'delivery');
		expect(misfits(itemsOf(trigger).map(withoutRaw), output.usual)).toEqual([]);
	});

	it.each([
		['another secret', { secret: 'another' }, 401, 'secret in n8n'],
		['no signature', { headers: { [signatureHeaders[shop]]: undefined } }, 401, 'not signed'],
		['an empty signature', { headers: { [signatureHeaders[shop]]: '' } }, 401, 'not signed'],
		['nonsense for a signature', { headers: { [signatureHeaders[shop]]: 'ä§' } }, 401, ''],
	])('refuses a delivery with %s, and says so in the log', async (_what, how, status, words) => {
		const trigger = await triggerFor({ shop }, { nodeId: randomUUID() });
		const start = logLines.length;
		const answer = await deliver(trigger, shop, bodies[shop](), how);
		expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
		expect(trigger.started).toEqual([]);
		expect(trigger.failed.length).toBe(words === 'not signed' ? 0 : 1);
		expect(logSince(start).filter(({ level }) => level === 'warn')).toEqual([
			having({
				message: saying(/^Shop Trigger of .*refused \(401\)/),
			}),
		]);
	});

	it('refuses a body that was changed on its way', async () => {
		const trigger = await triggerFor({ shop });
		const body = JSON.stringify(bodies[shop]());
		const signed = await deliver(trigger, shop, body);
		expect(signed.status).toBe(200);
		const { headers } = signedAs(shop, body);
		const changed = await deliver(trigger, shop, body.replace('59', '95'), { headers });
		expect(changed.status).toBe(401);
		expect(trigger.started).toHaveLength(1);
	});

	it('takes either secret while one is rotated', async () => {
		const shopWebhookApi = { secret: ' new \n', previousSecret: SECRET };
		const trigger = await triggerFor({ shop }, { credentials: { shopWebhookApi } });
		const statuses = { new: 200, [SECRET]: 200, older: 401, '': 401 };
		for (const [secret, status] of Object.entries(statuses)) {
			const answer = await deliver(trigger, shop, bodies[shop](), { secret });
			expect([secret, answer.status]).toEqual([secret, status]);
		}
		expect(trigger.started).toHaveLength(2);
	});

	it('answers a genuine body that is not a JSON object with 400', async () => {
		const trigger = await triggerFor({ shop });
		for (const body of ['', 'order=1', '[]', 'null', '"text"', '{"id":', `${'['.repeat(9_999)}`]) {
			const { status } = await deliver(trigger, shop, body);
			// WooCommerce sends such in place of an order, and would send it again and again
			const isFault = shop === 'woocommerce' && ['', '[]', 'null', '"text"'].includes(body);
			expect([body.slice(0, 9), status]).toEqual([body.slice(0, 9), isFault ? 200 : 400]);
		}
		expect(trigger.started).toEqual([]);
	});

	it('answers what is not genuine with 401, whatever the body is', async () => {
		const trigger = await triggerFor({ shop });
		for (const body of ['', 'order=1', '{"id":', '[]', 'x'.repeat(5_000)]) {
			const answer = await deliver(trigger, shop, body, { secret: 'another' });
			expect([body.slice(0, 9), answer.status]).toEqual([body.slice(0, 9), 401]);
		}
	});

	it('answers a body that is too large with 413, also if its length is not told before', async () => {
		const trigger = await triggerFor({ shop });
		const large = Buffer.alloc(MAX_BODY_BYTES + 1, ' ');
		expect((await deliver(trigger, shop, large)).status).toBe(413);
		const chunked = new ReadableStream({
			start(controller) {
				for (let i = 0; i < 6; i++) controller.enqueue(Buffer.alloc(1024 * 1024, ' '));
				controller.close();
			},
		});
		const { headers } = signedAs(shop, '');
		const sent = { method: 'POST', headers, body: chunked, duplex: 'half' } as const;
		expect((await fetch(trigger.url, sent)).status).toBe(413);
		expect(trigger.started).toEqual([]);
	});

	it('keeps each digit of an id, and drops __proto__', async () => {
		const trigger = await triggerFor({ shop });
		const text = JSON.stringify({ ...bodies[shop](), extra: { big: 'DIGITS' } });
		const body = text.replace('"DIGITS"', '12345678901234567891,"__proto__":{"polluted":true}');
		expect((await deliver(trigger, shop, body)).status).toBe(200);
		const [{ raw }] = itemsOf(trigger) as [{ raw: { extra: object } }];
		expect(raw.extra).toEqual({ big: '12345678901234567891' });
	});

	it('starts nothing for what was not chosen, and answers 200', async () => {
		const trigger = await triggerFor({ shop, events: ['order_shipped'] });
		const answer = await deliver(trigger, shop, bodies[shop]());
		expect([answer.status, answer.text]).toEqual([
			200,
			expect.stringContaining('not among the events chosen'),
		]);
		expect(trigger.started).toEqual([]);
	});

	it('starts nothing for an event that is none of its own, and answers 200', async () => {
		const trigger = await triggerFor({ shop });
		const start = logLines.length;
		const body = shop === 'stripe' ? stripeEvent('customer.created', {}) : bodies[shop]();
		const answer = await deliver(trigger, shop, body, { topic: 'products/create' });
		expect(answer.status).toBe(200);
		expect(trigger.started).toEqual([]);
		expect(logSince(start).map(({ level }) => level)).toEqual(['debug']);
	});

	it('in the editor it is the same, and each delivery is shown', async () => {
		const trigger = await triggerFor({ shop }, { mode: 'manual' });
		const body = bodies[shop]();
		for (const secret of [SECRET, SECRET, 'another']) {
			await deliver(trigger, shop, body, { id: 'one-id', secret });
		}
		expect(itemsOf(trigger).map(({ event }) => event)).toEqual(['order_paid', 'order_paid']);
	});
});

describe('test orders', () => {
	const testing = { livemode: false };
	it.each<[ShopName, object]>([
		['shopify', shopifyOrder({ test: true })],
		['stripe', stripeEvent('payment_intent.succeeded', paymentIntent(testing), testing)],
	])('of %s start only what wants them', async (shop, body) => {
		const strict = await triggerFor({ shop });
		const lenient = await triggerFor({ shop, includeTestOrders: true });
		const answer = await deliver(strict, shop, body);
		expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('test order')]);
		expect(strict.started).toEqual([]);
		await deliver(lenient, shop, body);
		expect(itemsOf(lenient)).toEqual([having({ order: having({ test: true }) })]);
	});
});

describe('WooCommerce', () => {
	it('gets its 200 for the ping, which it does not sign, and nothing starts', async () => {
		const trigger = await triggerFor({ shop: 'woocommerce' });
		const body = new URLSearchParams({ webhook_id: '12' });
		const ping = await fetch(trigger.url, { method: 'POST', body });
		expect(ping.status).toBe(200);
		expect(trigger.started).toEqual([]);
	});

	it('is started by any event that a delivery stands for', async () => {
		const trigger = await triggerFor({ shop: 'woocommerce', events: ['order_paid'] });
		const done = { status: 'completed', date_completed_gmt: '2026-03-02T08:00:00' };
		const shipped = wooOrder({ id: 728, ...done });
		await deliver(trigger, 'woocommerce', shipped);
		const [{ event, also }] = itemsOf(trigger) as [{ event: string; also: string[] }];
		expect([event, ...also]).toContain('order_paid');
		expect(event).not.toBe('order_paid');
	});
});

describe('Stripe', () => {
	it('refuses a delivery that was signed long ago, however right it is', async () => {
		const trigger = await triggerFor({ shop: 'stripe' });
		const at = Math.floor(Date.now() / 1000) - 3_600;
		const answer = await deliver(trigger, 'stripe', bodies.stripe(), { at });
		expect([answer.status, answer.text]).toEqual([401, expect.stringContaining('too old')]);
	});

	it('tells the shop order of the metadata field that is asked for', async () => {
		const trigger = await triggerFor({ shop: 'stripe', orderMember: 'reference' });
		const intent = paymentIntent({ metadata: { reference: 'ORD-17' } });
		await deliver(trigger, 'stripe', stripeEvent('payment_intent.succeeded', intent));
		const [{ order }] = itemsOf(trigger) as [{ order: { number: string } }];
		expect(order.number).toBe('ORD-17');
	});
});

describe('when something is wrong in n8n', () => {
	it('answers 500 and starts nothing, if the credential has no secret', async () => {
		const trigger = await triggerFor({}, { credentials: { shopWebhookApi: { secret: '  ' } } });
		const start = logLines.length;
		const answer = await deliver(trigger, 'shopify', shopifyOrder());
		expect(answer.status).toBe(500);
		expect(trigger.started).toEqual([]);
		expect(logSince(start)).toEqual([
			having({
				level: 'error',
				message: saying("'Secret' of the Shop Webhook Secret credential is empty"),
			}),
		]);
	});

	it('answers 500 and starts nothing, if there is no credential', async () => {
		const trigger = await triggerFor({}, { credentials: {} });
		expect((await deliver(trigger, 'shopify', shopifyOrder())).status).toBe(500);
		expect(trigger.started).toEqual([]);
	});
});

it('a body that breaks off is no reason to fall', async () => {
	const trigger = await triggerFor({});
	const controller = new AbortController();
	const begun = new ReadableStream({
		start(stream) {
			stream.enqueue(Buffer.from('{"id":'));
			setImmediate(() => controller.abort());
		},
	});
	const { signal } = controller;
	const broken = fetch(trigger.url, { method: 'POST', body: begun, duplex: 'half', signal });
	await expect(broken).rejects.toThrow();
	expect((await deliver(trigger, 'shopify', shopifyOrder())).status).toBe(200);
});

it('the secret is in no answer, item or log line, and neither is a signature', async () => {
	const start = logLines.length;
	const seen: unknown[] = [];
	for (const shop of ['shopify', 'stripe', 'woocommerce'] as const) {
		const trigger = await triggerFor({ shop });
		const body = JSON.stringify(bodies[shop]());
		const { signature } = signedAs(shop, body);
		for (const secret of [SECRET, 'another'])
			seen.push(await deliver(trigger, shop, body, { secret }));
		seen.push(trigger.started);
		expect(inspect([seen, logSince(start)], { depth: 20 })).not.toContain(signature);
	}
	expect(inspect([seen, logSince(start)], { depth: 20 })).not.toContain('CANARY');
});

describe('a wrong secret', () => {
	const wrong = { secret: 'another' };

	it('shows once as a failed execution, says what to do, and keeps the secrets to itself', async () => {
		const trigger = await triggerFor({ shop: 'shopify' }, { nodeId: randomUUID() });
		for (let i = 0; i < 20; i++) await deliver(trigger, 'shopify', bodies.shopify(), wrong);
		expect(trigger.failed).toEqual([
			having({
				message: saying('was not made with the secret in n8n'),
				description: saying(
					/^Copy the secret from Shopify: Settings → .*press the pencil beside its credential/,
				),
			}),
		]);
		expect(inspect(trigger.failed, { depth: 20 })).not.toMatch(/CANARY|another/);
		expect(trigger.started).toEqual([]);
	});

	it('shows nothing of a stranger while the shop delivers', async () => {
		const trigger = await triggerFor({ shop: 'stripe' }, { nodeId: randomUUID() });
		await deliver(trigger, 'stripe', bodies.stripe());
		await deliver(trigger, 'stripe', bodies.stripe(), wrong);
		expect([trigger.started.length, trigger.failed]).toEqual([1, []]);
	});

	it('shows every time while somebody listens in the editor', async () => {
		const trigger = await triggerFor({ shop: 'shopify' }, { mode: 'manual' });
		for (let i = 0; i < 2; i++) await deliver(trigger, 'shopify', bodies.shopify(), wrong);
		expect(trigger.failed).toHaveLength(2);
	});
});

describe('a webhook of another shop', () => {
	const shops = ['shopify', 'stripe', 'woocommerce'] as const;
	const pairs = shops.flatMap((chosen) =>
		shops.filter((sender) => sender !== chosen).map((sender) => ({ chosen, sender })),
	);

	it.each(pairs)('of $sender, where $chosen is chosen, is called so', async (pair) => {
		const { chosen, sender } = pair;
		const trigger = await triggerFor({ shop: chosen }, { nodeId: randomUUID() });
		for (const body of [bodies[sender](), { text: 'x'.repeat(2_000) }]) {
			const { status, text } = await deliver(trigger, sender, body);
			expect([status, text]).toEqual([
				401,
				`This came from ${SHOPS[sender]}, but Shop is ${SHOPS[chosen]}.\n`,
			]);
		}
		expect(trigger.started).toEqual([]);
		expect(trigger.failed).toEqual([
			having({ description: saying(`choose ${SHOPS[sender]} under Shop`) }),
		]);
	});
});

describe('the credential', () => {
	it('has no test that would pass whatever it holds', () => {
		expect('test' in new ShopWebhookApi()).toBe(false);
		expect(new ShopTrigger().description.credentials![0]).not.toHaveProperty('testedBy');
	});

	const check = (shop: ShopName, data: Record<string, string>) => () => checkSecrets(shop, data);

	it.each<[ShopName, string]>([
		['stripe', 'whsec_abc'],
		['shopify', '2f1c8a'],
		['shopify', 'shpss_1f'],
		['woocommerce', 'a b$%"c'],
		['woocommerce', 'sk_my own'],
		['woocommerce', 'ck_1'],
	])('of %s may be %j', (shop, secret) => {
		expect(check(shop, { secret })).not.toThrow();
	});

	it.each<[ShopName, string, string]>([
		['stripe', '  ', 'empty'],
		['stripe', 'sk_live_abc', 'whsec_'],
		['stripe', 'we_1abc', 'endpoint'],
		['stripe', 'whsec_…', 'example'],
		['shopify', 'shpat_1', 'access token'],
		['woocommerce', 'https://example.com/hook', 'address'],
	])('of %s is refused when the flow is published if it is %j', (shop, secret, words) => {
		expect(check(shop, { secret })).toThrow(words);
	});

	/** As n8n asks a trigger before it lets it listen. */
	const asks = async (activation: WorkflowActivateMode, secret: string) => {
		const node = new ShopTrigger();
		const { workflow, testNode, additionalData } = singleNode(node, 'trigger', {
			parameters: { shop: 'woocommerce' },
			credentials: { shopWebhookApi: { secret } },
			credentialTypes: [new ShopWebhookApi()],
		});
		const host = new HookContext(workflow, testNode, additionalData, 'trigger', activation);
		return await node.webhookMethods.default.checkExists.call(host);
	};

	it.each(['activate', 'update', 'manual'] as const)('is looked at on %s', async (activation) => {
		await expect(asks(activation, 'https://a.example')).rejects.toThrow('address');
		expect(await asks(activation, 'a secret')).toBe(true);
	});

	it.each(['init', 'leadershipChange'] as const)(
		'does not keep a published flow from listening on %s, when nobody is there',
		async (activation) => {
			for (const secret of ['https://a.example', ''])
				expect(await asks(activation, secret)).toBe(true);
		},
	);

	it('has a previous one, which is looked at too', () => {
		const data = { secret: 'whsec_right', previousSecret: 'rk_test_a' };
		expect(check('stripe', data)).toThrow("'Previous Secret' of the Shop Webhook Secret");
	});
});
