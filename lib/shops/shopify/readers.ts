/** Reads the body of each of Shopify's topics, as our event. */
import {
	amountOf,
	currencyOf,
	firstOf,
	firstText,
	firstTime,
	type Members,
	membersOf,
	timeOf,
} from '../lenient';
import { shopOrderOf } from '../order';
import type { NoEvent, ShopReading } from '../shop';
import { orderOfFulfilment, orderOfMovement, wasHandedOver, wasSent } from './fulfilment';
import { isOnItsWay, whyNoFailure, whyNoMovement, whyNotSent } from './nothing';
import { shopifyOrder } from './order';
import { isFailedPayment, orderOfTransaction } from './payment';
import { orderOfRefund } from './refund';
import { lastShipped } from './shipped';
import { receivedFor } from './received';
import { enumOf, ownIdOf, shopifyIdOf } from './values';

export type BodyReader = (body: Members) => ShopReading | NoEvent;

/** Of a body that always tells an event. */
export type EventReader = (body: Members) => ShopReading;

export const created: EventReader = (body) => ({
	event: 'order_created',
	at: firstTime(body['created_at'], body['processed_at']),
	order: shopifyOrder(body),
});

export const changed: EventReader = (body) => ({
	event: 'order_changed',
	at: timeOf(body['updated_at']),
	order: shopifyOrder(body),
});

/** Shopify has no time of payment; `processed_at` is the order's, and a transfer comes days later. */
export const paid: EventReader = (body) => {
	const at = timeOf(body['updated_at']);
	const order = shopifyOrder(body, { paidAt: at });
	return {
		event: 'order_paid',
		at: firstTime(at, body['processed_at'], body['created_at']),
		order,
		received: receivedFor(body, order),
	};
};

export const cancelled: EventReader = (body) => ({
	event: 'order_cancelled',
	at: firstTime(body['cancelled_at'], body['updated_at']),
	order: shopifyOrder(body, { isCancelled: true }),
});

export const shipped: EventReader = (body) => ({
	event: 'order_shipped',
	at: firstOf(lastShipped(body), timeOf(body['updated_at'])),
	order: shopifyOrder(body),
});

export const edited: EventReader = (body) => {
	const edit = membersOf(body['order_edit']);
	return {
		event: 'order_changed',
		at: firstTime(edit['committed_at'], edit['created_at']),
		order: shopOrderOf({ id: shopifyIdOf(edit['order_id']) }),
	};
};

export const refunded: EventReader = (body) => {
	const order = orderOfRefund(body);
	return { event: 'order_refunded', at: order.refunds[0]?.at ?? null, order };
};

export const fulfilled: BodyReader = (body) => {
	if (!wasSent(body) || wasHandedOver(body)) return whyNotSent(body);
	const order = orderOfFulfilment(body);
	return { event: 'order_shipped', at: order.fulfilments[0]?.at ?? null, order };
};

/** The carrier has the parcel, which not every shop tells when it makes the label. */
export const moved: BodyReader = (body) =>
	isOnItsWay(body)
		? {
				event: 'order_shipped',
				at: firstTime(body['happened_at'], body['created_at']),
				order: orderOfMovement(body),
			}
		: whyNoMovement(body);

/** A payment that succeeded is reported by the order, with all its members. */
export const transacted: BodyReader = (body) =>
	isFailedPayment(body)
		? {
				event: 'payment_failed',
				at: firstTime(body['processed_at'], body['created_at']),
				order: orderOfTransaction(body),
			}
		: whyNoFailure(body);

/** A customer's bank asks for an explanation, or takes the money back. A dispute may have no order. */
export const disputed = (body: Members): ShopReading => ({
	event: 'order_disputed',
	at: timeOf(body['initiated_at']),
	order: shopOrderOf({
		id: shopifyIdOf(body['order_id']),
		dispute: {
			id: ownIdOf(body),
			at: timeOf(body['initiated_at']),
			amount: amountOf(body['amount']),
			currency: currencyOf(body['currency']),
			reason: firstText(enumOf(body['reason']), body['network_reason_code']),
			status: enumOf(body['status']),
			is_inquiry: enumOf(body['type']) === 'inquiry',
		},
	}),
});

export const disputeChanged: EventReader = (body) => ({
	...disputed(body),
	at: firstTime(body['finalized_on'], body['evidence_sent_on'], body['initiated_at']),
});
