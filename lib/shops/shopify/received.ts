/** What was paid for an order in all. */
import { amountOf, flagOf, isList, listOf, type Members } from '../lenient';
import type { ShopOrder } from '../order';
import type { Received } from '../shop';
import { enumOf, minus, shopAmountOf, sumOf } from './values';

/**
 * All that was paid for a paid order, whatever of it went back, in the shop's currency, which every body has.
 *
 * `current_total_price` falls by what the refunded articles were worth and by the shipping that was refunded, not by
 * the money that went back: read off Shopify's own sample, order 450789469, whose articles of 399.29 were refunded
 * with 209.00. So that worth is added again. Money given back without articles lowers nothing. A refund without money
 * counts as nothing: it is an edit or an exchange, whose worth paid for something else. After one that leaves less,
 * the sum is too little.
 *
 * @returns null if it is not known of a part that went back
 */
export function receivedFor(
	body: Members,
	{ currency, totals }: Pick<ShopOrder, 'currency' | 'totals'>,
): Received | null {
	// Older versions of the API have the total before anything went back
	const hasCurrent = shopAmountOf(body, 'current_total_price', currency) !== null;
	const refunds = hasCurrent ? listOf(body['refunds']).filter(isOfMoney) : [];
	const isTaxed = flagOf(body['taxes_included']) === false;
	const back = refunds.map((refund) => worthOf(refund, isTaxed, currency));
	const amount = sumOf([totals?.total ?? null, ...back]);
	return amount === null ? null : { amount, currency };
}

const isOfMoney = ({ transactions, order_adjustments: adjustments }: Members): boolean =>
	!isList(transactions) || [...listOf(transactions), ...listOf(adjustments)].length > 0;

/**
 * What a refund's articles and shipping were worth.
 *
 * @param isTaxed whether tax comes on top of prices; else their subtotals hold it
 */
function worthOf(refund: Members, isTaxed: boolean, currency: string | null): string | null {
	if (!isList(refund['refund_line_items'])) return null;
	const amount = (of: Members, name: string) => shopAmountOf(of, name, currency);
	const lines = listOf(refund['refund_line_items']).flatMap((line) => [
		amount(line, 'subtotal'),
		isTaxed ? amount(line, 'total_tax') : '0',
	]);
	const shipping = listOf(refund['order_adjustments'])
		.filter((one) => enumOf(one['kind']) === 'shipping_refund')
		.map((one) => sumOf([amount(one, 'amount'), isTaxed ? amountOf(one['tax_amount']) : '0']));
	// Adjustments are negative where money goes back
	return minus(sumOf(lines), sumOf(shipping));
}
