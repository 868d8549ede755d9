/** Money that went back to the customer. */
import {
	amountOf,
	currencyOf,
	firstOf,
	firstTime,
	isList,
	listOf,
	type Members,
	textOf,
} from '../lenient';
import { shopOrderOf, type Refund, type ShopOrder } from '../order';
import { enumOf, isBogus, onlyCurrencyOf, ownIdOf, shopifyIdOf, sumOf } from './values';

/** A failed refund moved no money; a pending one is on its way, and is not reported again. */
const MOVES = ['success', 'pending'];
const FAILED = ['failure', 'error'];

/**
 * A refund. Its amount is what its transactions paid back, in their own currency, which may be the
 * customer's. Without transactions nothing was paid back: the order was edited, or had not been paid.
 *
 * @param currency the order's, if customer and shop have the same
 */
export function refundOf(body: Members, currency: string | null): Refund {
	const lineSets = listOf(body['refund_line_items']).map((line) => line['subtotal_set'] ?? null);
	const set = firstOf(...lineSets) ?? body['total_duties_set'];
	const known = firstOf(currency, onlyCurrencyOf(set));
	const transactions = listOf(body['transactions']).filter(
		(one) => enumOf(one['kind']) !== 'void' && !FAILED.includes(enumOf(one['status']) ?? ''),
	);
	const currencies = new Set(transactions.map((one) => currencyOf(one['currency']) ?? known));
	const isCertain =
		isList(body['transactions']) &&
		currencies.size <= 1 &&
		transactions.every(
			(one) => enumOf(one['kind']) === 'refund' && MOVES.includes(enumOf(one['status']) ?? ''),
		);
	const own = isCertain ? ([...currencies][0] ?? known) : null;
	return {
		id: ownIdOf(body),
		at: firstTime(body['created_at'], body['processed_at']),
		// Nothing is nothing in any currency; any other amount needs one
		amount:
			isCertain && (own !== null || transactions.length === 0)
				? sumOf(transactions.map((one) => amountOf(one['amount'])))
				: null,
		currency: own,
		reason: textOf(body['note']),
	};
}

/** The order in a refund's own webhook. */
export const orderOfRefund = (body: Members): ShopOrder =>
	shopOrderOf({
		id: shopifyIdOf(body['order_id']),
		test: listOf(body['transactions']).some(
			(one) => one['test'] === true || isBogus(one['gateway']),
		),
		refunds: [refundOf(body, null)],
	});
