/** Shopify's webhooks: who sent them, which one it is, and whose device it was. */
import { createHmac } from 'node:crypto';
import { shopify } from '../../../../lib/shops/shopify/adapter';
import { readBy } from '../body';
import { client, order, refund, transaction } from './parts';

const rawBody = Buffer.from(JSON.stringify(order()));
const sign = (secret: string) => createHmac('sha256', secret).update(rawBody).digest('base64');
const check = (signature: string | undefined, secrets: string[]) =>
	shopify.check({ headers: { 'x-shopify-hmac-sha256': signature }, rawBody }, secrets, 0);

describe('signature', () => {
	it.each([
		['right', sign('new'), ['new'], 'genuine'],
		['right, by the secret that goes', sign('old'), ['new', 'old'], 'genuine'],
		['of another secret', sign('other'), ['new', 'old'], 'wrong'],
		['without any secret', sign(''), [''], 'wrong'],
		['missing', undefined, ['new'], 'missing'],
	])('%s', (_what, signature, secrets, expected) => {
		expect(check(signature, secrets)).toBe(expected);
	});

	it('agrees with one computed elsewhere', () => {
		// printf '{"id":1042}' | openssl dgst -sha256 -hmac 'a secret' -binary | base64
		const headers = { 'x-shopify-hmac-sha256': 'DnlyzT2XKPnVjgsC1WkXQrNLf5Ojl0FIiIPbKdFqReA=' };
		const delivery = { headers, rawBody: Buffer.from('{"id":1042}') };
		expect(shopify.check(delivery, ['a secret'], 0)).toBe('genuine');
	});
});

describe('envelope', () => {
	it('has the id of the delivery, not of the action that set off several', () => {
		const headers = {
			'x-shopify-topic': 'orders/paid',
			'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
			'x-shopify-event-id': '98880550-7158-44d4-b7cd-2c97c8a091b5',
			'x-shopify-shop-domain': 'example.myshopify.com',
		};
		expect(shopify.describe(headers, order())).toEqual({
			id: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
			topic: 'orders/paid',
			store: 'example.myshopify.com',
			isPing: false,
		});
	});

	it('of a request without headers says nothing', () => {
		const nothing = { id: null, topic: null, store: null, isPing: false };
		expect(shopify.describe({}, undefined)).toEqual(nothing);
	});
});

describe('device', () => {
	const ipOf = (body: object) =>
		readBy('shopify', 'orders/paid', { ...body }, {})?.order.device?.ip;

	it.each([
		['81.2.69.142', '81.2.69.142'],
		['2a02:2e0:3fe:1001:302::', '2a02:2e0:3fe:1001:302::'],
		['127.0.0.1', null],
		['0.0.0.0', null],
		['192.168.1.4', null],
		['10.0.0.1', null],
		['172.20.0.3', null],
		['::1', null],
		['fe80::1', null],
		// Node.js takes one with a zone for an address
		['fe80::1%eth0', null],
		['2606:4700::1111%eth0', null],
		['::ffff:127.0.0.1', null],
		['', null],
		['unknown', null],
		[null, null],
	])('%s is %s', (ip, expected) => {
		expect(ipOf(order({ browser_ip: ip, client_details: client(ip) }))).toBe(expected);
		expect(ipOf(order({ browser_ip: ip, client_details: null }))).toBe(expected);
		// The one that is the customer's, wherever it stands
		expect(ipOf(order({ browser_ip: '81.2.69.142', client_details: client(ip) }))).toBe(
			expected ?? '81.2.69.142',
		);
	});

	it.each(['black_box', '_black_box', 'TD_Black_Box', 'tongdun_black_box'])(
		'has its black box in the attribute %s',
		(name) => {
			const body = order({ note_attributes: [{ name, value: 'rGPG' }] });
			expect(readBy('shopify', 'orders/paid', body, {})?.order.device?.black_box).toBe('rGPG');
		},
	);
});

describe('a transaction', () => {
	const failed = (own: object) =>
		readBy('shopify', 'order_transactions/create', transaction(1, '5.00', { ...own }), {});

	it.each([
		['sale', 'failure', 'payment_failed'],
		['authorization', 'error', 'payment_failed'],
		['capture', 'failure', 'payment_failed'],
		['SALE', 'FAILURE', 'payment_failed'],
		['sale', 'success', undefined],
		['sale', 'pending', undefined],
		['sale', null, undefined],
		['refund', 'failure', undefined],
		['void', 'failure', undefined],
		['change', 'success', undefined],
	])('a %s with %s is %s', (kind, status, event) => {
		expect(failed({ kind, status })?.event).toBe(event);
	});
});

describe('a refund', () => {
	const of = (...transactions: object[]) =>
		readBy('shopify', 'refunds/create', refund(1, { transactions }), {})?.order.refunds[0];
	const one = (own: object = {}) => transaction(1, '5.00', { ...own });

	it.each([
		['one', [one()], '5.00', 'USD'],
		['two', [one(), one()], '10.00', 'USD'],
		['one that failed', [one({ status: 'failure' })], '0', 'USD'],
		['a void', [one({ kind: 'void' })], '0', 'USD'],
		['two in different currencies', [one(), one({ currency: 'EUR' })], null, null],
		['one whose end is not told', [one({ status: null })], null, null],
		['something else', [one({ kind: 'capture' })], null, null],
		['no amount', [one({ amount: null })], null, 'USD'],
		['the only currency there is', [one({ currency: null })], '5.00', 'USD'],
	])('of %s', (_what, transactions, amount, currency) => {
		expect(of(...transactions)).toMatchObject({ amount, currency });
	});
});
