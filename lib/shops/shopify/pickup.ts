/** What of an order the customer collects, or the shop may drive there itself. */
import { firstText, listOf, type Members, pairOf, textOf } from '../lenient';
import { isByCarrier, mayHaveNoParcel, namesCarrier } from '../pickup-names';
import { needsShipping } from './delivery';
import { shippingLinesOf } from './shipping-lines';
import { addressOf, enumOf } from './values';

/** Whether the customer collects each line of an order, and so all of it. */
export interface CollectedLines {
	all: boolean;
	/** null if nothing says whether this gets a parcel: it may be collected, or driven there by the shop. */
	of: (line: Members) => Collected;
}

type Collected = boolean | null;

const wordsOf = (value: unknown) =>
	(textOf(value) ?? '')
		.toLowerCase()
		.replace(/[^a-z0-9+&]+/g, ' ')
		.trim();

/**
 * Names of a shipping method by which the customer comes to the shop. ASSUMED: Shopify's order names its own Local
 * Pickup by the place's name alone, and `delivery_category` is documented only as a classification.
 */
const PICKUP =
	/^(free )?((local|in store|store|shop|curbside|warehouse|showroom|customer) )?pick ?up( (in|at|from|only)\b|$)|^will call\b|^click (and|&) collect$/;

/**
 * A parcel must go to a carrier's place. Shopify tells them apart too: PICKUP_POINT is "delivered to a pickup point",
 * PICK_UP "picked up by the customer" [documented].
 */
const isPickup = (name: unknown): boolean => PICKUP.test(wordsOf(name)) && !isByCarrier(name);

/** Shopify's own Local Delivery. ASSUMED: it is documented only as a classification. */
const DRIVEN = ['local', 'local delivery'];

/** A rate of a carrier's app has the app's own name for `source`. */
function isCollectedBy({ delivery_category: category, code, title, source }: Members): Collected {
	if (namesCarrier(source) || namesCarrier(category)) return false;
	if ([category, code, title].some(isPickup)) return true;
	if (DRIVEN.includes(wordsOf(category))) return null;
	return mayHaveNoParcel([code, title], source) ? null : false;
}

/**
 * Cart attributes in which apps keep the method that the customer chose. Source: Zapiet's Store Pickup + Delivery
 * writes `Checkout-Method: pickup`, `delivery` or `shipping`; the others are ASSUMED, as shops name them.
 */
const METHODS = ['checkout-method', 'delivery-method', 'delivery method', 'fulfillment method'];

/** Where Zapiet says which place, and an older version says nothing else. */
const PLACES = ['pickup-location-id', 'pickup-location-company', 'pickup-location-name'];

/** Of the shop, or of a carrier whose lockers a theme lists. ASSUMED, as shops name it. */
const ANY_PLACE = 'pickup location';

/** Undefined if nothing was chosen so. */
function chosenIn(order: Members): Collected | undefined {
	const attributes = order['note_attributes'];
	const method = pairOf(attributes, ...METHODS);
	if (method !== null) {
		const isUnsure = isDriven(attributes, method) || mayHaveNoParcel([method]);
		return isPickup(method) || (isUnsure ? null : false);
	}
	if (pairOf(attributes, ...PLACES) !== null) return true;
	const place = pairOf(attributes, ANY_PLACE);
	const methods = shippingLinesOf(order).flatMap(({ code, title, source }) => [
		code,
		title,
		source,
	]);
	return place === null || [place, ...methods].some(namesCarrier) ? undefined : true;
}

/** Others than Zapiet call any way to the customer a delivery. */
const isDriven = (attributes: unknown, method: unknown): boolean =>
	DRIVEN.includes(wordsOf(method)) || wordsOf(pairOf(attributes, 'checkout-method')) === 'delivery';

/** Methods in line properties of apps: collected, driven there by the shop, sent with a carrier. */
const LETTERS: Readonly<Record<string, Collected>> = { P: true, D: null, S: false };

/**
 * What apps keep in the properties of a line: `M=P&L=10404` in Zapiet's `_ZapietId`, `M=P;D=2026-03-05;L=10404` in
 * `_BirdChimeSlotId` of Bird Pickup & Delivery; undefined without it. Source: "Zapiet ID" of Zapiet's guides,
 * docs.zapiet.com, and "What is the _BirdChimeSlotId", help.birdchime.com [documented].
 */
function chosenFor(line: Members): Collected | undefined {
	const id = firstText(pairOf(line['properties'], '_zapietid', '_birdchimeslotid'));
	const method = id === null ? null : new URLSearchParams(id.replaceAll(';', '&')).get('M');
	return method === null ? undefined : Object.hasOwn(LETTERS, method) ? LETTERS[method] : false;
}

/** What of an order is collected, as its lines, its attributes and its shipping methods say, in this order. */
export function collectedIn(order: Members): CollectedLines {
	const lines = listOf(order['line_items']).filter((line) => needsShipping(line) !== false);
	const [first = false, ...others] = shippingLinesOf(order).map(isCollectedBy);
	const byMethods = others.every((one) => one === first) ? first : null;
	const usual = firstKnown(chosenIn(order), byMethods);
	const isCollected = (line: Members) => firstKnown(chosenFor(line), usual);
	return {
		all: lines.length === 0 ? usual === true : lines.every((line) => isCollected(line) === true),
		of: (line) => (needsShipping(line) === false ? false : isCollected(line)),
	};
}

/** null says something: that it is not known. */
const firstKnown = (said: Collected | undefined, otherwise: Collected): Collected =>
	said === undefined ? otherwise : said;

/**
 * Taken along from the till: one that has a parcel sent asks for a method and an address. Of the online store's orders
 * none is: Local Pickup names the place alone, as a parcel's method may be called, and an address may be kept from us.
 */
export const isTakenAlong = (order: Members): boolean =>
	enumOf(order['source_name']) === 'pos' &&
	shippingLinesOf(order).length === 0 &&
	addressOf(order['shipping_address']) === null;
