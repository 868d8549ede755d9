/** A session of Stripe's own checkout page, as of a payment link. */
import {
	currencyOf,
	firstOf,
	firstText,
	type Members,
	membersOf,
	nullIfEmpty,
	textOf,
} from '../lenient';
import type { ShopOrder } from '../order';
import type { ReadOptions } from '../shop';
import { shippingAddressOf, chargeOf, orderOfPayment } from './payment';
import { idIn, majorUnits } from './values';

/** Whether the customer has paid, or there was nothing to pay. A session may also just store a card. */
export const isPaid = (session: Members): boolean =>
	['paid', 'no_payment_required'].includes(textOf(session['payment_status']) ?? '') &&
	session['mode'] !== 'setup';

/** The user can also name `client_reference_id` as the member that holds the order. */
export function orderOfSession(
	session: Members,
	outcome: 'paid' | 'failed',
	options: ReadOptions,
): ShopOrder {
	const intent = membersOf(session['payment_intent']);
	// ASSUMED: a payment link's own metadata, which each of its sessions gets, names no order
	const own = idIn(session['payment_link']) === null ? membersOf(session['metadata']) : {};
	const metadata = { client_reference_id: session['client_reference_id'], ...own };
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
		customer: nullIfEmpty({
			id: idIn(session['customer']),
			email: firstText(details['email'], session['customer_email']),
			phone: textOf(details['phone']),
		}),
		ship_to: firstOf(
			// Since API 2025-03-31, before it, and before 2022-08-01
			shippingAddressOf(membersOf(session['collected_information'])['shipping_details']),
			shippingAddressOf(session['shipping_details']),
			shippingAddressOf(session['shipping']),
			// The shop may have given it with the payment
			order.ship_to,
		),
	};
}

/** The goods are left out: their prices may include tax, and the session does not say. */
function totalsOf(session: Members, currency: string | null): ShopOrder['totals'] {
	const details = membersOf(session['total_details']);
	const cost = membersOf(session['shipping_cost']);
	return nullIfEmpty({
		total: majorUnits(session['amount_total'], currency),
		goods: null,
		shipping: majorUnits(cost['amount_subtotal'] ?? details['amount_shipping'], currency),
		tax: majorUnits(details['amount_tax'], currency),
		discounts: majorUnits(details['amount_discount'], currency),
	});
}
