/** WooCommerce's webhooks: who sent them, what they bring, and what they do not. */
import { createHmac } from 'node:crypto';
import { admit } from '../../../../lib/shops/admission';
import { woocommerce } from '../../../../lib/shops/woocommerce/adapter';
import { readBy } from '../body';
import { cashOnDelivery, completed, customStatus, paid } from './bodies';

const rawBody = Buffer.from(JSON.stringify(paid));
const sign = (secret: string, body = rawBody) =>
	createHmac('sha256', secret).update(body).digest('base64');

const check = (headers: Record<string, string>, secrets: string[], body = rawBody) =>
	woocommerce.check({ headers, rawBody: body }, secrets, 0);
const signed = (signature: string) => ({ 'x-wc-webhook-signature': signature });

describe('signature', () => {
	test('is genuine with the current secret, and with the other one while it is rotated', () => {
		expect(check(signed(sign('new')), ['new'])).toBe('genuine');
		expect(check(signed(sign('old')), ['new', 'old'])).toBe('genuine');
	});

	test('is wrong with another secret, other bytes, or as hexadecimal', () => {
		expect(check(signed(sign('other')), ['new', 'old'])).toBe('wrong');
		expect(check(signed(sign('new')), ['new'], Buffer.concat([rawBody, rawBody]))).toBe('wrong');
		const hex = Buffer.from(sign('new'), 'base64').toString('hex');
		expect(check(signed(hex), ['new'])).toBe('wrong');
	});

	test('is missing without its header', () => {
		expect(check({}, ['new'])).toBe('missing');
		expect(check(signed(''), ['new'])).toBe('missing');
	});

	test('agrees with a signature computed elsewhere', () => {
		// printf '{"id":1042}' | openssl dgst -sha256 -hmac 'a secret' -binary | base64
		const signature = 'DnlyzT2XKPnVjgsC1WkXQrNLf5Ojl0FIiIPbKdFqReA=';
		expect(check(signed(signature), ['a secret'], Buffer.from('{"id":1042}'))).toBe('genuine');
	});
});

describe('envelope', () => {
	const headers = {
		'content-type': 'application/json',
		'x-wc-webhook-delivery-id': 'c3b1a8',
		'x-wc-webhook-topic': 'order.updated',
	};

	test('is the same when the delivery comes again', () => {
		const first = woocommerce.describe(headers, paid);
		expect(first).toMatchObject({ topic: 'order.updated', isPing: false });
		expect(woocommerce.describe(headers, { ...paid })).toEqual(first);
	});

	test('differs for two orders of one second, which WooCommerce gives one delivery id', () => {
		const { id } = woocommerce.describe(headers, paid);
		expect(woocommerce.describe(headers, { ...paid, id: 1043 }).id).not.toBe(id);
	});

	test('has no delivery id where WooCommerce gave none', () => {
		expect(woocommerce.describe({}, paid)).toMatchObject({ id: null, topic: null, isPing: false });
	});

	const source = { 'x-wc-webhook-source': 'https://www.Shop.example/de/' };
	test.each([
		['https://shop.example/wp-json/wc/v3/orders/1042', 'shop.example'],
		['http://www.Shop.example:80/index.php/wp-json/wc/v2/orders/1042', 'shop.example'],
		['https://shop.example/index.php?rest_route=/wc/v3/orders/1042', 'shop.example'],
		['https://shop.example/?rest_route=/wc/v1/orders/1042', 'shop.example'],
		['https://shop.example:8443/fr/api/wc/v3/orders/1042', 'shop.example:8443/fr'],
		['https://[2001:db8::1]:8080/wp-json/wc/v3/orders/1042', '[2001:db8::1]:8080'],
		// Then the header says it
		['/wp-json/wc/v3/orders/1042', 'shop.example/de'],
		['https://shop.example/wp-json/wp/v2/posts/1042', 'shop.example/de'],
		['', 'shop.example/de'],
		[null, 'shop.example/de'],
	])('its link %j is the shop %s', (href, store) => {
		const body = { ...paid, _links: { self: [{ href }] } };
		expect(woocommerce.describe(source, body).store).toBe(store);
	});

	test('the link may be in a list that PHP writes as an object', () => {
		const href = 'https://shop.example/wp-json/wc/v3/orders/1042';
		const body = { ...paid, _links: { self: { '1': { href } } } };
		expect(woocommerce.describe({}, body).store).toBe('shop.example');
	});

	test.each([undefined, null, {}, [], '', { _links: null }, { _links: { self: [null] } }])(
		'the header alone is enough, with the body %j',
		(body) => expect(woocommerce.describe(source, body).store).toBe('shop.example/de'),
	);

	test('knows the ping that is sent when a webhook is saved', () => {
		const form = { 'content-type': 'application/x-www-form-urlencoded' };
		expect(woocommerce.describe(form, undefined).isPing).toBe(true);
		const withCharset = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
		expect(woocommerce.describe(withCharset, undefined).isPing).toBe(true);
		expect(woocommerce.describe({ ...headers, ...form }, paid).isPing).toBe(false);
	});
});

describe('none of our events', () => {
	test.each([
		['order.deleted', { id: 1042 }],
		['product.updated', { id: 93, name: 'Mug', date_created: null, price: '12.00' }],
		['customer.created', { id: 26, email: 'mara@example.com' }],
		['coupon.updated', { id: 7, code: 'spring10' }],
		['subscription.created', { ...paid }],
		['action.woocommerce_add_to_cart', { action: 'woocommerce_add_to_cart', arg: 'x' }],
		[null, { id: 93, name: 'Mug' }],
	])('%s', (topic, body) => {
		expect(readBy('woocommerce', topic, body, {})).toBeUndefined();
	});
});

describe('a fault in place of an order', () => {
	const fault = { code: 'woocommerce_rest_cannot_view', message: 'x', data: { status: 403 } };

	test.each(['order.created', 'order.updated', 'order.restored', null])('%s', (topic) => {
		const reading = woocommerce.read(topic, fault, {});
		expect(reading).toMatchObject({ kind: 'fault' });
		expect((reading as { why: string }).why).toContain('lost its role');
		expect(woocommerce.recognises(fault)).toBe(true);
	});

	test('of another thing than orders is none of ours', () => {
		expect(woocommerce.read('product.updated', fault, {})).toBeUndefined();
	});

	test.each([401, 403, 404, 500])(
		'says what to do, not its own words, with status %d',
		(status) => {
			const reading = woocommerce.read('order.updated', { ...fault, data: { status } }, {});
			const { why } = reading as { why: string };
			expect(why).toMatch(/WooCommerce → |Look the order up/);
			expect(why).not.toMatch(/delete the webhook|remove/i);
		},
	);

	test.each(['[]', '', 'null', 'false', '""', '{}'])('%j is one, if it is signed', (body) => {
		const secret = 'secret-of-the-shop';
		const rawBody = Buffer.from(body);
		const headers = { 'x-wc-webhook-topic': 'order.updated', ...signed(sign(secret, rawBody)) };
		const settings = {
			shop: 'woocommerce',
			secrets: [secret],
			events: ['order_paid'],
			includeTests: true,
		} as const;
		const admitted = (changes: object) =>
			admit({ headers: { ...headers, ...changes }, rawBody }, settings, 0);
		expect(admitted({})).toMatchObject({ verdict: 'broken' });
		expect(admitted({ 'x-wc-webhook-signature': sign('other', rawBody) })).toMatchObject({
			verdict: 'refused',
			status: 401,
		});
		expect(admitted({ 'x-wc-webhook-topic': 'coupon.updated' }).verdict).not.toBe('broken');
	});
});

test('knows its orders without a topic, and no other shop’s', () => {
	expect(woocommerce.recognises(paid)).toBe(true);
	expect(woocommerce.recognises({ id: 1, line_items: [], created_at: '2026-01-01' })).toBe(false);
	expect(woocommerce.recognises({ id: 'evt_1', object: 'event', type: 'charge.failed' })).toBe(
		false,
	);
});

test('names the payment as its provider’s disputes do, as far as a plugin notes it', () => {
	const paymentOf = (body: object) =>
		readBy('woocommerce', 'order.updated', { ...body }, {})?.order.payment?.id;
	expect(paymentOf(paid)).toBe('pi_3Qa1bC2dE3fG4hI5jK');
	expect(paymentOf(customStatus)).toBe('pi_3Wp1bC2dE3fG4hI5jK');
	// Without the plugin's note: the charge, as WooCommerce has it
	expect(paymentOf(completed)).toBe('ch_3Qa1bC2dE3fG4hI5');
	expect(paymentOf(cashOnDelivery)).toBeNull();
});
