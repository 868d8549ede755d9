/** The members that Shopify documents, with what they hold when there is nothing to tell. */
import type { ShopBody } from '../body';

type Members = Record<string, unknown>;

/** An amount in the shop's currency and in the one that the customer sees. */
export function set(
	amount: string,
	currency = 'USD',
	shown: [string, string] = [amount, currency],
) {
	return {
		shop_money: { amount, currency_code: currency },
		presentment_money: { amount: shown[0], currency_code: shown[1] },
	};
}

export const tax = (price: string, rate: number, title: string, currency = 'USD') => ({
	channel_liable: false,
	price,
	price_set: set(price, currency),
	rate,
	title,
});

export const discount = (amount: string, currency = 'USD') => ({
	amount,
	amount_set: set(amount, currency),
	discount_application_index: 0,
});

/** A line of an order, API 2023-01 and later. */
export function line(id: number, price: string, own: Members = {}): Members {
	return {
		id,
		admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
		attributed_staffs: [],
		current_quantity: own['quantity'] ?? 1,
		fulfillable_quantity: own['current_quantity'] ?? own['quantity'] ?? 1,
		fulfillment_service: 'manual',
		fulfillment_status: null,
		gift_card: false,
		grams: 0,
		name: own['title'] ?? null,
		price,
		price_set: set(price),
		product_exists: true,
		product_id: 7513594,
		properties: [],
		quantity: 1,
		requires_shipping: true,
		sales_line_item_group_id: null,
		sku: null,
		taxable: true,
		title: null,
		total_discount: '0.00',
		total_discount_set: set('0.00'),
		variant_id: 43729076,
		variant_inventory_management: 'shopify',
		variant_title: null,
		vendor: null,
		tax_lines: [],
		duties: [],
		discount_allocations: [],
		...own,
	};
}

export const shippingLine = (price: string, title: string, own: Members = {}) => ({
	id: 271878346596884,
	carrier_identifier: null,
	code: title,
	current_discounted_price_set: set(price),
	discounted_price: price,
	discounted_price_set: set(price),
	is_removed: false,
	phone: null,
	price,
	price_set: set(price),
	requested_fulfillment_service_id: null,
	source: 'shopify',
	title,
	tax_lines: [],
	discount_allocations: [],
	...own,
});

export const address = (own: Members = {}): Members => ({
	first_name: 'Ines',
	address1: '18 Quarry Road',
	phone: '+1 503 555 0171',
	city: 'Eugene',
	zip: '97401',
	province: 'Oregon',
	country: 'United States',
	last_name: 'Okafor',
	address2: null,
	company: null,
	latitude: null,
	longitude: null,
	name: 'Ines Okafor',
	country_code: 'US',
	province_code: 'OR',
	...own,
});

export const customer = (own: Members = {}): Members => ({
	id: 207119551,
	created_at: '2026-03-02T09:10:00-05:00',
	updated_at: '2026-03-02T09:15:40-05:00',
	first_name: 'Ines',
	last_name: 'Okafor',
	state: 'disabled',
	note: null,
	verified_email: true,
	multipass_identifier: null,
	tax_exempt: false,
	email: 'ines@example.com',
	phone: null,
	currency: 'USD',
	tax_exemptions: [],
	admin_graphql_api_id: 'gid://shopify/Customer/207119551',
	default_address: address(),
	...own,
});

export const client = (ip: string | null): Members => ({
	accept_language: 'en-US,en;q=0.9',
	browser_height: null,
	browser_ip: ip,
	browser_width: null,
	session_hash: null,
	user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
});

/** A parcel, alone or in its order. */
export const fulfilment = (id: number, lines: Members[], own: Members = {}): Members => ({
	id,
	admin_graphql_api_id: `gid://shopify/Fulfillment/${id}`,
	created_at: '2026-03-03T11:00:00-05:00',
	location_id: 655441491,
	name: '#1042.1',
	order_id: 5678901234567,
	origin_address: {},
	receipt: {},
	service: 'manual',
	shipment_status: null,
	status: 'success',
	tracking_company: 'UPS',
	tracking_number: '1Z2345',
	tracking_numbers: ['1Z2345'],
	tracking_url: 'https://tracking.example/1Z2345',
	tracking_urls: ['https://tracking.example/1Z2345'],
	updated_at: '2026-03-03T11:00:00-05:00',
	line_items: lines,
	...own,
});

export const transaction = (id: number, amount: string, own: Members = {}): Members => ({
	id,
	admin_graphql_api_id: `gid://shopify/OrderTransaction/${id}`,
	amount,
	authorization: null,
	created_at: '2026-03-05T08:00:00-05:00',
	currency: 'USD',
	device_id: null,
	error_code: null,
	gateway: 'shopify_payments',
	kind: 'refund',
	location_id: null,
	message: 'Transaction approved',
	order_id: 5678901234567,
	parent_id: 801038806,
	payment_id: 'c901414060.1',
	processed_at: '2026-03-05T08:00:01-05:00',
	receipt: {},
	source_name: 'web',
	status: 'success',
	test: false,
	user_id: null,
	...own,
});

export const refund = (id: number, own: Members = {}): Members => ({
	id,
	admin_graphql_api_id: `gid://shopify/Refund/${id}`,
	created_at: '2026-03-05T08:00:00-05:00',
	note: null,
	order_id: 5678901234567,
	processed_at: '2026-03-05T08:00:00-05:00',
	restock: true,
	total_duties_set: set('0.00'),
	user_id: 799407056,
	order_adjustments: [],
	transactions: [],
	refund_line_items: [],
	duties: [],
	...own,
});

/** An order, API 2023-01 and later: paid by card, two mugs at 12.00 with 4.00 for shipping and no tax. */
export const order = (own: Members = {}): Members => ({
	id: 5678901234567,
	admin_graphql_api_id: 'gid://shopify/Order/5678901234567',
	app_id: 580111,
	browser_ip: '81.2.69.142',
	buyer_accepts_marketing: false,
	cancel_reason: null,
	cancelled_at: null,
	cart_token: null,
	checkout_id: 37801234567,
	checkout_token: 'a7c41be30f5d4c1e9a3f8b2d6e905c17',
	client_details: client('81.2.69.142'),
	closed_at: null,
	company: null,
	confirmation_number: 'XPAV284CT',
	confirmed: true,
	contact_email: 'ines@example.com',
	created_at: '2026-03-02T09:15:34-05:00',
	currency: 'USD',
	current_shipping_price_set: set('4.00'),
	current_subtotal_price: '24.00',
	current_subtotal_price_set: set('24.00'),
	current_total_additional_fees_set: null,
	current_total_discounts: '0.00',
	current_total_discounts_set: set('0.00'),
	current_total_duties_set: null,
	current_total_price: '28.00',
	current_total_price_set: set('28.00'),
	current_total_tax: '0.00',
	current_total_tax_set: set('0.00'),
	customer_locale: 'en-US',
	device_id: null,
	discount_codes: [],
	duties_included: false,
	email: 'ines@example.com',
	estimated_taxes: false,
	financial_status: 'paid',
	fulfillment_status: null,
	landing_site: '/',
	landing_site_ref: null,
	location_id: null,
	merchant_business_entity_id: 'MTU0ODM4MDAwOQ',
	merchant_of_record_app_id: null,
	name: '#1042',
	note: null,
	note_attributes: [],
	number: 42,
	order_number: 1042,
	order_status_url: 'https://shop.example/orders/5678901234567',
	original_total_additional_fees_set: null,
	original_total_duties_set: null,
	payment_gateway_names: ['shopify_payments'],
	phone: null,
	po_number: null,
	presentment_currency: 'USD',
	processed_at: '2026-03-02T09:15:33-05:00',
	reference: null,
	referring_site: '',
	source_identifier: null,
	source_name: 'web',
	source_url: null,
	subtotal_price: '24.00',
	subtotal_price_set: set('24.00'),
	tags: '',
	tax_exempt: false,
	tax_lines: [],
	taxes_included: false,
	test: false,
	token: '5c1e9a3f8b2d6e905c17a7c41be30f5d',
	total_cash_rounding_payment_adjustment_set: set('0.00'),
	total_cash_rounding_refund_adjustment_set: set('0.00'),
	total_discounts: '0.00',
	total_discounts_set: set('0.00'),
	total_line_items_price: '24.00',
	total_line_items_price_set: set('24.00'),
	total_outstanding: '0.00',
	total_price: '28.00',
	total_price_set: set('28.00'),
	total_shipping_price_set: set('4.00'),
	total_tax: '0.00',
	total_tax_set: set('0.00'),
	total_tip_received: '0.00',
	total_weight: 760,
	updated_at: '2026-03-02T09:15:41-05:00',
	user_id: null,
	billing_address: address(),
	customer: customer(),
	discount_applications: [],
	fulfillments: [],
	line_items: [mugs()],
	payment_terms: null,
	refunds: [],
	shipping_address: address(),
	shipping_lines: [shippingLine('4.00', 'Standard')],
	returns: [],
	line_item_groups: [],
	...own,
});

/** Two mugs of 380 grams at 12.00. */
export const mugs = (own: Members = {}): Members =>
	line(11, '12.00', { title: 'Mug', sku: 'MUG', quantity: 2, grams: 380, ...own });

/** One mug of the two, in a refund. */
export const refundedMug = {
	id: 1058498311,
	line_item_id: 11,
	location_id: 487838322,
	quantity: 1,
	restock_type: 'return',
	subtotal: 12.0,
	subtotal_set: set('12.00'),
	total_tax: 0.0,
	total_tax_set: set('0.00'),
	line_item: mugs(),
};

/** What an order comes to, now and at first. */
export function amounts(
	now: { total: string; goods: string; tax?: string; discounts?: string },
	first = now,
	currency = 'USD',
): Members {
	const members: Members = {};
	for (const [prefix, told] of [
		['current_', now],
		['', first],
	] as const) {
		for (const [name, amount] of [
			['total_price', told.total],
			['subtotal_price', told.goods],
			['total_tax', told.tax ?? '0.00'],
			['total_discounts', told.discounts ?? '0.00'],
		] as const) {
			members[prefix + name] = amount;
			members[`${prefix}${name}_set`] = set(amount, currency);
		}
	}
	return members;
}

/** A body and its topic, with what is special about it. */
export const shopifyBody = (
	name: string,
	topic: string | null,
	about: string,
	body: Members,
): ShopBody => ({ name, shop: 'shopify', topic, about, body });
