/** What the user has given as the shop's order. */
import { type ShopEvent, type ShopOrder, SHOPS } from '../order';
import { readShopEvent, readShopOrder, whyUnread } from '../read';
import { called, problem } from './words';

export interface Given {
	order: ShopOrder;
	/** null for the `order` of Shop Trigger's item alone. */
	event: ShopEvent['event'] | null;
	shop: ShopEvent['shop'] | null;
}

/**
 * @param instead where to look for it if this is no shop's order
 * @throws {ValidationFault} if nothing is
 */
export function readGiven(given: unknown, instead?: (unread: unknown) => unknown): Given {
	const read = readOrder(given) ?? (instead && readOrder(instead(given)));
	if (read) return read;
	throw problem(
		`${called('shopOrder')} is no order that can be read. ${whyUnread(given)}`,
		'shopOrder',
		`Give it what Shop Trigger puts out, the whole body of a webhook, or an order of the API of ${Object.values(SHOPS).join(', ')}.`,
	);
}

function readOrder(given: unknown): Given | undefined {
	const read = readShopEvent(given);
	if (read) return { order: read.order, event: read.event, shop: read.shop };
	const order = readShopOrder(given);
	return order && { order, event: null, shop: null };
}

/** How messages call the shop. */
export const shopName = ({ shop }: Given): string => (shop ? SHOPS[shop] : 'the shop');

/** The order's number as people know it, without the sign that some put before it. */
export const numberOf = ({ order }: Given): string | null =>
	order.number?.trim().replace(/^#\s*/, '') || null;

/** How messages call the order, at the beginning of a sentence. */
export function orderName(given: Given): string {
	const number = numberOf(given);
	if (number !== null) return `Order ${number}`;
	return given.order.id === null ? 'The order' : `The order with the ID ${given.order.id}`;
}
