/** Reads the body of each of Shopify's topics. */
import {
	amountOf,
	currencyOf,
	firstOf,
	firstText,
	firstTime,
	listOf,
	type Members,
	membersOf,
	timeOf,
} from '../lenient';
import { shopOrderOf, type ShopEventName } from '../order';
import type { ShopReading } from '../shop';
import { hasLeft, orderOfFulfilment } from './fulfilment';
import { type BodyKind, bodyKind } from './kinds';
import { isTest, shopifyOrder, wasCancelled, wasPaid, wasRefunded } from './order';
import { isFailedPayment, orderOfTransaction } from './payment';
import { orderOfRefund } from './refund';
import { receivedFor } from './totals';
import { enumOf, latestOf, ownIdOf, shopifyIdOf } from './values';

type Reader = (body: Members) => ShopReading | undefined;

const created: Reader = (body) => ({
	event: 'order_created',
	at: firstTime(body['created_at'], body['processed_at']),
	order: shopifyOrder(body),
});

const changed: Reader = (body) => ({
	event: 'order_changed',
	at: timeOf(body['updated_at']),
	order: shopifyOrder(body),
});

/** Shopify has no time of payment; `processed_at` is the order's, and a transfer comes days later. */
const paid: Reader = (body) => {
	const at = timeOf(body['updated_at']);
	const order = shopifyOrder(body, { paidAt: at });
	return {
		event: 'order_paid',
		at: firstTime(at, body['processed_at'], body['created_at']),
		order,
		received: receivedFor(body, order),
	};
};

const cancelled: Reader = (body) => ({
	event: 'order_cancelled',
	at: firstTime(body['cancelled_at'], body['updated_at']),
	order: shopifyOrder(body, { isCancelled: true }),
});

const shipped: Reader = (body) => ({
	event: 'order_shipped',
	at: firstOf(lastShipped(body), timeOf(body['updated_at'])),
	order: shopifyOrder(body),
});

const edited: Reader = (body) => {
	const edit = membersOf(body['order_edit']);
	return {
		event: 'order_changed',
		at: firstTime(edit['committed_at'], edit['created_at']),
		order: shopOrderOf({ id: shopifyIdOf(edit['order_id']) }),
	};
};

const refunded: Reader = (body) => {
	const order = orderOfRefund(body);
	return { event: 'order_refunded', at: order.refunds[0]?.at ?? null, order };
};

const fulfilled: Reader = (body) => {
	if (!hasLeft(body, false)) return undefined;
	const order = orderOfFulfilment(body);
	return { event: 'order_shipped', at: order.fulfilments[0]?.at ?? null, order };
};

/** A payment that succeeded is reported by the order, with all its members. */
const transacted: Reader = (body) =>
	isFailedPayment(body)
		? {
				event: 'payment_failed',
				at: firstTime(body['processed_at'], body['created_at']),
				order: orderOfTransaction(body),
			}
		: undefined;

/** A customer's bank asks for an explanation, or takes the money back. A dispute may have no order. */
const disputed = (body: Members): ShopReading => ({
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

const disputeChanged: Reader = (body) => ({
	...disputed(body),
	at: firstTime(body['finalized_on'], body['evidence_sent_on'], body['initiated_at']),
});

interface Topic {
	read: Reader;
	kind: BodyKind;
	/** Whether an order shows it; left out where every body of the kind does. */
	isShown?: (body: Members) => boolean;
}

const topics: Readonly<Record<string, Topic>> = {
	'disputes/create': { read: disputed, kind: 'dispute' },
	'disputes/update': { read: disputeChanged, kind: 'dispute' },
	'fulfillments/create': { read: fulfilled, kind: 'fulfilment' },
	'fulfillments/update': { read: fulfilled, kind: 'fulfilment' },
	'order_transactions/create': { read: transacted, kind: 'transaction' },
	'orders/cancelled': { read: cancelled, kind: 'order', isShown: wasCancelled },
	'orders/create': { read: created, kind: 'order' },
	'orders/edited': { read: edited, kind: 'edit' },
	'orders/fulfilled': { read: shipped, kind: 'order', isShown: wasShipped },
	// Shopify sends it for each part of a payment at the counter too, and says to wait for `paid` [documented]
	'orders/paid': { read: paid, kind: 'order', isShown: wasPaid },
	'orders/partially_fulfilled': { read: shipped, kind: 'order', isShown: wasShipped },
	'orders/updated': { read: changed, kind: 'order' },
	'refunds/create': { read: refunded, kind: 'refund' },
};

/**
 * Whether a body shows what its topic says, which Shopify does not sign: it is of the topic's kind, names
 * what it is about, and an order has come that far. A test notification's order was always cancelled,
 * whatever its topic.
 */
export function bearsOut(name: string, body: Members): boolean {
	const topic = topicOf(name);
	if (!topic || bodyKind(body) !== topic.kind) return false;
	const { id } = topic.read(body)?.order ?? { id: null };
	const isNamed = topic.kind === 'edit' ? id !== null : ownIdOf(body) !== null;
	// A dispute may belong to no order
	if (!isNamed || (id === null && topic.kind !== 'dispute')) return false;
	return isTest(body) || (topic.isShown?.(body) ?? true);
}

/**
 * Without a topic, everything counts that the order shows by now, the latest first; nothing comes after a
 * cancellation.
 */
const orderAlone: Reader = (body) => {
	const [refund, shipment] = [lastRefund(body), lastShipped(body)];
	const changes: Array<Shown | false> = [
		wasRefunded(body) && ['order_refunded', refundedSoFar],
		shipment !== null && ['order_shipped', shipped],
	];
	// A refund whose time is unknown counts as the later one
	if (refund !== null && refund !== shipment && latestOf(refund, shipment) === shipment) {
		changes.reverse();
	}
	const all: Array<Shown | false> = [
		wasCancelled(body) && ['order_cancelled', cancelled],
		...changes,
		wasPaid(body) && ['order_paid', paidSoFar],
		['order_created', created],
	];
	const [last, ...before] = all.filter((one) => one !== false);
	const also = before.map(([event]) => event);
	const reading = last?.[1](body);
	return reading && also.length > 0 ? { also, ...reading } : reading;
};

/** An event that an order shows, and its reader. */
type Shown = [event: ShopEventName, read: Reader];

const lastRefund = (body: Members) =>
	latestOf(...listOf(body['refunds']).map((one) => one['created_at']));

function refundedSoFar(body: Members): ShopReading {
	const at = firstOf(lastRefund(body), timeOf(body['updated_at']));
	return { event: 'order_refunded', at, order: shopifyOrder(body) };
}

/** Not `updated_at`: without a payment's webhook, the order may have changed long after it was paid. */
function paidSoFar(body: Members): ShopReading {
	const at = firstTime(body['processed_at'], body['created_at']);
	return { event: 'order_paid', at, order: shopifyOrder(body) };
}

const alone: Readonly<Record<BodyKind, Reader>> = {
	dispute: disputed,
	edit: edited,
	fulfilment: fulfilled,
	order: orderAlone,
	refund: refunded,
	transaction: transacted,
};

function lastShipped(body: Members): string | null {
	const left = listOf(body['fulfillments']).filter((one) => hasLeft(one, false));
	return latestOf(...left.map((one) => one['created_at']));
}

function wasShipped(body: Members): boolean {
	const status = enumOf(body['fulfillment_status']) ?? '';
	return ['fulfilled', 'partial'].includes(status) || lastShipped(body) !== null;
}

function topicOf(given: string): Topic | undefined {
	const name = given.trim().toLowerCase();
	// Not what every object has, such as `constructor`
	return Object.hasOwn(topics, name) ? topics[name] : undefined;
}

/** The reader of a webhook's body; undefined for what is none of our events. */
export function readerOf(topic: string | null, body: Members): Reader | undefined {
	if (topic !== null) return topicOf(topic)?.read;
	const kind = bodyKind(body);
	return kind && alone[kind];
}
