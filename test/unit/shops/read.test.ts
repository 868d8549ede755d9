/** What a flow may hold of a shop's order, whichever node it came from. */
import { type ShopOrder } from '../../../lib/shops/order';
import { readShopEvent, readShopOrder, whyUnread } from '../../../lib/shops/read';
import { order, refund } from './shopify/parts';
import { chargeSucceeded } from './stripe/bodies';
import { paid as wooPaid } from './woocommerce/bodies';

const body = order();
const ID = 'b54557e4-bdd9';
const headers = { 'x-shopify-topic': 'orders/fulfilled', 'x-shopify-webhook-id': ID };
const webhook = {
	headers,
	params: {},
	query: {},
	body: { ...body, fulfillment_status: 'fulfilled' },
};
const asText = { ...webhook, body: JSON.stringify(webhook.body) };

describe('is read', () => {
	const trigger = { ...readShopEvent(body, { topic: 'orders/paid' }), delivery_id: '1', raw: body };

	it.each([
		['Shop Trigger’s item', trigger, {}, 'order_paid', '1'],
		['the same as JSON text', JSON.stringify(trigger), {}, 'order_paid', '1'],
		['the same, its event spoilt by the flow', { ...trigger, event: 'x' }, {}, 'order_paid', null],
		['an item of Webhook', webhook, {}, 'order_shipped', ID],
		['such an item, and a topic', webhook, { topic: 'orders/create' }, 'order_created', ID],
		['its body as JSON text', asText, {}, 'order_shipped', ID],
		['a body alone, as Shopify Trigger has it', body, {}, 'order_paid', null],
		['a body and its topic', body, { topic: ' Orders/Updated ' }, 'order_changed', null],
		['a body and an empty topic', body, { topic: '' }, 'order_paid', null],
		['an order of the REST API', { order: body }, {}, 'order_paid', null],
		['a refund of the REST API', { refund: refund(7) }, {}, 'order_refunded', null],
		['a body and its shop', body, { shop: 'shopify' as const }, 'order_paid', null],
	])('%s', (_what, given, source, event, id) => {
		expect(readShopEvent(given, source)).toMatchObject({
			event,
			shop: 'shopify',
			delivery_id: id,
			order: { id: '5678901234567' },
		});
	});

	const inWebhook = (its: object) => ({ headers: {}, body: its });
	it.each<[string, unknown, string, string]>([
		['WooCommerce Trigger’s body', wooPaid, 'woocommerce', 'order_paid'],
		['WooCommerce’s REST order in Webhook', inWebhook(wooPaid), 'woocommerce', 'order_paid'],
		['Stripe Trigger’s event', chargeSucceeded, 'stripe', 'order_paid'],
		['Stripe’s event in Webhook', inWebhook(chargeSucceeded), 'stripe', 'order_paid'],
	])('%s', (_what, given, shop, event) => {
		expect(readShopEvent(given)).toMatchObject({ event, shop });
	});

	it.each([
		['Example.MyShopify.com', 'example.myshopify.com'],
		[' https://www.example.com:443// ', 'example.com'],
		['http://example.com:8080/a//b/', 'example.com:8080/a/b'],
		['acct_1AbC', 'acct_1AbC'],
		['credential-Ab1', 'credential-Ab1'],
		['http://', 'http://'],
		['', null],
		[null, null],
		[undefined, null],
	])('the store %j as %j', (store, read) => {
		expect(readShopEvent({ ...trigger, store })?.store).toBe(read);
	});

	it('digit by digit where it is text', () => {
		const text = JSON.stringify(body).replace('"id":5678901234567', '"id":9007199254740993123');
		expect(readShopOrder(text)?.id).toBe('9007199254740993123');
	});

	it('as the order alone, as it is in Shop Trigger’s item', () => {
		const neutral = trigger.order as ShopOrder;
		expect(readShopOrder(neutral)).toEqual(neutral);
		expect(readShopOrder(trigger)).toEqual(neutral);
		expect(readShopOrder(webhook)?.number).toBe('1042');
		// Its topic says more than the order shows
		expect(readShopOrder({ ...webhook, body })?.number).toBe('1042');
	});

	it('with what the flow has put in besides', () => {
		const more = { ...trigger, order: { ...trigger.order, gift: true } };
		expect(readShopEvent(more)?.order['gift']).toBe(true);
	});
});

describe('is not read, and the person is told', () => {
	const id = 'gid://shopify/DraftOrder/1';
	const draft = { id: 1, admin_graphql_api_id: id, email: 'a@example.com' };
	const FOUND_NOTHING = 'Nothing of Shopify, Stripe or WooCommerce was found in it.';
	const letters = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9 };

	it.each([
		['nothing', undefined, {}, 'It is empty, not what a shop has sent.'],
		['a list', [body], {}, 'It is a list, not what a shop has sent.'],
		['a word', 'order', {}, 'It is text, not what a shop has sent.'],
		['half of a JSON', '{"id": 5', {}, 'It is text, not what a shop has sent.'],
		['a number', 5, {}, 'It is a number, not what a shop has sent.'],
		['nothing in it', {}, {}, `${FOUND_NOTHING} The input is empty.`],
		['a draft order', draft, {}, 'It is a draft order, no order yet.'],
		[
			'an item of Webhook that is not a shop’s',
			{ ...webhook, headers: {}, body: letters },
			{},
			`${FOUND_NOTHING} It has the members a, b, c, d, e, f, g, h, and 1 more.`,
		],
		[
			'a topic that is none of ours',
			body,
			{ topic: 'orders/risk_assessment_changed' },
			"'orders/risk_assessment_changed' comes from Shopify, but is none of these: Order Cancelled, Order Changed, Order Created, Order Paid, Order Refunded, Order Shipped, Payment Disputed, Payment Failed.",
		],
		[
			'another shop’s',
			{ name: 'x' },
			{ shop: 'shopify' as const, topic: 'orders/paid' },
			'Nothing of Shopify was found in it. It has the members name.',
		],
	])('%s', (_what, given, source, why) => {
		expect(readShopEvent(given, source)).toBeUndefined();
		expect(readShopOrder(given, source)).toBeUndefined();
		expect(whyUnread(given, source)).toBe(why);
	});

	it('without a value of the body', () => {
		expect(whyUnread(draft)).not.toContain('a@example.com');
	});
});
