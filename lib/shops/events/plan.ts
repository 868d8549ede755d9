/**
 * Plans the events for TD of what happened in a shop: none, one or several, each with a key that
 * distinguishes it from others of its type and order.
 *
 * A gap in the shop's order is no fault: an event that TD would refuse for it is skipped, with the
 * reason in a sentence. Only what the user can fill in is a fault: a missing exchange rate.
 */
import { isNegative, isZero } from '../lenient';
import { type ShopEvent, type ShopEventName, whatHappened } from '../order';
import { moneyOf, tdAmount } from './amount';
import { printOfContents, shortened, showsChange, tdOrder } from './contents';
import {
	type Happening,
	incomplete,
	minor,
	planned,
	type PlannedEvent,
	type PlanTerms,
	skip,
	type Skip,
	timeOf,
} from './happening';
import { chargeback, refunds } from './money-back';
import { howPaid } from './payment';

/** The events to report and the skips, in the order of reporting. */
export function planEvents(event: ShopEvent, terms: PlanTerms): Array<PlannedEvent | Skip> {
	if (event.order.state === 'draft') {
		const reason = 'It is a draft, which is no order yet';
		return [{ cause: event.event, code: 'draft', reason }];
	}
	const { refunds, totals } = event.order;
	if (isNegative(totals?.total ?? null) && refunds.length === 0) {
		const reason = 'Its total is negative: it is a return, for which money went back';
		return [{ cause: event.event, code: 'no_money', reason }];
	}
	const happened = whatHappened(event);
	const causes = Object.keys(PLANNERS) as ShopEventName[];
	return causes
		.filter((cause) => happened.includes(cause))
		.flatMap((cause) => PLANNERS[cause]({ event, terms, cause }));
}

/** In the order of reporting when one webhook shows several things. */
const PLANNERS: Record<ShopEventName, (happening: Happening) => Array<PlannedEvent | Skip>> = {
	order_created: (it) => [
		minor(
			it,
			'no_td_event',
			'TD has no event for a new order: it learns of orders through its Verification API. What later events need is remembered',
		),
	],
	payment_failed: (it) => payments(it, false),
	order_paid: paid,
	order_changed: (it) => [change(it)],
	order_shipped: shipments,
	order_cancelled: (it) => [
		planned(it, 'order_cancel', [], () => ({
			order_id: it.terms.orderId,
			...timeOf(it, it.event.order.cancelled_at),
		})),
	],
	order_refunded: refunds,
	order_disputed: (it) => [chargeback(it)],
};

function paid(it: Happening): Array<PlannedEvent | Skip> {
	if (isPartlyPaid(it)) return [partlyPaid(it)];
	if (isZero(it.terms.payment.amount)) return [skip(it, 'no_money', 'The order cost nothing')];
	return payments(it, true);
}

/** The order's total was not paid, and no shop names the part that was. */
const isPartlyPaid = ({ event: { order } }: Happening) =>
	order.state === 'partially_paid' && (order.payment?.amount ?? null) === null;

const partlyPaid = (it: Happening) =>
	skip(
		it,
		'partially_paid',
		'It is paid only in part: TD hears of the payment once all of it is paid',
	);

function payments(it: Happening, succeeded: boolean): Array<PlannedEvent | Skip> {
	const { event, terms } = it;
	const { currency, paid_at: paidAt, payment } = event.order;
	const { id, amount } = terms.payment;
	const how = howPaid(payment);
	const time = timeOf(it, succeeded ? paidAt : null);
	const total = moneyOf(amount, currency);
	// WooCommerce repeats the failure with each change that follows; the other shops report each attempt
	const attempt = event.shop === 'woocommerce' ? null : event.at;
	return [
		typeof total === 'string'
			? incomplete(
					it,
					'order_payment',
					`The shop's order has no ${total === 'amount' ? 'total' : total}, which TD requires of a payment`,
				)
			: planned(it, 'order_payment', [id], () => ({
					order_id: terms.orderId,
					payment: { payment_id: id, ...how, amount: tdAmount(total, terms) },
					...time,
				})),
		planned(it, 'order_payment_result', succeeded ? [id, 'paid'] : [id, 'failed', attempt], () => ({
			order_id: terms.orderId,
			payment_id: id,
			payment_result: {
				is_payment_success: succeeded,
				channel: how['channel'],
				...(payment?.message ? { payment_message: shortened(payment.message) } : {}),
				...(payment?.avs ? { response_by_avs: payment.avs } : {}),
				...(payment?.cvc ? { response_by_cvc: payment.cvc } : {}),
			},
			...time,
		})),
	];
}

function change(it: Happening): PlannedEvent | Skip {
	const { event, terms } = it;
	// WooCommerce says that an order has changed when a part of it is paid
	if (event.shop === 'woocommerce' && isPartlyPaid(it)) return partlyPaid(it);
	const print = printOfContents(event);
	if (print !== null && print === terms.contents) return unchanged(it, NOTHING_CHANGED);
	// Shops send an update for almost anything, WooCommerce with a new order already
	if (print !== null && terms.contents === null && !showsChange(event.order)) {
		return unchanged(it, NOTHING_SHOWN);
	}
	const time = timeOf(it, event.order.updated_at);
	const { event_time: at = null } = time;
	const key = [print, at, at === null ? event.delivery_id : null];
	return planned(it, 'order_modify', key, () => ({
		order: tdOrder(event.order, terms.orderId, terms),
		...time,
	}));
}

const NOTHING_CHANGED =
	'Nothing that TD knows of the order has changed: neither articles, nor total, nor address';
const NOTHING_SHOWN =
	'It is the first that is known of the order, and nothing in it shows a change: later ones are compared with it';

const unchanged = (it: Happening, reason: string): Skip =>
	minor(it, 'unchanged', reason, 'order_modify');

function shipments(it: Happening): Array<PlannedEvent | Skip> {
	const { order } = it.event;
	// A shop without parcels only says that the order was sent
	const parcels = order.fulfilments.length > 0 ? order.fulfilments : [null];
	return parcels.map((parcel) => {
		const type = parcel?.service ?? order.shipping_method;
		const { id = null, tracking_number: tracking = null } = parcel ?? {};
		return planned(it, 'order_ship', [id, id === null ? tracking : null], () => ({
			order_id: it.terms.orderId,
			// No cost: TD's means what the shop pays, and what the customer paid for shipping is another amount
			logistics: {
				...(type ? { logistics_type: shortened(type) } : {}),
				...(parcel?.carrier ? { logistics_company: shortened(parcel.carrier) } : {}),
			},
			...timeOf(it, parcel?.at ?? null, true),
		}));
	});
}
