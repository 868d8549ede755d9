/** What of an order is still to be shipped: how many, how heavy, worth how much. */
import { compareAmounts, fractionOf, placesOf, sum } from '../../base/money';
import type { Article } from '../order';
import type { Choices } from './form';
import { type Given, orderName, shopName } from './given';
import { fromGrams, type WeightUnit } from './weight';
import { overriding, problem } from './words';

/** An article that has to be shipped; `pieces` is null if the shop does not tell how many are left. */
export interface Left {
	article: Article;
	pieces: number | null;
}

/** An article of which something is to be shipped. */
export interface Going extends Left {
	pieces: number;
}

/** How many are left, as far as that is known; what is not known may be some. */
export const piecesOf = ({ pieces }: Left): number => pieces ?? Infinity;

/** All but what needs no shipping, such as a gift card; if the shop does not tell that, it needs it. */
export function leftOf({ order }: Given, { shipAll }: Pick<Choices, 'shipAll'>): Left[] {
	return order.articles
		.filter((article) => article.needs_shipping !== false)
		.map((article) => {
			const { quantity, to_ship } = article;
			// 0 is what an order has that does not tell how many were ordered
			const most = quantity > 0 ? quantity : null;
			const told = to_ship ?? (shipAll ? most : null);
			return {
				article,
				pieces: told === null ? null : Math.max(0, Math.min(told, most ?? told)),
			};
		});
}

/**
 * What is to go.
 *
 * @throws {ValidationFault} if the shop does not tell how many of something are left
 */
export function goingOf(
	given: Given,
	left: readonly Left[],
	{ shipAll }: Pick<Choices, 'shipAll'>,
): Going[] {
	if (wasRefundedUnseen(given) && !shipAll) throw notTold('what', given);
	return left.flatMap(({ article, pieces }) => {
		if (pieces === null) throw notTold(`how much of ${nameOf(article)}`, given);
		return pieces > 0 ? [{ article, pieces }] : [];
	});
}

/** Whether something was refunded of an order whose articles are not told, as of a payment at Stripe. */
const wasRefundedUnseen = ({ event, order: { articles, refunds, state } }: Given) =>
	articles.length === 0 &&
	(event === 'order_refunded' || state === 'partially_refunded' || refunds.length > 0);

const notTold = (what: string, given: Given) =>
	problem(
		`It is not known ${what} in ${inOrder(given)} is still to be shipped: ${shopName(given)} does not tell`,
		'shopOrder',
		`It may have been refunded in part, or have a parcel already. Look the order up in ${shopName(given)}. To ship all of it, turn on ${overriding('shipAll')}.`,
	);

/**
 * Weight of one piece in the unit.
 *
 * @throws {ValidationFault} if nobody tells it. 0 g is what Shopify says of an article that was never
 * weighed.
 */
export function weightOf(
	{ article }: Going,
	given: Given,
	{ weightPerArticle }: Choices,
	unit: WeightUnit,
): number {
	const { grams } = article;
	if (grams !== null && grams > 0) return fromGrams(grams, unit);
	if (weightPerArticle !== undefined) return weightPerArticle;
	throw problem(
		`${nameOf(article)} in ${inOrder(given)} has no weight: ${shopName(given)} does not tell one`,
		'weightPerArticle',
		`Enter its weight in the shop if the shop sends weights, or give ${overriding('weightPerArticle', 'weightPerBox')}.`,
	);
}

/** Until the end far more decimal places are kept than any currency has. */
const EXACTLY = 12;

/**
 * What the pieces are worth in the account's currency: what the customer paid for them, without
 * shipping, tax and what was refunded.
 *
 * @param accountCurrency ISO 4217 code; TW's `declaredValue` itself names none
 * @returns exact decimal text, not rounded to the currency's places yet
 * @throws {ValidationFault} if it is not told, or told in another currency without a rate
 */
export function valueOf(
	going: readonly Going[],
	given: Given,
	choices: Choices,
	accountCurrency: string,
): string {
	const value = sum(going.map((one) => shareOf(one, given)))!;
	if (compareAmounts(value, '0') === 0) return value;
	const { currency } = given.order;
	const wanted = accountCurrency.toUpperCase();
	if (currency !== null && currency.toUpperCase() === wanted) return value;
	const { declaredValueRate: rate } = choices;
	const converted = rate === undefined ? undefined : fractionOf(value, decimal(rate), 1, EXACTLY);
	if (converted !== undefined) return converted;
	const is = currency === null ? 'in a currency that is not told' : `in ${currency}`;
	throw problem(
		`The goods of ${inOrder(given)} are priced ${is}, and your TW account is kept in ${wanted || 'a currency that the credential does not name'}`,
		'declaredValueRate',
		`TW takes the declared value in the currency of the account. Give ${overriding('declaredValueRate', 'declaredValue')}; if the account has another currency, correct 'Account Currency' in the credential.`,
	);
}

function shareOf({ article, pieces }: Going, given: Given): string {
	const { value, quantity } = article;
	const share =
		value === null || compareAmounts(value, '0') < 0
			? undefined
			: fractionOf(value, pieces, quantity, EXACTLY);
	if (share !== undefined) return share;
	throw problem(
		`It is not known what ${nameOf(article)} in ${inOrder(given)} is worth: ${shopName(given)} does not tell`,
		'declaredValue',
		`Give ${overriding('declaredValue')}.`,
	);
}

/** Decimal places of what is declared. */
export const declaredPlaces = (accountCurrency: string): number =>
	placesOf(accountCurrency.toUpperCase() || null);

/** A number without an exponent. */
const decimal = (number: number): string =>
	String(number).includes('e') ? number.toFixed(20) : String(number);

export const nameOf = ({ name, sku, id }: Article): string =>
	`'${name ?? sku ?? (id === null ? 'an article' : `article ${id}`)}'`;

/** The order in the middle of a sentence. */
export const inOrder = (given: Given): string => {
	const name = orderName(given);
	return name.charAt(0).toLowerCase() + name.slice(1);
};
