/** The members that Shopify documents, with what they hold when there is nothing to tell. */
import { lists, nulls, type ShopBody, same } from '../body';

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
		...lists`attributed_staffs properties tax_lines duties discount_allocations`,
		current_quantity: own['quantity'] ?? 1,
		fulfillable_quantity: own['current_quantity'] ?? own['quantity'] ?? 1,
		fulfillment_service: 'manual',
		...nulls`fulfillment_status sales_line_item_group_id sku title variant_title vendor`,
		gift_card: false,
		grams: 0,
		name: own['title'] ?? null,
		price,
		price_set: set(price),
		product_exists: true,
		product_id: 7513594,
		quantity: 1,
		requires_shipping: true,
		taxable: true,
		total_discount: '0.00',
		total_discount_set: set('0.00'),
		variant_id: 43729076,
		variant_inventory_management: 'shopify',
		...own,
	};
}

export const shippingLine = (price: string, title: string, own: Members = {}) => ({
	id: 271878346596884,
	...nulls`carrier_identifier phone requested_fulfillment_service_id`,
	code: title,
	current_discounted_price_set: set(price),
	discounted_price: price,
	discounted_price_set: set(price),
	is_removed: false,
	price,
	price_set: set(price),
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
	...nulls`address2 company latitude longitude`,
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
	...nulls`note multipass_identifier phone`,
	verified_email: true,
	tax_exempt: false,
	email: 'ines@example.com',
	currency: 'USD',
	tax_exemptions: [],
	admin_graphql_api_id: 'gid://shopify/Customer/207119551',
	default_address: address(),
	...own,
});

export const client = (ip: string | null): Members => ({
	accept_language: 'en-US,en;q=0.9',
	...nulls`browser_height browser_width session_hash`,
	browser_ip: ip,
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
	...nulls`authorization device_id error_code location_id user_id`,
	created_at: '2026-03-05T08:00:00-05:00',
	currency: 'USD',
	gateway: 'shopify_payments',
	kind: 'refund',
	message: 'Transaction approved',
	order_id: 5678901234567,
	parent_id: 801038806,
	payment_id: 'c901414060.1',
	processed_at: '2026-03-05T08:00:01-05:00',
	receipt: {},
	source_name: 'web',
	status: 'success',
	test: false,
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
	...lists`order_adjustments transactions refund_line_items duties`,
	...own,
});

/** What the order comes to, unless it says otherwise. */
export const AT_FIRST = { total: '28.00', goods: '24.00' };

/** An order, API 2023-01 and later: paid by card, two mugs at 12.00 with 4.00 for shipping and no tax. */
export const order = (own: Members = {}): Members => ({
	id: 5678901234567,
	admin_graphql_api_id: 'gid://shopify/Order/5678901234567',
	...amounts(AT_FIRST),
	...same('0.00')`total_outstanding total_tip_received`,
	...same(set('0.00'))`
		total_cash_rounding_payment_adjustment_set total_cash_rounding_refund_adjustment_set
	`,
	...same(set('4.00'))`current_shipping_price_set total_shipping_price_set`,
	total_line_items_price: '24.00',
	total_line_items_price_set: set('24.00'),
	...same(false)`
		buyer_accepts_marketing duties_included estimated_taxes tax_exempt taxes_included test
	`,
	...same(address())`billing_address shipping_address`,
	app_id: 580111,
	browser_ip: '81.2.69.142',
	...nulls`
		cancel_reason cancelled_at cart_token closed_at company
		current_total_additional_fees_set current_total_duties_set device_id
		fulfillment_status landing_site_ref location_id merchant_of_record_app_id note
		original_total_additional_fees_set original_total_duties_set phone po_number
		reference source_identifier source_url user_id payment_terms
	`,
	checkout_id: 37801234567,
	checkout_token: 'a7c41be30f5d4c1e9a3f8b2d6e905c17',
	client_details: client('81.2.69.142'),
	confirmation_number: 'XPAV284CT',
	confirmed: true,
	contact_email: 'ines@example.com',
	created_at: '2026-03-02T09:15:34-05:00',
	currency: 'USD',
	customer_locale: 'en-US',
	...lists`
		discount_codes note_attributes tax_lines discount_applications fulfillments
		refunds returns line_item_groups
	`,
	email: 'ines@example.com',
	financial_status: 'paid',
	landing_site: '/',
	merchant_business_entity_id: 'MTU0ODM4MDAwOQ',
	name: '#1042',
	number: 42,
	order_number: 1042,
	order_status_url: 'https://shop.example/orders/5678901234567',
	payment_gateway_names: ['shopify_payments'],
	presentment_currency: 'USD',
	processed_at: '2026-03-02T09:15:33-05:00',
	referring_site: '',
	source_name: 'web',
	tags: '',
	token: '5c1e9a3f8b2d6e905c17a7c41be30f5d',
	total_weight: 760,
	updated_at: '2026-03-02T09:15:41-05:00',
	customer: customer(),
	line_items: [mugs()],
	shipping_lines: [shippingLine('4.00', 'Standard')],
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

/** The refund of one mug and its money. */
export const OF_ONE_MUG = {
	refund_line_items: [refundedMug],
	transactions: [transaction(1072844685, '12.00')],
};

/** Nothing is carried to anybody. */
export const NO_SHIPPING = { shipping_lines: [], current_shipping_price_set: set('0.00') };

export const UNTRACKED = { tracking_company: null, tracking_number: null, tracking_numbers: [] };

/** An order for two mugs of which one is left. */
export const ONE_LEFT = {
	...amounts({ total: '16.00', goods: '12.00' }, AT_FIRST),
	line_items: [mugs({ current_quantity: 1, fulfillable_quantity: 1 })],
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

/** Orders of one topic: what they are called, what is special about each, and its members. */
export const ordersTold =
	(topic: string) =>
	(name: string, about: string, own: Members): ShopBody =>
		shopifyBody(name, topic, about, order(own));
