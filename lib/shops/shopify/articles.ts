/** What was ordered, what is still to be shipped of it, and what it is worth. */
import { compareAmounts } from '../../base/money';
import {
	amountOf,
	countOf,
	firstOf,
	flagOf,
	listOf,
	type Members,
	textOf,
	wordsOf,
} from '../lenient';
import type { Article } from '../order';
import { hasLeft } from './fulfilment';
import { lessOf, ownIdOf, shopAmountOf, shopifyIdOf, timesOf, totalOf, wordOf } from './values';

export function articlesOf(order: Members, currency: string | null): Article[] {
	return listOf(order['line_items']).map((line) => articleOf(line, order, currency));
}

function articleOf(line: Members, order: Members, currency: string | null): Article {
	const quantity = countOf(line['quantity']);
	return {
		id: ownIdOf(line),
		sku: textOf(line['sku']),
		name: firstOf(textOf(line['name']), wordsOf(line['title'], line['variant_title'])),
		quantity: quantity ?? 0,
		to_ship: toShip(line, order, quantity),
		value: valueOf(line, order, quantity, currency),
		grams: countOf(line['grams']),
		needs_shipping: flagOf(line['gift_card']) === true ? false : flagOf(line['requires_shipping']),
	};
}

/**
 * `fulfillable_quantity` is the quantity without what was refunded, removed, shipped or is being shipped.
 * Where it is missing, the same is counted from the order's refunds and fulfilments.
 */
function toShip(line: Members, order: Members, quantity: number | null): number | null {
	const left = currentOf(line, order, quantity);
	const fulfillable = countOf(line['fulfillable_quantity']);
	if (fulfillable !== null) return left === null ? fulfillable : Math.min(fulfillable, left);
	const shipped = shippedOf(line, order);
	return left === null || shipped === null ? null : Math.max(0, left - shipped);
}

/** The quantity without what was refunded or removed; null if it is not told. */
export function currentOf(line: Members, order: Members, quantity: number | null): number | null {
	const current = countOf(line['current_quantity']);
	if (current !== null || quantity === null) return current;
	const removed = countedIn(order['refunds'], 'refund_line_items', 'line_item_id', line);
	return removed === null ? null : Math.max(0, quantity - removed);
}

function shippedOf(line: Members, order: Members): number | null {
	// An order's own word is of every line; at the counter there may be nothing else
	const isFulfilled = (of: Members) => wordOf(of['fulfillment_status']) === 'fulfilled';
	if (isFulfilled(line) || isFulfilled(order)) return Infinity;
	const fulfilments = order['fulfillments'];
	if (!Array.isArray(fulfilments)) return null;
	const left = listOf(fulfilments).filter((fulfilment) => hasLeft(fulfilment, true));
	return countedIn(left, 'line_items', 'id', line);
}

/** How many of a line's articles are in the lines of some refunds or fulfilments; null if it is not told. */
function countedIn(all: unknown, lines: string, idName: string, line: Members): number | null {
	const id = ownIdOf(line);
	if (!Array.isArray(all) || id === null) return null;
	let count = 0;
	for (const one of listOf(all)) {
		if (!Array.isArray(one[lines])) return null;
		for (const counted of listOf(one[lines])) {
			const whose = shopifyIdOf(counted[idName]);
			const quantity = countOf(counted['quantity']);
			if (whose === null || (whose === id && quantity === null)) return null;
			if (whose === id) count += quantity ?? 0;
		}
	}
	return count;
}

/**
 * What the customer paid for all of `quantity`, in the shop's currency: Shopify's prices are of one, before
 * discounts, and with tax where the shop's prices are.
 */
function valueOf(
	line: Members,
	order: Members,
	quantity: number | null,
	currency: string | null,
): string | null {
	const full = timesOf(shopAmountOf(line, 'price', currency), quantity);
	return withoutTax(lessOf(full, discountOf(line, order, currency)), line, order, currency);
}

/** An amount without its tax; null where it is with tax and the tax is not told. */
export function withoutTax(
	amount: string | null,
	line: Members,
	order: Members,
	currency: string | null,
): string | null {
	const isIncluded = flagOf(order['taxes_included']);
	if (isIncluded === false) return amount;
	const tax = taxOf(line, order, currency);
	// Where nobody says whether it is included, only no tax at all makes no difference
	if (isIncluded === null && !isZero(tax)) return null;
	return lessOf(amount, tax);
}

function taxOf(line: Members, order: Members, currency: string | null): string | null {
	if (isZero(amountOf(order['total_tax']))) return '0';
	const taxes = line['tax_lines'];
	if (!Array.isArray(taxes)) return flagOf(line['taxable']) === false ? '0' : null;
	return totalOf(listOf(taxes).map((tax) => shopAmountOf(tax, 'price', currency)));
}

export const isZero = (amount: string | null): boolean =>
	amount !== null && compareAmounts(amount, '0') === 0;

/**
 * The discounts of a line, of articles or of shipping: all that fall on it are in `discount_allocations`.
 * Orders of before 2018 have none, and some tell a line's own discount in `total_discount` alone; shipping
 * has none of its own.
 */
export function discountOf(line: Members, order: Members, currency: string | null): string | null {
	const own = shopAmountOf(line, 'total_discount', currency);
	if (!Array.isArray(line['discount_allocations'])) {
		return hasOnlyOwnDiscounts(order, currency) ? (own ?? '0') : null;
	}
	const allocated = allocatedOf(line, currency);
	if (allocated === null || own === null) return allocated;
	return compareAmounts(own, allocated) > 0 ? own : allocated;
}

/** Whether the order has no discounts but the articles' own; one of the whole order falls on nobody knows which line. */
function hasOnlyOwnDiscounts(order: Members, currency: string | null): boolean {
	const all = shopAmountOf(order, 'total_discounts', currency);
	const lines = listOf(order['line_items']);
	const own = totalOf(lines.map((line) => shopAmountOf(line, 'total_discount', currency)));
	return all !== null && own !== null && compareAmounts(all, own) === 0;
}

/** The discounts that fall on a line; null if one of them does not tell its amount. */
function allocatedOf(line: Members, currency: string | null): string | null {
	const allocations = listOf(line['discount_allocations']);
	return totalOf(allocations.map((one) => shopAmountOf(one, 'amount', currency)));
}
