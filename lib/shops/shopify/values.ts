/** Reads single values as Shopify writes them. */
import { difference, fractionOf, sum } from '../../base/money';
import { phoneOf } from '../addresses/phone';
import { shopifyRegion } from '../addresses/regions';
import { tidyAddress } from '../addresses/tidy';
import {
	addressLineOf,
	amountOf,
	countryOf,
	currencyOf,
	firstOf,
	idOf,
	joinedText,
	type Members,
	membersOf,
	nullIfEmpty,
	textOf,
	timeOf,
} from '../lenient';
import type { Address } from '../order';

/**
 * An id: a number, its digits as text, or a global id such as `gid://shopify/Order/450789469`. A number
 * beyond 2^53 is no id: it has lost digits on its way and may be another order's.
 */
export function shopifyIdOf(value: unknown): string | null {
	if (typeof value === 'number' && !Number.isSafeInteger(value)) return null;
	const id = idOf(value);
	if (!id?.startsWith('gid://')) return id;
	const [path = ''] = id.split('?', 1);
	return path.slice(path.lastIndexOf('/') + 1) || null;
}

/** An object's own id. The global id is text and keeps all digits. */
export const ownIdOf = (body: Members): string | null =>
	firstOf(shopifyIdOf(body['id']), shopifyIdOf(body['admin_graphql_api_id']));

/** An object's type in its global id: `Order`, `Refund`, … */
export function typeOf(body: Members): string | null {
	const id = textOf(body['admin_graphql_api_id']);
	return (id && /^gid:\/\/shopify\/(\w+)\//.exec(id)?.[1]) ?? null;
}

/** One side of a `…_set`, which has an amount in the shop's currency and in the customer's. */
export function moneyOf(set: unknown, side: 'shop_money' | 'presentment_money') {
	const money = membersOf(membersOf(set)[side]);
	return {
		amount: amountOf(money['amount']),
		currency: currencyOf(money['currency_code'] ?? money['currency']),
	};
}

/** The shop's currency, in which every amount outside a `…_set` is. */
export function shopCurrencyOf(order: Members): string | null {
	const sets = ['current_total_price_set', 'total_price_set', 'subtotal_price_set'];
	return firstOf(
		currencyOf(order['currency']),
		...sets.map((name) => moneyOf(order[name], 'shop_money').currency),
	);
}

/** An amount in the shop's currency: `name` itself, or else the shop's side of `name_set` in `currency`. */
export function shopAmountOf(body: Members, name: string, currency: string | null): string | null {
	const plain = amountOf(body[name]);
	if (plain !== null) return plain;
	const { amount, currency: own } = moneyOf(body[`${name}_set`], 'shop_money');
	return own !== null && own === currency ? amount : null;
}

/** The currency of a `…_set`, if shop and customer have the same one. */
export function onlyCurrencyOf(set: unknown): string | null {
	const { currency } = moneyOf(set, 'shop_money');
	return currency === moneyOf(set, 'presentment_money').currency ? currency : null;
}

/** null if one of the amounts is. */
export const sumOf = (amounts: ReadonlyArray<string | null>): string | null => sum(amounts) ?? null;

/** null if one of the amounts is. */
export const minus = (a: string | null, b: string | null): string | null =>
	difference(a, b) ?? null;

/** `amount` times `count / of`, with as many decimal places as `amount` has. */
export const times = (amount: string | null, count: number | null, of = 1): string | null =>
	fractionOf(amount, count, of, amount?.split('.')[1]?.length ?? 0) ?? null;

/**
 * An address. Since Shopify asks for house number and district in fields of their own, it joins them to the lines
 * with an invisible mark (U+2060), which is left out: `Av. Paulista, 1578`.
 *
 * @param phones other places of the order that may have a number, in this order
 */
export function addressOf(value: unknown, ...phones: unknown[]): Address | null {
	const given = membersOf(value);
	const known = nullIfEmpty({
		name: firstOf(textOf(given['name']), joinedText(given['first_name'], given['last_name'])),
		company: textOf(given['company']),
		line1: addressLineOf(given['address1']),
		line2: addressLineOf(given['address2']),
		city: textOf(given['city']),
		region: shopifyRegion(given['province_code'], given['province']),
		postcode: textOf(given['zip']),
		country: firstOf(countryOf(given['country_code']), countryOf(given['country'])),
		phone: phoneOf(given['phone']),
	});
	return known && tidyAddress({ ...known, phone: phoneOf(known.phone, ...phones) });
}

/** An enum value in lower case; Shopify's GraphQL writes them in capitals. */
export const enumOf = (value: unknown): string | null => textOf(value)?.toLowerCase() ?? null;

/** Shopify's gateway for tests, in each of its spellings. */
export const isBogus = (gateway: unknown): boolean => enumOf(gateway)?.includes('bogus') ?? false;

/** The latest of some times. */
export function latestOf(...times: unknown[]): string | null {
	const known = times.map(timeOf).filter((time) => time !== null);
	return known.sort((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null;
}
