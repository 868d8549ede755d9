/** What an order comes to. */
import { compareAmounts } from '../../base/money';
import {
	countOf,
	firstOf,
	flagOf,
	isList,
	isZero,
	listOf,
	type Members,
	nullIfEmpty,
} from '../lenient';
import type { Article, ShopOrder } from '../order';
import {
	currentQuantity,
	discountOf,
	hasOnlyOwnDiscounts,
	removedFrom,
	withoutTax,
} from './articles';
import { shippingLinesOf } from './shipping-lines';
import { minus, shopAmountOf, sumOf, times } from './values';

/**
 * The amounts of the order as it stands now, in the shop's currency. `current_…` is without what was
 * removed and refunded; older versions of the API have only the amounts at the order's creation.
 */
export function totalsOf(
	order: Members,
	articles: readonly Article[],
	currency: string | null,
): ShopOrder['totals'] {
	const now = (name: string) =>
		firstOf(shopAmountOf(order, `current_${name}`, currency), shopAmountOf(order, name, currency));
	return nullIfEmpty({
		total: now('total_price'),
		goods: goodsOf(order, articles, now('subtotal_price')),
		shipping: shippingOf(order, currency),
		tax: now('total_tax'),
		discounts: now('total_discounts'),
	});
}

/** Where prices include tax, the subtotal does too; then the articles' own values are added up. */
function goodsOf(order: Members, articles: readonly Article[], subtotal: string | null) {
	if (flagOf(order['taxes_included']) === false) return subtotal;
	const lines = listOf(order['line_items']);
	if (lines.length === 0) return null;
	const removed = removedFrom(order);
	return sumOf(
		articles.map(({ value, quantity }, index) => {
			const line = lines[index] ?? {};
			const current = currentQuantity(line, countOf(line['quantity']), removed);
			return current === quantity ? value : times(value, current, quantity);
		}),
	);
}

/** Shipping without tax. Newer versions give what is left of it after refunds, with tax. */
function shippingOf(order: Members, currency: string | null): string | null {
	const left = shopAmountOf(order, 'current_shipping_price', currency);
	if (left !== null && (flagOf(order['taxes_included']) === false || isZero(left))) return left;
	if (!isList(order['shipping_lines'])) return null;
	const onlyOwnDiscounts = hasOnlyOwnDiscounts(order, currency);
	const lines = shippingLinesOf(order).map((line) => {
		const at = { line, order, currency, onlyOwnDiscounts };
		const paid = minus(shopAmountOf(line, 'price', currency), discountOf(at));
		return { paid, net: withoutTax(paid, at) };
	});
	const paid = sumOf(lines.map((line) => line.paid));
	// The tax of the refunded part is unknown
	if (left !== null && paid !== null && compareAmounts(left, paid) !== 0) return null;
	return sumOf(lines.map(({ net }) => net));
}
