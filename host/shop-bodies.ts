import type { ExampleOrder } from './example-flow';

/** What Shopify delivers when all of an order has been shipped. */
export function shipmentOf(order: ExampleOrder): object {
	return {
		...order,
		fulfillment_status: 'fulfilled',
		line_items: order.line_items.map((line) => ({ ...line, fulfillable_quantity: 0 })),
		fulfillments: [
			{
				id: order.id + 1,
				order_id: order.id,
				status: 'success',
				created_at: '2026-03-03T08:00:00-06:00',
				tracking_company: 'UPS',
				tracking_number: '1ZTEST0000000001',
			},
		],
	};
}

/** What Shopify delivers when a part of an order's price is paid back. */
export function refundOf({ id }: ExampleOrder): object {
	return {
		id: id + 2,
		order_id: id,
		created_at: '2026-03-05T11:30:00-06:00',
		note: 'arrived broken',
		refund_line_items: [],
		transactions: [
			{
				id: id + 3,
				order_id: id,
				kind: 'refund',
				status: 'success',
				amount: '16.00',
				currency: 'USD',
			},
		],
	};
}
