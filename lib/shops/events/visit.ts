/**
 * What TD wants with every event of an order but shops send with only some: the customer's visit, and
 * how TD knows the order. Later webhooks (a refund, a parcel, a dispute) take it from earlier ones.
 */
import * as z from 'zod/v4';
import { ItemFault } from '../../base/errors';
import { deviceIpOf, firstOf, type Members, textOf } from '../lenient';
import { isProvider, type ShopEvent, whatHappened } from '../order';
import { printOfContents, showsChange } from './contents';
import { bothTold, paymentIn } from './paid';

/** Enough for an order with many attempts to pay. */
const MOST_PAYMENTS = 20;

const text = z.string().nullable().catch(null);

/** What all webhooks of an order have said so far; null is unknown. */
export const orderFacts = z.object({
	shop: text,
	/** The shop's own ID and number of the order. */
	id: text,
	number: text,
	/** Which shop of its kind, as soon as a webhook says it. */
	store: text,
	/**
	 * The store as the first webhook said it, or {@link Unsure}. It stands in the keys of what was reported, so
	 * it stays.
	 */
	origin: text,
	/** The customer's visit: personal data. */
	session: text,
	account: text,
	ip: text,
	black_box: text,
	/** Its payments that TD has taken; the last one counts. */
	payments: z.array(z.string()).catch([]),
	/** When the last of them succeeded. */
	paid_at: text,
	/** Those that TD was told of by the order's own totals, in their order. */
	told: z.array(z.object({ id: z.string(), sum: z.string(), currency: z.string() })).catch([]),
	/** Print of the contents that TD knows, or of the first ones seen. */
	contents: text,
	/** How the order stood when it told this: its own time. What adds nothing is not remembered, nor its time. */
	at: text,
});

export type OrderFacts = z.output<typeof orderFacts>;

/** Several shops have an order of this id, and the event does not say which one's it is. */
export const UNCLEAR = '?';

/** It is none of the shops' that have such an order, and the event does not say which one's it is. */
export const UNNAMED = '-';

export type Unsure = typeof UNCLEAR | typeof UNNAMED;

/**
 * Adds an event to what was known before: the event goes first, and what it lacks stays. A payment
 * provider only fills gaps: it has its own ID of the customer, and one customer must not look like two.
 */
export function factsOf(
	{ shop, store, order, at }: ShopEvent,
	found: OrderFacts | Unsure | undefined,
): OrderFacts {
	const { device, customer } = order;
	const before = typeof found === 'object' ? found : undefined;
	const isAnothers = before !== undefined && isProvider(shop) && !isProvider(before.shop);
	const names = isAnothers ? before : { shop, id: order.id, number: order.number };
	const better = (sent: string | null, known: string | null = null) =>
		isAnothers ? firstOf(known, sent) : firstOf(sent, known);
	const id = firstOf(names.id, before?.id ?? null);
	// A payment may lead to the same order in another shop's words, whose store is another one
	const own = before?.shop === names.shop && before.id === id ? before : undefined;
	return {
		shop: names.shop,
		id,
		store: firstOf(own?.store ?? null, store),
		origin: typeof found === 'string' ? found : own ? own.origin : store,
		number: firstOf(names.number, before?.number ?? null),
		session: better(textOf(device?.session), before?.session),
		account: better(textOf(customer?.id), before?.account),
		ip: better(deviceIpOf(device?.ip), before?.ip),
		black_box: better(textOf(device?.black_box), before?.black_box),
		payments: before?.payments ?? [],
		paid_at: before?.paid_at ?? null,
		told: before?.told ?? [],
		contents: before?.contents ?? null,
		// A payment provider's is another clock
		at: isAnothers ? null : firstOf(order.updated_at, at),
	};
}

/**
 * The facts, with this event's payment and contents.
 *
 * @param orderId the order as TD knows it
 */
export function withEvent(facts: OrderFacts, event: ShopEvent, orderId: string): OrderFacts {
	const happened = whatHappened(event);
	const { id, told: toldWith } = paymentIn(event, orderId, facts.told);
	let { payments, paid_at: paidAt, told } = facts;
	const others = payments.filter((payment) => payment !== id);
	if (happened.includes('order_paid')) {
		const at = firstOf(event.order.paid_at, event.at);
		told = [...toldWith];
		// An event that comes again, or late, is not the last payment
		if (isBefore(at, paidAt)) payments = payments.includes(id) ? payments : allBut([id], payments);
		else [payments, paidAt] = [[...others, id].slice(-MOST_PAYMENTS), firstOf(at, paidAt)];
	} else if (happened.includes('payment_failed')) {
		// A failed attempt does not replace the payment that succeeded
		payments = payments.includes(id) ? payments : allBut([id], payments);
	}
	// Later contents are compared with these; a change's own count only once they are reported
	const isToldFirst = happened.includes('order_changed') && showsChange(event.order);
	const seen = isToldFirst ? null : printOfContents(event);
	return { ...facts, payments, paid_at: paidAt, told, contents: facts.contents ?? seen };
}

/** Payments before those that are known, of which the last one counts and stays. */
const allBut = (added: readonly string[], known: readonly string[]): string[] => [
	...[...added, ...known.slice(0, -1)].slice(0, MOST_PAYMENTS - 1),
	...known.slice(-1),
];

/** Whether one time is known to be before another. */
const isBefore = (one: string | null, other: string | null): boolean =>
	one !== null && other !== null && Date.parse(one) < Date.parse(other);

/** What an event adds to what was known when its worker looked, since another one may know more by now. */
export interface Addition {
	/** What was known then. */
	before?: OrderFacts | undefined;
	/** Its payment failed. */
	isFailed?: boolean;
}

/** What is known of an order by now, with what an event's facts add to it. */
export function withKnown(
	facts: OrderFacts,
	known: OrderFacts,
	{ before, isFailed = false }: Addition,
): OrderFacts {
	const given = (some: OrderFacts) => Object.entries(some).filter(([, value]) => value !== null);
	const said = given(facts).filter(([name, value]) => value !== before?.[name as keyof OrderFacts]);
	const others = known.payments.filter((payment) => !facts.payments.includes(payment));
	const added = facts.payments.filter((payment) => !known.payments.includes(payment));
	// The last one counts: here the event's own, unless it failed, was known or came before
	const isLatest = !isBefore(facts.paid_at, known.paid_at);
	const isLast = others.length === 0 ? isLatest : !isFailed && added.length > 0 && isLatest;
	// Of a slow worker's event the order has told more since
	const latest = isBefore(facts.at, known.at)
		? [...said, ...given(known)]
		: [...given(known), ...said];
	return orderFacts.parse({
		...facts,
		...Object.fromEntries(latest),
		payments: isLast
			? [...others, ...facts.payments].slice(-MOST_PAYMENTS)
			: allBut(added, known.payments),
		paid_at: isLatest ? firstOf(facts.paid_at, known.paid_at) : known.paid_at,
		told: bothTold(known.told, facts.told),
	});
}

/** The field that says what to do without a device, as the editor calls it. */
export const NO_DEVICE_LABEL = 'If the Device Is Unknown';

export interface DeviceSettings {
	noDevice: 'skip' | 'fail' | 'fixed';
	fixedIp?: string;
}

/**
 * The basic parameters of an order's events: the visit and its device.
 *
 * @param orderId the order as TD knows it
 * @returns members in TD's names, with a remark for the user if something was made up; undefined if the
 * device is unknown and the user wants such orders skipped
 * @throws {ItemFault} if the user wants them to fail
 */
export function basicsOf(
	{ session, account, ip, black_box: blackBox }: OrderFacts,
	orderId: string,
	{ noDevice, fixedIp }: DeviceSettings,
): { members: Members; remark?: string } | undefined {
	const isKnown = ip !== null || blackBox !== null;
	if (!isKnown && noDevice === 'skip') return undefined;
	if (!isKnown && noDevice === 'fail') {
		throw new ItemFault(
			unknownDevice(orderId),
			NO_DEVICE_LABEL,
			`It is assumed that TD takes no event without one of the two. Choose under '${NO_DEVICE_LABEL}' what to do with such orders. Nothing was reported for this item.`,
		);
	}
	const members = {
		// TD requires a session. The order's ID leads to no visit, but no event is lost either.
		session_id: session ?? orderId,
		...(account === null ? {} : { account_id: account }),
		terminal: isKnown
			? { ...(blackBox === null ? {} : { black_box: blackBox }), ...(ip === null ? {} : { ip }) }
			: { ip: fixedIp },
	};
	const remarks = [
		...(session === null ? ["No webhook named the session: 'Order ID' was sent as session."] : []),
		...(isKnown ? [] : ["The device is unknown: 'Fixed IP' was sent."]),
	];
	return remarks.length > 0 ? { members, remark: remarks.join(' ') } : { members };
}

/** Why an order whose device is unknown is not reported. */
export const unknownDevice = (orderId: string): string =>
	`The device of order ${orderId} is unknown: neither this webhook nor an earlier one that is still remembered has an IP or a black box`;
