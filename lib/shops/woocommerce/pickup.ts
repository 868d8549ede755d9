/**
 * What the customer collects. Each shipping line of an order is one package: shipped, or collected. What a carrier
 * hands out at its own counter, locker or parcel shop is shipped to there.
 */
import { entriesOf, idOf, listOf, type Members, textOf } from '../lenient';
import { mayHaveNoParcel, namesCarrier } from '../pickup-names';
import { isNoted, metaValues, type Notes } from './meta';
import { isTakenAlong } from './tills';

/** The customer comes to the shop for it. */
const METHODS: readonly string[] = [
	// WooCommerce: the short code's, that of its checkout block, and those of old versions [documented]
	...['local_pickup', 'pickup_location', 'legacy_local_pickup', 'local-pickup'],
	// Local Pickup Plus (SkyVerge), WC Pickup Store, Local Pickup for WooCommerce (theDotstore): their code
	...['local_pickup_plus', 'wc_pickup_store', 'ds_local_pickup'],
	// Dokan Local Pickup: its code; ASSUMED that other versions have the other name
	...['dokanpickup', 'dokan_pickup_shipping'],
];

/** Shops give it a title of their own, also that of a carrier's branch, for which they have no plugin. */
const TITLED = /^(legacy_)?local[_-]pickup$/;

/**
 * The shop may drive it there. Source: WooCommerce's Local Delivery, deprecated since version 2.6, and its name since
 * [documented]; Shipping Zones by Drawing: its code.
 */
const DRIVEN: readonly string[] = [
	'local_delivery',
	'legacy_local_delivery',
	'szbd-shipping-method',
];

/** Meta data of the whole order. */
const NOTES: Notes = [
	// Delivery & Pickup Date Time by CodeRockz, Pickup/Delivery Date Time by PiWeb: their code
	['delivery_type', (type) => type.toLowerCase() === 'pickup'],
	['pi_delivery_type', (type) => type.toLowerCase() === 'pickup'],
	// Order Delivery Time by ByConsole, WooFood by Ex-Themes: their code
	['byconsolewooodt_delivery_type', (type) => type === 'take_away'],
	['exwfood_order_method', (method) => ['takeaway', 'dinein'].includes(method)],
	// Order Delivery Date by Tyche: the place that was chosen from its list
	['_orddd_location', (place) => place !== 'select_location'],
];

/** In whole or in part; null where the order does not say, or the shop may drive it there. */
export type Collected = boolean | null;

interface Package {
	isCollected: Collected;
	holds: (article: Packed) => boolean;
}

/** A line of articles as packages name it. */
interface Packed {
	id: string | null;
	content: string;
}

/** Whether the customer collects a line; null if some of the order is collected and nobody knows what. */
export function collectionOf(body: Members): (line: Members) => Collected {
	if (isNoted(body, NOTES)) return () => true;
	const packages = listOf(body['shipping_lines']).map(packageOf);
	const [first, ...others] = packages;
	if (!first) {
		// At the till people also write orders for the phone
		const ofAll = isTakenAlong(body) ? null : false;
		return () => ofAll;
	}
	if (others.every((one) => one.isCollected === first.isCollected)) return () => first.isCollected;
	return (line) => {
		const content = contentOf(textOf(line['name']), textOf(line['quantity']));
		const article = { id: idOf(line['id']), content };
		const its = packages.filter((one) => one.holds(article));
		// The same thing twice in an order may be in either of two packages
		return its.length === 1 ? its[0]!.isCollected : null;
	};
}

/** Whether the customer collects all of it. */
export function isPickup(body: Members): boolean {
	if (isNoted(body, NOTES)) return true;
	const lines = listOf(body['shipping_lines']);
	return lines.length > 0 && lines.every((line) => packageOf(line).isCollected === true);
}

function packageOf(line: Members): Package {
	const items = metaValues(line, '_pickup_items').flatMap((noted) => entriesOf(noted) ?? []);
	const ids = new Set(items.map(idOf));
	const contents = new Set(
		listOf(line['meta_data']).flatMap((entry) => contentsIn(entry['value'])),
	);
	return {
		isCollected: isCollected(line),
		// Local Pickup Plus names the lines, WooCommerce the names
		holds: ({ id, content }) => (ids.size > 0 ? ids.has(id) : contents.has(content)),
	};
}

function isCollected({ method_id: id, method_title: title }: Members): Collected {
	// WooCommerce before 2.6 wrote the method's instance behind it
	const [method = ''] = (textOf(id) ?? '').toLowerCase().split(':');
	if (METHODS.includes(method)) return TITLED.test(method) && namesCarrier(title) ? null : true;
	// Shops whose orders other programs write have methods of their own
	return DRIVEN.includes(method) || mayHaveNoParcel([title, method]) ? null : false;
}

/**
 * What is in a package, as WooCommerce notes it: "Mug &times; 2, Lamp &times; 1". The note's key is in the shop's own
 * language, so the sign tells.
 */
function contentsIn(noted: unknown): string[] {
	const text = (textOf(noted) ?? '').replaceAll(/&times;|&#215;|&#xd7;/gi, '×');
	const [first = '', ...others] = text.split('×');
	let name = first;
	return others.map((part) => {
		const [quantity = ''] = /^\s*[\d.]+/.exec(part) ?? [];
		const content = contentOf(name, quantity);
		name = part.slice(quantity.length);
		return content;
	});
}

/** Compared by letters and digits alone: the one may have entities where the other has signs. */
const contentOf = (name: string | null, quantity: string | null): string =>
	`${(name ?? '').toLowerCase().replaceAll(/&#?\w{1,8};|[^\p{L}\p{N}]/gu, '')} ${Number(quantity)}`;
