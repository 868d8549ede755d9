/**
 * Orders as WooCommerce's webhooks carry them, written after "Order properties" of its REST API
 * (wc/v3 unless said otherwise). Addresses, numbers and names are invented.
 */
import { empty, lists, nulls } from '../body';

const billing = {
	first_name: 'Mara',
	last_name: 'Lindqvist',
	company: '',
	address_1: '14 Harbour Street',
	address_2: '',
	city: 'Portland',
	state: 'OR',
	postcode: '97205',
	country: 'US',
	email: 'mara@example.com',
	phone: '+1 503 555 0144',
};

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
	phone: '',
};

const nobody = empty`
	first_name last_name company address_1 address_2 city state postcode country phone
`;

const mug = {
	id: 41,
	name: 'Mug, blue',
	product_id: 93,
	variation_id: 0,
	quantity: 2,
	tax_class: '',
	subtotal: '24.00',
	subtotal_tax: '1.92',
	total: '21.60',
	total_tax: '1.73',
	taxes: [{ id: 75, total: '1.728', subtotal: '1.92' }],
	meta_data: [],
	sku: 'MUG-BL',
	price: 10.8,
	image: { id: '', src: '' },
	parent_name: null,
};

const tray = {
	...mug,
	id: 42,
	name: 'Tray - Oak',
	product_id: 22,
	variation_id: 23,
	quantity: 1,
	subtotal: '30.00',
	subtotal_tax: '2.40',
	total: '27.00',
	total_tax: '2.16',
	sku: '',
	price: 27,
	parent_name: 'Tray',
};

const flatRate = {
	id: 43,
	method_title: 'Flat rate',
	method_id: 'flat_rate',
	instance_id: '1',
	total: '10.00',
	total_tax: '0.00',
	taxes: [],
	meta_data: [{ id: 9, key: 'Items', value: 'Mug &times; 2, Tray &times; 1' }],
};

/** A customer with an account, two articles, a coupon over 10 %; paid by card. */
export const paid = {
	id: 1042,
	parent_id: 0,
	status: 'processing',
	currency: 'USD',
	version: '9.4.2',
	prices_include_tax: false,
	date_created: '2026-03-02T07:41:07',
	date_modified: '2026-03-02T07:42:01',
	discount_total: '5.40',
	discount_tax: '0.43',
	shipping_total: '10.00',
	shipping_tax: '0.00',
	cart_tax: '3.89',
	total: '62.49',
	total_tax: '3.89',
	customer_id: 26,
	order_key: 'wc_order_aB3dE5gH7jK9m',
	billing,
	shipping,
	payment_method: 'stripe',
	payment_method_title: 'Credit / Debit Card',
	transaction_id: 'ch_3Qa1bC2dE3fG4hI5',
	customer_ip_address: '81.2.69.160',
	customer_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/133.0',
	created_via: 'checkout',
	customer_note: '',
	...nulls`date_completed date_completed_gmt`,
	date_paid: '2026-03-02T07:42:00',
	cart_hash: '6d1f0cb2e6f7a3b54b1d0cb2e6f7a3b5',
	number: '1042',
	meta_data: [
		{ id: 801, key: '_stripe_intent_id', value: 'pi_3Qa1bC2dE3fG4hI5jK' },
		{ id: 802, key: 'is_vat_exempt', value: 'no' },
		{ id: 803, key: '_wc_order_attribution_device_type', value: 'Desktop' },
	],
	line_items: [mug, tray],
	tax_lines: [{ id: 44, rate_code: 'US-OR-TAX-1', rate_id: 75, label: 'Tax', tax_total: '3.89' }],
	shipping_lines: [flatRate],
	fee_lines: [],
	coupon_lines: [{ id: 45, code: 'spring10', discount: '5.4', discount_tax: '0.43' }],
	refunds: [],
	payment_url: 'https://shop.example/checkout/order-pay/1042/',
	is_editable: false,
	needs_payment: false,
	needs_processing: true,
	date_created_gmt: '2026-03-02T15:41:07',
	date_modified_gmt: '2026-03-02T15:42:01',
	date_paid_gmt: '2026-03-02T15:42:00',
	currency_symbol: '$',
	_links: { self: [{ href: 'https://shop.example/wp-json/wc/v3/orders/1042' }] },
};

const order = (change: Record<string, unknown>) => ({ ...paid, ...change });
const unpaid = { date_paid: null, date_paid_gmt: null, transaction_id: '', meta_data: [] };

export const created = order({ ...unpaid, status: 'pending', needs_payment: true });

export const createdAndPaid = order({});

/** Waits for a bank transfer; the guest's address of the device is the shop's own proxy. */
export const guestOnHold = order({
	...unpaid,
	status: 'on-hold',
	customer_id: 0,
	customer_ip_address: '10.0.3.7',
	payment_method: 'bacs',
	payment_method_title: 'Direct bank transfer',
});

/** Sent now, paid at the door. */
export const cashOnDelivery = order({ ...unpaid, payment_method: 'cod' });

/** Paid, but somebody wants to look at it first. */
export const heldBack = order({ status: 'on-hold' });

/** One of two mugs refunded: the order tells the money, not the article. */
export const partlyRefunded = order({
	date_modified_gmt: '2026-03-06T10:00:00',
	refunds: [{ id: 1050, reason: 'One arrived broken', total: '-10.80' }],
});

/** Everything refunded, in three goes. */
export const refunded = order({
	status: 'refunded',
	date_modified_gmt: '2026-03-07T09:30:00',
	refunds: [
		{ id: 1050, reason: 'One arrived broken', total: '-10.80' },
		{ id: 1051, reason: '', total: '-10.80' },
		{ id: 1052, reason: null, total: '-40.89' },
	],
});

export const refundedWithoutStatus = order({
	status: 'wc-awaiting-return',
	refunds: [{ id: 1050, reason: 'Returned', total: '-62.49' }],
});

/** Cancelled by hand after it was paid; the merchant has refunded nothing yet. */
export const cancelled = order({ status: 'cancelled', date_modified_gmt: '2026-03-03T08:00:00' });

export const cancelRequested = order({ status: 'cancel-request' });
export const binned = order({ status: 'trash' });
export const restored = order({});
export const failed = order({ ...unpaid, status: 'failed' });

/** Sent with the plugin Shipment Tracking, in two parcels. */
export const completed = order({
	status: 'completed',
	date_completed: '2026-03-03T01:00:00',
	date_completed_gmt: '2026-03-03T09:00:00',
	date_modified_gmt: '2026-03-03T09:00:01',
	meta_data: [
		{
			id: 804,
			key: '_wc_shipment_tracking_items',
			value: [
				{
					tracking_provider: 'usps',
					custom_tracking_provider: '',
					custom_tracking_link: '',
					tracking_number: '9400100000000000000001',
					date_shipped: '1772524800',
					tracking_id: 'f0e1d2c3',
				},
				{
					tracking_provider: '',
					custom_tracking_provider: 'Bike Courier',
					tracking_number: 'BC-7',
					date_shipped: '1772528400',
					tracking_id: 'a9b8c7d6',
				},
			],
		},
	],
});

export const completedWithoutPlugin = order({
	status: 'completed',
	date_completed_gmt: '2026-03-03T09:00:00',
	date_modified_gmt: '2026-03-03T09:00:01',
});

/** PHP writes the list as an object once its first entry is removed. */
export const partlySent = order({
	status: 'partial-shipped',
	date_modified_gmt: '2026-03-03T09:00:01',
	meta_data: [
		{
			id: 804,
			key: '_wc_shipment_tracking_items',
			value: {
				'1': {
					tracking_provider: 'usps',
					tracking_number: '9400100000000000000001',
					date_shipped: '1772524800',
					tracking_id: 'f0e1d2c3',
				},
			},
		},
	],
});

/** A download: WooCommerce asked for no shipping address and completed the order when it was paid. */
export const download = order({
	status: 'completed',
	date_completed_gmt: '2026-03-02T15:42:00',
	shipping: nobody,
	shipping_lines: [],
	shipping_total: '0.00',
	total: '23.33',
	total_tax: '1.73',
	line_items: [{ ...mug, name: 'Pattern, PDF', sku: 'PDF-1', quantity: 1 }],
});

/** A coupon over 100 %: nothing to pay, so nobody noted a time of payment. */
export const free = order({
	...unpaid,
	payment_method: '',
	payment_method_title: '',
	discount_total: '54.00',
	shipping_total: '0.00',
	total: '0.00',
	total_tax: '0.00',
	cart_tax: '0.00',
	line_items: [{ ...mug, total: '0.00', total_tax: '0.00' }],
});

/** Collected in the shop; the checkout's block calls it `pickup_location`. */
export const pickup = order({
	shipping: nobody,
	shipping_lines: [
		{ ...flatRate, method_id: 'pickup_location', method_title: 'Pickup (Main Street)', total: '0' },
	],
});

/** An import that filled in the billing address alone, and the shop's own country for shipping. */
export const billingAddressAlone = order({
	shipping: { ...nobody, country: 'US', state: 'CA' },
	customer_ip_address: '',
	customer_user_agent: '',
	created_via: 'rest-api',
});

export const noAddress = order({
	shipping: nobody,
	billing: { ...billing, ...empty`address_1 city postcode state` },
});

/** A plugin's own status, in yen, with WooPayments in test mode. */
export const customStatus = order({
	status: 'ready-to-pack',
	currency: 'JPY',
	total: '4200',
	total_tax: '381',
	shipping_total: '500',
	discount_total: '0',
	line_items: [{ ...mug, total: '3319' }],
	payment_method: 'woocommerce_payments',
	meta_data: [
		{ id: 805, key: '_wcpay_mode', value: 'test' },
		{ id: 806, key: '_intent_id', value: 'pi_3Wp1bC2dE3fG4hI5jK' },
		{ id: 807, key: 'black_box', value: 'BB.0123456789' },
	],
});

/** A subscription's renewal: no browser was there. */
export const renewal = order({
	created_via: 'subscription',
	...empty`customer_ip_address customer_user_agent cart_hash`,
	meta_data: [{ id: 808, key: '_subscription_renewal', value: '990' }],
});

export const draft = order({ ...unpaid, status: 'checkout-draft', needs_payment: true });

/** Every member that may be null or empty is; PHP writes empty objects as lists. */
export const hardlyAnything = {
	id: 1043,
	parent_id: 0,
	status: 'pending',
	currency: 'EUR',
	...nulls`
		date_created date_created_gmt date_modified date_modified_gmt date_paid
		date_paid_gmt date_completed date_completed_gmt
	`,
	total: '0.00',
	customer_id: 0,
	...empty`
		order_key payment_method transaction_id customer_ip_address
		customer_user_agent cart_hash
	`,
	...lists`billing shipping meta_data line_items shipping_lines refunds`,
	number: '1043',
};

/** wc/v1: times in the shop's own zone alone, a refund's reason called `refund`, no phone in `shipping`. */
export const firstVersion = {
	id: 530,
	parent_id: 0,
	status: 'completed',
	order_key: 'wc_order_58d17c18352',
	number: '530',
	currency: 'GBP',
	version: '2.6.14',
	prices_include_tax: true,
	date_created: '2026-01-21T17:20:24',
	date_modified: '2026-01-23T10:02:11',
	date_completed: '2026-01-23T10:02:11',
	date_paid: '2026-01-21T17:21:00',
	customer_id: 0,
	discount_total: '0.00',
	shipping_total: '4.17',
	total: '29.17',
	total_tax: '4.86',
	billing: { ...billing, country: 'GB', postcode: 'LS1 4DY', city: 'Leeds', state: '' },
	shipping: {
		first_name: 'Mara',
		last_name: 'Lindqvist',
		...empty`company address_2 state`,
		address_1: '2 Canal Wharf',
		city: 'Leeds',
		postcode: 'LS1 4DY',
		country: 'GB',
	},
	payment_method: 'paypal',
	transaction_id: '8MC585209K746392H',
	customer_ip_address: '2a02:8108:8ac0::5',
	customer_user_agent: 'Mozilla/5.0',
	cart_hash: '',
	line_items: [{ ...mug, quantity: 1, total: '20.14' }],
	shipping_lines: [flatRate],
	refunds: [{ id: 533, refund: 'Late', total: '-5.00' }],
};

export const alone = order({ id: 1044, number: '1044' });
