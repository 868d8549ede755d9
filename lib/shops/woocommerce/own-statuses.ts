/**
 * What the user says about statuses of a shop's own, told to an order that was read before: by Shop Trigger, which may
 * not have been told. An order as WooCommerce has it is read with it from the start (`withKnownStatus`).
 */
import { isZero } from '../lenient';
import type { ShopEvent, ShopOrder } from '../order';
import type { ReadOptions } from '../shop';
import { ownMeaning } from './statuses';

/** The event, with the order and what it shows as the user says. */
export function asOwnStatusesSay(event: ShopEvent, options: ReadOptions): ShopEvent {
	const meaning = ownMeaning(event.order.status, options);
	if (!meaning) return event;
	const order = orderAsOwnStatusesSay(event.order, options);
	const shown = [event.event, ...(event.also ?? [])].filter((name) => name !== 'order_shipped');
	const isShipped = order.fulfilments.length > 0;
	const [first = 'order_changed', ...also] = isShipped
		? [...shown, 'order_shipped' as const]
		: shown;
	return { ...event, event: first, also, order };
}

/** The order alone. */
export function orderAsOwnStatusesSay(order: ShopOrder, options: ReadOptions): ShopOrder {
	const meaning = ownMeaning(order.status, options);
	if (!meaning) return order;
	// A status that means shipped makes one that has neither
	const parcels = order.fulfilments.filter((one) => one.id ?? one.tracking_number);
	const isOpen = parcels.length === 0 && order.refunds.length === 0;
	const state = SETTLED.includes(order.state) ? order.state : stateOf(order);
	if (meaning === 'to be sent') {
		const articles = order.articles.map((one) => ({
			...one,
			to_ship: isOpen ? one.quantity : null,
		}));
		return { ...order, state, articles, fulfilments: parcels };
	}
	const articles = order.articles.map((one) => ({ ...one, to_ship: 0 }));
	// Nobody ships what the customer collects
	const hasLeft = parcels.length > 0 || order.pickup;
	return { ...order, state, articles, fulfilments: hasLeft ? parcels : [LEFT] };
}

/** States that do not come from the status alone. */
const SETTLED: ReadonlyArray<ShopOrder['state']> = ['refunded', 'partially_refunded'];

const LEFT = { id: null, at: null, carrier: null, tracking_number: null, service: null };

function stateOf({ paid_at: paidAt, totals }: ShopOrder): ShopOrder['state'] {
	return paidAt !== null || isZero(totals?.total ?? null) ? 'paid' : 'authorized';
}
