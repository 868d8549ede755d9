/** A customer's bank asks for an explanation, or takes the money back. */
import { amountOf, currencyOf, firstOf, type Members, textOf, timeOf } from '../lenient';
import { orderOf, type ShopOrder } from '../order';
import { ownIdOf, shopifyIdOf, wordOf } from './values';

/** What a dispute's webhook tells of its order; a dispute may belong to none. */
export function orderOfDispute(body: Members): ShopOrder {
	return orderOf({
		id: shopifyIdOf(body['order_id']),
		dispute: {
			id: ownIdOf(body),
			at: timeOf(body['initiated_at']),
			amount: amountOf(body['amount']),
			currency: currencyOf(body['currency']),
			reason: firstOf(wordOf(body['reason']), textOf(body['network_reason_code'])),
			status: wordOf(body['status']),
			is_inquiry: wordOf(body['type']) === 'inquiry',
		},
	});
}

/** When a dispute came to where it is now. */
export function turnOf(body: Members): string | null {
	return firstOf(
		timeOf(body['finalized_on']),
		timeOf(body['evidence_sent_on']),
		timeOf(body['initiated_at']),
	);
}
