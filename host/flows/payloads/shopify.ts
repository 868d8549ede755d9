/** Shopify's webhooks of one order's life, with the members that shops of today get. */

const ORDER_ID = 5823647123001;

/** An order as `orders/paid`, `orders/fulfilled` and `orders/cancelled` carry it. */
export const shopifyOrder = {
	id: ORDER_ID,
	admin_graphql_api_id: `gid://shopify/Order/${ORDER_ID}`,
	name: '#1042',
	order_number: 1042,
	created_at: '2026-03-02T09:41:07-06:00',
	processed_at: '2026-03-02T09:41:09-06:00',
	updated_at: '2026-03-02T09:41:10-06:00',
	cancelled_at: null as string | null,
	financial_status: 'paid',
	fulfillment_status: null as string | null,
	currency: 'USD',
	total_price: '84.50',
	payment_gateway_names: ['shopify_payments'],
	browser_ip: '203.0.113.24',
	checkout_token: 'c17f0e5d2ab94c4b3e',
	cart_token: 'hWN2Kq',
	customer: { id: 7001234567, email: 'nathan.smith@example.com' },
	shipping_address: {
		name: 'Nathan Smith',
		company: 'Northside Coffee LLC',
		address1: '1 Example Street',
		address2: 'Suite 200',
		city: 'Minneapolis',
		province_code: 'MN',
		zip: '55401',
		country_code: 'US',
		phone: '+1-555-0100',
	},
	shipping_lines: [{ title: 'Standard Shipping', price: '9.50' }],
	line_items: [
		{ id: 1, sku: 'GRINDER-2', title: 'Hand grinder', quantity: 1, price: '59.00', grams: 1100 },
		{ id: 2, sku: 'BEANS-1KG', title: 'Espresso beans', quantity: 1, price: '16.00', grams: 1000 },
	],
	fulfillments: [] as object[],
};

export const fulfilled = {
	...shopifyOrder,
	fulfillment_status: 'fulfilled',
	fulfillments: [
		{
			id: 255858046,
			created_at: '2026-03-03T08:00:00-06:00',
			tracking_company: 'UPS',
			tracking_number: '1ZTEST0000000001',
		},
	],
};

export const cancelled = { ...shopifyOrder, cancelled_at: '2026-03-04T10:00:00-06:00' };

/** `orders/edited` carries the change only. */
export const edited = {
	order_edit: {
		id: 78912328793,
		order_id: ORDER_ID,
		created_at: '2026-03-02T12:00:00-06:00',
		notify_customer: false,
		line_items: { additions: [{ id: 3, delta: 1 }], removals: [] },
	},
};

/** `refunds/create` with one article's price. */
export const refund = {
	id: 929361462,
	order_id: ORDER_ID,
	created_at: '2026-03-05T11:30:00-06:00',
	note: 'arrived broken',
	transactions: [
		{ id: 1, kind: 'refund', status: 'success', amount: '16.00', currency: 'USD', parent_id: 7 },
	],
};

/** `disputes/create`. */
export const dispute = {
	id: 285332461,
	order_id: ORDER_ID,
	type: 'chargeback',
	amount: '84.50',
	currency: 'USD',
	reason: 'fraudulent',
	network_reason_code: '4837',
	status: 'needs_response',
	initiated_at: '2026-03-20T19:00:00-05:00',
};
