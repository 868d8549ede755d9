/** Reads single values as Stripe writes them. Amounts are integers of a currency's smallest unit. */
import { isRecord } from '../../base/json';
import { fromMinor } from '../../base/money';
import { currencyOf, firstText, type Members, membersOf, textOf } from '../lenient';
import type { ReadOptions } from '../shop';

/**
 * Stripe's own decimal places, where they are not 2. Source: docs.stripe.com/currencies [documented],
 * "Zero-decimal currencies" and "Three-decimal currencies". They are not those of ISO 4217: Stripe counts
 * ISK, and also UGX although it stands in the list of zero-decimal ones, in hundredths ("Special cases":
 * "to charge 5 UGX, provide an amount value of 500"), and HUF and TWD too, but in payouts.
 */
const PLACES: Readonly<Record<string, number>> = {
	...{ BIF: 0, CLP: 0, DJF: 0, GNF: 0, JPY: 0, KMF: 0, KRW: 0, MGA: 0, PYG: 0, RWF: 0 },
	...{ VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0 },
	...{ BHD: 3, JOD: 3, KWD: 3, OMR: 3, TND: 3 },
};

/** The amount in major units; null if it is unknown, or the currency and so the unit is. */
export function majorUnits(amount: unknown, currency: unknown): string | null {
	const code = currencyOf(currency);
	if (code === null) return null;
	return fromMinor(amount, PLACES[code] ?? 2) ?? null;
}

/** The id of an object, which is there itself if it was expanded, or else by its id. */
export const idIn = (value: unknown): string | null =>
	textOf(isRecord(value) ? value['id'] : value);

/** Whether it is Stripe's id of a payment or what belongs to one: no two accounts have the same. ASSUMED. */
export const isStripeId = (id: string | null | undefined): boolean =>
	/^(ch|cs|dp|du|in|pi|py|pyr|re)_/.test(id ?? '');

/**
 * Members that shops and plugins use for the order, such as the WooCommerce gateways. `Order #` is written by Stripe's
 * own module for Magento. Read off published code.
 */
const KNOWN_BY = ['order_number', 'orderNumber', 'Order #'];
const KEYS = ['order_id', 'orderId'];
const IDS = [...KEYS, ...KNOWN_BY];
const NUMBERS = [...KNOWN_BY, ...KEYS];

/** Looks names up in the `metadata` of several objects. */
export type Metadata = (...names: string[]) => string | null;

export function metadataOf(...objects: Members[]): Metadata {
	const all = objects.map((object) => membersOf(object['metadata']));
	return (...names) => firstText(...all.flatMap((metadata) => names.map((name) => metadata[name])));
}

/** The order's id and number, from the member of `metadata` that the user names, or else the usual ones. */
export function orderIdentity(
	metadata: Metadata,
	{ orderMember }: ReadOptions,
): { id: string | null; number: string | null } {
	const member = textOf(orderMember);
	if (member === null) return { id: metadata(...IDS), number: metadata(...NUMBERS) };
	return { id: metadata(member), number: metadata(member) };
}

/** Members of `metadata` in which shops record the customer's device; Stripe itself does not. */
export const DEVICE_METADATA = {
	ip: ['customer_ip_address', 'customer_ip', 'ip'],
	user_agent: ['customer_user_agent', 'user_agent'],
	session: ['session_id'],
	black_box: ['black_box'],
} as const;
