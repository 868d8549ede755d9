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
	const claim = async (name: string, kind: 'event' | 'delivery', sum?: string) => {
		const claimed = await claimDelivery(register, trigger, name, kind, limits, sum);
		if (typeof claimed === 'object') held.push(claimed.held);
		return claimed;
	};
	const giveBack = async <Why extends string>(why: Why) => {
		for (const one of held) await one.release();
		return why;
	};
	for (const event of delivery.news) {
		const { names, mayDiffer, sum } = marksOf(event, wanted);
		let isNews = names.length === 0;
		for (const name of names) {
			const claimed = await claim(name, 'event', sum);
			if (claimed === 'in hand' && !mayDiffer) return await giveBack(claimed);
			if (claimed !== 'taken') isNews = true;
		}
		if (isNews) news.push(event);
	}
	if (news.length === 0) return 'no news';
	const { delivery_id: id } = delivery;
	const claimed = id === null ? undefined : await claim(id, 'delivery');
	return typeof claimed === 'string' ? await giveBack(claimed) : { news, held };
}

/**
 * What each event of an order tells, by what that is known again: a refund, a parcel. It is news if any of it
 * is. Null for what is always news.
 */
type Distinctions = Readonly<Record<ShopEventName, ((order: ShopOrder) => unknown[]) | null>>;

const oncePerOrder = () => [null];

/** Where the shop sends how the order stands now. */
const BY_STATE: Distinctions = {
	// An order that was cancelled unpaid may be paid after all, and be cancelled again
	order_cancelled: ({ paid_at }) => [paid_at],
	order_changed: null,
	order_created: oncePerOrder,
	// No shop shows a dispute in its order
	order_disputed: null,
	order_paid: oncePerOrder,
	order_refunded: ({ refunds }) => refunds.map(({ id }) => id),
	// That it was sent, and each number: one that is put right may be taken out first
	order_shipped: ({ fulfilments }) => [null, ...fulfilments.map((one) => one.tracking_number)],
	// Another try is another payment; where the order names none, the tries look alike
	payment_failed: ({ payment }) => [payment?.id],
};

/** Where the shop says what happened. */
const BY_EVENT: Distinctions = {
	...BY_STATE,
	order_cancelled: oncePerOrder,
	// Each parcel, and what is known later of where it is
	order_shipped: ({ fulfilments }) =>
		fulfilments.map(({ id, carrier, tracking_number }) => [id, carrier, tracking_number]),
};

interface Marks {
	/** Empty where the delivery's id is enough. */
	names: string[];
	/** What has one in hand may end without it for this delivery, which shows more. */
	mayDiffer: boolean;
	/** Of what is news again once more was paid. */
	sum?: string | undefined;
}

/**
 * By what an event is known again. Two shops of WooCommerce that share a trigger number their orders alike, but
 * do not make them in the same second.
 */
function marksOf(event: ShopEventName, { delivery, isState, print, received }: Wanted): Marks {
	const { shop, order } = delivery;
	const distinctions = (isState ? BY_STATE : BY_EVENT)[event];
	const isKnown = order.id !== null && received !== null;
	if (distinctions && isKnown && (isState || print !== null)) {
		const of = [shop, order.id, isState ? order.created_at : null, event];
		// Sums of several currencies can't be compared
		const told = received ? [received.currency] : distinctions(order);
		// What the order does not list counts once
		const names = (told.length > 0 ? told : [null]).map((one) => JSON.stringify([...of, one]));
		return { names: [...new Set(names)], mayDiffer: isState, sum: received?.amount };
	}
	return { names: print === null ? [] : [JSON.stringify([shop, event, print])], mayDiffer: false };
}
