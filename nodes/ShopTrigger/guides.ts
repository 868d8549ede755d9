/** What the panel says about each shop: which events it can send, and how to set that up. */
import { type Shop, SHOP_EVENTS, type ShopEventName } from '../../lib/shops/order';
import { WEBHOOK_PAGES } from '../../lib/shops/webhook-pages';

export interface Guide {
	/** The program in which the webhook is made, and the way to it there. */
	place: string;
	path: string;
	/** What to enter there besides the address and the events. */
	setup: readonly string[];
	/** What to choose there for each event that the shop can send. */
	topics: Partial<Record<ShopEventName, string>>;
	/** How often an event starts the flow while deliveries are remembered, where that is not once per order. */
	times?: Partial<Record<ShopEventName, string>>;
	/** Background, for the docs alone. */
	remark: string;
}

/** From the shops' own help pages; the names in brackets are those of their APIs. */
export const guides: Readonly<Record<Shop, Guide>> = {
	shopify: {
		place: 'Shopify',
		path: `${WEBHOOK_PAGES.shopify.path} → Create webhook`,
		setup: ['one for each event', 'format JSON'],
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
			"An app of yours can subscribe to what your admin does not list; it signs with its client secret. Shopify's _Send test notification_ sends a test order.",
	},
	stripe: {
		place: 'Stripe',
		path: `${WEBHOOK_PAGES.stripe.path} → Add destination`,
		setup: ['with all these events in one endpoint'],
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
		place: 'WordPress',
		path: `${WEBHOOK_PAGES.woocommerce.path} → Add webhook`,
		setup: ['status Active', 'API version WP REST API Integration v3'],
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
			'WooCommerce never says what changed: it sends the whole order at every change. While deliveries are remembered, each event starts this flow once per order, unless it is said otherwise. _event_ and _also_ list everything that the order shows by then, _news_ what started the flow. WooCommerce switches a webhook off after five failed deliveries in a row.',
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

/** What the panel says of a shop, in order: where to go, a part for each event, and that n8n must be reached. */
export function guideNotices(shop: Shop): GuideNotice[] {
	const { place, path, setup, topics, times } = guides[shop];
	const where = `In ${place}: ${path}`;
	const address = 'Address: the Production URL above, under Webhook URLs';
	return [
		{ name: `${shop}Where`, text: withList(where, [...setup, address]), event: null },
		...eventsOf(shop).map((event): GuideNotice => {
			const often = times?.[event] === undefined ? [] : [`starts this flow ${times[event]}`];
			const text = withList(`For ${SHOP_EVENTS[event]} choose:`, [topics[event]!, ...often]);
			return { name: `${shop}_${event}`, text, event };
		}),
		{ name: `${shop}Remark`, text: REACH, event: null },
	];
}

/** A list with a title, in the only tags that n8n leaves in a notice. */
function withList(title: string, lines: readonly string[]): string {
	return `${title}<ul>${lines.map((line) => `<li>${capital(line)}</li>`).join('')}</ul>`;
}

/** The names of Stripe's events, and those in Shopify's API, begin small. */
function capital(line: string): string {
	return /^[a-z_]+[./]/.test(line) ? line : line.charAt(0).toUpperCase() + line.slice(1);
}

const REACH = withList('Before the first order:', [
	"No shop yet? Let this node listen (orange button); then, in a copy of this package's repository, run: npm run demo:order -- --to and the Test URL",
	'The shop must reach n8n over the internet: the Production URL must begin with https:// and a public name. If it does not, whoever runs n8n sets WEBHOOK_URL to its public address',
	'On your own machine: start a tunnel that gives n8n a public https address, and set WEBHOOK_URL to that',
	'If nothing starts, or a delivery was refused: see Executions, then the list of deliveries in the shop',
]);
