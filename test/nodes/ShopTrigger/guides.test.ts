/** What the panel tells people to choose in a shop is what brings them the event. */
import { NodeHelpers } from 'n8n-workflow';
import type { ShopEventName } from '../../../lib/shops/order';
import { ShopTrigger } from '../../../nodes/ShopTrigger/ShopTrigger.node';
import { eventsOf, guideNotices, guides } from '../../../nodes/ShopTrigger/guides';
import type { ShopName } from '../../../sandbox/shops';
import { deliver, itemsOf, shopifyOrder, stripeEvent, useTriggers, wooOrder } from './shop';

const triggerFor = useTriggers();
const ORDER = 5_700_000_000_001;

const charge = (more: object = {}) => ({
	id: 'ch_3Abc',
	object: 'charge',
	amount: 5900,
	amount_captured: 5900,
	amount_refunded: 0,
	captured: true,
	currency: 'usd',
	status: 'succeeded',
	livemode: true,
	created: 1_772_380_800,
	metadata: { order_id: '1001' },
	...more,
});
const stripeDispute = {
	id: 'dp_1',
	object: 'dispute',
	amount: 5900,
	currency: 'usd',
	charge: 'ch_3Abc',
	reason: 'fraudulent',
	status: 'needs_response',
	created: 1_772_380_900,
	livemode: true,
};
const fulfilment = {
	id: 255858046,
	order_id: ORDER,
	status: 'success',
	created_at: '2026-03-02T10:00:00-06:00',
	tracking_company: 'UPS',
	tracking_number: '1Z',
	line_items: [],
};
const movement = {
	id: 944956395,
	order_id: ORDER,
	fulfillment_id: fulfilment.id,
	status: 'in_transit',
	happened_at: '2026-03-03T09:00:00-06:00',
};
const shopifyDispute = {
	id: 285332461850,
	order_id: ORDER,
	type: 'chargeback',
	currency: 'USD',
	amount: '59.00',
	reason: 'fraudulent',
	network_reason_code: '4837',
	status: 'needs_response',
	evidence_due_by: null,
	initiated_at: '2026-03-10T10:00:00-05:00',
};

const order_edit = { id: 1, order_id: ORDER, committed_at: '2026-03-02T10:00:00Z' };
const shipped = { fulfillment_status: 'fulfilled', fulfillments: [fulfilment] };
const shopifyRefund = {
	id: 890088186047892,
	order_id: ORDER,
	created_at: '2026-03-03T10:00:00-06:00',
	refund_line_items: [],
	transactions: [{ id: 1, kind: 'refund', status: 'success', amount: '10.00', currency: 'USD' }],
};
const declined = {
	id: 389404469,
	order_id: ORDER,
	kind: 'sale',
	status: 'failure',
	gateway: 'shopify_payments',
	amount: '59.00',
	currency: 'USD',
	created_at: '2026-03-01T10:00:00-06:00',
	error_code: 'card_declined',
};

/** What a shop sends under a topic. */
const sent: Record<ShopName, Record<string, [ShopEventName, object]>> = {
	shopify: {
		'orders/create': ['order_created', shopifyOrder()],
		'orders/paid': ['order_paid', shopifyOrder()],
		'orders/updated': ['order_changed', shopifyOrder()],
		'orders/edited': ['order_changed', { order_edit }],
		'orders/fulfilled': ['order_shipped', shopifyOrder(shipped)],
		'fulfillments/create': ['order_shipped', fulfilment],
		'fulfillments/update': ['order_shipped', fulfilment],
		'fulfillment_events/create': ['order_shipped', movement],
		'orders/cancelled': ['order_cancelled', shopifyOrder({ cancelled_at: fulfilment.created_at })],
		'refunds/create': ['order_refunded', shopifyRefund],
		'disputes/create': ['order_disputed', shopifyDispute],
		'disputes/update': ['order_disputed', { ...shopifyDispute, status: 'lost' }],
		'order_transactions/create': ['payment_failed', declined],
	},
	stripe: {
		'charge.succeeded': ['order_paid', charge()],
		'charge.captured': ['order_paid', charge()],
		'charge.failed': ['payment_failed', charge({ status: 'failed', captured: false })],
		'charge.refunded': ['order_refunded', charge({ amount_refunded: 1000 })],
		'charge.dispute.created': ['order_disputed', stripeDispute],
		'charge.dispute.updated': ['order_disputed', stripeDispute],
		'charge.dispute.closed': ['order_disputed', { ...stripeDispute, status: 'lost' }],
	},
	woocommerce: {
		'order.created': ['order_created', wooOrder()],
		'order.updated': ['order_changed', wooOrder({ status: 'on-hold', date_paid_gmt: null })],
	},
};

const deliveries = Object.entries(sent).flatMap(([shop, topics]) =>
	Object.entries(topics).map(([topic, [event, body]]) => ({
		...{ shop: shop as ShopName, topic, event, body },
	})),
);

it.each(deliveries)('$shop: $topic brings $event', async ({ shop, topic, event, body }) => {
	const trigger = await triggerFor({ shop, events: [event], remember: 'no' });
	const delivered = shop === 'stripe' ? stripeEvent(topic, body) : body;
	const { status } = await deliver(trigger, shop, delivered, { topic });
	const items = itemsOf(trigger);
	expect(status).toBe(200);
	expect(items).toHaveLength(1);
	expect([items[0]!['event'], ...((items[0]!['also'] ?? []) as string[])]).toContain(event);
});

/** Topics by the names of the shops' APIs, as far as a text has them. */
const topicsIn = (text: string) => text.match(/[a-z_]+(?:\/|\.)[a-z_]+(?:\.[a-z_]+)*/g) ?? [];

it.each(['shopify', 'stripe'] as const)(
	'%s: the guide names each of these, and no other',
	(shop) => {
		const named = eventsOf(shop).flatMap((event) =>
			topicsIn(guides[shop].topics[event]!).map((topic) => `${event} ${topic}`),
		);
		const brought = Object.entries(sent[shop]).map(([topic, [event]]) => `${event} ${topic}`);
		expect(named.sort()).toEqual(brought.sort());
	},
);

it('WooCommerce: each event comes with the topics that the guide names', async () => {
	const shown: Array<[ShopEventName, object]> = [
		['order_cancelled', wooOrder({ status: 'cancelled' })],
		['payment_failed', wooOrder({ status: 'failed', date_paid_gmt: null })],
		['order_refunded', wooOrder({ status: 'refunded' })],
		['order_shipped', wooOrder({ status: 'completed' })],
		['order_paid', wooOrder()],
		['order_changed', wooOrder()],
	];
	for (const [event, body] of shown) {
		const trigger = await triggerFor({ shop: 'woocommerce', events: [event] });
		await deliver(trigger, 'woocommerce', body, { topic: 'order.updated' });
		expect([event, trigger.started.length]).toEqual([event, 1]);
	}
	const events = ['order_created', ...shown.map(([event]) => event)];
	expect(events.sort()).toEqual(eventsOf('woocommerce').sort());
});

describe('the panel', () => {
	const { properties } = new ShopTrigger().description;

	it.each(['shopify', 'stripe', 'woocommerce'] as const)('offers what %s can tell', (shop) => {
		const of = (type: string) =>
			properties.filter(
				(one) => one.type === type && one.displayOptions?.show?.['shop']?.includes(shop),
			);
		expect(of('notice').map(({ displayName }) => displayName)).toEqual(
			guideNotices(shop).map(({ text }) => text),
		);
		const [events] = of('multiOptions');
		expect(events).toMatchObject({ name: 'events', default: ['order_paid'], required: true });
		expect(events!.options!.map((option) => 'value' in option && option.value)).toEqual(
			eventsOf(shop),
		);
	});

	it.each<[ShopName, ShopEventName[]]>([
		['shopify', ['order_paid']],
		['shopify', ['order_shipped', 'payment_failed']],
		['stripe', ['order_refunded']],
		['woocommerce', ['order_changed', 'order_created', 'order_shipped']],
	])('of %s shows the guide of %j alone', (shop, events) => {
		const values = { shop, events };
		const node = { typeVersion: 1 };
		const shown = properties.filter(
			(one) => one.type === 'notice' && NodeHelpers.displayParameter(values, one, node, null),
		);
		const [where, ...rest] = shown.map(({ displayName }) => displayName);
		expect(where).toContain(guides[shop].path);
		const last = rest.pop();
		expect(last).toContain('WEBHOOK_URL');
		expect(last).toMatch(/^[^<]*<ul><li>No shop yet\? Let this node listen/);
		expect(last).not.toContain('N8n');
		const chosen = eventsOf(shop).filter((event) => events.includes(event));
		expect(rest).toHaveLength(chosen.length);
		chosen.forEach((event, at) => expect(rest[at]).toContain(guides[shop].topics[event]));
	});
});
