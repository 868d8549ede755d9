/** The shop order that the user gave, and how messages name it. */
import { type ShopEvent, type ShopOrder, shopOrderOf, SHOPS } from '../order';
import { noEventIn, readShopEvent, readShopOrder, whyUnread } from '../read';
import type { ReadOptions } from '../shop';
import { isStripeId } from '../stripe/values';
import { quotedLabel, ticketFault } from './fields';

export interface GivenOrder {
	order: ShopOrder;
	/** null where only the `order` of Shop Trigger's item was given. */
	event: ShopEvent['event'] | null;
	shop: ShopEvent['shop'] | null;
}

/** What a shop sends where nothing happened that an order tells. */
export interface GivenNothing extends GivenOrder {
	/** In a sentence without its full stop. */
	why: string;
}

/**
 * @param instead where to look if this is no shop's order
 * @param options what the user says about the shop
 * @throws {ValidationFault} if neither is one
 */
export function readGivenOrder(
	given: unknown,
	instead?: (unread: unknown) => unknown,
	options: ReadOptions = {},
): GivenOrder | GivenNothing {
	const read =
		readOrder(given, options) ??
		(instead && readOrder(instead(given), options)) ??
		readNothing(given, options);
	if (read) return read;
	throw ticketFault(
		`${quotedLabel('shopOrder')} is no order that can be read. ${whyUnread(given)}`,
		'shopOrder',
		`Give it what Shop Trigger puts out, the whole body of a webhook, or an order of the API of ${Object.values(SHOPS).join(', ')}.`,
	);
}

function readOrder(given: unknown, options: ReadOptions): GivenOrder | undefined {
	const read = readShopEvent(given, options);
	if (read) return { order: read.order, event: read.event, shop: read.shop };
	const order = readShopOrder(given, options);
	return order && { order, event: null, shop: null };
}

function readNothing(given: unknown, options: ReadOptions): GivenNothing | undefined {
	const { kind, why, shop } = noEventIn(given, options) ?? {};
	return kind === 'nothing'
		? { order: shopOrderOf({}), event: null, shop: shop!, why: why! }
		: undefined;
}

export const shopName = ({ shop }: GivenOrder): string => (shop ? SHOPS[shop] : 'the shop');

/** The number people know the order by, without the `#` that some put before it. */
export const orderNumberOf = ({ order }: GivenOrder): string | null =>
	order.number?.trim().replace(/^#\s*/, '') || ownNumberOf(order);

/**
 * A payment at Stripe that names no order, as of a payment link or a subscription, is known by its own id: the intent's,
 * which the charge, the intent and the checkout session share, and no other payment has.
 */
function ownNumberOf({ id, payment }: ShopOrder): string | null {
	return id === null && isStripeId(payment?.id) ? (payment?.id ?? null) : null;
}

/** The order's name at the beginning of a sentence. */
export function orderName(given: GivenOrder): string {
	const number = orderNumberOf(given);
	if (number !== null) return `Order ${number}`;
	return given.order.id === null ? 'The order' : `The order with the ID ${given.order.id}`;
}

/** The order's name within a sentence. */
export const orderNameInText = (given: GivenOrder): string =>
	orderName(given).replace(/^./, (first) => first.toLowerCase());
