/** What was ordered, how much of it is still to be shipped, and its worth. */
import { compareAmounts } from '../../base/money';
import {
	amountOf,
	countOf,
	firstOf,
	flagOf,
	isZero,
	joinedText,
	isList,
	listOf,
	type Members,
	textOf,
} from '../lenient';
import type { Article } from '../order';
import { fulfilledBy, needsShipping } from './delivery';
import type { CollectedLines } from './pickup';
import { hasLeft } from './fulfilment';
import { enumOf, minus, ownIdOf, shopAmountOf, shopifyIdOf, sumOf, times } from './values';

/** A line of articles or of shipping, the order it is in, and the shop's currency. */
interface OrderLine {
	line: Members;
	order: Members;
	currency: string | null;
	/** As {@link hasOnlyOwnDiscounts} says of the order, which reads all its lines. */
	onlyOwnDiscounts: boolean;
}

/** How many articles of each line, by its id; null of a line if unknown. */
type Counts = ReadonlyMap<string, number | null>;

export function articlesOf(
	order: Members,
	currency: string | null,
	collected: CollectedLines,
): Article[] {
	const onlyOwnDiscounts = hasOnlyOwnDiscounts(order, currency);
	const [removed, shipped] = [removedFrom(order), shippedOf(order)];
	return listOf(order['line_items']).map((line) =>
		articleOf({ line, order, currency, onlyOwnDiscounts }, { removed, shipped, collected }),
	);
}

/** What the order says of its lines elsewhere. */
interface Beside {
	removed: Counts | null;
	shipped: Counts | null;
	collected: CollectedLines;
}

function articleOf(of: OrderLine, { removed, shipped, collected }: Beside): Article {
	const { line, currency } = of;
	const quantity = countOf(line['quantity']);
	// Shopify's prices are of one, before discounts, and with tax where the shop's prices are
	const full = times(shopAmountOf(line, 'price', currency), quantity);
	return {
		id: ownIdOf(line),
		sku: textOf(line['sku']),
		name: firstOf(textOf(line['name']), joinedText(line['title'], line['variant_title'])),
		quantity: quantity ?? 0,
		current_quantity: currentQuantity(line, quantity, removed),
		to_ship: toShip(of, quantity, removed, shipped),
		value: withoutTax(minus(full, discountOf(of)), of),
		grams: countOf(line['grams']),
		needs_shipping: needsShipping(line),
		fulfilled_by: fulfilledBy(line),
		collected: collected.of(line),
	};
}

/**
 * `fulfillable_quantity` excludes what was refunded, removed, shipped or is being shipped. Where it is
 * missing, the same is counted from the order's refunds and fulfilments.
 */
function toShip(
	{ line, order }: OrderLine,
	quantity: number | null,
	removed: Counts | null,
	shipped: Counts | null,
): number | null {
	const left = currentQuantity(line, quantity, removed);
	const fulfillable = countOf(line['fulfillable_quantity']);
	if (fulfillable !== null) return left === null ? fulfillable : Math.min(fulfillable, left);
	// An order's own status holds for every line; an order at the counter may have no other
	const isFulfilled = (one: Members) => enumOf(one['fulfillment_status']) === 'fulfilled';
	const gone = isFulfilled(line) || isFulfilled(order) ? Infinity : countFor(line, shipped);
	return left === null || gone === null ? null : Math.max(0, left - gone);
}

/**
 * The quantity without what was refunded or removed; null if unknown.
 *
 * @param removed from {@link removedFrom}
 */
export function currentQuantity(
	line: Members,
	quantity: number | null,
	removed: Counts | null,
): number | null {
	const current = countOf(line['current_quantity']);
	if (current !== null || quantity === null) return current;
	const gone = countFor(line, removed);
	return gone === null ? null : Math.max(0, quantity - gone);
}

/** What an order's refunds took from its lines; null if unknown. */
export const removedFrom = (order: Members): Counts | null =>
	countsIn(order['refunds'], 'refund_line_items', 'line_item_id');

function shippedOf(order: Members): Counts | null {
	const fulfilments = order['fulfillments'];
	if (!isList(fulfilments)) return null;
	const left = listOf(fulfilments).filter((fulfilment) => hasLeft(fulfilment, true));
	return countsIn(left, 'line_items', 'id');
}

function countFor(line: Members, counts: Counts | null): number | null {
	const id = ownIdOf(line);
	if (id === null || counts === null) return null;
	const count = counts.get(id);
	return count === undefined ? 0 : count;
}

/** The articles in the lines of some refunds or fulfilments, counted once and not for each line of the order. */
function countsIn(all: unknown, lines: string, idName: string): Counts | null {
	if (!isList(all)) return null;
	const counts = new Map<string, number | null>();
	for (const one of listOf(all)) {
		if (!isList(one[lines])) return null;
		for (const counted of listOf(one[lines])) {
			const whose = shopifyIdOf(counted[idName]);
			if (whose === null) return null;
			const [before = 0, more] = [counts.get(whose), countOf(counted['quantity'])];
			counts.set(whose, before === null || more === null ? null : before + more);
		}
	}
	return counts;
}

/** An amount without its tax; null where it includes tax and the tax is unknown. */
export function withoutTax(amount: string | null, of: OrderLine): string | null {
	const isIncluded = flagOf(of.order['taxes_included']);
	if (isIncluded === false) return amount;
	const tax = taxOf(of);
	// Where the order does not say whether it is included, only a tax of zero makes no difference
	if (isIncluded === null && !isZero(tax)) return null;
	return minus(amount, tax);
}

function taxOf({ line, order, currency }: OrderLine): string | null {
	if (isZero(amountOf(order['total_tax']))) return '0';
	const taxes = line['tax_lines'];
	if (!isList(taxes)) return flagOf(line['taxable']) === false ? '0' : null;
	return sumOf(listOf(taxes).map((tax) => shopAmountOf(tax, 'price', currency)));
}

/**
 * All discounts on a line are in `discount_allocations`. Orders from before 2018 have none, and some have a
 * line's own discount only in `total_discount`; shipping has none of its own.
 */
export function discountOf({ line, currency, onlyOwnDiscounts }: OrderLine): string | null {
	const own = shopAmountOf(line, 'total_discount', currency);
	if (!isList(line['discount_allocations'])) {
		return onlyOwnDiscounts ? (own ?? '0') : null;
	}
	const allocations = listOf(line['discount_allocations']);
	const allocated = sumOf(allocations.map((one) => shopAmountOf(one, 'amount', currency)));
	if (allocated === null || own === null) return allocated;
	return compareAmounts(own, allocated) > 0 ? own : allocated;
}

/** Whether all the order's discounts are its lines' own; nobody knows on which line any other falls. */
export function hasOnlyOwnDiscounts(order: Members, currency: string | null): boolean {
	const all = shopAmountOf(order, 'total_discounts', currency);
	const lines = listOf(order['line_items']);
	const own = sumOf(lines.map((line) => shopAmountOf(line, 'total_discount', currency)));
	return all !== null && own !== null && compareAmounts(all, own) === 0;
}
