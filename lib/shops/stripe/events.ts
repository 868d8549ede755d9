/** Reads each of Stripe's events. Source: "Types of events" of Stripe's API reference [documented]. */
import {
	currencyOf,
	deviceIpOf,
	firstOf,
	firstText,
	type Members,
	membersOf,
	nullIfEmpty,
	textOf,
	unixTimeOf,
} from '../lenient';
import type { Dispute, ShopOrder } from '../order';
import type { NoEvent, ReadOptions, ShopReading } from '../shop';
import { isPaid, orderOfSession } from './checkout';
import { chargeOf, orderOfPayment, type PaymentObjects } from './payment';
import { nothing, NOTHINGS, ONLY_HELD, whyNotRefunded, whyUnpaid } from './nothing';
import { movesMoney, newestRefundOf, refundOf, wasRefunded } from './refund';
import { majorUnits } from './values';

/** An event's object, and what the event says about it. */
export interface StripeEvent {
	object: Members;
	/** The members that the event changed, as they were before. */
	before: Members;
	/** When it happened; null for an object that came without its event. */
	at: string | null;
	options: ReadOptions;
}

type Reader = (event: StripeEvent) => ShopReading | NoEvent;

const ofCharge = (charge: Members): PaymentObjects => ({
	charge,
	intent: membersOf(charge['payment_intent']),
});

/** Of a refund or dispute. */
const paymentIn = (other: Members): PaymentObjects => ({
	charge: membersOf(other['charge']),
	intent: membersOf(other['payment_intent']),
	other,
});

/** For an object that came without its event, when it was made. */
const timeOf = (at: string | null, object: Members) => firstOf(at, unixTimeOf(object['created']));

type Outcome = 'paid' | 'failed';

const ended = (outcome: Outcome, order: ShopOrder, at: string | null): ShopReading =>
	outcome === 'paid'
		? { event: 'order_paid', at, order: { ...order, paid_at: at } }
		: { event: 'payment_failed', at, order };

const isOnlyHeld = (charge: Members) =>
	charge['captured'] === false || charge['amount_captured'] === 0;

const chargeEnded =
	(outcome: Outcome): Reader =>
	({ object, at, options }) => {
		// Money that is only held is not paid; `charge.captured` follows when it is
		if (outcome === 'paid' && isOnlyHeld(object)) return nothing(ONLY_HELD);
		const order = orderOfPayment({ ...ofCharge(object), outcome }, options);
		return ended(outcome, order, timeOf(at, object));
	};

const intentEnded =
	(outcome: Outcome): Reader =>
	({ object, at, options }) => {
		const charge = chargeOf(object);
		const order = orderOfPayment({ charge, intent: object, outcome }, options);
		return ended(outcome, order, timeOf(at, charge));
	};

/** Money that was only held was released, not refunded. */
const chargeRefunded: Reader = ({ object, before, at, options }) => {
	if (isOnlyHeld(object)) return nothing(ONLY_HELD);
	if (!wasRefunded(object)) return nothing('Nothing of the payment was given back');
	const order = orderOfPayment(ofCharge(object), options);
	const refunds = order.refunds.length > 0 ? order.refunds : [newestRefundOf(object, before, at)];
	return { event: 'order_refunded', at, order: { ...order, refunds } };
};

const refundMade: Reader = ({ object, at, options }) => {
	if (!movesMoney(object)) return whyNotRefunded(object);
	const order = orderOfPayment(paymentIn(object), options);
	return {
		event: 'order_refunded',
		at: timeOf(at, object),
		order: {
			...order,
			currency: firstOf(order.currency, currencyOf(object['currency'])),
			refunds: [refundOf(object)],
		},
	};
};

/**
 * Unless it is expanded, a dispute names its payment only by id, and its `metadata` is its own: then
 * the order is found by the payment's id. The evidence that Stripe fills in describes the customer.
 */
function orderOfDispute(body: Members, options: ReadOptions): ShopOrder {
	const order = orderOfPayment(paymentIn(body), options);
	const { id = null, email = null, phone = null } = order.customer ?? {};
	const { ip = null, user_agent = null, session = null, black_box = null } = order.device ?? {};
	const evidence = membersOf(body['evidence']);
	return {
		...order,
		customer: nullIfEmpty({
			id,
			email: firstText(email, evidence['customer_email_address']),
			phone,
		}),
		device: nullIfEmpty({
			ip: ip ?? deviceIpOf(evidence['customer_purchase_ip']),
			user_agent,
			session,
			black_box,
		}),
		dispute: disputeOf(body),
	};
}

function disputeOf(body: Members): Dispute {
	const currency = currencyOf(body['currency']);
	const status = textOf(body['status']);
	return {
		id: textOf(body['id']),
		at: unixTimeOf(body['created']),
		amount: majorUnits(body['amount'], currency),
		currency,
		reason: firstText(body['reason'], body['network_reason_code']),
		status,
		is_inquiry: status?.startsWith('warning_') ?? false,
	};
}

/** A customer's bank asks for an explanation, or takes the money back. */
const disputed: Reader = ({ object, at, options }) => ({
	event: 'order_disputed',
	at: timeOf(at, object),
	order: orderOfDispute(object, options),
});

const sessionPaid: Reader = ({ object, at, options }) =>
	isPaid(object) ? ended('paid', orderOfSession(object, 'paid', options), at) : whyUnpaid(object);

const readers: Readonly<Record<string, Reader>> = {
	'charge.captured': chargeEnded('paid'),
	'charge.dispute.closed': disputed,
	'charge.dispute.created': disputed,
	'charge.dispute.updated': disputed,
	'charge.failed': chargeEnded('failed'),
	'charge.refunded': chargeRefunded,
	'charge.succeeded': chargeEnded('paid'),
	'checkout.session.async_payment_failed': ({ object, at, options }) =>
		ended('failed', orderOfSession(object, 'failed', options), at),
	'checkout.session.async_payment_succeeded': sessionPaid,
	'checkout.session.completed': sessionPaid,
	'payment_intent.payment_failed': intentEnded('failed'),
	'payment_intent.succeeded': intentEnded('paid'),
	'refund.created': refundMade,
};

export function readerOf(type: string | null): Reader | undefined {
	// Not what every object has, such as `constructor`
	if (type === null || (!Object.hasOwn(readers, type) && !Object.hasOwn(NOTHINGS, type)))
		return undefined;
	return readers[type] ?? (() => nothing(NOTHINGS[type]!));
}

/** Intents that are neither paid nor refused, by their status. */
const INTENTS: Readonly<Record<string, string>> = {
	canceled: 'payment_intent.canceled',
	requires_capture: 'payment_intent.amount_capturable_updated',
};

/** The event that an object stands for if it came without one, as from Stripe's REST API. */
export function eventTypeOf(object: Members): string | null {
	const status = textOf(object['status']);
	switch (object['object']) {
		case 'charge':
			if (status === 'failed') return 'charge.failed';
			if (status !== 'succeeded') return 'charge.pending';
			return wasRefunded(object) ? 'charge.refunded' : 'charge.succeeded';
		case 'payment_intent':
			if (status === 'succeeded') return 'payment_intent.succeeded';
			if (object['last_payment_error']) return 'payment_intent.payment_failed';
			return INTENTS[status ?? ''] ?? 'payment_intent.processing';
		case 'refund':
			return 'refund.created';
		case 'dispute':
			return 'charge.dispute.created';
		case 'checkout.session':
			return 'checkout.session.completed';
		default:
			return null;
	}
}
