/**
 * From what happened in a shop to the events that TD is told: none, one or several, each with a key
 * that tells it from others of its kind and order.
 *
 * A gap in the shop's order is no fault: an event that TD would refuse for it is left out, with the
 * reason in a sentence. Only what the user can fill in is one: a missing exchange rate.
 */
import type { TdEventType } from '../td/events';
import type { Members } from './lenient';
import type { ShopEvent, ShopEventName } from './order';
import { isZero, moneyOf, tdAmount } from './td-amount';
import { type ContentTerms, printOfContents, shortened, tdOrder } from './td-contents';
import { howPaid } from './td-payment';

/** What the events depend on besides the shop's. */
export interface Terms extends ContentTerms {
	/** The order as TD knows it. */
	orderId: string;
	/** The payments that TD was told of, the one that counts last. */
	payments: readonly string[];
	/** Print of the contents that were seen or told last; null if none were. */
	contents: string | null;
	/** Whether a bank that only asks counts as a chargeback. */
	includesInquiries: boolean;
}

/** An event for TD. */
export interface Telling {
	type: TdEventType;
	/** What happened in the shop. */
	of: ShopEventName;
	/** The same whenever the same thing is told again, and for nothing else of this type and order. */
	key: string;
	/**
	 * The event's own members, and its time where the shop tells it; in TD's names.
	 *
	 * @throws {ValidationFault} if an exchange rate is missing
	 */
	body: () => Members;
}

/** Why TD is not told of something, for programs. */
export const LEFT_OUT = ['incomplete', 'inquiry', 'no_money', 'no_td_event', 'unchanged'] as const;

/** What TD is not told, and why. */
export interface LeftOut {
	of: ShopEventName;
	type?: TdEventType;
	code: (typeof LEFT_OUT)[number];
	/** For people; without a full stop. */
	reason: string;
	/** Nothing new: worth a word only where there is nothing else to say of the item. */
	isQuiet?: true;
}

/** In which order TD hears of what an order shows at once. */
const SEQUENCE: readonly ShopEventName[] = [
	'order_created',
	'payment_failed',
	'order_paid',
	'order_changed',
	'order_shipped',
	'order_cancelled',
	'order_refunded',
	'order_disputed',
];

/** The events, in the order in which they are to be told. */
export function tellingsOf(event: ShopEvent, terms: Terms): Array<Telling | LeftOut> {
	const happened = whatHappened(event);
	return SEQUENCE.filter((name) => happened.includes(name)).flatMap((name) =>
		TELLERS[name]({ event, terms, of: name }),
	);
}

/** The event, and what the order's state shows besides. */
export const whatHappened = ({ event, also = [] }: ShopEvent): ShopEventName[] => [
	...new Set([event, ...also]),
];

/** The payment that an order's own webhooks are about; the order's number where it has no id. */
export const paymentIdOf = ({ order }: ShopEvent, orderId: string): string =>
	order.payment?.id ?? orderId;

interface Happening {
	event: ShopEvent;
	terms: Terms;
	of: ShopEventName;
}

const TELLERS: Record<ShopEventName, (happening: Happening) => Array<Telling | LeftOut>> = {
	order_created: (it) => [
		quiet(
			it,
			'no_td_event',
			'TD has no event for a new order: TD hears of it by its Verification API. What later events need of it is remembered',
		),
	],
	payment_failed: (it) => [payment(it), paymentResult(it, false)],
	order_paid: (it) =>
		isZero(owed(it.event))
			? [leftOut(it, 'no_money', 'Nothing was to be paid for the order')]
			: [payment(it), paymentResult(it, true)],
	order_changed: (it) => [change(it)],
	order_shipped: shipments,
	order_cancelled: (it) => [
		telling(it, 'order_cancel', 'cancelled', () => ({
			order_id: it.terms.orderId,
			...timeOf(it, ...ownTimes(it, it.event.order.cancelled_at)),
		})),
	],
	order_refunded: refunds,
	order_disputed: (it) => [chargeback(it)],
};

/** What was to be paid: that payment's part, where the shop tells it, or all. */
const owed = ({ order }: ShopEvent): string | null =>
	order.payment?.amount ?? order.totals?.total ?? null;

function payment(it: Happening): Telling | LeftOut {
	const { event, terms } = it;
	const { currency, paid_at: paidAt, payment: told } = event.order;
	const total = moneyOf(owed(event), currency);
	if (typeof total === 'string') {
		return leftOut(
			it,
			'incomplete',
			`The shop's order tells no ${total === 'amount' ? 'total' : total}, which TD demands of a payment`,
			'order_payment',
		);
	}
	const id = paymentIdOf(event, terms.orderId);
	return telling(it, 'order_payment', id, () => ({
		order_id: terms.orderId,
		payment: {
			payment_id: id,
			...howPaid(told),
			amount: tdAmount(total, terms),
		},
		...timeOf(it, ...ownTimes(it, it.of === 'order_paid' ? paidAt : null)),
	}));
}

function paymentResult(it: Happening, succeeded: boolean): Telling {
	const { event, terms } = it;
	const { payment: told, paid_at: paidAt } = event.order;
	const id = paymentIdOf(event, terms.orderId);
	const { channel } = howPaid(told);
	// WooCommerce shows the failure again with each change that follows; the others tell each attempt
	const attempt = event.shop === 'woocommerce' ? '' : (event.at ?? '');
	return telling(
		it,
		'order_payment_result',
		succeeded ? `${id} paid` : `${id} failed ${attempt}`,
		() => ({
			order_id: terms.orderId,
			payment_id: id,
			payment_result: {
				is_payment_success: succeeded,
				channel,
				...(told?.message ? { payment_message: shortened(told.message) } : {}),
				...(told?.avs ? { response_by_avs: told.avs } : {}),
				...(told?.cvc ? { response_by_cvc: told.cvc } : {}),
			},
			...timeOf(it, ...ownTimes(it, succeeded ? paidAt : null)),
		}),
	);
}

function change(it: Happening): Telling | LeftOut {
	const { event, terms } = it;
	const print = printOfContents(event.order);
	if (print !== null && print === terms.contents) {
		return quiet(
			it,
			'unchanged',
			'Nothing that TD is told of the order has changed: neither articles, nor total, nor address',
			'order_modify',
		);
	}
	const time = timeOf(it, ...ownTimes(it, event.order.updated_at));
	const key = `${print ?? ''} ${time.event_time ?? event.delivery_id ?? ''}`;
	return telling(it, 'order_modify', key, () => ({
		order: tdOrder(event.order, terms.orderId, terms),
		...time,
	}));
}

function shipments(it: Happening): Array<Telling | LeftOut> {
	const { order } = it.event;
	// A shop that keeps no parcels shows only that the order was sent
	const parcels = order.fulfilments.length > 0 ? order.fulfilments : [null];
	return parcels.map((parcel) => {
		const type = parcel?.service ?? order.shipping_method;
		return telling(it, 'order_ship', parcel?.id ?? parcel?.tracking_number ?? 'shipped', () => ({
			order_id: it.terms.orderId,
			// Its cost is the shop's; what the customer paid for shipping is another amount
			logistics: {
				...(type ? { logistics_type: shortened(type) } : {}),
				...(parcel?.carrier ? { logistics_company: shortened(parcel.carrier) } : {}),
			},
			...timeOf(it, parcel?.at ?? null, ...ownTimes(it, null)),
		}));
	});
}

function refunds(it: Happening): Array<Telling | LeftOut> {
	const { event, terms } = it;
	const { refunds: all } = event.order;
	if (all.length === 0)
		return [leftOut(it, 'incomplete', "The shop's order names no refund", 'order_refund')];
	return all.map(({ id, at, amount: given, currency, reason }) => {
		const which = id === null ? 'A refund' : `Refund ${id}`;
		// Nothing is nothing in any currency
		if (isZero(given)) {
			return leftOut(it, 'no_money', `${which} gives no money back`, 'order_refund');
		}
		const amount = moneyOf(given, currency ?? event.order.currency);
		if (typeof amount === 'string') {
			const reason = `${which} tells no ${amount}, which TD demands`;
			return leftOut(it, 'incomplete', reason, 'order_refund');
		}
		return telling(it, 'order_refund', id ?? `${amount.local} ${at ?? event.at ?? ''}`, () => ({
			order_id: terms.orderId,
			payment_id: toldPayment(it),
			refund_result: {
				refund_amount: tdAmount(amount, terms),
				...(reason === null ? {} : { refund_reason: shortened(reason) }),
			},
			...timeOf(it, at, ...ownTimes(it, null)),
		}));
	});
}

/** Stages of a dispute as Shopify and Stripe call them, where TD has a word of its own. */
const STAGES: Readonly<Record<string, string>> = { needs_response: 'need_response' };

function chargeback(it: Happening): Telling | LeftOut {
	const { event, terms } = it;
	const { dispute } = event.order;
	const type = 'order_chargeback';
	if (!dispute) return leftOut(it, 'incomplete', "The shop's event holds no dispute", type);
	const { id, at, reason, status } = dispute;
	if (dispute.is_inquiry && !terms.includesInquiries) {
		return leftOut(
			it,
			'inquiry',
			"The bank only asks, and took no money back. Turn on 'Include Inquiries' to report it all the same",
			type,
		);
	}
	const amount = moneyOf(dispute.amount, dispute.currency ?? event.order.currency);
	if (typeof amount === 'string') {
		return leftOut(it, 'incomplete', `The dispute tells no ${amount}, which TD demands`, type);
	}
	return telling(it, type, `${id ?? at ?? ''} ${status ?? ''}`, () => ({
		order_id: terms.orderId,
		payment_id: toldPayment(it),
		chargeback_result: {
			chargeback_amount: tdAmount(amount, terms),
			// TD demands both
			chargeback_reason: shortened(reason ?? 'not told'),
			chargeback_process: shortened(status === null ? 'not told' : (STAGES[status] ?? status)),
		},
		...timeOf(it, ...ownTimes(it, at)),
	}));
}

/**
 * The payment as TD was told of it. What a refund or a dispute calls the payment can be another id
 * than the one in the order's own webhooks.
 */
function toldPayment({ event, terms }: Happening): string {
	const own = event.order.payment?.id ?? null;
	if (own !== null && terms.payments.includes(own)) return own;
	return terms.payments.at(-1) ?? own ?? terms.orderId;
}

/** When it happened: the event's time says so first of what the event is about, the order's of the rest. */
function ownTimes({ event, of }: Happening, own: string | null): Array<string | null> {
	return event.event === of ? [event.at, own] : [own, event.at];
}

/** The first time that can be read; without one TD is told the time of the run. */
function timeOf({ terms }: Happening, ...times: Array<string | null>): { event_time?: string } {
	for (const text of times) {
		const time = terms.time(text);
		if (time !== undefined) return { event_time: time };
	}
	return {};
}

const telling = (
	it: Happening,
	type: TdEventType,
	key: string,
	body: Telling['body'],
): Telling => ({
	type,
	of: it.of,
	key,
	body,
});

const leftOut = (
	{ of }: Happening,
	code: LeftOut['code'],
	reason: string,
	type?: TdEventType,
): LeftOut => ({ of, ...(type ? { type } : {}), code, reason });

const quiet = (...about: Parameters<typeof leftOut>): LeftOut => ({
	...leftOut(...about),
	isQuiet: true,
});
