/** What an order comes to. */
import { compareAmounts, fractionOf } from '../../base/money';
import { countOf, firstOf, flagOf, listOf, type Members, toldOf } from '../lenient';
import type { Article, ShopOrder } from '../order';
import { currentOf, discountOf, isZero, withoutTax } from './articles';
import { lessOf, shopAmountOf, totalOf } from './values';

/**
 * The amounts of the order as it stands now, in the shop's currency: `current_…` is without what was
 * removed and refunded; older versions of the API tell only what it was when it was made.
 */
export function totalsOf(
	order: Members,
	articles: readonly Article[],
	currency: string | null,
): ShopOrder['totals'] {
	const now = (name: string) =>
		firstOf(shopAmountOf(order, `current_${name}`, currency), shopAmountOf(order, name, currency));
	const totals = {
		total: now('total_price'),
		goods: goodsOf(order, articles, now('subtotal_price')),
		shipping: shippingOf(order, currency),
		tax: now('total_tax'),
		discounts: now('total_discounts'),
	};
	return toldOf(totals);
}

/** The subtotal is with tax where the shop's prices are; then the articles' own values are added up. */
function goodsOf(order: Members, articles: readonly Article[], subtotal: string | null) {
	if (flagOf(order['taxes_included']) === false) return subtotal;
	const lines = listOf(order['line_items']);
	if (lines.length === 0) return null;
	return totalOf(
		articles.map(({ value, quantity }, index) => {
			const line = lines[index] ?? {};
			const current = currentOf(line, order, countOf(line['quantity']));
			if (current === quantity) return value;
			return fractionOf(value, current, quantity, value?.split('.')[1]?.length ?? 0) ?? null;
		}),
	);
}

/** What the customer pays for shipping. Newer versions tell what is left of it after refunds, tax and all. */
function shippingOf(order: Members, currency: string | null): string | null {
	const left = shopAmountOf(order, 'current_shipping_price', currency);
	if (left !== null && (flagOf(order['taxes_included']) === false || isZero(left))) return left;
	if (!Array.isArray(order['shipping_lines'])) return null;
	const lines = shippingLinesOf(order).map((line) => {
		const discount = discountOf(line, order, currency);
		const paid = lessOf(shopAmountOf(line, 'price', currency), discount);
		return { paid, net: withoutTax(paid, line, order, currency) };
	});
	const paid = totalOf(lines.map((line) => line.paid));
	// The tax of a part that was refunded is not told
	if (left !== null && paid !== null && compareAmounts(left, paid) !== 0) return null;
	return totalOf(lines.map(({ net }) => net));
}

/** The shipping that still belongs to the order. */
export const shippingLinesOf = (order: Members): Members[] =>
	listOf(order['shipping_lines']).filter((line) => flagOf(line['is_removed']) !== true);
