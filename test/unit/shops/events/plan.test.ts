/** What TD is told of what happened in a shop: of the bodies, as pages; of neutral events, case by case. */
import fc from 'fast-check';
import type { Shop, ShopEvent } from '../../../../lib/shops/order';
import { readShopEvent } from '../../../../lib/shops/read';
import { readRates } from '../../../../lib/shops/events/amount';
import { howPaid } from '../../../../lib/shops/events/payment';
import { printOfContents } from '../../../../lib/shops/events/contents';
import { eventOf, type ShopBody } from '../body';
import { neutralEvent } from '../neutral';
import { expectPage } from '../page';
import { shopify } from '../shopify';
import { lacking, senseless } from '../spoilt';
import { stripe } from '../stripe';
import { tdTables } from '../td-page';
import { anyRate, type ReadEvent, toldOf, UNKNOWN } from '../td-reading';
import { woocommerce } from '../woocommerce';

type Json = Record<string, unknown>;

/** A hunt for rarer cases sets more. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 10);

const shops: Array<[string, ShopBody[]]> = [
	['Shopify', shopify],
	['Stripe', stripe],
	['WooCommerce', woocommerce],
];

it.each(shops)('of %s: as the page says', (name, bodies) => {
	expectPage(
		`${name.toLowerCase()}.td.md`,
		`Orders of ${name}, and what TD is told of them`,
		tdTables(bodies),
	);
});

const event = (changes: object = {}, more: object = {}): ShopEvent =>
	readShopEvent(neutralEvent(changes, { at: '2026-03-02T10:00:00Z', ...more }))!;
/** Of an order that was known before, with other contents. */
const told = (changes: object = {}, more: object = {}, choices: object = {}) =>
	toldOf(event(changes, more), { contents: 'before', ...choices });
const bodyOf = (one: ReadEvent | undefined): Json => {
	if (!one || !('body' in one)) throw new Error(`Not told: ${JSON.stringify(one)}`);
	return one.body;
};
const typesOf = (all: ReadEvent[]) =>
	all.map((one) => ('body' in one ? one.type : `– ${one.code}`));

const card = { bin: '424242', last4: '4242', brand: 'Visa' };

describe('which events', () => {
	const refunds = (...amounts: Array<string | null>) => ({
		refunds: amounts.map((amount) => ({ amount })),
	});
	const PAYMENT = ['order_payment', 'order_payment_result'];
	it.each<[string, object, string[]]>([
		['order_created', {}, ['– no_td_event']],
		['order_paid', {}, PAYMENT],
		['order_paid', { totals: null }, ['– incomplete', 'order_payment_result']],
		['order_paid', { currency: null }, ['– incomplete', 'order_payment_result']],
		['order_paid', { totals: { total: 'much' } }, ['– incomplete', 'order_payment_result']],
		['order_paid', { totals: { total: '0.00' } }, ['– no_money']],
		['payment_failed', {}, PAYMENT],
		['order_changed', {}, ['order_modify']],
		['order_shipped', {}, ['order_ship']],
		['order_shipped', { fulfilments: [{ id: '1' }, { id: '2' }] }, ['order_ship', 'order_ship']],
		['order_cancelled', {}, ['order_cancel']],
		['order_refunded', {}, ['– incomplete']],
		['order_refunded', refunds('1'), ['order_refund']],
		['order_refunded', refunds(null, '2'), ['– incomplete', 'order_refund']],
		['order_refunded', { currency: null, ...refunds('0.00', '2') }, ['– no_money', '– incomplete']],
		['order_disputed', {}, ['– incomplete']],
		['order_disputed', { dispute: { amount: '1' } }, ['order_chargeback']],
		['order_disputed', { dispute: { amount: '' } }, ['– incomplete']],
		['order_disputed', { dispute: { amount: '1', is_inquiry: true } }, ['– inquiry']],
	])('%s with %j: %j', (name, changes, expected) => {
		expect(typesOf(told(changes, { event: name }))).toEqual(expected);
	});

	it('all that an order shows, payment first', () => {
		const changes = { refunds: [{ id: 'R', amount: '1' }], dispute: { id: 'D', amount: '1' } };
		const also = [
			...['order_disputed', 'order_refunded', 'order_cancelled', 'order_shipped'],
			...['order_changed', 'order_paid', 'payment_failed', 'order_created'],
		];
		expect(typesOf(told(changes, { also }))).toEqual([
			...['– no_td_event', ...PAYMENT, ...PAYMENT],
			...['order_modify', 'order_ship', 'order_cancel', 'order_refund', 'order_chargeback'],
		]);
	});
});

it('is the whole body of a payment', () => {
	const dated = { ...card, expires: '2028-02', funding: 'credit', country: 'US' };
	const said = { message: 'Approved', avs: 'Y', cvc: 'M' };
	const [payment, result] = told({
		payment: { id: 'P-1', gateway: 'shopify_payments', card: dated, ...said },
	});
	const basics = {
		channel: 'web',
		session_id: 's',
		terminal: { ip: '210.20.10.33' },
		event_time: '2026-03-02T10:00:00.000+00:00',
		order_id: '820982911946154508',
	};
	expect(bodyOf(payment)).toEqual({
		...basics,
		event_type: 'order_payment',
		payment: {
			payment_id: 'P-1',
			method: 'card',
			channel: 'shopify_payments',
			amount: { currency: 'USD', amount_local: 70, amount_usd: 70 },
			card: {
				card_bin: '424242',
				last_four_digits: '4242',
				card_number_length: 16,
				debit_or_credit: 'credit',
				issuer_region: 'US',
				expiration_date: '2028-02',
			},
		},
	});
	expect(bodyOf(result)).toEqual({
		...basics,
		event_type: 'order_payment_result',
		payment_id: 'P-1',
		payment_result: {
			is_payment_success: true,
			channel: 'shopify_payments',
			payment_message: 'Approved',
			response_by_avs: 'Y',
			response_by_cvc: 'M',
		},
	});
});

it('is the whole body of a change', () => {
	const [change] = told(
		{ created_at: '2026-03-01T09:00:00+02:00' },
		{ event: 'order_changed' },
		{ category: 'clothing' },
	);
	const clothing = { category_1: 'clothing' };
	const price = (amount: number) => ({ currency: 'USD', amount_local: amount, amount_usd: amount });
	expect(bodyOf(change)['order']).toEqual({
		order_id: '820982911946154508',
		order_create_time: '2026-03-01T09:00:00.000+02:00',
		amount: price(70),
		merchandise_list: [
			{ ...clothing, merchandise_id: 'SHIRT-M', name: 'Shirt', count: 2, unit_price: price(20) },
			{ ...clothing, merchandise_id: 'CAP', name: 'Cap', count: 1, unit_price: price(15.5) },
		],
		shipping: {
			address: {
				country: 'US',
				region: 'MN',
				city: 'Sampletown',
				detail: '1 Example Street, Suite 200',
				zip_code: '55000',
			},
			consignee: { nickname: 'Ada Example' },
			email: 'ada@example.com',
			method: 'logistics',
		},
	});
});

it.each<[string, object]>([
	['no category, no articles', {}],
	['an article without an id', { articles: [{ name: 'Gift' }] }],
])('of a change is left out what TD would not take: %s', (_what, changes) => {
	const category = 'articles' in changes ? 'clothing' : undefined;
	const [change] = told(changes, { event: 'order_changed' }, { category });
	expect(bodyOf(change)['order']).not.toHaveProperty('merchandise_list');
});

it.each([0, -0, -1, 1.5])('a quantity of %d is no count that TD is told', (quantity) => {
	const changes = { articles: [{ sku: 'CAP', quantity }] };
	const [change] = told(changes, { event: 'order_changed' }, { category: 'clothing' });
	const articles = (bodyOf(change)['order'] as Json)['merchandise_list'];
	expect(articles).toEqual([{ merchandise_id: 'CAP', category_1: 'clothing' }]);
});

it.each(['country', 'region', 'city'])('an address without its %s is left out whole', (member) => {
	const home = (event().order.ship_to ?? {}) as Json;
	const [change] = told({ ship_to: { ...home, [member]: null } }, { event: 'order_changed' });
	expect(bodyOf(change)['order']).not.toHaveProperty('shipping');
});

describe('how it was paid', () => {
	it.each([
		['paypal', 'paypal', 'ewallet'],
		['ppcp-gateway', 'paypal', 'ewallet'],
		['PayPal Express Checkout', 'paypal', 'ewallet'],
		['Alipay', 'alipay', 'ewallet'],
		['wechat_pay', 'wechat_pay', 'ewallet'],
		['Apple Pay', 'apple_pay', 'ewallet'],
		['Google Pay', 'Google Pay', 'ewallet'],
		['klarna_payments', 'klarna_payments', 'bnpl'],
		['shop_pay_installments', 'shop_pay_installments', 'bnpl'],
		['cod', 'cod', 'cash_on_delivery'],
		['Cash on Delivery (COD)', 'Cash on Delivery (COD)', 'cash_on_delivery'],
		['bacs', 'bacs', 'bank_transfer'],
		['Bank Deposit', 'Bank Deposit', 'bank_transfer'],
		['stripe_cc', 'stripe', 'other'],
		['checkout.com', 'checkout', 'other'],
		['shopify_payments', 'shopify_payments', 'other'],
		['manual', 'manual', 'other'],
	])('%s is %s, %s', (gateway, channel, method) => {
		const { payment } = event({ payment: { gateway } }).order;
		expect(howPaid(payment)).toEqual({ channel, method });
	});

	const OTHER = { channel: 'other', method: 'other' };
	it.each([[null], [{ gateway: null }], [{ gateway: '' }], [{ gateway: '  ' }]])(
		'%j is other',
		(payment) => expect(howPaid(event({ payment }).order.payment)).toEqual(OTHER),
	);

	it.each([
		['visa', 16],
		['Mastercard', 16],
		['American Express', 15],
		['amex', 15],
	])('a number of %s has %i digits', (brand, digits) => {
		const { payment } = event({ payment: { card: { ...card, brand } } }).order;
		const has = { card_number_length: digits };
		expect(howPaid(payment)).toMatchObject({ method: 'card', card: has });
	});

	it.each([
		[{ ...card, brand: 'UnionPay' }],
		[{ ...card, brand: null }],
		[{ ...card, bin: null }],
		[{ ...card, bin: '4242' }],
		[{ ...card, last4: null }],
		[{ ...card, last4: '••42' }],
	])('%j is no card that TD takes', (incomplete) => {
		const { payment } = event({ payment: { card: incomplete } }).order;
		expect(howPaid(payment)).toEqual(OTHER);
	});
});

describe('payments', () => {
	const refund = { refunds: [{ id: 'R', amount: '1' }] };
	it.each<[string, object, string[], string]>([
		['the one that TD was told of', { payment: { id: 'other' } }, ['P-1', 'P-2'], 'P-2'],
		['its own, where TD was told of it', { payment: { id: 'P-1' } }, ['P-1', 'P-2'], 'P-1'],
		['its own, where TD was told of none', { payment: { id: 'other' } }, [], 'other'],
		['the order, where nobody told any', {}, [], '820982911946154508'],
	])('a refund names %s', (_what, changes, payments, expected) => {
		const [first] = told({ ...refund, ...changes }, { event: 'order_refunded' }, { payments });
		expect(bodyOf(first)['payment_id']).toBe(expected);
	});

	it('an amount of its own comes before the total of the order', () => {
		const [payment] = told({ payment: { id: 'P', amount: '12.50' } }, { event: 'payment_failed' });
		expect(bodyOf(payment)['payment']).toMatchObject({ amount: { amount_local: 12.5 } });
	});
});

describe('times', () => {
	const timeOf = (changes: object, more: object) => bodyOf(told(changes, more)[0])['event_time'];
	const DAYS = { event: '2026-03-02T10:00:00.000+00:00', own: '2026-03-01T10:00:00.000+00:00' };
	const own = '2026-03-01T10:00:00Z';

	it.each<[string, object, object, string]>([
		['the event’s own', { paid_at: own }, {}, DAYS.event],
		['what the order tells, where the event has none', { paid_at: own }, { at: null }, DAYS.own],
		[
			'what the order tells of what is not the event',
			{ paid_at: own },
			{ event: 'order_created', also: ['order_paid'] },
			DAYS.own,
		],
		[
			'the refund’s',
			{ refunds: [{ amount: '1', at: own }] },
			{ event: 'order_refunded' },
			DAYS.own,
		],
		['the parcel’s', { fulfilments: [{ at: own }] }, { event: 'order_shipped' }, DAYS.own],
		['the next, where one can not be read', { paid_at: own }, { at: 'Nov 5, 2025' }, DAYS.own],
		['without an offset the workflow’s', { paid_at: own.slice(0, -1) }, { at: null }, DAYS.own],
	])('%s', (_what, changes, more, expected) => {
		const all = told(changes, more).filter((one) => 'body' in one);
		expect(all[0]!.body['event_time']).toBe(expected);
	});

	it('that of the run, where nobody told any', () => {
		const before = Date.now();
		expect(Date.parse(timeOf({}, { at: null }) as string)).toBeGreaterThanOrEqual(before);
	});
});

describe('chargebacks', () => {
	it.each([
		['needs_response', 'need_response'],
		['under_review', 'under_review'],
		[null, 'not told'],
	])('the stage %s is %s', (status, process) => {
		const [one] = told({ dispute: { id: 'D', amount: '1', status } }, { event: 'order_disputed' });
		expect(bodyOf(one)['chargeback_result']).toMatchObject({
			chargeback_process: process,
			chargeback_reason: 'not told',
		});
	});
});

describe('keys', () => {
	const keyOf = (changes: object, more: object) => {
		const last = told(changes, more).at(-1)!;
		return JSON.stringify('key' in last ? last.key : last.code);
	};

	const refund = (own: object) => ({ refunds: [own] });
	const dispute = (status: string) => ({ dispute: { id: '1', amount: '5', status } });
	const anyDispute = (own: object) => ({ dispute: { amount: '5', ...own } });
	const parcel = (id: string) => ({ fulfilments: [{ id }] });
	const anyParcel = (own: object) => ({ fulfilments: [own] });
	const payment = (id: string) => ({ payment: { id } });
	const at = '2026-03-02T10:00:00Z';
	it.each<[string, one: object, other: object, event?: string]>([
		[
			'another refund',
			refund({ id: '1', amount: '5' }),
			refund({ id: '2', amount: '5' }),
			'order_refunded',
		],
		[
			'a refund without an id, of another amount',
			refund({ amount: '5' }),
			refund({ amount: '6' }),
			'order_refunded',
		],
		['another stage', dispute('a'), dispute('b'), 'order_disputed'],
		['another parcel', parcel('1'), parcel('2'), 'order_shipped'],
		['other contents', {}, { totals: { total: '1' } }, 'order_changed'],
		['another payment', payment('1'), payment('2')],
		// What one of them holds is no part of the other one
		[
			'a dispute whose stage ends as its id does not',
			anyDispute({ id: '1 a', status: 'b' }),
			anyDispute({ id: '1', status: 'a b' }),
			'order_disputed',
		],
		[
			'a dispute whose id is a time',
			anyDispute({ id: at, status: 'b' }),
			anyDispute({ at, status: 'b' }),
			'order_disputed',
		],
		[
			'a refund whose id is an amount and a time',
			refund({ id: `5 ${at}`, amount: '5' }),
			refund({ amount: '5', at }),
			'order_refunded',
		],
		['a parcel called shipped', parcel('shipped'), {}, 'order_shipped'],
		[
			'a parcel whose id is a tracking number',
			parcel('1Z9'),
			anyParcel({ tracking_number: '1Z9' }),
			'order_shipped',
		],
	])('%s has another key', (_what, one, other, name = 'order_paid') => {
		const more = { event: name };
		expect(keyOf(one, more)).not.toBe(keyOf(other, more));
		expect(keyOf(one, more)).toBe(keyOf(one, { ...more, delivery_id: 'again' }));
	});

	it.each([
		['the time of a failure ends as a success', '1', `${at} paid`, `1 failed ${at}`, null],
		['the id holds a failure', '1', `${at} failed ${at}`, `1 failed ${at}`, at],
	])('two payments have two keys where %s', (_what, id, time, otherId, otherTime) => {
		const failed = keyOf(payment(id), { event: 'payment_failed', at: time });
		const event = otherTime === null ? 'order_paid' : 'payment_failed';
		expect(keyOf(payment(otherId), { event, at: otherTime })).not.toBe(failed);
	});

	it('a change known by its time has another key than one known by its delivery', () => {
		const change = { event: 'order_changed' };
		const time = '2026-03-02T10:00:00.000+00:00';
		expect(keyOf({}, { ...change, at: null, delivery_id: time })).not.toBe(
			keyOf({}, { ...change, at }),
		);
	});

	it('another attempt at a payment has another key, but of a shop that repeats itself', () => {
		const later = { event: 'payment_failed', at: '2026-03-02T11:00:00Z' };
		const first = { event: 'payment_failed' };
		expect(keyOf({}, first)).not.toBe(keyOf({}, later));
		const woo = { shop: 'woocommerce' };
		expect(keyOf({}, { ...first, ...woo })).toBe(keyOf({}, { ...later, ...woo }));
	});
});

it('what is known already is no change', () => {
	const contents = printOfContents(event());
	expect(typesOf(told({}, { event: 'order_changed' }, { contents }))).toEqual(['– unchanged']);
	const shipped = {
		articles: event().order.articles.map((one) => ({ ...one, to_ship: 0 })),
		state: 'refunded',
	};
	expect(typesOf(told(shipped, { event: 'order_changed' }, { contents }))).toEqual(['– unchanged']);
});

it('the first that is known of an order is a change where it shows one', () => {
	const changed = { event: 'order_changed' };
	expect(typesOf(told({}, changed, { contents: null }))).toEqual(['– unchanged']);
	const [first] = event().order.articles;
	const less = (current_quantity: number | null) => ({
		articles: [{ ...first, current_quantity }],
	});
	expect(typesOf(told(less(first!.quantity), changed, { contents: null }))).toEqual([
		'– unchanged',
	]);
	expect(typesOf(told(less(0), changed, { contents: null }))).toEqual(['order_modify']);
});

it('contents are what is left of an order, and the same print where nothing was taken out', () => {
	const [first] = event().order.articles;
	const print = (left: number | null) =>
		printOfContents(event({ articles: [{ ...first!, current_quantity: left }] }));
	expect(print(first!.quantity)).toBe(print(null));
	expect(print(first!.quantity - 1)).not.toBe(print(null));
});

it('an order without articles is known by its total, but not at a payment provider', () => {
	const print = (shop: Shop, total: string | null) =>
		printOfContents({
			shop,
			order: { ...event().order, articles: [], totals: { ...event().order.totals!, total } },
		});
	expect(print('woocommerce', '5.00')).toBe(print('woocommerce', '5.00'));
	expect(print('woocommerce', '5.00')).not.toBe(print('woocommerce', '6.00'));
	expect(print('woocommerce', null)).toBeNull();
	expect(print('stripe', '5.00')).toBeNull();
});

describe('exchange rates', () => {
	it.each([
		['EUR 1.08', { EUR: '1.08' }],
		['eur=1.08, GBP: 1.27;\nJPY 0.0067', { EUR: '1.08', GBP: '1.27', JPY: '0.0067' }],
		['', {}],
		[' , ', {}],
	])('%j are %j', (text, expected) => {
		expect(Object.fromEntries(readRates(text)!)).toEqual(expected);
	});

	it('are never another currency’s', () => {
		const changes = { refunds: [{ id: '1', amount: '10', currency: 'GBP' }] };
		const rates = readRates('USD 7.1')!;
		expect(() => told(changes, { event: 'order_refunded' }, { rates })).toThrow(
			"The shop's amounts are in GBP, TD's region Singapore requires them in USD, and 'Exchange Rates' has no rate for GBP",
		);
	});
});

/** Every amount in a body, wherever it stands. */
function amountsIn(value: unknown): Json[] {
	if (typeof value !== 'object' || value === null) return [];
	const own = 'amount_local' in value ? [value as Json] : [];
	return [...own, ...Object.values(value).flatMap(amountsIn)];
}

function refuseNull(name: string, member: unknown): unknown {
	if (member === null) throw new Error(`${name} is null`);
	return member;
}

/** Holds all that TD is told of an event against what the event says. */
function expectSound(one: ShopEvent): void {
	const { currency, dispute, payment, refunds, totals } = one.order;
	const positive = (amount: unknown) => Math.abs(Number(amount));
	for (const each of toldOf(one, { category: 'c', includesInquiries: true })) {
		if (!('body' in each)) {
			expect(each.reason).toMatch(/^[A-Z].{20,}[^.]$/);
			continue;
		}
		expect(JSON.parse(JSON.stringify(each.body), refuseNull)).toEqual(each.body);
		for (const amount of amountsIn(each.body)) {
			const local = amount['amount_local'] as number;
			expect(local).toBeGreaterThanOrEqual(0);
			const code = amount['currency'] as string;
			const rate = code === 'USD' ? 1 : Number(anyRate.get(code));
			const worth = amount['amount_usd'] as number;
			expect(Math.abs(worth - local * rate)).toBeLessThanOrEqual(0.0051 + local * 1e-9);
		}
		const body = each.body as Record<string, Record<string, Json>>;
		if (each.type !== 'order_modify') expect(body['order_id']).toBe(one.order.id ?? UNKNOWN);
		const paid = body['payment']?.['amount'];
		if (paid) {
			expect(paid['amount_local']).toBe(positive(payment?.amount ?? totals?.total));
			expect(paid['currency']).toBe(currency?.trim().toUpperCase());
		}
		const back = body['refund_result']?.['refund_amount'];
		const amounts = refunds.map(({ amount }) => positive(amount));
		if (back) expect(amounts).toContain(back['amount_local']);
		const lost = body['chargeback_result']?.['chargeback_amount'];
		if (lost) expect(lost['amount_local']).toBe(positive(dispute?.amount));
	}
}

describe('whatever is missing or strange, TD is told nothing wrong and nothing that it would refuse', () => {
	const bodies = shops.flatMap(([, all]) => all);
	it.each(bodies.map((one) => [`${one.shop}: ${one.name}`, one] as const))('%s', (_name, one) => {
		const check = (body: Json) => {
			const event = eventOf({ ...one, body });
			if (event) expectSound(event);
		};
		fc.assert(fc.property(lacking(one.body), check), { numRuns: RUNS });
		fc.assert(fc.property(senseless(one.body), check), { numRuns: RUNS });
	});

	const everything = neutralEvent(
		{
			payment: { id: 'P', gateway: 'x', message: 'm', card: { ...card, brand: 'visa' } },
			refunds: [
				{ id: 'R', amount: '-5.00', currency: 'EUR', reason: 'r' },
				{ id: 'S', amount: '1' },
			],
			fulfilments: [{ id: 'F', carrier: 'UPS', at: '2026-03-02T10:00:00Z' }],
			dispute: { id: 'D', amount: '5', currency: 'JPY', reason: 'r', status: 's' },
			paid_at: '2026-03-02T10:00:00Z',
		},
		{
			at: '2026-03-02T10:00:00Z',
			also: ['changed', 'shipped', 'refunded', 'disputed', 'cancelled'].map(
				(end) => `order_${end}`,
			),
		},
	);
	it.each([
		['lacks something', lacking],
		['holds what nobody documents', senseless],
	])('a neutral event that %s', (_how, spoil) => {
		const check = (body: Json) => {
			const event = readShopEvent(body);
			if (event) expectSound(event);
		};
		fc.assert(fc.property(spoil(everything as Json), check), { numRuns: RUNS * 40 });
	});
});
