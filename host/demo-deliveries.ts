import type { ShopName } from '../sandbox/shops';
import { stripe } from '../test/unit/shops/stripe';
import { woocommerce } from '../test/unit/shops/woocommerce';
import { exampleOrder } from './example-flow';
import { refundOf, shipmentOf } from './shop-bodies';

/** What a shop can be asked to tell. */
export const HAPPENINGS = ['paid', 'shipped', 'refunded'] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** One webhook: the shop's name of its event, and its body. */
export interface Delivery {
	topic: string;
	body: object;
}

/** The documented bodies that tell it, by their names; Stripe hears of no shipment. */
const DOCUMENTED = {
	woocommerce: { paid: 'paid', shipped: 'completed', refunded: 'partlyRefunded' },
	stripe: { paid: 'chargeSucceeded', refunded: 'chargeRefunded' },
} as const satisfies Partial<Record<ShopName, Partial<Record<Happening, string>>>>;

/** The example order of Shopify under another number. */
export const shopifyOrder = (number: number) =>
	exampleOrder({ id: 5_823_647_000_000 + number, order_number: number, name: `#${number}` });

/**
 * The webhook with which a shop tells of an order.
 *
 * @param number the order's, as the shop's customers know it
 * @returns undefined if the shop never tells that
 */
export function deliveryOf(shop: ShopName, what: Happening, number: number): Delivery | undefined {
	if (shop === 'shopify') return fromShopify(what, number);
	const names: Partial<Record<Happening, string>> = DOCUMENTED[shop];
	const documented = (shop === 'stripe' ? stripe : woocommerce).find(
		({ name }) => name === names[what],
	);
	if (!documented?.topic) return undefined;
	// All of them tell of order 1042, or of its payment
	const text = JSON.stringify(documented.body)
		.replaceAll('1042', String(number))
		.replaceAll(/\b(pi|ch|re|evt)_\w+/g, `$&${number}`);
	return { topic: documented.topic, body: JSON.parse(text) as object };
}

function fromShopify(what: Happening, number: number): Delivery {
	const order = shopifyOrder(number);
	const told = {
		paid: { topic: 'orders/paid', body: order },
		shipped: { topic: 'orders/fulfilled', body: shipmentOf(order) },
		refunded: { topic: 'refunds/create', body: refundOf(order) },
	};
	return told[what];
}
