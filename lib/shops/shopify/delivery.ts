/** How a line of an order gets to the customer: by a parcel of the shop, of somebody else, or by none. */
import { flagOf, listOf, type Members, textOf } from '../lenient';
import { enumOf } from './values';

/**
 * False for a gift card, a download or a tip; null if the line does not say. Only a tip has
 * `tip_payment_gateway` [documented].
 */
export function needsShipping(line: Members): boolean | null {
	if (flagOf(line['gift_card']) === true || 'tip_payment_gateway' in line) return false;
	return flagOf(line['requires_shipping']);
}

/** Whether none of some lines is sent; false where it is unknown. */
export function areDigital(lines: unknown): boolean {
	const all = listOf(lines);
	return all.length > 0 && all.every((line) => needsShipping(line) === false);
}

/**
 * Handles of `fulfillment_service` for the shop itself. Source: Shopify's LineItem, "manual" for whoever has no
 * service of fulfilment [documented]; `legacy` and `gift_card` as FulfillmentService `type` and gift cards have it.
 */
const OWN_SERVICES = ['manual', 'legacy', 'gift_card'];

/** The service that sends a line in place of the shop, such as `printful`; null if it is the shop itself. */
export function fulfilledBy(line: Members): string | null {
	const service = textOf(line['fulfillment_service']);
	return service === null || OWN_SERVICES.includes(enumOf(service)!) ? null : service;
}
