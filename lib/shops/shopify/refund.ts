/** Money that went back to the customer. */
import { amountOf, currencyOf, firstOf, listOf, type Members, textOf, timeOf } from '../lenient';
import { orderOf, type Refund, type ShopOrder } from '../order';
import { isBogus, onlyCurrencyOf, ownIdOf, shopifyIdOf, totalOf, wordOf } from './values';

/** A refund that failed moved no money; one that is pending is on its way, and is not told again. */
const MOVES = ['success', 'pending'];
const FAILED = ['failure', 'error'];

/**
 * A refund. Its amount is what was paid back by its transactions, in their own currency: that of the
 * customer, where it is not the shop's. Without transactions nothing was paid back: the order was edited,
 * or had not been paid.
 *
 * @param currency that of the order, if customer and shop have the same
 */
export function refundOf(body: Members, currency: string | null): Refund {
	const told = firstOf(currency, onlyCurrencyOf(firstSetOf(body)));
	const transactions = listOf(body['transactions']).filter(
		(one) => wordOf(one['kind']) !== 'void' && !FAILED.includes(wordOf(one['status']) ?? ''),
	);
	const currencies = new Set(transactions.map((one) => currencyOf(one['currency']) ?? told));
	const isCertain =
		Array.isArray(body['transactions']) &&
		currencies.size <= 1 &&
		transactions.every(
			(one) => wordOf(one['kind']) === 'refund' && MOVES.includes(wordOf(one['status']) ?? ''),
		);
	const own = isCertain ? ([...currencies][0] ?? told) : null;
	return {
		id: ownIdOf(body),
		at: firstOf(timeOf(body['created_at']), timeOf(body['processed_at'])),
		// Nothing is nothing in any currency; all else is no amount without one
		amount:
			isCertain && (own !== null || transactions.length === 0)
				? totalOf(transactions.map((one) => amountOf(one['amount'])))
				: null,
		currency: own,
		reason: textOf(body['note']),
	};
}

const firstSetOf = (body: Members) =>
	firstOf(...listOf(body['refund_line_items']).map((line) => line['subtotal_set'] ?? null)) ??
	body['total_duties_set'];

/** What a refund's own webhook tells of its order. */
export function orderOfRefund(body: Members): ShopOrder {
	const refund = refundOf(body, null);
	return orderOf({
		id: shopifyIdOf(body['order_id']),
		test: listOf(body['transactions']).some(
			(one) => one['test'] === true || isBogus(one['gateway']),
		),
		refunds: [refund],
	});
}
