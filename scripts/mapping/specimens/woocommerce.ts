/** WooCommerce's orders; it has no other bodies. */
import type { ShopSpecimens, Specimen } from './specimen';

const shipping = {
	first_name: 'Ola',
	last_name: 'Lindqvist',
	company: 'Lindqvist & Co',
	address_1: '9 Mill Lane',
	address_2: 'Back door',
	city: 'Salem',
	state: 'OR',
	postcode: '97301',
	country: 'US',
	phone: '+1 503 555 0145',
};

const billing = {
	first_name: 'Mara',
	last_name: 'Lindkvist',
	company: 'Lindkvist & Co',
	address_1: '14 Harbour Street',
	address_2: 'Front door',
	city: 'Portland',
	state: 'WA',
	postcode: '97205',
	country: 'CA',
	email: 'mara@example.com',
	phone: '+1 503 555 0144',
};

const mug = {
	id: 41,
	name: 'Mug, blue',
	product_id: 93,
	variation_id: 94,
	quantity: 2,
	total: '21.60',
	sku: 'MUG-BL',
};

/** A gift card that goes by e-mail. */
const byMail = { key: 'wc_gc_giftcard_amount', value: '10.80' };

const paid = {
	id: 1042,
	number: 'B-1043',
	status: 'processing',
	currency: 'EUR',
	date_created_gmt: '2026-03-02T15:41:07',
	date_modified_gmt: '2026-03-04T15:42:01',
	date_paid_gmt: '2026-03-02T15:42:00',
	date_completed_gmt: null,
	discount_total: '5.40',
	shipping_total: '10.15',
	total: '62.49',
	total_tax: '3.89',
	customer_id: 26,
	order_key: 'wc_order_aB3dE5gH7jK9m',
	cart_hash: '6d1f0cb2e6f7a3b54b1d0cb2e6f7a3b5',
	customer_ip_address: '81.2.69.160',
	customer_user_agent: 'Mozilla/5.0 (X11)',
	payment_method: 'stripe',
	transaction_id: 'ch_3Qa1bC2dE3fG4hI5',
	billing,
	shipping,
	line_items: [mug] as object[],
	shipping_lines: [{ method_title: 'Flat rate', method_id: 'flat_rate' }] as object[],
	refunds: [] as object[],
	meta_data: [
		{ key: '_stripe_intent_id', value: 'pi_3Qa1bC2dE3fG4hI5jK' as unknown },
		{ key: 'black_box', value: 'rGPGz2gAAA' },
		{ key: '_black_box', value: 'sHQHa3hBBB' },
		{ key: '_wc_stripe_mode', value: 'test' },
	],
};

const tracked = {
	key: '_wc_shipment_tracking_items',
	value: [
		{
			tracking_id: 'b58b2ff9b5c3',
			date_shipped: '1772668800',
			custom_tracking_provider: 'Own Van',
			formatted_tracking_provider: 'UPS',
			tracking_provider: 'ups',
			tracking_number: '1Z2345A',
		},
	],
};

/** As WooCommerce Deposits has it. */
const deposit = {
	...paid.line_items[0],
	meta_data: [
		{ key: '_is_deposit', value: 'yes' },
		{ key: '_deposit_full_amount_ex_tax', value: '64.80' },
		{ key: '_deposit_deposit_amount_ex_tax', value: '21.60' },
		{ key: '_deposit_deferred_discount_ex_tax', value: '3.24' },
		{ key: '_remaining_balance_paid', value: '1' },
	],
};

const of = (topic: string, adds?: string[], change: object = {}): Specimen => ({
	topic,
	kind: 'order',
	...(adds ? { adds } : {}),
	body: { ...paid, ...change } as Specimen['body'],
});

const open = { status: 'pending', date_paid_gmt: null };

export const woocommerce: ShopSpecimens = {
	shop: 'woocommerce',
	usual: 'order',
	all: [
		of('order.updated'),
		of('order.updated', ['ship_to'], { shipping: null }),
		of('order.updated', ['ship_to'], {
			shipping: { ...shipping, number: '123', neighborhood: 'Centro' },
		}),
		of('order.updated', ['ship_to'], {
			shipping: { ...shipping, phone: null },
			meta_data: [
				...paid.meta_data,
				{ key: '_shipping_house_number', value: '66' },
				{ key: '_shipping_house_number_suffix', value: 'B' },
				{ key: '_shipping_phone', value: '+1 503 555 0146' },
			],
		}),
		of('order.updated', ['fulfilments'], {
			status: 'completed',
			date_completed_gmt: '2026-03-05T09:10:11',
		}),
		of('order.updated', ['fulfilments'], { meta_data: [...paid.meta_data, tracked] }),
		of('order.updated', ['refunds'], {
			refunds: [{ id: 1050, reason: 'One arrived broken', total: '-10.80' }],
		}),
		of('order.updated', ['pickup'], {
			shipping_lines: [{ method_title: 'Pick it up', method_id: 'local_pickup' }],
		}),
		of('order.updated', ['articles'], { line_items: [{ ...mug, meta_data: [byMail] }] }),
		of('order.updated', ['articles'], {
			shipping_lines: [
				{ method_id: 'flat_rate', meta_data: [{ key: 'Items', value: 'Tray &times; 1' }] },
				{ method_id: 'local_pickup', meta_data: [{ key: 'Items', value: 'Mug, blue &times; 2' }] },
			],
		}),
		of('order.updated', ['articles'], {
			fee_lines: [{ name: 'Loyalty discount', total: '-2.10' }],
		}),
		of('order.updated', ['articles'], { line_items: [deposit] }),
		of('order.updated', ['articles'], { created_via: 'wc_deposits', shipping_lines: [] }),
		of('order.created', [], open),
		of('order.updated', [], open),
		of('order.updated', [], { ...open, status: 'failed' }),
		of('order.updated', [], { ...open, status: 'cancelled' }),
	],
};
