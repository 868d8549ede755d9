/** Shop Trigger over real HTTP: what it lets in, what it refuses, and what it says of that. */
import { inspect } from 'node:util';
import { ShopWebhookApi } from '../../../credentials/ShopWebhookApi.credentials';
import { MAX_BODY_BYTES } from '../../../lib/shops/admission';
import { SHOP_EVENTS } from '../../../lib/shops/order';
import { ShopTrigger } from '../../../nodes/ShopTrigger/ShopTrigger.node';
import type { ShopName } from '../../../sandbox/shops';
import { misfits, offerOf } from '../../../scripts/misfits';
import { testCredential } from '../../engine/harness';
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
		const trigger = await triggerFor({ shop });
		const start = logLines.length;
		const answer = await deliver(trigger, shop, bodies[shop](), how);
		expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
		expect(trigger.started).toEqual([]);
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

describe('the test of the credential', () => {
	const verdict = async (data: Record<string, string>) =>
		await testCredential(new ShopTrigger(), 'shopWebhookApi', data, new ShopWebhookApi());

	it('can only say whether it looks like a secret', async () => {
		for (const secret of ['whsec_abc', '2f1c8a', 'shpss_1f', 'a b$%"c']) {
			expect([secret, await verdict({ secret })]).toEqual([
				secret,
				{ status: 'OK', message: saying('first delivery') },
			]);
		}
	});

	it.each(['', '  ', 'sk_live_abc', 'we_1abc', 'shpat_1', 'ck_1', 'https://example.com/hook'])(
		'tells what people take for one: %j',
		async (secret) => {
			expect((await verdict({ secret })).status).toBe('Error');
		},
	);

	it('looks at the previous one too', async () => {
		expect(await verdict({ secret: 'right', previousSecret: 'rk_test_a' })).toEqual({
			status: 'Error',
			message: saying("'Previous Secret' is an API key of Stripe"),
		});
	});
});
