/** What of an order the customer collects. */
import { firstText, listOf, type Members, pairOf, textOf } from '../lenient';
import { needsShipping } from './delivery';
import { shippingLinesOf } from './shipping-lines';

/** Whether the customer collects each line of an order, and so all of it. */
export interface CollectedLines {
	all: boolean;
	/** null if some of the order is collected and nothing says whether this is. */
	of: (line: Members) => boolean | null;
}

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
 * Carriers' own places, to which a parcel must go. Shopify tells them apart too: PICKUP_POINT is "delivered to a
 * pickup point", PICK_UP "picked up by the customer" [documented].
 */
const CARRIERS_PLACE =
	/\b(points?|lockers?|relay|relais|station|packstation|parcel|inpost|paczkomat|mondial|post|ups|dhl|dpd|gls)\b/;

const isPickup = (name: unknown): boolean => {
	const words = wordsOf(name);
	return PICKUP.test(words) && !CARRIERS_PLACE.test(words);
};

/** A rate of a carrier's app has the app's own name for `source`. */
const isCollectedBy = ({ delivery_category: category, code, title, source }: Members): boolean => {
	if (CARRIERS_PLACE.test(wordsOf(source)) || CARRIERS_PLACE.test(wordsOf(category))) return false;
	return [category, code, title].some(isPickup);
};

/**
 * Cart attributes in which apps keep the method that the customer chose. Source: Zapiet's Store Pickup + Delivery
 * writes `Checkout-Method: pickup`, `delivery` or `shipping`; the others are ASSUMED, as shops name them.
 */
const METHODS = ['checkout-method', 'delivery-method', 'delivery method', 'fulfillment method'];

/** Where Zapiet says which place, and an older version says nothing else. */
const PLACES = [
	'pickup-location-id',
	'pickup-location-company',
	'pickup-location-name',
	'pickup location',
];

function chosenIn(order: Members): boolean | null {
	const attributes = order['note_attributes'];
	const method = pairOf(attributes, ...METHODS);
	if (method !== null) return isPickup(method);
	return pairOf(attributes, ...PLACES) === null ? null : true;
}

/**
 * Zapiet's line property `_ZapietId`: `M=P&L=10404` is collected, `M=D` delivered by the shop, `M=S` shipped.
 * Source: "Zapiet ID" of Zapiet's guides, docs.zapiet.com [documented].
 */
function zapietOf(line: Members): boolean | null {
	const id = firstText(pairOf(line['properties'], '_zapietid'));
	const method = id === null ? null : new URLSearchParams(id).get('M');
	return method === null ? null : method === 'P';
}

/** What of an order is collected, as its lines, its attributes and its shipping methods say, in this order. */
export function collectedIn(order: Members): CollectedLines {
	const lines = listOf(order['line_items']).filter((line) => needsShipping(line) !== false);
	const own = lines.map(zapietOf);
	const methods = shippingLinesOf(order).map(isCollectedBy);
	const isSplit = methods.includes(true) && methods.includes(false);
	const usual = chosenIn(order) ?? (isSplit ? null : methods.includes(true));
	const known = own.map((one) => one ?? usual);
	return {
		all: lines.length === 0 ? usual === true : known.every((one) => one === true),
		of: (line) => (needsShipping(line) === false ? false : (zapietOf(line) ?? usual)),
	};
}
