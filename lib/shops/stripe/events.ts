/** What each of Stripe's events tells. Source: "Types of events" of Stripe's API reference [documented]. */
import { currencyOf, firstOf, type Members, secondsOf, textOf } from '../lenient';
import type { ShopOrder } from '../order';
import type { ReadOptions, ShopReading } from '../shop';
import { isSettled, orderOfSession } from './checkout';
import { orderOfDispute } from './dispute';
import { expanded } from './objects';
import { chargeOf, orderOfPayment, type Parts } from './payment';
import { movesMoney, newestRefundOf, refundOf } from './refund';

/** An event's object, and what the event says of it. */
export interface Happening {
	object: Members;
	/** What the object was before. */
	before: Members;
	/** When it happened; null of an object that came without its event. */
	at: string | null;
	options: ReadOptions;
}

type Reader = (happening: Happening) => ShopReading | undefined;

const ofCharge = (charge: Members): Parts => ({
	charge,
	intent: expanded(charge['payment_intent']),
});
const ofIntent = (intent: Members): Parts => ({ charge: chargeOf(intent), intent });

/** Of an object that came alone, when it was made. */
const timeOf = (at: string | null, object: Members) => firstOf(at, secondsOf(object['created']));

const paid = (order: ShopOrder, at: string | null): ShopReading => ({
	event: 'order_paid',
	at,
	order: { ...order, paid_at: at },
});
const failed = (order: ShopOrder, at: string | null): ShopReading => ({
	event: 'payment_failed',
	at,
	order,
});

const isOnlyHeld = (charge: Members) =>
	charge['captured'] === false || charge['amount_captured'] === 0;

/** Money that is only held is not paid; `charge.captured` tells when it is. */
const chargePaid: Reader = ({ object, at, options }) =>
	isOnlyHeld(object)
		? undefined
		: paid(orderOfPayment({ ...ofCharge(object), outcome: 'paid' }, options), timeOf(at, object));

/** A charge that was only held was given free, not refunded. */
const chargeRefunded: Reader = ({ object, before, at, options }) => {
	if (isOnlyHeld(object)) return undefined;
	const order = orderOfPayment(ofCharge(object), options);
	const refunds = order.refunds.length > 0 ? order.refunds : [newestRefundOf(object, before, at)];
	return { event: 'order_refunded', at, order: { ...order, refunds } };
};

const refundMade: Reader = ({ object, at, options }) => {
	if (!movesMoney(object)) return undefined;
	const charge = expanded(object['charge']);
	const intent = expanded(object['payment_intent']);
	const order = orderOfPayment({ charge, intent, other: object }, options);
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

const disputed: Reader = ({ object, at, options }) => ({
	event: 'order_disputed',
	at: timeOf(at, object),
	order: orderOfDispute(object, options),
});

const sessionPaid: Reader = ({ object, at, options }) =>
	isSettled(object) ? paid(orderOfSession(object, 'paid', options), at) : undefined;

const readers: Readonly<Record<string, Reader>> = {
	'charge.captured': chargePaid,
	'charge.dispute.closed': disputed,
	'charge.dispute.created': disputed,
	'charge.dispute.updated': disputed,
	'charge.failed': ({ object, at, options }) =>
		failed(orderOfPayment({ ...ofCharge(object), outcome: 'failed' }, options), timeOf(at, object)),
	'charge.refunded': chargeRefunded,
	'charge.succeeded': chargePaid,
	'checkout.session.async_payment_failed': ({ object, at, options }) =>
		failed(orderOfSession(object, 'failed', options), at),
	'checkout.session.async_payment_succeeded': sessionPaid,
	'checkout.session.completed': sessionPaid,
	'payment_intent.payment_failed': ({ object, at, options }) =>
		failed(
			orderOfPayment({ ...ofIntent(object), outcome: 'failed' }, options),
			timeOf(at, chargeOf(object)),
		),
	'payment_intent.succeeded': ({ object, at, options }) =>
		paid(
			orderOfPayment({ ...ofIntent(object), outcome: 'paid' }, options),
			timeOf(at, chargeOf(object)),
		),
	'refund.created': refundMade,
};

export const readerOf = (type: string | null): Reader | undefined =>
	// Not what every object has, such as `constructor`
	type !== null && Object.hasOwn(readers, type) ? readers[type] : undefined;

/** The event that an object stands for which came alone, as from Stripe's REST API. */
export function typeOf(object: Members): string | null {
	const status = textOf(object['status']);
	switch (object['object']) {
		case 'charge':
			if (status === 'failed') return 'charge.failed';
			if (status !== 'succeeded') return null;
			return Number(object['amount_refunded']) > 0 ? 'charge.refunded' : 'charge.succeeded';
		case 'payment_intent':
			if (status === 'succeeded') return 'payment_intent.succeeded';
			return object['last_payment_error'] ? 'payment_intent.payment_failed' : null;
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
