/** The contents of an order in TD's form, and a print that shows whether they have changed. */
import { fingerprint } from '../../base/fingerprint';
import { cutTo } from '../../base/redact';
import { fractionOf, placesOf } from '../../base/money';
import { dialled } from '../addresses/phone';
import { countryOf, isNegative, type Members } from '../lenient';
import { type Article, isProvider, type ShopEvent, type ShopOrder } from '../order';
import { type Exchange, moneyOf, tdAmount } from './amount';

/** TD's longest text. ASSUMED to be counted in characters. */
const LONGEST = 1024;

/** Free text, shortened to what TD takes. */
export const shortened = (text: string): string => cutTo(text, LONGEST);

/** What the user and the run add to an order's contents. */
export interface ContentTerms extends Exchange {
	/** First-level category of all articles; TD takes none without it. */
	category: string | undefined;
	/** A time in TD's form; undefined if the text is none. */
	time: (text: string) => string | undefined;
}

/** What of TD's Order the shop has and TD takes. @throws {ValidationFault} if a rate is missing */
export function tdOrder(order: ShopOrder, orderId: string, terms: ContentTerms): Members {
	const { created_at: at } = order;
	const created = at === null ? undefined : terms.time(at);
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

/** How many are in the order by now. */
const leftOf = ({ current_quantity: left, quantity }: Article): number => left ?? quantity;

/** Whether an order shows by itself that it is not what it was: something was taken out. */
export const showsChange = ({ articles }: ShopOrder): boolean =>
	articles.some((article) => leftOf(article) !== article.quantity);

function articlesOf({ articles, currency }: ShopOrder, terms: ContentTerms): Members[] {
	const { category } = terms;
	if (category === undefined) return [];
	// Some shops list a discount, or what came back, as an article
	const goods = articles.filter(({ value }) => !isNegative(value));
	return goods.slice(0, LONGEST).flatMap((article) => {
		const id = article.sku ?? article.id;
		if (id === null) return [];
		const { name, quantity } = article;
		const left = leftOf(article);
		if (left === 0 && quantity > 0) return [];
		const each = fractionOf(article.value, '1', String(quantity), placesOf(currency));
		const price = moneyOf(each, currency);
		return {
			merchandise_id: shortened(id),
			category_1: category,
			...(name === null ? {} : { name: shortened(name) }),
			// 0 means that the shop did not say
			...(Number.isSafeInteger(left) && left > 0 ? { count: left } : {}),
			...(typeof price === 'string' ? {} : { unit_price: tdAmount(price, terms) }),
		};
	});
}

/** TD requires country, region and city of an address, so an incomplete one is left out. */
function shippingOf({ ship_to: to, customer, pickup }: ShopOrder): Members | undefined {
	const { region, city } = to ?? {};
	const country = countryOf(to?.country);
	if (!to || !country || !region || !city) return undefined;
	const detail = [to.line1, to.line2].filter((line) => line !== null).join(', ');
	return {
		address: {
			country,
			region: shortened(region),
			city: shortened(city),
			...(detail === '' ? {} : { detail: shortened(detail) }),
			...(to.postcode === null ? {} : { zip_code: shortened(to.postcode) }),
		},
		...phoneIn([to.phone, customer?.phone], country),
		// Shops have one name: which part is the family's can't be known
		consignee: to.name === null ? {} : { nickname: shortened(to.name) },
		...(customer?.email ? { email: shortened(customer.email) } : {}),
		method: pickup ? 'store_pickup' : 'logistics',
	};
}

/** The first number that there may be; TD wants it in two parts. */
function phoneIn(phones: Array<string | null | undefined>, country: string): Members {
	for (const phone of phones) {
		const number = phone && dialled(phone, country);
		if (!number) continue;
		const { callingCode, national } = number;
		return { phone: { country_code: Number(callingCode), phone_number: national } };
	}
	return {};
}

/** What of an address counts; in this order, since prints are stored. */
const PRINTED = ['name', 'line1', 'line2', 'city', 'region', 'postcode', 'country'] as const;

/**
 * A print of what the customer bought, for how much, and where it goes: it changes when the order does.
 *
 * A shop's order may have no articles, such as a payment at the counter. At a payment provider, it is not the order
 * that has none: only the shop knows what is in it.
 *
 * @returns null if the shop did not send the whole order
 */
export function printOfContents({ shop, order }: Pick<ShopEvent, 'shop' | 'order'>): string | null {
	const { articles, currency, totals, ship_to } = order;
	const total = totals?.total ?? null;
	if (articles.length === 0 && (isProvider(shop) || total === null)) return null;
	const bought = articles
		.filter((article) => leftOf(article) > 0 || article.quantity === 0)
		// The value is that of all that was ordered: it stays, and the number tells what is left
		.map((article) => [article.id, article.sku, leftOf(article), article.value]);
	const to = ship_to && PRINTED.map((part) => ship_to[part]);
	return fingerprint(JSON.stringify([currency, total, bought, to]));
}
