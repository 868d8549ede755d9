/** What happened in a shop, and what becomes of it: an event to report to TD, or the reason why there is none. */
import type { TdEventType } from '../../td/events';
import type { Members } from '../lenient';
import type { ShopEvent, ShopEventName } from '../order';
import type { ContentTerms } from './contents';
import type { OrderPayment } from './paid';
import type { SkipCode } from './skips';

/** What a plan depends on besides the shop's event. */
export interface PlanTerms extends ContentTerms {
	/** The order as TD knows it. */
	orderId: string;
	/** The payment that an order's own webhooks are about. */
	payment: OrderPayment;
	/** The payments that TD knows; the last one counts. */
	payments: readonly string[];
	/** Print of the contents that were seen or reported last; null if none were. */
	contents: string | null;
	/** Whether a dispute in which the bank only asks counts as a chargeback. */
	includesInquiries: boolean;
}

/** Each part keeps its place: null where the shop does not have it, so that no part is taken for another one. */
export type EventKey = ReadonlyArray<string | null>;

/** An event to report to TD. */
export interface PlannedEvent {
	type: TdEventType;
	/** What happened in the shop. */
	cause: ShopEventName;
	/** The same whenever the shop repeats the same thing; different from all others of this type and order. */
	key: EventKey;
	/**
	 * The event's own members in TD's names, and its time if the shop has one.
	 *
	 * @throws {ValidationFault} if an exchange rate is missing
	 */
	body: () => Members;
}

/** What is not reported, and why. */
export interface Skip {
	cause: ShopEventName;
	type?: TdEventType;
	code: SkipCode;
	/** For people; without a full stop. */
	reason: string;
	/** Says nothing new: shown only if there is nothing else to show of the item. */
	isMinor?: true;
}

/** One of the things that an event tells. */
export interface Happening {
	event: ShopEvent;
	terms: PlanTerms;
	cause: ShopEventName;
}

/**
 * When it happened, or nothing if no time can be read: then the event gets the time of the run.
 *
 * @param own the time that the order has for it
 * @param isOwnFirst whether that is better than the webhook's own time, as it is unless the webhook is
 * about just this
 */
export function timeOf(
	{ event, cause, terms }: Happening,
	own: string | null,
	isOwnFirst = event.event !== cause,
): { event_time?: string } {
	for (const text of isOwnFirst ? [own, event.at] : [event.at, own]) {
		const time = text === null ? undefined : terms.time(text);
		if (time !== undefined) return { event_time: time };
	}
	return {};
}

/** An event to report; see {@link PlannedEvent}. */
export const planned = (
	{ cause }: Happening,
	type: TdEventType,
	key: EventKey,
	body: PlannedEvent['body'],
): PlannedEvent => ({ cause, type, key, body });

/** Why nothing is reported; see {@link Skip}. */
export const skip = (
	{ cause }: Happening,
	code: Skip['code'],
	reason: string,
	type?: TdEventType,
): Skip => ({ cause, ...(type ? { type } : {}), code, reason });

/** A skip since the shop's order lacks what TD requires. */
export const incomplete = (it: Happening, type: TdEventType, reason: string): Skip =>
	skip(it, 'incomplete', reason, type);

/** A skip that says nothing new. */
export const minor = (...about: Parameters<typeof skip>): Skip => ({
	...skip(...about),
	isMinor: true,
});
