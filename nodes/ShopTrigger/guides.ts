/** What the panel says about each shop: which events it can send, and how to set that up. */
import { type Shop, SHOP_EVENTS, type ShopEventName } from '../../lib/shops/order';

export interface Guide {
	/** Where to enter the address. */
	where: string;
	/** What to choose there for each event that the shop can send. */
	topics: Partial<Record<ShopEventName, string>>;
	remark: string;
}

/** From the shops' own help pages; the names in brackets are those of their APIs. */
export const guides: Readonly<Record<Shop, Guide>> = {
	shopify: {
		where:
			'In Shopify: <b>Settings → Notifications → Webhooks → Create webhook</b>, one for each event, format JSON.',
		topics: {
			order_cancelled: 'Order cancellation (orders/cancelled)',
			order_disputed: 'disputes/create and disputes/update',
			order_changed: 'Order edit and Order update (orders/edited, orders/updated)',
			order_created: 'Order creation (orders/create)',
			order_paid: 'Order payment (orders/paid)',
			payment_failed: 'order_transactions/create',
			order_refunded: 'Refund creation (refunds/create)',
			order_shipped:
				'Order fulfillment (orders/fulfilled), or Fulfillment creation (fulfillments/create) for each parcel',
		},
		remark:
			"An app of yours can subscribe to what your admin does not list; it signs with its client secret. Shopify's <i>Send test notification</i> sends a test order.",
	},
	stripe: {
		where:
			'In Stripe: <b>Workbench → Webhooks → Add destination</b>, with all these events in one endpoint.',
		topics: {
			order_disputed: 'charge.dispute.created, charge.dispute.updated and charge.dispute.closed',
			order_paid: 'charge.succeeded, and charge.captured if you capture later',
			payment_failed: 'charge.failed',
			order_refunded: 'charge.refunded',
		},
		remark:
			"Another event for the same thing, such as payment_intent.succeeded, would start the flow twice, and says less about the card. The payment's metadata must hold your shop's order number. Test mode and live mode each have their own endpoints and secrets.",
	},
	woocommerce: {
		where:
			'In WordPress: <b>WooCommerce → Settings → Advanced → Webhooks → Add webhook</b>, status Active, API version WP REST API Integration v3.',
		topics: {
			order_cancelled: 'Order updated',
			order_changed: 'Order updated',
			order_created: 'Order created',
			order_paid: 'Order updated and Order created',
			payment_failed: 'Order updated and Order created',
			order_refunded: 'Order updated',
			order_shipped: 'Order updated',
		},
		remark:
			'WooCommerce never says what changed: it sends the whole order at every change. While deliveries are remembered, each event starts this flow once per order, <b>Refunded</b> once for each refund, <b>Shipped</b> once for each parcel and for a tracking number that comes later, <b>Payment Failed</b> once for each payment that the order names, and <b>Order Changed</b> every time. <i>event</i> and <i>also</i> list everything that the order shows by then, <i>news</i> what started the flow. WooCommerce switches a webhook off after five failed deliveries in a row.',
	},
};

/** The events that a shop can send, in the order of their labels. */
export const eventsOf = (shop: Shop) =>
	(Object.keys(SHOP_EVENTS) as ShopEventName[]).filter((name) => guides[shop].topics[name]);

/** The guide in one piece, for the panel. */
export function guideText(shop: Shop): string {
	const { where, topics, remark } = guides[shop];
	const lines = eventsOf(shop).map((name) => `<b>${SHOP_EVENTS[name]}</b>: ${topics[name]}`);
	// The editor shows a notice without line breaks
	return `${where} Enter the <b>Production URL</b> shown above under Webhook URLs. Choose there for ${lines.join(' • ')}. ${remark}`;
}
