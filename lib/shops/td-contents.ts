/** What an order consists of, in TD's form, and a print that tells whether that has changed. */
import { fingerprint } from '../base/fingerprint';
import { fractionOf, placesOf } from '../base/money';
import type { Members } from './lenient';
import type { Address, Article, ShopOrder } from './order';
import { type Exchange, moneyOf, tdAmount } from './td-amount';

/** TD takes no longer text. ASSUMED to be counted in characters. */
const LONGEST = 1024;

/** Free text, shortened to what TD takes. */
export const shortened = (text: string): string => text.slice(0, LONGEST);

/** What the user and the run add to an order's contents. */
export interface ContentTerms extends Exchange {
	/** First-level category of all articles; without one TD takes no articles. */
	category: string | undefined;
	/** A time in TD's form; undefined if it is none. */
	time: (text: string | null) => string | undefined;
}

/** TD's Order, as far as the shop tells it and TD takes it. @throws {ValidationFault} if a rate is missing */
export function tdOrder(order: ShopOrder, orderId: string, terms: ContentTerms): Members {
	const created = terms.time(order.created_at);
	const total = moneyOf(order.totals?.total, order.currency);
	const articles = articlesOf(order, terms);
	const shipping = shippingOf(order);
	return {
		order_id: orderId,
		...(created === undefined ? {} : { order_create_time: created }),
		...(typeof total === 'string' ? {} : { amount: tdAmount(total, terms) }),
		...(articles.length > 0 ? { merchandise_list: articles } : {}),
		...(shipping ? { shipping } : {}),
	};
}

function articlesOf({ articles, currency }: ShopOrder, terms: ContentTerms): Members[] {
	const { category } = terms;
	if (category === undefined) return [];
	return articles.slice(0, LONGEST).flatMap((article) => {
		const id = article.sku ?? article.id;
		if (id === null) return [];
		const { name, quantity } = article;
		const price = moneyOf(priceOf(article, currency), currency);
		return {
			merchandise_id: shortened(id),
			category_1: category,
			...(name === null ? {} : { name: shortened(name) }),
			// A shop that does not tell it has 0 here
			...(Number.isSafeInteger(quantity) && quantity > 0 ? { count: quantity } : {}),
			...(typeof price === 'string' ? {} : { unit_price: tdAmount(price, terms) }),
		};
	});
}

/** What one of them cost. */
const priceOf = ({ value, quantity }: Article, currency: string | null) =>
	fractionOf(value, '1', String(quantity), placesOf(currency));

/** TD demands country, region and city of an address, so an incomplete one is left out whole. */
function shippingOf({ ship_to: to, customer, pickup }: ShopOrder): Members | undefined {
	const { country, region, city } = to ?? {};
	if (!to || !country || !region || !city || !/^[A-Za-z]{2}$/.test(country)) return undefined;
	const detail = [to.line1, to.line2].filter((line) => line !== null).join(', ');
	return {
		address: {
			country,
			region: shortened(region),
			city: shortened(city),
			...(detail === '' ? {} : { detail: shortened(detail) }),
			...(to.postcode === null ? {} : { zip_code: shortened(to.postcode) }),
		},
		// Shops tell one name; which part of it is the family's is not to be guessed. Nor is the calling
		// code of a phone number, so that is left out.
		consignee: to.name === null ? {} : { nickname: shortened(to.name) },
		...(customer?.email ? { email: shortened(customer.email) } : {}),
		method: pickup ? 'store_pickup' : 'logistics',
	};
}

/**
 * A print of what the customer has bought, for how much, and where it goes: another one means that the
 * order was changed.
 *
 * @returns null if the shop did not tell the whole order
 */
export function printOfContents({ articles, currency, totals, ship_to }: ShopOrder): string | null {
	if (articles.length === 0) return null;
	const bought = articles.map(({ id, sku, quantity, value }) => [id, sku, quantity, value]);
	const to = ship_to && addressPrint(ship_to);
	return fingerprint(JSON.stringify([currency, totals?.total ?? null, bought, to]));
}

const addressPrint = ({ name, line1, line2, city, region, postcode, country }: Address) => [
	name,
	line1,
	line2,
	city,
	region,
	postcode,
	country,
];
