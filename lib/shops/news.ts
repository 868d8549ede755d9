/**
 * Which events are news. WooCommerce sends an order at every change, each time as a new delivery, and an
 * order that was paid shows so for ever. "Order Paid" happens once: so each event of an order is
 * remembered like a delivery, as soon as n8n has taken the execution that it started.
 *
 * Shopify and WooCommerce sign the body alone: under another id or topic, what somebody captured would be
 * another delivery. So of these shops an event is known by what it did to the order, and one that can
 * come to an order again and again by the body's print.
 *
 * Two deliveries of one order at the same moment wait for each other. Both start where n8n takes longer
 * than they wait and they may differ, or where both take over what a killed n8n has left: the rest of the
 * flow is safe to repeat.
 */
import { Deadline } from '../base/deadline';
import type { Pace } from '../base/limits';
import type { Held, Register } from '../register/register';
import type { Admission } from './admission';
import type { ShopEventName, ShopOrder } from './order';
import { claimDelivery, type DeliveryClaim } from './redelivery';

type Wanted = Omit<Extract<Admission, { verdict: 'wanted' }>, 'verdict'>;

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
	wanted: Wanted,
	pace: Pace,
): Promise<NewsClaim> {
	const { delivery } = wanted;
	// One for all: the shop waits no longer
	const limits = { deadline: Deadline.in(pace.sameDelivery), pace };
	const news: ShopEventName[] = [];
	const held: Held[] = [];
	const claim = async (name: string, kind: 'event' | 'delivery') => {
		const claimed = await claimDelivery(register, trigger, name, kind, limits);
		if (typeof claimed === 'object') held.push(claimed.held);
		return claimed;
	};
	const giveBack = async <Why extends string>(why: Why) => {
		for (const one of held) await one.release();
		return why;
	};
	for (const event of delivery.news) {
		const mark = markOf(event, wanted);
		const claimed = mark && (await claim(mark.name, 'event'));
		if (claimed === 'taken') continue;
		if (claimed === 'in hand' && !mark?.mayDiffer) return await giveBack(claimed);
		news.push(event);
	}
	if (news.length === 0) return 'no news';
	const { delivery_id: id } = delivery;
	const claimed = id === null ? undefined : await claim(id, 'delivery');
	return typeof claimed === 'string' ? await giveBack(claimed) : { news, held };
}

/** What distinguishes the events of one name that an order can have; null for what is always news. */
type Distinctions = Readonly<Record<ShopEventName, ((order: ShopOrder) => unknown) | null>>;

const oncePerOrder = () => undefined;

/** Where the shop sends how the order stands now. */
const BY_STATE: Distinctions = {
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

/** Where the shop says what happened. */
const BY_EVENT: Distinctions = {
	...BY_STATE,
	// Paid again if it has grown since
	order_paid: ({ articles }) => articles.map(({ id, quantity }) => [id, quantity]),
	// Each parcel, and what is known later of where it is
	order_shipped: ({ fulfilments }) =>
		fulfilments.map(({ id, carrier, tracking_number }) => [id, carrier, tracking_number]),
};

interface Mark {
	name: string;
	/** What has it in hand may end without it for this delivery, which shows more. */
	mayDiffer: boolean;
}

/**
 * By what an event is known again; undefined where the delivery's id is enough. Two shops that share a
 * trigger number their orders alike, but do not make them in the same second.
 */
function markOf(event: ShopEventName, { delivery, isState, print }: Wanted): Mark | undefined {
	if (!isState && print === null) return undefined;
	const { shop, order } = delivery;
	const distinction = (isState ? BY_STATE : BY_EVENT)[event];
	if (distinction && order.id !== null) {
		const of = [shop, order.id, order.created_at, event, distinction(order)];
		return { name: JSON.stringify(of), mayDiffer: isState };
	}
	return print === null
		? undefined
		: { name: JSON.stringify([shop, event, print]), mayDiffer: false };
}
