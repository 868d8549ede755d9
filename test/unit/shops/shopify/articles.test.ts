/** What a line is worth and what is still to be shipped of it, where Shopify tells it in pieces. */
import { readBy } from '../body';
import { discount, fulfilment, mugs, order, refund, shippingLine, tax } from './parts';

type Members = Record<string, unknown>;

const articleOf = (line: Members, own: Members = {}) =>
	readBy('shopify', 'orders/paid', order({ line_items: [mugs(line)], ...own }), {})?.order
		.articles[0];

describe('value of two mugs at 12.00', () => {
	const taxed = { tax_lines: [tax('1.60', 0.08, 'VAT'), tax('0.40', 0.02, 'City')] };
	const off = { discount_allocations: [discount('2.40'), discount('1.00')] };
	const told = { total_tax: '2.00' };
	const discounts = { total_discounts: '3.40' };
	const asOf2017 = { discount_allocations: undefined, total_discount: '3.40' };
	const inIt = { ...told, taxes_included: true };

	it.each<[string, Members, Members, string | null]>([
		['as it is', {}, {}, '24.00'],
		['without its discounts', off, {}, '20.60'],
		['with tax on top', taxed, told, '24.00'],
		['with tax in it', taxed, inIt, '22.00'],
		['with both', { ...taxed, ...off }, inIt, '18.60'],
		['where nobody says whether tax is in it', taxed, { ...told, taxes_included: null }, null],
		['where there is no tax to be in it', {}, { taxes_included: null }, '24.00'],
		['whose tax is not told', { tax_lines: null }, inIt, null],
		['that is not taxed', { tax_lines: null, taxable: false }, inIt, '24.00'],
		['with a tax that has no amount', { tax_lines: [{}] }, inIt, null],
		['without an amount of a discount', { discount_allocations: [{}] }, {}, null],
		['whose discounts are not told', { discount_allocations: null }, discounts, null],
		[
			'where no order has any',
			{ discount_allocations: null },
			{ total_discounts: '0.00' },
			'24.00',
		],
		['with a discount as of 2017', asOf2017, discounts, '20.60'],
		['with its discount in both', { ...off, total_discount: '3.40' }, {}, '20.60'],
		['with its discount in one', { total_discount: '3.40' }, {}, '20.60'],
		['with a price as a number', { price: 12 }, {}, '24'],
		['with the price in its set alone', { price: null }, {}, '24.00'],
		['with the price in another currency alone', { price: null }, { currency: 'EUR' }, null],
		['without a price', { price: null, price_set: null }, {}, null],
		['without a quantity', { quantity: null }, {}, null],
		['of which one was refunded', { current_quantity: 1 }, {}, '24.00'],
	])('%s', (_what, line, own, value) => {
		expect(articleOf(line, own)?.value ?? null).toBe(value);
	});
});

describe('to be shipped of two mugs', () => {
	const old = { fulfillable_quantity: null, current_quantity: undefined };
	const lineAlone = { refund_line_items: [{ line_item_id: 11 }] };
	const refunds = [refund(1, { refund_line_items: [{ line_item_id: 11, quantity: 1 }] })];
	const one = mugs({ quantity: 1 });
	const parcel = (own: Members = {}) => ({ fulfillments: [fulfilment(1, [one], own)] });

	it.each<[string, Members, Members, number | null]>([
		['all', {}, {}, 2],
		['what can be fulfilled', { fulfillable_quantity: 1 }, {}, 1],
		['what is left of the order', { current_quantity: 1, fulfillable_quantity: 2 }, {}, 1],
		['none where all are refunded', { current_quantity: 0, fulfillable_quantity: 0 }, {}, 0],
		['without the refunded, in an old version', old, { refunds }, 1],
		['without the shipped, in an old version', old, parcel(), 1],
		['without what a warehouse is shipping', old, parcel({ status: 'pending' }), 1],
		['with what a cancelled label was for', old, parcel({ status: 'cancelled' }), 2],
		['none, of a line that is fulfilled', { ...old, fulfillment_status: 'fulfilled' }, {}, 0],
		['none, of an order that is fulfilled', old, { fulfillment_status: 'fulfilled' }, 0],
		['with what came to an order that was', {}, { fulfillment_status: 'fulfilled' }, 2],
		['nobody knows: no refunds are told', old, { refunds: null }, null],
		['nobody knows: no parcels are told', old, { fulfillments: null }, null],
		['nobody knows: what a parcel held', old, { fulfillments: [{ status: 'success' }] }, null],
		['nobody knows: what was refunded', old, { refunds: [{ id: 1 }] }, null],
		['nobody knows: how many were refunded', old, { refunds: [lineAlone] }, null],
		['nobody knows: how many there were', { ...old, quantity: null }, {}, null],
	])('%s', (_what, line, own, quantity) => {
		expect(articleOf(line, own)?.to_ship ?? null).toBe(quantity);
	});
});

it.each<[string, Members, boolean | null]>([
	['a mug', {}, true],
	['a download', { requires_shipping: false }, false],
	['a gift card, whatever it says', { gift_card: true, requires_shipping: true }, false],
	['a line that does not say', { requires_shipping: null }, null],
])('%s needs shipping or not', (_what, line, expected) => {
	expect(articleOf(line)?.needs_shipping ?? null).toBe(expected);
});

const shippingOf = (line: Members, own: Members = {}) =>
	readBy(
		'shopify',
		'orders/paid',
		order({
			current_shipping_price_set: null,
			shipping_lines: [shippingLine('4.00', '', line)],
			...own,
		}),
		{},
	)?.order.totals?.shipping;

const untold = { discount_allocations: null };
const ofArticles = { total_discounts: '3.40', line_items: [mugs({ total_discount: '3.40' })] };

it.each<[string, Members, Members, string | null]>([
	['what it costs', {}, {}, '4.00'],
	['without its discounts', { discount_allocations: [discount('1.50')] }, {}, '2.50'],
	['what it costs where no order has discounts', untold, {}, '4.00'],
	['what it costs where all discounts are of the articles', untold, ofArticles, '4.00'],
	['nobody knows: whose discounts they are', untold, { total_discounts: '3.40' }, null],
	['nothing where it was taken off', { is_removed: true }, {}, '0'],
])('shipping comes to %s', (_what, line, own, amount) => {
	expect(shippingOf(line, own)).toBe(amount);
});
