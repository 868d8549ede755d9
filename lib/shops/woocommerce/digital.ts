/** What is not sent at all: downloads, courses, gift cards by e-mail. An order tells nothing of its products. */
import { amountOf, isList, isZero, listOf, type Members, textOf } from '../lenient';
import { isNoted, type Notes } from './meta';

/**
 * WooCommerce's own checkouts: they ask for a shipping method as soon as one thing in the cart is to be sent. The
 * renewal of a subscription has its shipping lines, and so those of the checkout, unless it is sent only once.
 */
const CHECKOUTS = ['checkout', 'store-api', 'subscription'];

/**
 * Whether nothing of the order is sent. The block checkout copies the billing address into the shipping address
 * all the same, so the address says nothing; that no method was asked for does.
 *
 * ASSUMED: an order that people or other programs wrote (`admin`, `rest-api` and others) may have goods and no
 * shipping line, so there the address decides. `needs_processing` is false where all is virtual and to be
 * downloaded; WooCommerce leaves out deleted products there, so a shipping line goes before it. So does its price: a
 * second try to pay may lose the line (woocommerce-paypal-payments, issue 4594).
 */
export function isNothingSent(body: Members): boolean {
	const methods = body['shipping_lines'];
	if (!isList(methods) || listOf(methods).length > 0) return false;
	const price = amountOf(body['shipping_total']);
	if (price !== null && !isZero(price)) return false;
	if (body['needs_processing'] === false) return true;
	const via = (textOf(body['created_via']) ?? '').toLowerCase();
	return CHECKOUTS.includes(via);
}

/** A country alone is no address: forms begin with the shop's own. */
export function isAddress(address: unknown): boolean {
	const given = address as Members | null | undefined;
	return ['address_1', 'address_2', 'city', 'postcode'].some((name) => textOf(given?.[name]));
}

/**
 * Meta data of a line that is a gift card by e-mail, by the plugins' code: Gift Cards by WooCommerce; PW Gift Cards
 * and Gift Cards by YITH, which also sell printed ones.
 */
const GIFT_CARDS: Notes = [
	['wc_gc_giftcard_amount', () => true],
	['pw_gift_card_to', (to) => to.includes('@')],
	['_ywgc_is_digital', (noted) => ['1', 'yes', 'true'].includes(noted)],
];

/** Whether a line is sent; null if it does not say. */
export function needsShippingOf(line: Members): boolean | null {
	// Nothing in the API itself has these; shops add them to it
	if (line['virtual'] === true || line['needs_shipping'] === false) return false;
	return isNoted(line, GIFT_CARDS) ? false : null;
}
