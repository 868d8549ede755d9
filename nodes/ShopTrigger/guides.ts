/** What the panel says about each shop: which events it can send, and how to set that up. */
import { type Shop, SHOP_EVENTS, type ShopEventName } from '../../lib/shops/order';

export interface Guide {
	/** Where to enter the address. */
	where: string;
	/** What to choose there for each event that the shop can send. */
	topics: Partial<Record<ShopEventName, string>>;
	/** How often an event starts the flow while deliveries are remembered, where that is not once per order. */
	times?: Partial<Record<ShopEventName, string>>;
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
				'Order fulfillment (orders/fulfilled); or for each parcel Fulfillment creation and update (fulfillments/create, fulfillments/update), or fulfillment_events/create, which tells it once the carrier has the parcel',
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
		times: {
			order_changed: 'every time',
			payment_failed: 'once for each payment that the order names',
			order_refunded: 'once for each refund',
			order_shipped: 'once for each parcel and for a tracking number that comes later',
		},
		remark:
			'WooCommerce never says what changed: it sends the whole order at every change. While deliveries are remembered, each event starts this flow once per order, unless it is said otherwise. <i>event</i> and <i>also</i> list everything that the order shows by then, <i>news</i> what started the flow. WooCommerce switches a webhook off after five failed deliveries in a row.',
	},
};

/** The events that a shop can send, in the order of their labels. */
export const eventsOf = (shop: Shop) =>
	(Object.keys(SHOP_EVENTS) as ShopEventName[]).filter((name) => guides[shop].topics[name]);

/** A part of the guide. */
export interface GuideNotice {
	name: string;
	text: string;
	/** It is shown where this event is chosen; null for what is always shown. */
	event: ShopEventName | null;
}

/** What the panel says of a shop, in order: where, a line for each event, and the rest. The editor shows no line breaks. */
export function guideNotices(shop: Shop): GuideNotice[] {
	const { where, topics, times, remark } = guides[shop];
	const lines = eventsOf(shop).map((event): GuideNotice => {
		const often = times?.[event] === undefined ? '' : `. It starts this flow ${times[event]}.`;
		const text = `<b>${SHOP_EVENTS[event]}</b>: ${topics[event]}${often}`;
		return { name: `${shop}_${event}`, text, event };
	});
	const address =
		'Enter the <b>Production URL</b> shown above under Webhook URLs. Choose there for:';
	return [
		{ name: `${shop}Where`, text: `${where} ${address}`, event: null },
		...lines,
		{ name: `${shop}Remark`, text: remark, event: null },
	];
}
