/** Single values in the forms that Shopify has for them. */
import { difference, fractionOf, sum } from '../../base/money';
import {
	amountOf,
	countryOf,
	currencyOf,
	firstOf,
	idOf,
	type Members,
	membersOf,
	textOf,
	timeOf,
	toldOf,
	wordsOf,
} from '../lenient';
import type { Address } from '../order';

/**
 * An id: a number, its digits as text, or a global id such as `gid://shopify/Order/450789469`. A number
 * beyond 2^53 has lost digits on its way and may be another order's: it is no id.
 */
export function shopifyIdOf(value: unknown): string | null {
	if (typeof value === 'number' && !Number.isSafeInteger(value)) return null;
	const id = idOf(value);
	return id?.startsWith('gid://') ? (/\/([^/?]+)(?:\?.*)?$/.exec(id)?.[1] ?? null) : id;
}

/** The id of an object itself. Its global id, which is text, keeps all digits. */
export const ownIdOf = (body: Members): string | null =>
	firstOf(shopifyIdOf(body['id']), shopifyIdOf(body['admin_graphql_api_id']));

/** What an object is, as its global id says: `Order`, `Refund`, … */
export function typeOf(body: Members): string | null {
	const id = textOf(body['admin_graphql_api_id']);
	return (id && /^gid:\/\/shopify\/(\w+)\//.exec(id)?.[1]) ?? null;
}

/** One side of a `…_set`, which tells an amount in the shop's currency and in the customer's. */
function moneyOf(set: unknown, side: 'shop_money' | 'presentment_money') {
	const money = membersOf(membersOf(set)[side]);
	return {
		amount: amountOf(money['amount']),
		currency: currencyOf(money['currency_code'] ?? money['currency']),
	};
}

/** The shop's currency, which is that of every amount of an order that stands outside of a `…_set`. */
export function shopCurrencyOf(order: Members): string | null {
	const sets = ['current_total_price_set', 'total_price_set', 'subtotal_price_set'];
	return firstOf(
		currencyOf(order['currency']),
		...sets.map((name) => moneyOf(order[name], 'shop_money').currency),
	);
}

/**
 * An amount in the shop's currency: `name` itself, or else the shop's side of `name_set`, as long as it is
 * in the same currency.
 */
export function shopAmountOf(body: Members, name: string, currency: string | null): string | null {
	const plain = amountOf(body[name]);
	if (plain !== null) return plain;
	const { amount, currency: own } = moneyOf(body[`${name}_set`], 'shop_money');
	return own !== null && own === currency ? amount : null;
}

/** The currency of an object's `…_set`s, if shop and customer have the same one. */
export function onlyCurrencyOf(set: unknown): string | null {
	const { currency } = moneyOf(set, 'shop_money');
	return currency === moneyOf(set, 'presentment_money').currency ? currency : null;
}

/** The sum; null as soon as one of the amounts is not told. */
export function totalOf(amounts: ReadonlyArray<string | null>): string | null {
	return sum(amounts) ?? null;
}

/** `a` minus `b`; null if one of them is not told. */
export function lessOf(a: string | null, b: string | null): string | null {
	return difference(a, b) ?? null;
}

/** The price of several, exactly. */
export function timesOf(price: string | null, quantity: number | null): string | null {
	const places = price?.split('.')[1]?.length ?? 0;
	return fractionOf(price, quantity, 1, places) ?? null;
}

/** An address; null if nothing of it is told. */
export function addressOf(value: unknown): Address | null {
	const given = membersOf(value);
	const address = {
		name: firstOf(textOf(given['name']), wordsOf(given['first_name'], given['last_name'])),
		company: textOf(given['company']),
		line1: textOf(given['address1']),
		line2: textOf(given['address2']),
		city: textOf(given['city']),
		region: firstOf(textOf(given['province_code']), textOf(given['province'])),
		postcode: textOf(given['zip']),
		country: firstOf(countryOf(given['country_code']), countryOf(given['country'])),
		phone: textOf(given['phone']),
	};
	return toldOf(address);
}

/** Shopify's own word of a list, in small letters; its GraphQL writes them in capitals. */
export const wordOf = (value: unknown): string | null => textOf(value)?.toLowerCase() ?? null;

/** Shopify's gateway for trying a shop out, in each of the ways that it is written. */
export const isBogus = (gateway: unknown): boolean => wordOf(gateway)?.includes('bogus') ?? false;

/** The latest of some times. */
export function latestOf(...times: unknown[]): string | null {
	const told = times.map(timeOf).filter((time) => time !== null);
	return told.sort((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null;
}
