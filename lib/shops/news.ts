/**
 * Which events are news. WooCommerce sends an order at every change, each time as a delivery of its own,
 * and an order that was paid shows so for ever. "Order Paid" happens once: so each event of an order is
 * remembered, by the same proof as a delivery, as soon as n8n has taken an execution that it started.
 *
 * Two deliveries of one order at the same moment wait for each other. Both start where n8n takes longer
 * than they wait, or where both take over what a killed n8n has left: what comes behind is safe to repeat.
 */
import { Deadline } from '../base/deadline';
import type { Limits, Pace } from '../base/limits';
import type { Held, Register } from '../operation/needs';
import type { ShopDelivery } from './admission';
import type { ShopEventName, ShopOrder } from './order';
import { placeOf } from './redelivery';

/** Where a delivery has its place among those that came before. */
export type NewsPlace =
	/** It is to be started for these events. Each that is held is for us to settle, or to give back. */
	| { news: ShopEventName[]; held: Held[] }
	/** See `Place`. */
	| 'taken'
	| 'in hand'
	/** All that was chosen of it n8n has taken before, by other deliveries of the order. */
	| 'no news';

/**
 * Finds out whether a delivery is to be started, and for which of the chosen events.
 *
 * @param trigger tells the triggers apart that get the shop's deliveries
 * @throws {RegisterFault} if the register can't be asked
 */
export async function placeWithNews(
	register: Register,
	trigger: string,
	{ delivery, isState }: { delivery: ShopDelivery; isState: boolean },
	pace: Pace,
): Promise<NewsPlace> {
	const limits = () => ({ deadline: Deadline.in(pace.sameDelivery), pace });
	const chosen = { news: delivery.news, held: [] };
	const { news, held } = isState ? await newsOf(register, trigger, delivery, limits()) : chosen;
	if (news.length === 0) return 'no news';
	if (delivery.delivery_id === null) return { news, held };
	const place = await placeOf(register, trigger, delivery.delivery_id, 'delivery', limits());
	if (typeof place === 'object') return { news, held: [place.held, ...held] };
	for (const event of held) await event.release();
	return place;
}

async function newsOf(register: Register, trigger: string, delivery: ShopDelivery, limits: Limits) {
	const news: ShopEventName[] = [];
	const held: Held[] = [];
	for (const event of delivery.news) {
		const name = nameOf(event, delivery);
		const place = name && (await placeOf(register, trigger, name, 'event', limits));
		if (place === 'taken') continue;
		news.push(event);
		if (typeof place === 'object') held.push(place.held);
	}
	return { news, held };
}

/**
 * What tells an event from the others of its name that an order can have; none is told where there is one
 * of them, and of what is news each time there is null.
 */
const TELLS: Readonly<Record<ShopEventName, ((order: ShopOrder) => unknown) | null>> = {
	order_cancelled: () => undefined,
	order_changed: null,
	order_created: () => undefined,
	// No shop shows a dispute in its order
	order_disputed: null,
	order_paid: () => undefined,
	order_refunded: ({ refunds }) => refunds.map(({ id }) => id).sort(),
	order_shipped: () => undefined,
	// Another try is another payment; where the order names none, the tries can't be told apart
	payment_failed: ({ payment }) => payment?.id,
};

/** Two shops that share a trigger count their orders alike, but have not made them at the same second. */
function nameOf(event: ShopEventName, { shop, order }: ShopDelivery): string | undefined {
	const tells = TELLS[event];
	if (tells === null || order.id === null) return undefined;
	return JSON.stringify([shop, order.id, order.created_at, event, tells(order)]);
}
