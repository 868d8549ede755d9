/**
 * A shop's order in one form, whichever shop it came from, and what happened to it.
 *
 * What a shop does not say is null, never made up. Amounts are exact decimal text in major units of
 * `currency`. Times are ISO 8601 as the shop wrote them; WooCommerce's have no offset where it gives
 * only the shop's own time. Members that are not named here are kept.
 */
import * as z from 'zod/v4';

export const SHOPS = { shopify: 'Shopify', stripe: 'Stripe', woocommerce: 'WooCommerce' } as const;

export type Shop = keyof typeof SHOPS;

/** Payment providers: they know payments of other shops' orders, and of an order only what that shop sent. */
const PROVIDERS: ReadonlyArray<string | null> = ['stripe' satisfies Shop];

export const isProvider = (shop: string | null): boolean => PROVIDERS.includes(shop);

/** What can happen, and its name in the editor. */
export const SHOP_EVENTS = {
	order_cancelled: 'Order Cancelled',
	order_changed: 'Order Changed',
	order_created: 'Order Created',
	order_paid: 'Order Paid',
	order_refunded: 'Order Refunded',
	order_shipped: 'Order Shipped',
	order_disputed: 'Payment Disputed',
	payment_failed: 'Payment Failed',
} as const;

export type ShopEventName = keyof typeof SHOP_EVENTS;

/**
 * How far the payment of an order has come, and whether the order still stands. A `draft` is none yet: a cart, or
 * what the shop's people still write.
 */
export const ORDER_STATES = [
	'draft',
	'pending',
	'authorized',
	'partially_paid',
	'paid',
	'partially_refunded',
	'refunded',
	'failed',
	'cancelled',
	'unknown',
] as const;

const text = z.string().nullable().default(null);
/** Exact decimal text. */
const amount = text;
const time = text;

const address = z.looseObject({
	name: text,
	company: text,
	line1: text,
	line2: text,
	city: text,
	/** Name or code of the state or province, as the shop has it. */
	region: text,
	postcode: text,
	/** Two letters, ISO 3166. */
	country: text,
	phone: text,
});

const article = z.looseObject({
	id: text,
	product_id: z.string().nullable().optional(),
	sku: text,
	name: text,
	quantity: z.number().default(0),
	/** What of `quantity` is in the order by now: without what was removed or refunded; null if the shop does not say. */
	current_quantity: z.number().nullable().default(null),
	/** What was neither shipped nor refunded; null if the shop does not say. */
	to_ship: z.number().nullable().default(null),
	/**
	 * What the customer paid for all of `quantity`, including refunded and shipped ones: without tax and
	 * shipping, less discounts. What is still to be shipped is worth `to_ship / quantity` of it.
	 */
	value: amount,
	/** Weight of one; null if the shop does not say. */
	grams: z.number().nullable().default(null),
	/** False for what is not sent, such as a gift card; null if the shop does not say. */
	needs_shipping: z.boolean().nullable().default(null),
	/** Who sends it, if not the shop itself: a print service, or another warehouse, in the shop's own word. */
	fulfilled_by: text,
	/** The customer collects it; null if the shop does not say whether this is, or is driven there by the shop itself. */
	collected: z.boolean().nullable().default(false),
});

/** `amount` is what went back to the customer, in its own currency; `0` where no money moved. */
const refund = z.looseObject({ id: text, at: time, amount, currency: text, reason: text });

const fulfilment = z.looseObject({
	id: text,
	at: time,
	carrier: text,
	tracking_number: text,
	service: text,
});

const dispute = z.looseObject({
	id: text,
	at: time,
	amount,
	currency: text,
	reason: text,
	status: text,
	/** The bank only asks; no money was taken back. */
	is_inquiry: z.boolean().default(false),
});

export const shopOrder = z.looseObject({
	id: text,
	/** The number people know the order by. */
	number: text,
	test: z.boolean().default(false),
	state: z.enum(ORDER_STATES).default('unknown'),
	/** The shop's own word for how far it has come, where it has one. */
	status: text,
	created_at: time,
	updated_at: time,
	paid_at: time,
	cancelled_at: time,
	currency: text,
	/** As the order stands now; `goods` (no tax, no shipping) and `shipping` (no tax) less discounts. */
	totals: z
		.looseObject({ total: amount, goods: amount, shipping: amount, tax: amount, discounts: amount })
		.nullable()
		.default(null),
	customer: z.looseObject({ id: text, email: text, phone: text }).nullable().default(null),
	ship_to: address.nullable().default(null),
	/** The customer collects all of it. */
	pickup: z.boolean().default(false),
	shipping_method: text,
	articles: z.array(article).default([]),
	device: z
		.looseObject({ ip: text, user_agent: text, session: text, black_box: text })
		.nullable()
		.default(null),
	payment: z
		.looseObject({
			id: text,
			gateway: text,
			/** What it was paid with at the gateway, in its own word, such as `klarna`; the gateway is there in any case. */
			method: z.string().nullable().optional(),
			/** What this payment was to pay, in `currency`, where the shop gives that instead of the total. */
			amount: z.string().nullable().optional(),
			succeeded: z.boolean().nullable().default(null),
			message: text,
			card: z
				.looseObject({
					bin: text,
					last4: text,
					brand: text,
					/** Year and month, such as `2028-01`. */
					expires: text,
					funding: text,
					country: text,
				})
				.nullable()
				.default(null),
			avs: text,
			cvc: text,
		})
		.nullable()
		.default(null),
	refunds: z.array(refund).default([]),
	fulfilments: z.array(fulfilment).default([]),
	dispute: dispute.nullable().default(null),
});

const eventName = z.enum(Object.keys(SHOP_EVENTS) as [ShopEventName, ...ShopEventName[]]);

export const shopEvent = z.looseObject({
	event: eventName,
	/** The other events that the delivery stands for; see `ShopReading`. */
	also: z.array(eventName).optional(),
	/**
	 * The events chosen in Shop Trigger that this execution was started for. What the order showed before
	 * is only in `event` and `also`. Left out where the event is not from Shop Trigger.
	 */
	news: z.array(eventName).optional(),
	shop: z.enum(Object.keys(SHOPS) as [Shop, ...Shop[]]),
	/**
	 * Which one of its kind: its domain or Stripe account, or a print of Shop Trigger's credential where the
	 * webhook does not say; null if nothing says. Two shops may both have an order 1001.
	 */
	store: text,
	/** The shop's id of the delivery; the same when it delivers again. */
	delivery_id: text,
	at: time,
	order: shopOrder,
});

export type ShopOrder = z.output<typeof shopOrder>;
export type ShopEvent = z.output<typeof shopEvent>;
export type Article = z.output<typeof article>;
export type Address = z.output<typeof address>;
export type Refund = z.output<typeof refund>;
export type Fulfilment = z.output<typeof fulfilment>;
export type Dispute = z.output<typeof dispute>;
export type Payment = NonNullable<ShopOrder['payment']>;

/** Made late: n8n loads every package at its start, and a schema is compiled with its first use. */
let empty: ShopOrder | undefined;

/**
 * An order with these members known. They come from an adapter and are not checked, which
 * would take a quarter of the time of reading.
 */
export function shopOrderOf(known: Partial<ShopOrder>): ShopOrder {
	empty ??= shopOrder.parse({});
	return { ...empty, articles: [], refunds: [], fulfilments: [], ...known };
}

/** The event itself, and what else the order's state shows. */
export const whatHappened = ({ event, also = [] }: ShopEvent): ShopEventName[] => [
	...new Set([event, ...also]),
];
