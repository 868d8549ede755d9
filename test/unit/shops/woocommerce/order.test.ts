/** Parcels, statuses and sets of WooCommerce's orders, as plugins note them. */
import { sum } from '../../../../lib/base/money';
import { readShopEvent } from '../../../../lib/shops/read';
import { readBy } from '../body';
import { paid } from './bodies';

type Json = Record<string, unknown>;

const read = (change: Json, options: Json = {}) =>
	readBy('woocommerce', 'order.updated', { ...paid, ...change }, options)!;
const [mug] = paid.line_items;

describe('parcels', () => {
	const parcelsIn = (key: string, value: unknown) =>
		read({ meta_data: [{ key, value }] }).order.fulfilments;
	const parcel = { id: null, at: null, carrier: null, tracking_number: '1Z', service: null };

	test.each<[string, unknown, Json]>([
		['_wc_shipment_tracking_items', '[{"tracking_number":"1Z"}]', {}],
		['_wc_shipment_tracking_items', { '3': { tracking_number: '1Z' } }, {}],
		['_aftership_tracking_items', [{ slug: 'ups', tracking_number: '1Z' }], { carrier: 'ups' }],
		['wf_wc_shipment_result', { tracking_info: [{ tracking_id: '1Z' }] }, {}],
		['wcshipping_labels', [{ tracking: '1Z', carrier_id: 'usps' }], { carrier: 'usps' }],
		['ywot_tracking_code', '1Z', {}],
		['_tracking_number', '1Z', {}],
	])('%s %j', (key, value, more) => {
		expect(parcelsIn(key, value)).toEqual([{ ...parcel, ...more }]);
	});

	test.each<[string, unknown]>([
		['_wc_shipment_tracking_items', []],
		['_wc_shipment_tracking_items', '[]'],
		['_wc_shipment_tracking_items', '[broken'],
		['_wc_shipment_tracking_items', ''],
		['_tracking_number', ''],
		['wc_connect_labels', [{ status: 'PURCHASE_ERROR' }]],
	])('none in %s %j', (key, value) => expect(parcelsIn(key, value)).toEqual([]));

	test('one that two plugins note counts once, and each of several lines and entries counts', () => {
		const item = (tracking_number: string) => ({ tracking_number });
		const at = (key: string, ...items: Json[]) => ({ key, value: items });
		const noted = read({
			meta_data: [
				at('_wc_shipment_tracking_items', item('A')),
				at('_wc_shipment_tracking_items', item('B')),
				at('_aftership_tracking_items', item('B'), item('C')),
			],
			line_items: [
				{
					...mug,
					meta_data: [
						{
							key: '_vi_wot_order_item_tracking_data',
							value: JSON.stringify([item('X'), { ...item('D'), carrier_name: 'UPS' }]),
						},
					],
				},
			],
		});
		expect(noted.order.fulfilments.map((one) => one.tracking_number).join('')).toBe('ABCD');
	});
});

test('an empty list of refunds says that there are none, no list says nothing', () => {
	const left = (refunds: unknown) => read({ refunds }).order.articles[0]!.to_ship;
	expect([left([]), left({}), left(undefined), left(null)]).toEqual([2, 2, null, null]);
});

describe('own statuses', () => {
	const trigger = (change: Json, options: Json = {}) => {
		const { event, also, at, order } = read(change, options);
		return { shop: 'woocommerce', event, also, at, order, news: [], store: null };
	};
	const tracked = [{ key: '_tracking_number', value: '1Z' }];
	const options = {
		shipStatuses: 'at the tailor, ',
		shippedStatuses: 'wc-gone, shipped-out-by-our-own-van',
	};

	test.each<[string, Json]>([
		['to be shipped', { status: 'at-the-tailor' }],
		['to be shipped, unpaid', { status: 'at-the-tailor', date_paid: null, date_paid_gmt: null }],
		['to be shipped, with a parcel', { status: 'at-the-tailor', meta_data: tracked }],
		[
			'to be shipped, refunded in part',
			{ status: 'at-the-tailor', refunds: [{ id: 1, total: '-1' }] },
		],
		['shipped', { status: 'gone' }],
		['shipped, cut by WordPress', { status: 'shipped-out-by-ou' }],
		['neither', { status: 'on-the-moon' }],
		['none', { status: '' }],
	])('%s: the same, whoever is told', (_name, change) => {
		const told = trigger(change, options);
		const later = readShopEvent(trigger(change), options)!;
		expect(later.order).toEqual(told.order);
		expect(new Set([later.event, ...later.also!])).toEqual(new Set([told.event, ...told.also!]));
	});

	test('say nothing of another shop', () => {
		const event = { ...trigger({ status: 'at-the-tailor' }), shop: 'shopify' };
		expect(readShopEvent(event, options)!.order.articles[0]!.to_ship).toBeNull();
	});
});

describe('sets', () => {
	test.each([
		['10.00', ['0.01', '0.01', '0.01']],
		['0.01', ['5', '5', '5', '5', '0']],
		['99.99', ['0', '0', '0']],
		['7', ['0.00', '3.33']],
	])('%s over things worth %j keeps its value to the cent', (total, parts) => {
		const lines = [
			{ ...mug, id: 1, total, bundled_by: '' },
			...parts.map((value, index) => ({ ...mug, id: index + 2, total: value, bundled_by: 1 })),
		];
		const [set, ...things] = read({ line_items: lines }).order.articles;
		expect(set).toMatchObject({ needs_shipping: false, value: '0' });
		const values = things.map(({ value }) => value!);
		expect(Number(sum(values))).toBeCloseTo(Number(sum([total, ...parts])), 10);
		expect(values.every((value) => Number(value) >= 0)).toBe(true);
	});

	test('that point at each other end', () => {
		const lines = [
			{ ...mug, id: 1, bundled_by: 2 },
			{ ...mug, id: 2, bundled_by: 1 },
		];
		expect(read({ line_items: lines }).order.articles).toHaveLength(2);
	});

	test('that are not in the order leave a line as it is', () => {
		const [article] = read({ line_items: [{ ...mug, bundled_by: 999 }] }).order.articles;
		expect(article).toMatchObject({ needs_shipping: null, value: '21.60' });
	});
});
