/**
 * Plans the events for TD of what happened in a shop: none, one or several, each with a key that
 * distinguishes it from others of its type and order.
 *
 * A gap in the shop's order is no fault: an event that TD would refuse for it is skipped, with the
 * reason in a sentence. Only what the user can fill in is a fault: a missing exchange rate.
 */
import type { TdEventType } from '../../td/events';
import { isNegative, isZero, type Members } from '../lenient';
import { type ShopEvent, type ShopEventName, whatHappened } from '../order';
import { moneyBackOf, moneyOf, tdAmount } from './amount';
import { type ContentTerms, printOfContents, shortened, showsChange, tdOrder } from './contents';
import { type OrderPayment, paymentOf } from './paid';
import { howPaid } from './payment';

/** What a plan depends on besides the shop's event. */
export interface PlanTerms extends ContentTerms {
	/** The order as TD knows it. */
	orderId: string;
	/** The payment that an order's own webhooks are about. */
	payment: OrderPayment;
	/** The payments that TD knows; the last one counts. */
	payments: readonly string[];
	/** Print of the contents that were seen or reported last; null if none were. */
	contents: string | null;
	/** Whether a dispute in which the bank only asks counts as a chargeback. */
	includesInquiries: boolean;
}

/** Each part keeps its place: null where the shop does not have it, so that no part is taken for another one. */
export type EventKey = ReadonlyArray<string | null>;

/** An event to report to TD. */
export interface PlannedEvent {
	type: TdEventType;
	/** What happened in the shop. */
	cause: ShopEventName;
	/** The same whenever the shop repeats the same thing; different from all others of this type and order. */
	key: EventKey;
	/**
	 * The event's own members in TD's names, and its time if the shop has one.
	 *
	 * @throws {ValidationFault} if an exchange rate is missing
	 */
	body: () => Members;
}

/** Why something is not reported, for programs. */
export const SKIP_CODES = [
	'draft',
	'incomplete',
	'inquiry',
	'no_money',
	'no_td_event',
	'partially_paid',
	'unchanged',
] as const;

/** What is not reported, and why. */
export interface Skip {
	cause: ShopEventName;
	type?: TdEventType;
	code: (typeof SKIP_CODES)[number];
	/** For people; without a full stop. */
	reason: string;
	/** Says nothing new: shown only if there is nothing else to show of the item. */
	isMinor?: true;
}

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

interface Happening {
	event: ShopEvent;
	terms: PlanTerms;
	cause: ShopEventName;
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

function refunds(it: Happening): Array<PlannedEvent | Skip> {
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

function chargeback(it: Happening): PlannedEvent | Skip {
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

/**
 * When it happened, or nothing if no time can be read: then the event gets the time of the run.
 *
 * @param own the time that the order has for it
 * @param isOwnFirst whether that is better than the webhook's own time, as it is unless the webhook is
 * about just this
 */
function timeOf(
	{ event, cause, terms }: Happening,
	own: string | null,
	isOwnFirst = event.event !== cause,
): { event_time?: string } {
	for (const text of isOwnFirst ? [own, event.at] : [event.at, own]) {
		const time = text === null ? undefined : terms.time(text);
		if (time !== undefined) return { event_time: time };
	}
	return {};
}

const planned = (
	{ cause }: Happening,
	type: TdEventType,
	key: EventKey,
	body: PlannedEvent['body'],
): PlannedEvent => ({ cause, type, key, body });

const skip = (
	{ cause }: Happening,
	code: Skip['code'],
	reason: string,
	type?: TdEventType,
): Skip => ({ cause, ...(type ? { type } : {}), code, reason });

const incomplete = (it: Happening, type: TdEventType, reason: string): Skip =>
	skip(it, 'incomplete', reason, type);

const minor = (...about: Parameters<typeof skip>): Skip => ({ ...skip(...about), isMinor: true });
