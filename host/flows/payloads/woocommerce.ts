/** A WooCommerce order as its webhooks carry it: always whole, whatever has changed. */
export const wooOrder = {
	id: 727,
	number: '727',
	order_key: 'wc_order_58d2d042d1d',
	status: 'pending',
	currency: 'USD',
	date_created_gmt: '2026-03-02T15:41:07',
	date_modified_gmt: '2026-03-02T15:41:07',
	date_paid_gmt: null as string | null,
	date_completed_gmt: null as string | null,
	total: '29.35',
	customer_id: 26,
	customer_ip_address: '203.0.113.7',
	payment_method: 'stripe',
	transaction_id: '',
	cart_hash: '4b1d0cb2e6f7a3b5',
	shipping: {
		first_name: 'Jane',
		last_name: 'Doe',
		company: '',
		address_1: '969 Market',
		address_2: '',
		city: 'San Francisco',
		state: 'CA',
		postcode: '94103',
		country: 'US',
		phone: '(555) 555-5555',
	},
	line_items: [
		{
			id: 315,
			product_id: 93,
			variation_id: 0,
			name: 'Woo single #1',
			quantity: 2,
			total: '19.35',
		},
	],
	shipping_lines: [{ id: 317, method_title: 'Flat Rate', total: '10.00' }],
	refunds: [] as { id: number; reason: string; total: string }[],
};

const changed = (date_modified_gmt: string, more: Partial<typeof wooOrder>) => ({
	...wooOrder,
	transaction_id: 'pi_3Nabc',
	date_paid_gmt: '2026-03-02T15:42:00',
	date_modified_gmt,
	...more,
});

export const paid = changed('2026-03-02T15:42:01', { status: 'processing' });
export const moreArticles = changed('2026-03-02T16:00:00', {
	status: 'processing',
	total: '39.35',
	line_items: [{ ...wooOrder.line_items[0]!, quantity: 3, total: '29.35' }],
});
export const completed = {
	...moreArticles,
	...{ status: 'completed', date_completed_gmt: '2026-03-03T09:00:00' },
};
export const refunded = {
	...completed,
	date_modified_gmt: '2026-03-06T10:00:00',
	refunds: [{ id: 801, reason: 'One too many', total: '-10.00' }],
};
export const failedOrder = { ...wooOrder, id: 728, number: '728', status: 'failed' };
export const cancelledOrder = { ...wooOrder, id: 728, number: '728', status: 'cancelled' };
