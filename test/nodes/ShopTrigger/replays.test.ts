/**
 * Shopify and WooCommerce sign the body alone. What somebody captured is played again under other headers:
 * nothing starts a second time, and no topic makes a body say what it does not show.
 */
import { shopBodies } from '../../unit/shops/all';
import { admit } from '../../../lib/shops/admission';
import { SHOP_EVENTS, type ShopEventName } from '../../../lib/shops/order';
import { DAY_MS } from '../../../lib/base/durations';
import { TABLE } from '../../../lib/register/schema';
import { registerFile, sqliteRegister } from '../../../lib/run/registers';
import { signedHeaders, type ShopName } from '../../../sandbox/shops';
import { logLines } from '../../engine/host';
import type { WebhookServer } from '../../engine/webhook';
import { onTables } from '../../lib/register/tables';
import { having, saying } from '../../observed';
import {
	deliver,
	itemsOf,
	logSince,
	SECRET,
	shopifyOrder,
	stripeEvent,
	useTriggers,
	wooOrder,
} from './shop';

const EVERY = Object.keys(SHOP_EVENTS) as ShopEventName[];
const triggerFor = useTriggers({ events: EVERY });

/** Of an order that nobody has seen yet. */
let orders = 6_000_000_000_000;
const fresh = (more: object = {}) => shopifyOrder({ id: orders++, ...more });
const eventsOf = (trigger: WebhookServer) => itemsOf(trigger).map(({ event }) => event);

const parcel = (more: object = {}) => ({
	id: orders++,
	order_id: 450_789_469,
	status: 'success',
	created_at: '2026-03-03T08:00:00-06:00',
	tracking_company: 'UPS',
	tracking_number: '1Z1',
	line_items: [],
	...more,
});
const shipped = (more: object = {}) =>
	fresh({ fulfillment_status: 'fulfilled', fulfillments: [parcel()], ...more });
describe.each(['iso-8859-1', 'gbk', 'shift_jis', 'x-user-defined', 'utf-16le'])(
	'a content type that names %s, which no shop signs',
	(charset) => {
		const headers = { 'content-type': `application/json; charset=${charset}` };

		it('makes no other parcel of one that was told', async () => {
			const trigger = await triggerFor({});
			const told = parcel({ tracking_company: '中国邮政' });
			await deliver(trigger, 'shopify', told, { topic: 'fulfillments/create' });
			await deliver(trigger, 'shopify', told, { topic: 'fulfillments/create', headers });
			expect(trigger.started).toHaveLength(1);
		});

		it('garbles no address', async () => {
			const trigger = await triggerFor({});
			const address = { name: '李雷', address1: '中山路1号', city: '上海', country_code: 'CN' };
			const order = fresh({ shipping_address: address });
			await deliver(trigger, 'shopify', order, { topic: 'orders/paid', headers });
			expect(JSON.stringify(itemsOf(trigger))).toContain('李雷');
		});
	},
);

const refund = () => ({
	id: orders++,
	order_id: 450_789_469,
	refund_line_items: [],
	transactions: [],
});
const dispute = () => ({
	id: orders++,
	order_id: 450_789_469,
	type: 'chargeback',
	status: 'needs_response',
	amount: '59.00',
	currency: 'USD',
});
const refusedPayment = () => ({
	id: orders++,
	order_id: 450_789_469,
	kind: 'sale',
	gateway: 'shopify_payments',
	status: 'failure',
});
const edit = () => ({ order_edit: { id: orders++, order_id: 450_789_469 } });
const cancelled = () =>
	fresh({ cancelled_at: '2026-03-02T10:00:00-06:00', cancel_reason: 'other' });
const pending = (more: object = {}) => fresh({ financial_status: 'pending', ...more });

describe('Shopify: what was taken starts nothing again', () => {
	type How = Parameters<typeof deliver>[3];
	it.each<[attack: string, topic: string, body: () => object, how: How]>([
		['another webhook id', 'orders/paid', fresh, {}],
		['another webhook id', 'orders/create', pending, {}],
		['another webhook id', 'orders/updated', fresh, {}],
		['another webhook id', 'orders/cancelled', cancelled, {}],
		['another webhook id', 'orders/fulfilled', shipped, {}],
		['another webhook id', 'orders/edited', edit, {}],
		['another webhook id', 'refunds/create', refund, {}],
		['another webhook id', 'fulfillments/create', parcel, {}],
		['another webhook id', 'order_transactions/create', refusedPayment, {}],
		['another webhook id', 'disputes/create', dispute, {}],
		['no webhook id', 'orders/updated', fresh, { headers: { 'x-shopify-webhook-id': undefined } }],
		['an event id', 'orders/updated', fresh, { headers: { 'x-shopify-event-id': 'e' } }],
		['its topic in capitals', 'orders/updated', fresh, { topic: 'ORDERS/Updated' }],
		['no topic', 'orders/paid', fresh, { headers: { 'x-shopify-topic': undefined } }],
		['a like topic', 'orders/fulfilled', shipped, { topic: 'orders/partially_fulfilled' }],
		['a like topic', 'fulfillments/create', parcel, { topic: 'fulfillments/update' }],
		['a like topic', 'disputes/create', dispute, { topic: 'disputes/update' }],
		[
			'another character set',
			'orders/updated',
			fresh,
			{ headers: { 'content-type': 'application/json; charset=iso-8859-1' } },
		],
		[
			'another shop',
			'orders/updated',
			fresh,
			{ headers: { 'x-shopify-shop-domain': 'other.myshopify.com' } },
		],
	])('under %s: %s', async (_attack, topic, body, how) => {
		const trigger = await triggerFor({});
		const captured = body();
		await deliver(trigger, 'shopify', captured, { topic, id: `first-${orders}` });
		expect(trigger.started).toHaveLength(1);
		const again = await deliver(trigger, 'shopify', captured, { topic, ...how });
		expect([again.status, again.text]).toEqual([200, saying('Nothing was started')]);
		expect(trigger.started).toHaveLength(1);
	});

	it.each([
		['orders/paid', fresh, { updated_at: '2026-03-09T10:00:00-06:00', note: 'Ring twice' }],
		['orders/create', pending, { updated_at: '2026-03-09T10:00:00-06:00', note: 'Ring twice' }],
		['orders/cancelled', cancelled, { updated_at: '2026-03-09T10:00:00-06:00' }],
		['orders/fulfilled', shipped, { updated_at: '2026-03-09T10:00:00-06:00' }],
	])('a later update, played as %s', async (topic, body, change) => {
		const trigger = await triggerFor({});
		const first = body();
		await deliver(trigger, 'shopify', first, { topic });
		const update = { ...first, ...change };
		await deliver(trigger, 'shopify', update, { topic: 'orders/updated' });
		expect(trigger.started).toHaveLength(2);
		expect((await deliver(trigger, 'shopify', update, { topic })).text).toContain('taken before');
		expect(trigger.started).toHaveLength(2);
	});

	it('not even after the week for which its id is remembered', async () => {
		const trigger = await triggerFor({});
		const captured = fresh();
		for (const topic of ['orders/paid', 'orders/updated']) {
			await deliver(trigger, 'shopify', captured, { topic, id: `early-${topic}` });
		}
		const register = sqliteRegister(registerFile(process.env));
		await onTables(
			register,
			`update ${TABLE} set claimed_at = claimed_at - $1, kept_from = kept_from - $1`,
			[8 * DAY_MS],
		);
		expect(await register.sweep({ days: 180, cap: 1_000_000 }, Date.now())).toBeGreaterThan(1);
		for (const topic of ['orders/paid', 'orders/updated']) {
			await deliver(trigger, 'shopify', captured, { topic, id: `early-${topic}` });
		}
		expect(trigger.started).toHaveLength(2);
	});

	it('not while n8n still stores the first one', async () => {
		const trigger = await triggerFor({});
		const captured = fresh();
		let count = 0;
		trigger.store = async () => {
			if (count++ > 0) return;
			const again = await deliver(trigger, 'shopify', captured, { topic: 'orders/updated' });
			expect([again.status, again.headers.get('retry-after')]).toEqual([503, '60']);
		};
		await deliver(trigger, 'shopify', captured, { topic: 'orders/updated' });
		expect(trigger.started).toHaveLength(1);
	});
});

describe('Shopify: what is news', () => {
	it('one body under two topics is two events, as of an order that is paid at once', async () => {
		const trigger = await triggerFor({});
		const body = fresh();
		for (const topic of ['orders/create', 'orders/paid', 'orders/updated']) {
			await deliver(trigger, 'shopify', body, { topic });
		}
		expect(eventsOf(trigger)).toEqual(['order_created', 'order_paid', 'order_changed']);
	});

	it('each further parcel, and what is known later of where it is', async () => {
		const trigger = await triggerFor({});
		const order = fresh();
		const [one, other] = [parcel(), parcel()];
		for (const fulfillments of [[one], [one, other]]) {
			const body = { ...order, fulfillment_status: 'partial', fulfillments };
			await deliver(trigger, 'shopify', body, { topic: 'orders/partially_fulfilled' });
		}
		const tracked = { ...one, tracking_number: '1Z2' };
		for (const body of [one, other, tracked, tracked]) {
			const ofOrder = { ...body, order_id: order.id };
			await deliver(trigger, 'shopify', ofOrder, { topic: 'fulfillments/update' });
		}
		expect(eventsOf(trigger)).toEqual(['order_shipped', 'order_shipped', 'order_shipped']);
	});

	it('a parcel that the order does not list, once', async () => {
		const trigger = await triggerFor({});
		const order = fresh({ fulfillment_status: 'fulfilled', fulfillments: [] });
		for (const id of ['one', 'other']) {
			await deliver(trigger, 'shopify', order, { topic: 'orders/fulfilled', id });
		}
		expect(eventsOf(trigger)).toEqual(['order_shipped']);
	});

	/** An order of 59.00 and what became of it, all as Shopify shows it once it is paid again. */
	const back = (id: number, amount: string | null, worth = amount ?? '10.00') => ({
		id,
		refund_line_items: [{ line_item_id: 11, quantity: 1, subtotal: worth, total_tax: '0.00' }],
		transactions: amount ? [{ kind: 'refund', status: 'success', amount, currency: 'USD' }] : [],
		order_adjustments: [] as object[],
	});
	/** As Shopify writes money that goes back without articles. */
	const goodwill = {
		...back(1, '10.00'),
		refund_line_items: [],
		order_adjustments: [{ kind: 'refund_discrepancy', amount: '-10.00', tax_amount: '0.00' }],
	};
	const shippingBack = {
		...back(1, '5.00'),
		refund_line_items: [],
		order_adjustments: [{ kind: 'shipping_refund', amount: '-5.00', tax_amount: '0.00' }],
	};
	it.each<[what: string, later: object, isNews: boolean]>([
		['shipping was added', { current_total_price: '69.00' }, true],
		['a discount was taken off', { current_total_price: '64.00' }, true],
		[
			'an article was given back and another one was bought',
			{ current_total_price: '59.00', refunds: [back(1, '10.00')] },
			true,
		],
		['its note was edited', { note: 'Ring twice' }, false],
		[
			'a part was refunded',
			{
				current_total_price: '49.00',
				financial_status: 'partially_refunded',
				refunds: [back(1, '10.00')],
			},
			false,
		],
		[
			'articles were exchanged evenly',
			{ refunds: [back(1, null)], line_items: [{ id: 9 }] },
			false,
		],
		[
			'all was refunded twice',
			{ current_total_price: '0.00', refunds: [back(1, '50.00'), back(2, '9.00')] },
			false,
		],
		[
			'an article was taken out, and nothing has gone back yet',
			{ current_total_price: '35.00' },
			false,
		],
		[
			'a part was refunded that was worth more',
			{ current_total_price: '35.00', refunds: [back(1, '20.00', '24.00')] },
			false,
		],
		[
			'a part was refunded that was worth more, and more was bought',
			{ current_total_price: '45.00', refunds: [back(1, '20.00', '24.00')] },
			true,
		],
		['money went back as a goodwill', { refunds: [goodwill] }, false],
		['shipping was refunded', { current_total_price: '54.00', refunds: [shippingBack] }, false],
		[
			'shipping was refunded, and more was bought',
			{ current_total_price: '60.00', refunds: [shippingBack] },
			true,
		],
		[
			'a refund is on its way',
			{
				current_total_price: '49.00',
				refunds: [
					{
						...back(1, '10.00'),
						transactions: [{ kind: 'refund', status: 'pending', amount: '10.00', currency: 'USD' }],
						order_adjustments: [
							{ kind: 'refund_discrepancy', amount: '10.00', tax_amount: '0.00' },
						],
					},
				],
			},
			false,
		],
	])('an order that was paid again, only if something was: %s', async (_what, later, isNews) => {
		const trigger = await triggerFor({ events: ['order_paid'] });
		const order = fresh({ current_total_price: '59.00' });
		const updated = { ...order, ...later, updated_at: '2026-03-02T10:00:00-06:00' };
		for (const body of [order, updated, updated]) {
			await deliver(trigger, 'shopify', body, { topic: 'orders/paid' });
		}
		expect(trigger.started).toHaveLength(isNews ? 2 : 1);
	});

	/** An order of a customer with another currency than the shop, in which refunds are. */
	it('an order in two currencies, once for each payment', async () => {
		const trigger = await triggerFor({ events: ['order_paid'] });
		const order = fresh();
		const set = (usd: string, eur: string) => ({
			current_total_price: usd,
			current_total_price_set: {
				shop_money: { amount: usd, currency_code: 'USD' },
				presentment_money: { amount: eur, currency_code: 'EUR' },
			},
		});
		const transactions = [{ kind: 'refund', status: 'success', amount: '20.00', currency: 'EUR' }];
		const refunds = [{ ...back(1, null, '24.00'), transactions }];
		const steps = [
			set('59.00', '50.00'),
			{ ...set('35.00', '30.00'), refunds },
			{ ...set('45.00', '38.00'), refunds },
			{ ...set('65.00', '55.00'), refunds },
			{ ...set('45.00', '38.00'), refunds, note: 'an older one' },
		];
		for (const step of steps) {
			const body = { ...order, presentment_currency: 'EUR', ...step };
			await deliver(trigger, 'shopify', body, { topic: 'orders/paid' });
		}
		expect(trigger.started).toHaveLength(3);
	});

	it('an order in two currencies, of which only later bodies tell the second, once', async () => {
		const trigger = await triggerFor({ events: ['order_paid'] });
		const order = fresh({ presentment_currency: 'EUR', current_total_price: '59.00' });
		const current_total_price_set = {
			shop_money: { amount: '59.00', currency_code: 'USD' },
			presentment_money: { amount: '50.00', currency_code: 'EUR' },
		};
		for (const body of [order, { ...order, current_total_price_set }]) {
			await deliver(trigger, 'shopify', body, { topic: 'orders/paid' });
		}
		expect(trigger.started).toHaveLength(1);
	});

	it('a payment where a part of the refunds is not known, once', async () => {
		const trigger = await triggerFor({ events: ['order_paid'] });
		const transactions = [{ kind: 'refund', status: 'success', amount: '20.00', currency: 'EUR' }];
		const order = fresh({ presentment_currency: 'EUR', refunds: [{ id: 1, transactions }] });
		for (const id of ['one', 'other']) {
			await deliver(trigger, 'shopify', order, { topic: 'orders/paid', id });
		}
		expect(trigger.started).toHaveLength(1);
	});

	it('an order of an older version of the API, which has no total after a refund, once', async () => {
		const trigger = await triggerFor({ events: ['order_paid'] });
		const order = fresh();
		const refunded = {
			...order,
			financial_status: 'partially_refunded',
			refunds: [back(1, '10.00')],
		};
		for (const body of [order, refunded]) {
			await deliver(trigger, 'shopify', body, { topic: 'orders/paid' });
		}
		expect(trigger.started).toHaveLength(1);
	});

	it('each test notification, all of which are alike', async () => {
		const trigger = await triggerFor({ includeTestOrders: true });
		// What Shopify sends is an order that was cancelled, whatever the topic says
		const sample = fresh({
			test: true,
			financial_status: 'voided',
			fulfillment_status: 'pending',
			cancelled_at: '2021-12-31T19:00:00-05:00',
			cancel_reason: 'customer',
		});
		for (const topic of ['orders/paid', 'orders/paid', 'orders/fulfilled']) {
			await deliver(trigger, 'shopify', sample, { topic });
		}
		expect(eventsOf(trigger)).toEqual(['order_paid', 'order_paid', 'order_shipped']);
	});
});

describe('Shopify: a topic that the body does not bear out starts nothing', () => {
	const status = (financial_status: string) => () => fresh({ financial_status });
	it.each<[topic: string, what: string, body: () => object]>([
		...['pending', 'authorized', 'partially_paid', 'voided', 'expired', 'unpaid', ''].map(
			(one): [string, string, () => object] => ['orders/paid', `'${one}'`, status(one)],
		),
		['orders/cancelled', 'an order that stands', fresh],
		['orders/fulfilled', 'an order that was not shipped', fresh],
		[
			'orders/fulfilled',
			'a parcel that was cancelled',
			() => fresh({ fulfillments: [parcel({ status: 'cancelled' })] }),
		],
		['orders/partially_fulfilled', 'an order that was not shipped', fresh],
		['orders/paid', 'a refund', refund],
		['orders/create', 'a parcel', parcel],
		['orders/updated', 'an edit', edit],
		['orders/edited', 'an order', fresh],
		['refunds/create', 'an order', fresh],
		['refunds/create', 'a parcel', parcel],
		['refunds/create', 'a dispute', dispute],
		['fulfillments/create', 'an order that was shipped', shipped],
		['fulfillments/update', 'a refund', refund],
		['order_transactions/create', 'a refund', refund],
		['order_transactions/create', 'an order', fresh],
		['disputes/create', 'a refund', refund],
		['disputes/update', 'an order', fresh],
		[
			'orders/create',
			'a draft order',
			() => fresh({ admin_graphql_api_id: 'gid://shopify/DraftOrder/1' }),
		],
	])('%s with %s', async (topic, _what, body) => {
		const trigger = await triggerFor({});
		const start = logLines.length;
		const answer = await deliver(trigger, 'shopify', body(), { topic });
		expect([answer.status, answer.text]).toEqual([200, saying('Nothing was started')]);
		expect(trigger.started).toEqual([]);
		expect(logSince(start).length).toBe(1);
	});

	it('is in the log, since somebody may have forged it', async () => {
		const trigger = await triggerFor({});
		const start = logLines.length;
		const answer = await deliver(trigger, 'shopify', pending(), { topic: 'orders/paid' });
		expect(answer.text).toContain("does not show what its topic 'orders/paid' says");
		expect(logSince(start)).toEqual([having({ level: 'warn', message: saying('orders/paid') })]);
	});
});

describe('WooCommerce: what was taken starts nothing again', () => {
	it.each([
		['another delivery id', {}],
		['no delivery id', { headers: { 'x-wc-webhook-delivery-id': undefined } }],
		['another topic', { topic: 'order.created' }],
		['another topic', { topic: 'order.restored' }],
		['no topic', { headers: { 'x-wc-webhook-topic': undefined } }],
	])('under %s', async (_attack, how) => {
		const trigger = await triggerFor({ shop: 'woocommerce' });
		const captured = wooOrder({ id: orders++ });
		const created = await deliver(trigger, 'woocommerce', captured, { topic: 'order.created' });
		expect(created.status).toBe(200);
		await deliver(trigger, 'woocommerce', captured, { topic: 'order.updated', id: 'first' });
		expect(trigger.started).toHaveLength(2);
		const topic = 'order.updated';
		await deliver(trigger, 'woocommerce', captured, { topic, ...how });
		expect(trigger.started).toHaveLength(2);
	});
});

describe.each<[ShopName, string[]]>([
	[
		'shopify',
		[
			...['create', 'paid', 'updated', 'cancelled', 'fulfilled', 'edited'].map(
				(of) => `orders/${of}`,
			),
			'refunds/create',
			'fulfillments/create',
			'order_transactions/create',
			'disputes/create',
		],
	],
	['woocommerce', ['order.created', 'order.updated', 'order.restored']],
	['stripe', ['charge.succeeded', 'payment_intent.succeeded', 'charge.dispute.created']],
])('%s: a signed body that says nothing starts nothing', (shop, topics) => {
	const events = (object: object) =>
		topics.map((type): object => stripeEvent(type, object, { livemode: true }));
	it.each<[string, string | object]>([
		['{}', {}],
		['an id', { id: 1 }],
		['the id of an order', { id: 1, order_id: 1 }],
		['an empty list of articles', { id: 1, line_items: [] }],
		['only the topic', { topic: topics[0]!, type: topics[0]!, object: 'event' }],
		...(shop === 'stripe'
			? [...events({}), ...events({ id: 'x' }), ...events({ id: 'x', object: 'customer' })].map(
					(event): [string, object] => [JSON.stringify(event).slice(-90), event],
				)
			: []),
		['[]', '[]'],
		['null', 'null'],
		['a text', '"x"'],
		['a number', '1'],
		['true', 'true'],
	])('%s', async (_what, body) => {
		const trigger = await triggerFor({ shop });
		for (const topic of topics) {
			const { status } = await deliver(trigger, shop, body, { topic });
			expect([200, 400]).toContain(status);
		}
		expect(trigger.started).toEqual([]);
	});
});

describe('what shops really send', () => {
	// Stripe's come alone too, as its REST API gives them
	const told = shopBodies.filter(({ shop, topic, body }) =>
		shop === 'stripe' ? body['object'] === 'event' : topic !== null,
	);
	it.each(told)('is not refused: $shop, $name', ({ shop, topic, body }) => {
		const rawBody = Buffer.from(JSON.stringify(body));
		const headers = signedHeaders(shop, rawBody, { secret: SECRET, ...(topic && { topic }) });
		const admission = admit(
			{ headers, rawBody },
			{ shop, secrets: [SECRET], events: EVERY, includeTests: true },
			Date.now(),
		);
		expect(admission.verdict).not.toBe('refused');
	});
});
