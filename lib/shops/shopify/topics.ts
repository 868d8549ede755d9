/** What each of Shopify's topics tells. */
import { firstOf, listOf, type Members, membersOf, timeOf } from '../lenient';
import { orderOf, type ShopEventName } from '../order';
import type { ShopReading } from '../shop';
import { orderOfDispute, turnOf } from './dispute';
import { hasLeft, orderOfFulfilment } from './fulfilment';
import { type Kind, kindOf } from './kinds';
import { shopifyOrder, wasCancelled, wasPaid, wasRefunded } from './order';
import { isFailedPayment, orderOfTransaction } from './payment';
import { orderOfRefund } from './refund';
import { latestOf, shopifyIdOf } from './values';

type Reader = (body: Members) => ShopReading | undefined;

const created: Reader = (body) => ({
	event: 'order_created',
	at: firstOf(timeOf(body['created_at']), timeOf(body['processed_at'])),
	order: shopifyOrder(body),
});

const changed: Reader = (body) => ({
	event: 'order_changed',
	at: timeOf(body['updated_at']),
	order: shopifyOrder(body),
});

/** Shopify tells no time of payment, and `processed_at` is that of the order: a transfer comes days later. */
const paid: Reader = (body) => {
	const at = timeOf(body['updated_at']);
	return {
		event: 'order_paid',
		at: firstOf(at, timeOf(body['processed_at']), timeOf(body['created_at'])),
		order: shopifyOrder(body, { paidAt: at }),
	};
};

const cancelled: Reader = (body) => ({
	event: 'order_cancelled',
	at: firstOf(timeOf(body['cancelled_at']), timeOf(body['updated_at'])),
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
		at: firstOf(timeOf(edit['committed_at']), timeOf(edit['created_at'])),
		order: orderOf({ id: shopifyIdOf(edit['order_id']) }),
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

/** That a payment succeeded is told by the order, with all that belongs to it. */
const transacted: Reader = (body) =>
	isFailedPayment(body)
		? {
				event: 'payment_failed',
				at: firstOf(timeOf(body['processed_at']), timeOf(body['created_at'])),
				order: orderOfTransaction(body),
			}
		: undefined;

const disputed: Reader = (body) => ({
	event: 'order_disputed',
	at: timeOf(body['initiated_at']),
	order: orderOfDispute(body),
});

const topics: Readonly<Record<string, Reader>> = {
	'disputes/create': disputed,
	'disputes/update': (body) => ({
		event: 'order_disputed',
		at: turnOf(body),
		order: orderOfDispute(body),
	}),
	'fulfillments/create': fulfilled,
	'fulfillments/update': fulfilled,
	'order_transactions/create': transacted,
	'orders/cancelled': cancelled,
	'orders/create': created,
	'orders/edited': edited,
	'orders/fulfilled': shipped,
	'orders/paid': paid,
	'orders/partially_fulfilled': shipped,
	'orders/updated': changed,
	'refunds/create': refunded,
};

/**
 * Without a topic all counts that the order shows by now. What came last stands first, but nothing comes
 * after a cancellation.
 */
const orderAlone: Reader = (body) => {
	const [refund, shipment] = [lastRefund(body), lastShipped(body)];
	const turns: Array<Shown | false> = [
		wasRefunded(body) && ['order_refunded', refundedSoFar],
		shipment !== null && ['order_shipped', shipped],
	];
	// The later one first; a refund whose time is not told is taken for the later one
	if (refund !== null && refund !== shipment && latestOf(refund, shipment) === shipment) {
		turns.reverse();
	}
	const all: Array<Shown | false> = [
		wasCancelled(body) && ['order_cancelled', cancelled],
		...turns,
		wasPaid(body) && ['order_paid', paidSoFar],
		['order_created', created],
	];
	const [last, ...before] = all.filter((one) => one !== false);
	const also = before.map(([event]) => event);
	// Of those before, the name is all that counts
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

/** An order that is not from a webhook of its payment may have been changed long after it was paid. */
function paidSoFar(body: Members): ShopReading {
	const at = firstOf(timeOf(body['processed_at']), timeOf(body['created_at']));
	return { event: 'order_paid', at, order: shopifyOrder(body) };
}

const alone: Readonly<Record<Kind, Reader>> = {
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

/** The reader of a webhook's body; undefined for what is none of our events. */
export function readerOf(topic: string | null, body: Members): Reader | undefined {
	const name = topic?.trim().toLowerCase();
	// Not what every object has, such as `constructor`
	if (name !== undefined) return Object.hasOwn(topics, name) ? topics[name] : undefined;
	const kind = kindOf(body);
	return kind && alone[kind];
}
