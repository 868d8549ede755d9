/** A session of Stripe's own checkout page, as of a payment link. */
import { currencyOf, firstOf, type Members, membersOf, textOf, toldOf } from '../lenient';
import type { ShopOrder } from '../order';
import type { ReadOptions } from '../shop';
import { majorOf } from './amounts';
import { expanded, idIn } from './objects';
import { addressOf, chargeOf, orderOfPayment } from './payment';

/** Whether the customer has paid, or there was nothing to pay; a session may also only store a card. */
export const isSettled = (session: Members): boolean =>
	['paid', 'no_payment_required'].includes(textOf(session['payment_status']) ?? '') &&
	session['mode'] !== 'setup';

/** `client_reference_id` can be named as the member that holds the order. */
export function orderOfSession(
	session: Members,
	outcome: 'paid' | 'failed',
	options: ReadOptions,
): ShopOrder {
	const intent = expanded(session['payment_intent']);
	const metadata = {
		client_reference_id: session['client_reference_id'],
		...membersOf(session['metadata']),
	};
	const order = orderOfPayment(
		{ charge: chargeOf(intent), intent, other: { ...session, metadata }, outcome },
		options,
	);
	const currency = currencyOf(session['currency']);
	const details = membersOf(session['customer_details']);
	return {
		...order,
		currency,
		totals: totalsOf(session, currency),
		customer: toldOf({
			id: idIn(session['customer']),
			email: firstOf(textOf(details['email']), textOf(session['customer_email'])),
			phone: textOf(details['phone']),
		}),
		ship_to: firstOf(
			// Since API 2025-03-31, before it, and before 2022-08-01
			addressOf(membersOf(session['collected_information'])['shipping_details']),
			addressOf(session['shipping_details']),
			addressOf(session['shipping']),
		),
	};
}

/** The goods are left out: their prices may be with tax, and the session does not tell. */
function totalsOf(session: Members, currency: string | null): ShopOrder['totals'] {
	const details = membersOf(session['total_details']);
	const cost = membersOf(session['shipping_cost']);
	return toldOf({
		total: majorOf(session['amount_total'], currency),
		goods: null,
		shipping: majorOf(cost['amount_subtotal'] ?? details['amount_shipping'], currency),
		tax: majorOf(details['amount_tax'], currency),
		discounts: majorOf(details['amount_discount'], currency),
	});
}
