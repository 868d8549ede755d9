/** Reads an order that came without a topic. */
import { firstOf, firstTime, listOf, type Members, timeOf } from '../lenient';
import type { ShopEventName } from '../order';
import type { ShopReading } from '../shop';
import { shopifyOrder, wasCancelled, wasPaid, wasRefunded } from './order';
import { cancelled, created, type EventReader, shipped } from './readers';
import { lastShipped } from './shipped';
import { latestOf } from './values';

/**
 * Without a topic, everything counts that the order shows by now, the latest first; nothing comes after a
 * cancellation.
 */
export const orderAlone: EventReader = (body) => {
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
	const reading = last![1](body);
	return also.length > 0 ? { also, ...reading } : reading;
};

/** An event that an order shows, and its reader. */
type Shown = [event: ShopEventName, read: EventReader];

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
