/**
 * Several shops of one kind that report to one TD account, and one shop that is heard of in several ways: no
 * order is given another one's visit, and none is told twice.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { having, outputOf } from '../../observed';
import { useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

type Json = Record<string, unknown>;

const IP = { a: '210.20.10.33', b: '210.20.10.44' } as const;
type Owner = keyof typeof IP;

const report = async (event: object, parameters: INodeParameters = {}) =>
	outputOf(
		await bench.run(
			'tdOrderEvent',
			{
				operation: 'reportShopEvent',
				shopEvent: '={{ $json }}',
				ifMissing: 'skip',
				...parameters,
			},
			[event as IDataObject],
		),
	);
const told = () => bench.sandbox.ledger().events.map(({ raw }) => JSON.parse(raw) as Json);
const toldOf = (type: string) => told().filter(({ event_type }) => event_type === type);
const ipOf = (event: Json) => (event['terminal'] as Json)['ip'];
const skippedFor = (reason_code: string) => [having({ outcome: 'skipped', reason_code })];
const PAYMENT = ['order_payment', 'order_payment_result'];

/** Where a shop says whose it is: undefined says nothing. */
type Place = string | undefined;
type Way = (place: Place) => { paid: (ip?: string) => object; refunded: () => object };

const shopifyBodies = {
	paid: (ip?: string) => ({
		id: 5_700_000_000_001,
		order_number: 1001,
		currency: 'USD',
		total_price: '59.00',
		financial_status: 'paid',
		created_at: '2026-03-01T10:00:00-06:00',
		updated_at: '2026-03-01T10:01:00-06:00',
		line_items: [{ id: 1, sku: 'MUG', title: 'Mug', quantity: 2, price: '24.00' }],
		...(ip ? { client_details: { browser_ip: ip } } : {}),
	}),
	refunded: () => ({
		id: 9,
		order_id: 5_700_000_000_001,
		created_at: '2026-03-02T10:01:00-06:00',
		refund_line_items: [],
		transactions: [{ kind: 'refund', status: 'success', amount: '5.00', currency: 'USD' }],
	}),
};
const wooBodies = {
	paid: (ip?: string) => ({
		id: 727,
		number: '727',
		status: 'processing',
		currency: 'USD',
		total: '59.00',
		date_created_gmt: '2026-03-01T16:00:00',
		date_modified_gmt: '2026-03-01T16:01:00',
		date_paid_gmt: '2026-03-01T16:01:00',
		payment_method: 'bacs',
		transaction_id: '727',
		line_items: [{ id: 1, sku: 'MUG', name: 'Mug', quantity: 2, total: '48.00' }],
		refunds: [],
		...(ip ? { customer_ip_address: ip } : {}),
	}),
	refunded: () => ({
		...wooBodies.paid(),
		status: 'refunded',
		refunds: [{ id: 9, reason: 'Damaged', total: '-5.00' }],
	}),
};
const stripeEvent = (type: string, object: object, account: Place) => ({
	id: `evt_${type}`,
	object: 'event',
	created: 1_772_380_800,
	livemode: true,
	type,
	...(account === undefined ? {} : { account }),
	data: { object },
});
const metadata = { order_id: '1001' };
/** Each account has payments of its own. */
const charge = (account: Place, ip?: string) => ({
	id: `ch_${account ?? ''}`,
	object: 'charge',
	payment_intent: `pi_${account ?? ''}`,
	amount: 5900,
	amount_captured: 5900,
	captured: true,
	currency: 'usd',
	status: 'succeeded',
	created: 1_772_380_800,
	metadata: { ...metadata, ...(ip ? { customer_ip: ip } : {}) },
});

const header =
	(name: string, topics: [paid: string, refunded: string], bodies: typeof shopifyBodies): Way =>
	(place) => {
		const as = (topic: string) => ({
			...{ 'x-shopify-topic': topics[0] },
			...(place === undefined ? {} : { [name]: place }),
			[name.replace(/shop-domain|source/, 'topic')]: topic,
		});
		return {
			paid: (ip) => ({ headers: as(topics[0]), body: bodies.paid(ip) }),
			refunded: () => ({ headers: as(topics[1]), body: bodies.refunded() }),
		};
	};
const linked = (place: Place, body: object) => ({
	...body,
	...(place === undefined ? {} : { _links: { self: [{ href: place }] } }),
});
const shopify = header('x-shopify-shop-domain', ['orders/paid', 'refunds/create'], shopifyBodies);
const woo = header('x-wc-webhook-source', ['order.updated', 'order.updated'], wooBodies as never);
const wooAlone: Way = (place) => ({
	paid: (ip) => linked(place, wooBodies.paid(ip)),
	refunded: () => linked(place, wooBodies.refunded()),
});
const stripe: Way = (place) => ({
	paid: (ip) => stripeEvent('charge.succeeded', charge(place, ip), place),
	refunded: () =>
		stripeEvent(
			'refund.created',
			{
				id: `re_${place ?? ''}`,
				object: 'refund',
				charge: `ch_${place ?? ''}`,
				payment_intent: `pi_${place ?? ''}`,
				amount: 500,
				currency: 'usd',
				status: 'succeeded',
				created: 1_772_467_200,
				metadata,
			},
			place,
		),
});
/** As Shop Trigger puts it out. */
const neutral: Way = (store) => {
	const event = (name: string, order: object) => ({
		event: name,
		shop: 'shopify',
		at: '2026-03-02T10:00:00Z',
		...(store === undefined ? {} : { store }),
		order: { id: '1001', number: '1001', currency: 'USD', totals: { total: '68.00' }, ...order },
	});
	return {
		paid: (ip) => event('order_paid', { device: { ip: ip ?? null } }),
		refunded: () => event('order_refunded', { refunds: [{ id: 'R-1', amount: '5.00' }] }),
	};
};

const KINDS: Array<[string, Way, Record<Owner, string>]> = [
	['Shopify, by its header', shopify, { a: 'a.myshopify.com', b: 'b.myshopify.com' }],
	['WooCommerce, by its header', woo, { a: 'https://a.example/', b: 'https://b.example/' }],
	['two WooCommerce in one domain', woo, { a: 'https://x.example/a/', b: 'https://x.example/b/' }],
	['two WooCommerce on one machine', woo, { a: 'http://x.example:81/', b: 'http://x.example:82/' }],
	[
		'WooCommerce, by its link alone',
		wooAlone,
		{
			a: 'https://a.example/wp-json/wc/v3/orders/727',
			b: 'https://b.example/wp-json/wc/v3/orders/727',
		},
	],
	['Stripe, by its account', stripe, { a: 'acct_1AbcA', b: 'acct_1Abca' }],
	['Shop Trigger, by its credential', neutral, { a: 'credential-Aa1', b: 'credential-aa1' }],
];

describe.each(KINDS)('two shops with an order of one number: %s', (_kind, way, places) => {
	const shops = { a: way(places.a), b: way(places.b) };

	it('a refund of B is not told with the visit of A', async () => {
		await report(shops.a.paid(IP.a));
		const before = told();
		expect(await report(shops.b.refunded())).toEqual(
			expect.arrayContaining(skippedFor('no_device')),
		);
		expect(told()).toEqual(before);
		await report(shops.a.refunded());
		expect(toldOf('order_refund').map(ipOf)).toEqual([IP.a]);
	});

	it('each tells its own events with its own visit, each once, whatever their keys', async () => {
		for (let again = 0; again < 2; again++) {
			for (const owner of ['a', 'b'] as const) {
				await report(shops[owner].paid(IP[owner]));
				await report(shops[owner].refunded());
			}
		}
		for (const type of [...PAYMENT, 'order_refund']) {
			expect([type, ...toldOf(type).map(ipOf)]).toEqual([type, IP.a, IP.b]);
		}
	});

	it('both at one moment', async () => {
		const owners = ['a', 'b', 'a', 'b'] as const;
		await Promise.all(owners.map(async (owner) => await report(shops[owner].paid(IP[owner]))));
		await Promise.all(owners.map(async (owner) => await report(shops[owner].refunded())));
		for (const type of [...PAYMENT, 'order_refund']) {
			expect([type, ...toldOf(type).map(ipOf).sort()]).toEqual([type, IP.a, IP.b]);
		}
	});
});

describe('one shop in two ways is one shop', () => {
	const link = (base: string) => wooAlone(`${base}wc/v3/orders/727`);
	const ways: Array<[string, ReturnType<Way>, ReturnType<Way>]> = [
		['upper case', shopify('A.MyShopify.com'), shopify('a.myshopify.com')],
		['its address', shopify('https://a.myshopify.com/'), shopify('a.myshopify.com')],
		['a dot behind', shopify('a.myshopify.com.'), shopify('a.myshopify.com')],
		['the port', shopify('a.myshopify.com:443'), shopify('a.myshopify.com')],
		['not encrypted', woo('http://a.example/'), woo('https://a.example/')],
		['the usual ports', woo('http://a.example:80'), woo('https://a.example:443/')],
		['www', woo('https://www.a.example/'), woo('https://a.example/')],
		['slashes', woo('https://a.example//'), woo('https://a.example')],
		['a folder', woo('https://A.example/shop//'), woo('https://a.example/shop')],
		['its link', woo('https://a.example/'), link('https://a.example/wp-json/')],
		[
			'its link without rewriting',
			woo('https://a.example/'),
			link('https://a.example/index.php/wp-json/'),
		],
		[
			'its link as a query',
			woo('https://a.example/'),
			link('https://a.example/index.php?rest_route=/'),
		],
		[
			'its link in a folder',
			woo('https://a.example/shop/'),
			link('https://a.example/shop/wp-json/'),
		],
		['its link of another name', woo('https://a.example/'), link('https://a.example/api/')],
		['a body alone', shopify('a.myshopify.com'), shopify(undefined)],
		['a body alone of WooCommerce', woo('https://a.example/'), wooAlone(undefined)],
		['a hand-made event', neutral('credential-1'), neutral(undefined)],
	];
	const both = ways.flatMap(([name, one, other]) => [
		[name, one, other] as const,
		[`${name}, the other way round`, other, one] as const,
	]);

	it.each(both)('%s', async (_name, first, later) => {
		await report(first.paid(IP.a));
		const again = await report(later.paid(IP.a));
		expect(again.every((item) => item['reported_before'] === true)).toBe(true);
		await report(later.refunded());
		await report(first.refunded());
		for (const type of [...PAYMENT, 'order_refund']) {
			expect([type, ...toldOf(type).map(ipOf)]).toEqual([type, IP.a]);
		}
		// WooCommerce's whole order may show a change, too
		expect(toldOf('order_modify').length).toBeLessThanOrEqual(1);
	});

	it('two endpoints of one Stripe account, each with a credential of its own', async () => {
		const of = (store: string) => {
			const event = (name: string, order: object) => ({
				event: name,
				shop: 'stripe',
				store,
				at: '2026-03-02T10:00:00Z',
				order: { currency: 'USD', totals: { total: '68.00' }, payment: { id: 'pi_1' }, ...order },
			});
			return {
				paid: () => event('order_paid', { id: '1001', device: { ip: IP.a } }),
				disputed: () =>
					event('order_disputed', { dispute: { id: 'dp_1', amount: '68', status: 'lost' } }),
			};
		};
		await report(of('credential-1').paid());
		await report(of('credential-2').paid());
		await report(of('credential-2').disputed());
		await report(of('credential-1').disputed());
		expect(told().map(({ event_type }) => event_type)).toEqual([...PAYMENT, 'order_chargeback']);
		expect(toldOf('order_chargeback')[0]).toMatchObject({ order_id: '1001', payment_id: 'pi_1' });
	});

	it('an order that TD knows by the payment of another shop is told of in the same words', async () => {
		const payment = { id: 'pi_1' };
		const order = { id: '727', currency: 'USD', totals: { total: '68.00' }, payment };
		const device = { ip: IP.a };
		const at = '2026-03-02T10:00:00Z';
		const ofShop = { event: 'order_paid', shop: 'woocommerce', at, store: 'a.example' };
		const ofStripe = { event: 'order_paid', shop: 'stripe', at, store: 'credential-1' };
		await report({ ...ofShop, order: { ...order, device } });
		const again = await report({ ...ofStripe, order: { ...order, id: '1001' } });
		expect(again.map((item) => item['reported_before'])).toEqual([true, true]);
		await report({
			...ofStripe,
			event: 'order_refunded',
			order: { ...order, id: null, refunds: [{ id: 're_1', amount: '5', currency: 'USD' }] },
		});
		expect(toldOf('order_refund')).toEqual([having({ order_id: '727', payment_id: 'pi_1' })]);
		expect(told()).toHaveLength(3);
	});
});

describe('where one event names its shop and another one does not', () => {
	/** Who is heard of before, whose refund comes, and whether that is told, with which visit. */
	const table: Array<
		[before: Array<[Owner | 'none', Owner]>, refund: Owner | 'none', ip: string | null]
	> = [
		[[['a', 'a']], 'a', IP.a],
		[[['a', 'a']], 'none', IP.a],
		[[['none', 'a']], 'a', IP.a],
		[[['none', 'a']], 'none', IP.a],
		[[['a', 'a']], 'b', null],
		[
			[
				['a', 'a'],
				['b', 'b'],
			],
			'a',
			IP.a,
		],
		[
			[
				['a', 'a'],
				['b', 'b'],
			],
			'b',
			IP.b,
		],
		[
			[
				['a', 'a'],
				['b', 'b'],
			],
			'none',
			null,
		],
		// The visit shows that it is another shop's
		[
			[
				['a', 'a'],
				['none', 'b'],
			],
			'a',
			IP.a,
		],
		[
			[
				['a', 'a'],
				['none', 'b'],
			],
			'none',
			null,
		],
		[
			[
				['a', 'a'],
				['none', 'b'],
			],
			'b',
			null,
		],
		[
			[
				['none', 'a'],
				['b', 'b'],
			],
			'b',
			IP.b,
		],
		[
			[
				['none', 'a'],
				['b', 'b'],
			],
			'none',
			null,
		],
		[
			[
				['none', 'a'],
				['b', 'b'],
			],
			'a',
			null,
		],
		[
			[
				['none', 'a'],
				['b', 'b'],
				['a', 'a'],
			],
			'a',
			IP.a,
		],
		[
			[
				['none', 'a'],
				['a', 'a'],
				['none', 'b'],
			],
			'a',
			IP.a,
		],
		[
			[
				['none', 'a'],
				['a', 'a'],
				['none', 'b'],
			],
			'none',
			null,
		],
		// The first one that is named takes what nobody is named for: then it is nobody else's
		[
			[
				['none', 'a'],
				['a', 'a'],
			],
			'b',
			null,
		],
		[
			[
				['none', 'a'],
				['a', 'a'],
				['b', 'b'],
			],
			'b',
			IP.b,
		],
		[
			[
				['none', 'a'],
				['a', 'a'],
				['b', 'b'],
			],
			'none',
			null,
		],
		[
			[
				['none', 'a'],
				['a', 'a'],
				['b', 'b'],
			],
			'a',
			IP.a,
		],
		[
			[
				['a', 'a'],
				['none', 'a'],
				['b', 'b'],
			],
			'a',
			IP.a,
		],
	];
	const places = { a: 'a.myshopify.com', b: 'b.myshopify.com', none: undefined };

	it.each(table)('before: %j, then a refund of %s: %s', async (before, refund, ip) => {
		for (const [owner, visit] of before) await report(shopify(places[owner]).paid(IP[visit]));
		const items = await report(shopify(places[refund]).refunded());
		expect(toldOf('order_refund').map(ipOf)).toEqual(ip === null ? [] : [ip]);
		if (ip === null) expect(items).toEqual(skippedFor('no_device'));
	});

	it.each([
		['a', 'none'],
		['none', 'a'],
	] as const)(
		'%s, then %s: another visit is another order, and both are told, each once',
		async (one, other) => {
			for (let again = 0; again < 2; again++) {
				await report(shopify(places[one]).paid(IP.a));
				await report(shopify(places[other]).paid(IP.b));
			}
			for (const type of PAYMENT) expect(toldOf(type).map(ipOf)).toEqual([IP.a, IP.b]);
		},
	);

	it.each([
		['2a01:4f8::1', '2A01:04F8:0:0:0:0:0:1', true],
		['2a01:4f8::a:0:0:1', '2a01:4f8:0:0:a::1', true],
		['210.20.10.33', '::ffff:210.20.10.33', true],
		['::FFFF:D214:0A21', '::ffff:210.20.10.33', true],
		['2a01:4f8::1', '2a01:4f8::1:0', false],
		['::ffff:210.20.10.33', '210.20.10.44', false],
	])('%s and %s are one visit, in whatever spelling: %s', async (one, other, isSame) => {
		for (const pair of [
			[one, other],
			[other, one],
		] as const) {
			await bench.sandbox.reset();
			const orderIdPrefix = `${pair.join()}-`;
			await report(shopify(undefined).paid(pair[0]), { orderIdPrefix });
			await report(shopify(places.a).paid(pair[1]), { orderIdPrefix });
			await report(shopify(undefined).refunded(), { orderIdPrefix });
			const sent = pair[1].startsWith('::') ? '210.20.10.33' : pair[1];
			expect(toldOf('order_refund').map(ipOf)).toEqual(isSame ? [sent] : []);
		}
	});

	it('what may be of either is not remembered for either', async () => {
		await report(shopify(places.a).paid(IP.a));
		await report(shopify(places.b).paid(IP.b));
		await report(shopify(undefined).paid('210.20.10.55'));
		expect(await report(shopify(undefined).refunded())).toEqual(skippedFor('no_device'));
		for (const owner of ['a', 'b'] as const) await report(shopify(places[owner]).refunded());
		expect(toldOf('order_refund').map(ipOf)).toEqual([IP.a, IP.b]);
	});

	it('a shop that has only told that it has such an order is known too', async () => {
		await report(shopify(places.a).paid(IP.a));
		await report(shopify(places.b).refunded());
		expect(await report(shopify(undefined).refunded())).toEqual(skippedFor('no_device'));
	});

	it('two that name no shop are told apart by Order ID Prefix', async () => {
		const prefix = (orderIdPrefix: string) => ({ orderIdPrefix });
		await report(shopify(undefined).paid(IP.a), prefix('A-'));
		expect(await report(shopify(undefined).refunded(), prefix('B-'))).toEqual(
			skippedFor('no_device'),
		);
		await report(shopify(undefined).refunded(), prefix('A-'));
		expect(toldOf('order_refund').map(ipOf)).toEqual([IP.a]);
	});
});

describe('a payment leads to the order of its own shop', () => {
	const event = (store: string | null, name: string, order: object) => ({
		event: name,
		shop: 'woocommerce',
		store,
		at: '2026-03-02T10:00:00Z',
		order: { currency: 'USD', totals: { total: '68.00' }, ...order },
	});
	const dispute = { id: 'D-1', amount: '68', reason: 'fraudulent', status: 'lost' };
	it.each([
		['TX-1', 'a.example', 'a.example', true],
		['TX-1', 'a.example', 'b.example', false],
		['TX-1', null, null, true],
		['TX-1', 'a.example', null, true],
		['TX-1', null, 'a.example', true],
		['pi_1', 'a.example', 'a.example', true],
		['pi_1', 'a.example', null, true],
		['pi_1', null, 'a.example', true],
		['pi_1', 'a.example', 'credential-1', true],
	])('%s of %s, disputed by %s: %s', async (id, ofPaid, ofDispute, isFound) => {
		const payment = { id };
		await report(event(ofPaid, 'order_paid', { id: '727', payment, device: { ip: IP.a } }));
		const items = await report(event(ofDispute, 'order_disputed', { id: null, payment, dispute }));
		expect(toldOf('order_chargeback').map(ipOf)).toEqual(isFound ? [IP.a] : []);
		if (!isFound) expect(items).toEqual(skippedFor('no_order'));
	});

	it('the number of an order is no payment of another shop', async () => {
		await report(event('a.example', 'order_paid', { id: '1001', device: { ip: IP.a } }));
		const payment = { id: '1001' };
		const items = await report({
			...event('b.example', 'order_disputed', { id: null, payment, dispute }),
			shop: 'shopify',
		});
		expect(items).toEqual(skippedFor('no_order'));
	});
});

describe('two shops with one account at Stripe, and one number', () => {
	const event = (shop: string, store: string, name: string, order: object) => ({
		...{ event: name, shop, store, at: '2026-03-02T10:00:00Z' },
		order: { id: '727', number: '727', currency: 'USD', totals: { total: '68.00' }, ...order },
	});
	const paid = (shop: string, store: string, id: string, ip?: string) =>
		event(shop, store, 'order_paid', { payment: { id }, ...(ip ? { device: { ip } } : {}) });

	it.each([
		['what Stripe tells of one is not told for the other', [paid('stripe', 'cred', 'pi_B')]],
		['whichever tells first', []],
	])('%s', async (_what, toldBefore) => {
		await report(paid('stripe', 'cred', 'pi_A', IP.a));
		for (const one of toldBefore) await report(one);
		await report(paid('woocommerce', 'b.example', 'pi_B', IP.b));
		const refunds = [{ id: 're_B', amount: '5.00', currency: 'USD' }];
		await report(event('stripe', 'cred', 'order_refunded', { payment: { id: 'pi_B' }, refunds }));
		expect(toldOf('order_refund').map(ipOf)).toEqual([IP.b]);
	});
});
