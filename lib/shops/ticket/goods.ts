/** What is still to be shipped of an order: how many, how heavy, worth how much. */
import { compareAmounts, fractionOf, placesOf, sum } from '../../base/money';
import { cutTo } from '../../base/redact';
import type { Article } from '../order';
import { isUnclear } from '../woocommerce/statuses';
import {
	type OrderFault,
	orderFault,
	overrideLabels,
	quotedLabel,
	type TicketChoices,
	type WeightUnit,
} from './fields';
import { type GivenOrder, orderNameInText, shopName } from './given-order';

/** An article that we ship; `pieces` is null if the shop does not say how many are left. */
export interface Remaining {
	article: Article;
	pieces: number | null;
}

/** Pieces of an article that go into this shipment. */
export interface ToShip extends Remaining {
	pieces: number;
}

/** Whether it is sent, unlike a gift card; if the shop does not say, it is. */
export const isSent = ({ needs_shipping: needs }: Article): boolean => needs !== false;

/** Everything that the shop itself sends: not what the customer collects, and not what somebody else ships. */
export function remainingArticles(
	{ order }: GivenOrder,
	{ shipAll, ownServices }: Pick<TicketChoices, 'shipAll' | 'ownServices'>,
): Remaining[] {
	const sent = order.articles.filter((article) => isSent(article) && article.collected !== true);
	const ours = sent.filter((article) => isShippedByUs(article, ownServices));
	return ours.map((article) => {
		const { quantity, to_ship } = article;
		// A quantity of 0 means that the order does not say how many were ordered
		const ordered = quantity > 0 ? quantity : null;
		const left = to_ship ?? (shipAll ? ordered : null);
		const pieces = left === null ? null : Math.max(0, Math.min(left, ordered ?? left));
		return { article, pieces };
	});
}

/** A name as a shop makes a handle of it: `Lager Süd` is `lager-sud`. ASSUMED for other letters than ASCII's. */
const handleOf = (service: string) =>
	service
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-|-$/g, '');

/** Whether no other service ships it than those that the user names as the shop's own. */
function isShippedByUs({ fulfilled_by: by }: Article, ownServices = ''): boolean {
	const own = ownServices.split(',').map((one) => handleOf(one.trim()));
	return by === null || own.includes(handleOf(by));
}

/** @throws {OrderFault} if the shop does not say how many of something are left, or what needs no parcel */
export function articlesToShip(
	given: GivenOrder,
	remaining: readonly Remaining[],
	{ shipAll }: Pick<TicketChoices, 'shipAll'>,
): ToShip[] {
	if (wasRefundedWithoutArticles(given) && !shipAll) throw unknownRemainder('what', given);
	const unsure = remaining.find(
		({ article, pieces }) => article.collected === null && pieces !== 0,
	);
	if (unsure && !shipAll) throw unknownCollection(unsure.article, given);
	return remaining.flatMap(({ article, pieces }) => {
		if (pieces === null) throw unknownRemainder(`how much of ${articleName(article)}`, given);
		return pieces > 0 ? [{ article, pieces }] : [];
	});
}

/** Whether an order that lists no articles was refunded, such as a payment at Stripe. */
const wasRefundedWithoutArticles = ({ event, order: { articles, refunds, state } }: GivenOrder) =>
	articles.length === 0 &&
	(event === 'order_refunded' || state === 'partially_refunded' || refunds.length > 0);

function unknownRemainder(what: string, given: GivenOrder): OrderFault {
	const { because, advice } = whyUnknown(given);
	return orderFault(
		'unknown_left',
		`It is not known ${what} in ${orderNameInText(given)} is still to be shipped: ${because}`,
		'shopOrder',
		`${advice} To ship all of it, turn on ${overrideLabels('shipAll')}.`,
	);
}

function whyUnknown(given: GivenOrder): { because: string; advice: string } {
	const shop = shopName(given);
	const { fulfilments, refunds, status } = given.order;
	const isOpen = fulfilments.length + refunds.length === 0;
	const isStatus = given.shop === 'woocommerce' && isOpen && status !== null && isUnclear(status);
	if (!isStatus) {
		const advice = `It may have been refunded in part, or have a parcel already. Look the order up in ${shop}.`;
		return { because: `${shop} does not say`, advice };
	}
	return {
		because: `its status '${cutTo(status, 40, '…')}' does not say`,
		advice: `If orders of this status are to be shipped, name it under ${overrideLabels('shipStatuses')}; if they were shipped, under ${quotedLabel('shippedStatuses')}.`,
	};
}

const unknownCollection = (article: Article, given: GivenOrder) =>
	orderFault(
		'unknown_pickup',
		`It is not known whether ${articleName(article)} in ${orderNameInText(given)} is to be sent: it may be collected, or be delivered by the shop itself`,
		'shopOrder',
		`By its shipping method, or since it has none, some or all of the order may need no parcel. Look it up in ${shopName(given)}. To ship it all the same, turn on ${overrideLabels('shipAll')}.`,
	);

/** Grams per unit; exact by definition. */
const GRAMS: Readonly<Record<WeightUnit, number>> = {
	g: 1,
	kg: 1000,
	oz: 28.349523125,
	lb: 453.59237,
};

/**
 * Weight of one piece in the unit. 0 g means no weight: Shopify says so of an article that was never
 * weighed.
 *
 * @throws {OrderFault} if neither the shop nor the user gives a weight
 */
export function weightOf(
	{ article }: ToShip,
	given: GivenOrder,
	{ weightPerArticle }: TicketChoices,
	unit: WeightUnit,
): number {
	const { grams } = article;
	if (grams !== null && grams > 0) return grams / GRAMS[unit];
	if (weightPerArticle !== undefined) return weightPerArticle;
	throw orderFault(
		'no_weight',
		`${articleName(article)} in ${orderNameInText(given)} has no weight: ${shopName(given)} gives none`,
		'weightPerArticle',
		`Enter its weight in the shop if the shop sends weights, or give ${overrideLabels('weightPerArticle', 'weightPerBox')}.`,
	);
}

/** Decimal places kept until the end, far more than any currency has. */
const EXACTLY = 12;

/**
 * What the pieces are worth in the account's currency: what the customer paid for them, without
 * shipping, tax and refunds.
 *
 * @param accountCurrency ISO 4217 code; TW's `declaredValue` itself names none
 * @returns exact decimal text, not yet rounded to the currency's places
 * @throws {OrderFault} if it is unknown, or in another currency and there is no rate
 */
export function declaredValueOf(
	toShip: readonly ToShip[],
	given: GivenOrder,
	choices: TicketChoices,
	accountCurrency: string,
): string {
	const value = sum(toShip.map((one) => valueOf(one, given)))!;
	if (compareAmounts(value, '0') === 0) return value;
	const { currency } = given.order;
	const wanted = accountCurrency.toUpperCase();
	if (currency !== null && currency.toUpperCase() === wanted) return value;
	const { declaredValueRate: rate } = choices;
	const converted = rate === undefined ? undefined : fractionOf(value, decimal(rate), 1, EXACTLY);
	if (converted !== undefined) return converted;
	const is = currency === null ? 'in an unknown currency' : `in ${currency}`;
	throw orderFault(
		'no_rate',
		`The goods of ${orderNameInText(given)} are priced ${is}, and your TW account is kept in ${wanted || 'a currency that the credential does not name'}`,
		'declaredValueRate',
		`TW takes the declared value in the currency of the account. Give ${overrideLabels('declaredValueRate', 'declaredValue')}; if the account has another currency, correct 'Account Currency' in the credential.`,
	);
}

function valueOf({ article, pieces }: ToShip, given: GivenOrder): string {
	const { value, quantity } = article;
	const isKnown = value !== null && compareAmounts(value, '0') >= 0;
	const share = isKnown ? fractionOf(value, pieces, quantity, EXACTLY) : undefined;
	if (share !== undefined) return share;
	throw orderFault(
		'no_value',
		`It is not known what ${articleName(article)} in ${orderNameInText(given)} is worth: ${shopName(given)} does not say`,
		'declaredValue',
		`Give ${overrideLabels('declaredValue')}.`,
	);
}

/** Decimal places of a declared value. */
export const declaredPlaces = (accountCurrency: string): number =>
	placesOf(accountCurrency.toUpperCase() || null);

/** A number without an exponent. */
const decimal = (number: number): string =>
	String(number).includes('e') ? number.toFixed(20) : String(number);

export const articleName = ({ name, sku, id }: Article): string =>
	`'${name ?? sku ?? (id === null ? 'an article' : `article ${id}`)}'`;
