/** Delivers an item's events, one after another, so that what TD took is neither lost nor repeated. */
import {
	asFault,
	CancelledFault,
	type Fault,
	NotSentFault,
	RefusedFault,
	UnknownOutcomeFault,
} from '../../base/errors';
import type { JsonObject } from '../../base/json';
import type { Fields } from '../../fields/field';
import {
	deliverEvent,
	type DeliverySettings,
	type EventBody,
	type EventContext,
} from '../../td/deliver';
import { isStripeId } from '../stripe/values';
import type { EventKey, PlannedEvent } from './happening';

/** An output item. */
export interface ShopEventItem {
	json: JsonObject;
}

/** A planned event with its checked body. */
export interface ReadyEvent {
	planned: PlannedEvent;
	body: EventBody;
	/** The event's own, to name what TD complains about. */
	fields: Fields;
}

/** What holds for all events of an item. */
export interface ItemTerms {
	settings: Pick<DeliverySettings, 'reportOnce' | 'delivery'>;
	/** Whose order it is: the shop and, of several of one kind, which one. */
	owner: EventKey;
	/** What the user should know about each of them. */
	remark?: string | undefined;
	/** Called once TD has an event; gives a remark on that one. */
	onDelivered: (planned: PlannedEvent) => Promise<string | undefined>;
}

/**
 * An event that TD refuses does not hold up the others. What would stop all of them (no connection, an
 * unknown outcome, a register that can't be reached) ends the item.
 *
 * @returns an output item each
 * @throws the first fault, which names what TD took and what it did not
 */
export async function deliverAll(
	context: EventContext,
	all: readonly ReadyEvent[],
	terms: ItemTerms,
): Promise<ShopEventItem[]> {
	const items: ShopEventItem[] = [];
	const open: ReadyEvent[] = [];
	const faults: Fault[] = [];
	for (const [at, event] of all.entries()) {
		const attempt = { isSent: false };
		const onSend = () => (attempt.isSent = true);
		try {
			items.push(await deliver(context, event, terms, onSend));
		} catch (error) {
			const fault = asFault(error);
			faults.push(fault);
			open.push(event);
			// TD refused this one, or an earlier execution left it open: the others may go through
			const isItsOwn =
				fault instanceof RefusedFault || (fault instanceof UnknownOutcomeFault && !attempt.isSent);
			if (isItsOwn) continue;
			open.push(...all.slice(at + 1));
			break;
		}
	}
	const [first, ...others] = faults;
	if (!first) return items;
	if (all.length === 1) throw first;
	const done = all.filter((event) => !open.includes(event));
	const again =
		terms.settings.reportOnce === 'no'
			? "With 'Report Once' at No another execution reports all of them again."
			: 'Run the item again: what TD took is not repeated.';
	const advice = [
		first.advice,
		done.length > 0 ? `TD took ${namesOf(done, all)}.` : '',
		`Not reported of this item: ${namesOf(open, all)}.`,
		...others.map(({ message }) => `Also: ${message}.`),
		done.length > 0 ? again : '',
	];
	throw first.rephrased(first.message, advice.filter(Boolean).join(' '));
}

async function deliver(
	context: EventContext,
	{ planned, body, fields }: ReadyEvent,
	{ settings: { reportOnce, delivery }, owner, remark: general, onDelivered }: ItemTerms,
	onSend: () => void,
): Promise<ShopEventItem> {
	const { signal, deadline } = context.limits;
	if (signal?.aborted) throw new CancelledFault();
	if (!deadline.allowsRequestAfter(0)) throw outOfTime(deadline.totalMs);
	const { type, key, cause } = planned;
	const event = { body, own: [], fields, which: JSON.stringify([type, ...key]), onSend };
	// Stripe's ids are nobody else's; one payment may be told by the shop, and by Stripe in its own words
	const parts = isStripeId(key[0]) ? key : [...owner, ...key];
	const onceKey = JSON.stringify(parts);
	const item = await deliverEvent(context, event, { reportOnce, delivery, onceKey });
	const remarks = [general, item['remark'], await onDelivered(planned)];
	const remark = remarks.filter((one) => typeof one === 'string').join(' ');
	return { json: { ...item, shop_event: cause, ...(remark ? { remark } : {}) } };
}

/** By type; with the key where there are several of a type. */
export function namesOf(these: readonly ReadyEvent[], all: readonly ReadyEvent[]): string {
	return these
		.map(({ planned: { type, key } }) => {
			const isOne = all.filter(({ planned }) => planned.type === type).length === 1;
			return isOne ? type : [type, ...key].filter(Boolean).join(' ');
		})
		.join(', ');
}

const outOfTime = (totalMs: number) =>
	new NotSentFault(
		`It was not reported, because what came before it used up the ${totalMs / 1000} s that it may take`,
		"Raise 'Timeout' in the options, or run the item again later.",
	);
