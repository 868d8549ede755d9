/** Stripe's webhooks: who sent them, what they bring, and what they do not. */
import { createHmac } from 'node:crypto';
import { readBy } from '../body';
import { stripe } from '../../../../lib/shops/stripe/adapter';
import {
	chargeSucceeded,
	disputeCreated,
	heldIsReleased,
	heldOnly,
	refundFailed,
	restIntent,
	sessionUnpaid,
} from './bodies';

const rawBody = Buffer.from(JSON.stringify(chargeSucceeded));
/** When the shop signed, in seconds. */
const SIGNED = 1772466190;

const hmac = (secret: string, time: number | string = SIGNED, body = rawBody) =>
	createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');

const check = (header: string | undefined, secrets: string[], secondsLater = 1, body = rawBody) =>
	stripe.check(
		{ headers: header === undefined ? {} : { 'stripe-signature': header }, rawBody: body },
		secrets,
		(SIGNED + secondsLater) * 1000,
	);

describe('signature', () => {
	const header = `t=${SIGNED},v1=${hmac('new')},v0=${hmac('for testing')}`;

	test('is genuine with the current secret, and with the other one while it is rotated', () => {
		expect(check(header, ['new'])).toBe('genuine');
		expect(check(`t=${SIGNED},v1=${hmac('old')}`, ['new', 'old'])).toBe('genuine');
	});

	test('is genuine if one of several is, as Stripe sends them while it rotates', () => {
		const both = `t=${SIGNED},v1=${hmac('old')},v1=${hmac('new')}`;
		expect(check(both, ['new'])).toBe('genuine');
		expect(check(both, ['old'])).toBe('genuine');
		expect(check(both, ['neither'])).toBe('wrong');
	});

	test('is wrong with another secret, other bytes or another time', () => {
		expect(check(header, ['other'])).toBe('wrong');
		expect(check(header, ['new'], 1, Buffer.concat([rawBody, rawBody]))).toBe('wrong');
		expect(check(`t=${SIGNED + 1},v1=${hmac('new')}`, ['new'])).toBe('wrong');
	});

	test.each([
		['no time', `v1=${hmac('new')}`],
		['no signature', `t=${SIGNED}`],
		['a scheme that is not in use', `t=${SIGNED},v0=${hmac('new')}`],
		['an empty signature', `t=${SIGNED},v1=`],
		['a time that is none', `t=soon,v1=${hmac('new', 'soon')}`],
		['a time without end', `t=${'9'.repeat(400)},v1=${hmac('new', '9'.repeat(400))}`],
		['nothing that can be read', 'sha256=abc'],
		['commas', ',,,='],
	])('is wrong with %s', (_, bad) => {
		expect(check(bad, ['new'])).toBe('wrong');
	});

	test('is missing without its header', () => {
		expect(check(undefined, ['new'])).toBe('missing');
		expect(check('', ['new'])).toBe('missing');
	});

	test('is stale after five minutes, and only if it is right', () => {
		expect(check(header, ['new'], 300)).toBe('genuine');
		expect(check(header, ['new'], 301)).toBe('stale');
		expect(check(header, ['other'], 301)).toBe('wrong');
	});

	test('is genuine where the clock here is late', () => {
		expect(check(header, ['new'], -3600)).toBe('genuine');
	});

	test('agrees with a signature computed elsewhere', () => {
		// printf '1772466190.{"id":"evt_1"}' | openssl dgst -sha256 -hmac 'whsec_a secret'
		const signature = '09cb6dea98d142261cd39bc9dc8b81b98165d35beef60557d5008b2835622778';
		const body = Buffer.from('{"id":"evt_1"}');
		expect(check(`t=${SIGNED},v1=${signature}`, ['whsec_a secret'], 1, body)).toBe('genuine');
	});
});

describe('envelope', () => {
	test('has the id and the name of the event', () => {
		expect(stripe.describe({}, chargeSucceeded)).toEqual({
			id: chargeSucceeded.id,
			topic: 'charge.succeeded',
			store: null,
			isPing: false,
		});
	});

	test('has the account that an event of Connect names', () => {
		const account = 'acct_1032D82eZvKYlo2C';
		expect(stripe.describe({}, { ...chargeSucceeded, account }).store).toBe(account);
	});

	test('has neither without an event', () => {
		const nothing = { id: null, topic: null, store: null, isPing: false };
		expect(stripe.describe({}, undefined)).toEqual(nothing);
		expect(stripe.describe({}, restIntent)).toEqual(nothing);
	});
});

describe('none of our events', () => {
	test.each([
		['money that is only held', heldOnly],
		['held money that is given free', heldIsReleased],
		['a refund that failed', refundFailed],
		['a checkout that waits for the money', sessionUnpaid],
		['another type', { ...chargeSucceeded, type: 'charge.updated' }],
		['what every object has', { ...chargeSucceeded, type: 'constructor' }],
		['an event without its object', { ...chargeSucceeded, data: null }],
		[
			'an event that only points at its object',
			{
				id: 'evt_test_65',
				object: 'v2.core.event',
				type: 'v1.charge.succeeded',
				related_object: { id: 'ch_1', type: 'charge' },
			},
		],
		['another object', { id: 'cus_1', object: 'customer', email: 'mara@example.com' }],
	])('%s', (_, body) => {
		expect(readBy('stripe', null, body, {})).toBeUndefined();
	});
});

test('knows its events and objects without a topic, and no other shop’s', () => {
	expect(stripe.recognises(chargeSucceeded)).toBe(true);
	expect(stripe.recognises(restIntent)).toBe(true);
	expect(stripe.recognises({ id: 1, line_items: [], order_key: 'wc_order_1' })).toBe(false);
	expect(stripe.recognises({ id: 1, line_items: [], financial_status: 'paid' })).toBe(false);
});

describe('the order', () => {
	const body = (metadata: Record<string, string>) => ({
		...chargeSucceeded,
		data: { object: { ...chargeSucceeded.data.object, metadata } },
	});
	const named = (metadata: Record<string, string>, orderMember?: string) => {
		const { id, number } = readBy('stripe', null, body(metadata), { orderMember })!.order;
		return { id, number };
	};

	test('is in the member that the user names, and in no other then', () => {
		expect(named({ shop_ref: 'A-7', order_id: '1042' }, 'shop_ref')).toEqual({
			id: 'A-7',
			number: 'A-7',
		});
		expect(named({ order_id: '1042' }, 'shop_ref')).toEqual({ id: null, number: null });
	});

	test('is in one of the usual members, if the user names none', () => {
		expect(named({ order_id: '1042', order_number: 'R-1042' })).toEqual({
			id: '1042',
			number: 'R-1042',
		});
		expect(named({ order_number: 'R-1042' })).toEqual({ id: 'R-1042', number: 'R-1042' });
		expect(named({ note: 'gift' })).toEqual({ id: null, number: null });
		expect(named({ order_id: '1042' }, '')).toEqual({ id: '1042', number: '1042' });
	});

	test('is not told by a dispute, but its payment is the one of the charge', () => {
		const paid = readBy('stripe', null, chargeSucceeded, {})!.order;
		const disputed = readBy('stripe', null, disputeCreated, {})!.order;
		expect(disputed.id).toBeNull();
		expect(disputed.payment?.id).toBe(paid.payment?.id);
	});
});
