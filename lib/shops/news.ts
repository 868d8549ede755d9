/**
 * Which events are news. WooCommerce sends an order at every change, each time as a new delivery, and an
 * order that was paid shows so for ever. "Order Paid" happens once: so each event of an order is
 * remembered like a delivery, as soon as n8n has taken the execution that it started.
 *
 * Two deliveries of one order at the same moment wait for each other. Both start where n8n takes longer
 * than they wait, or where both take over what a killed n8n has left: the rest of the flow is safe to
 * repeat.
 */
import { Deadline } from '../base/deadline';
import type { Pace } from '../base/limits';
import type { Held, Register } from '../register/register';
import type { ShopDelivery } from './admission';
import type { ShopEventName, ShopOrder } from './order';
import { claimDelivery, type DeliveryClaim } from './redelivery';

export type NewsClaim =
	/** It is to be started for these events. Settle or release each claim that is held. */
	| { news: ShopEventName[]; held: Held[] }
	| Extract<DeliveryClaim, string>
	/** n8n has taken all the chosen events before, with other deliveries of the order. */
	| 'no news';

/**
 * Claims a delivery and those of its chosen events that are news.
 *
 * @param trigger tells apart the triggers that get the shop's deliveries
 * @throws {RegisterFault} if the register can't be asked
 */
export async function claimNews(
	register: Register,
	trigger: string,
	{ delivery, isState }: { delivery: ShopDelivery; isState: boolean },
	pace: Pace,
): Promise<NewsClaim> {
	const limits = () => ({ deadline: Deadline.in(pace.sameDelivery), pace });
	const forEvents = limits();
	const news: ShopEventName[] = [];
	const held: Held[] = [];
	for (const event of delivery.news) {
		const name = isState ? nameOf(event, delivery) : undefined;
		const claim = name && (await claimDelivery(register, trigger, name, 'event', forEvents));
		if (claim === 'taken') continue;
		news.push(event);
		if (typeof claim === 'object') held.push(claim.held);
	}
	if (news.length === 0) return 'no news';
	const { delivery_id: id } = delivery;
	if (id === null) return { news, held };
	const claim = await claimDelivery(register, trigger, id, 'delivery', limits());
	if (typeof claim === 'object') return { news, held: [claim.held, ...held] };
	for (const event of held) await event.release();
	return claim;
}

const oncePerOrder = () => undefined;

/** What distinguishes the events of one name that an order can have; null for what is always news. */
const DISTINCTION: Readonly<Record<ShopEventName, ((order: ShopOrder) => unknown) | null>> = {
	order_cancelled: oncePerOrder,
	order_changed: null,
	order_created: oncePerOrder,
	// No shop shows a dispute in its order
	order_disputed: null,
	order_paid: oncePerOrder,
	order_refunded: ({ refunds }) => refunds.map(({ id }) => id).sort(),
	order_shipped: oncePerOrder,
	// Another try is another payment; where the order names none, the tries look alike
	payment_failed: ({ payment }) => payment?.id,
};

/** Two shops that share a trigger number their orders alike, but do not make them in the same second. */
function nameOf(event: ShopEventName, { shop, order }: ShopDelivery): string | undefined {
	const distinction = DISTINCTION[event];
	if (distinction === null || order.id === null) return undefined;
	return JSON.stringify([shop, order.id, order.created_at, event, distinction(order)]);
}
