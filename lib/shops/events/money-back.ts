/** Plans the events for TD of money that went back: refunds and chargebacks. */
import { isZero } from '../lenient';
import { moneyBackOf, tdAmount } from './amount';
import { shortened } from './contents';
import {
	type Happening,
	incomplete,
	planned,
	type PlannedEvent,
	skip,
	type Skip,
	timeOf,
} from './happening';
import { paymentOf } from './paid';

/** An event for each refund with money. */
export function refunds(it: Happening): Array<PlannedEvent | Skip> {
	const { event, terms } = it;
	const { refunds: all } = event.order;
	const type = 'order_refund';
	if (all.length === 0) return [incomplete(it, type, "The shop's order names no refund")];
	return all.map(({ id, at, amount: given, currency, reason }) => {
		const which = id === null ? 'A refund' : `Refund ${id}`;
		// Zero needs no currency
		if (isZero(given)) return skip(it, 'no_money', `${which} gives no money back`, type);
		const amount = moneyBackOf(given, currency ?? event.order.currency);
		if (typeof amount === 'string') {
			return incomplete(it, type, `${which} has no ${amount}, which TD requires`);
		}
		const key = id === null ? [null, amount.local, at ?? event.at] : [id];
		return planned(it, type, key, () => ({
			order_id: terms.orderId,
			payment_id: knownPayment(it, amount.local),
			refund_result: {
				refund_amount: tdAmount(amount, terms),
				...(reason === null ? {} : { refund_reason: shortened(reason) }),
			},
			...timeOf(it, at, true),
		}));
	});
}

/** Stages of a dispute as Shopify and Stripe call them, if TD's word differs. */
const STAGES: Readonly<Record<string, string>> = { needs_response: 'need_response' };

/** An event for a dispute, unless the bank only asks. */
export function chargeback(it: Happening): PlannedEvent | Skip {
	const { event, terms } = it;
	const { dispute } = event.order;
	const type = 'order_chargeback';
	if (!dispute) return incomplete(it, type, "The shop's event holds no dispute");
	if (dispute.is_inquiry && !terms.includesInquiries) {
		const reason =
			"The bank only asks, and took no money back. Turn on 'Include Inquiries' to report it anyway";
		return skip(it, 'inquiry', reason, type);
	}
	const { id, at, reason, status } = dispute;
	const amount = moneyBackOf(dispute.amount, dispute.currency ?? event.order.currency);
	if (typeof amount === 'string') {
		return incomplete(it, type, `The dispute has no ${amount}, which TD requires`);
	}
	return planned(it, type, [id, id === null ? at : null, status], () => ({
		order_id: terms.orderId,
		payment_id: knownPayment(it, amount.local),
		chargeback_result: {
			chargeback_amount: tdAmount(amount, terms),
			// TD requires both
			chargeback_reason: shortened(reason ?? 'not told'),
			chargeback_process: shortened(status === null ? 'not told' : (STAGES[status] ?? status)),
		},
		...timeOf(it, at),
	}));
}

/**
 * The payment as TD knows it. A refund or a dispute may name it by another id than the order's own
 * webhooks.
 */
function knownPayment({ event, terms }: Happening, amount: string): string {
	const own = event.order.payment?.id ?? null;
	if (own !== null && terms.payments.includes(own)) return own;
	const { told } = terms.payment;
	const large = told.length > 1 ? paymentOf(amount, told) : undefined;
	return large ?? terms.payments.at(-1) ?? own ?? terms.orderId;
}
