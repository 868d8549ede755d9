/**
 * What TD wants with every event of an order and shops tell only with some: the customer's visit, and
 * how TD knows the order. Later webhooks (a refund, a parcel, a dispute) take it from earlier ones.
 */
import * as z from 'zod/v4';
import { deviceIpOf, firstOf, textOf } from './lenient';
import type { Shop, ShopEvent } from './order';
import { printOfContents } from './td-contents';
import { paymentIdOf, whatHappened } from './td-events';

/** Enough for an order that is paid in many attempts. */
const MOST_PAYMENTS = 20;

const text = z.string().nullable().catch(null);

/** What is known of an order, over all that its shop has told; null where nobody told. */
export const orderFacts = z.object({
	shop: text,
	/** The shop's own id and number of it. */
	id: text,
	number: text,
	/** The customer's visit: personal data. */
	session: text,
	account: text,
	ip: text,
	black_box: text,
	/** Its payments as TD was told of them; the last one is the one that counts. */
	payments: z.array(z.string()).catch([]),
	/** Print of the contents that TD knows, or that were seen first. */
	contents: text,
});

export type OrderFacts = z.output<typeof orderFacts>;

/** They know the payments of other shops' orders, and an order by what that shop told them. */
const PROVIDERS: readonly Shop[] = ['stripe'];

const isProvider = (shop: string | null) => PROVIDERS.some((provider) => provider === shop);

/**
 * What an event adds to what was known before: it knows better, but what it does not tell stays. A
 * payment provider only fills gaps: it knows the customer by an id of its own, and the same customer
 * must not look like two.
 */
export function factsOf({ shop, order }: ShopEvent, before: OrderFacts | undefined): OrderFacts {
	const { device, customer } = order;
	const isAnothers = before !== undefined && isProvider(shop) && !isProvider(before.shop);
	const own = { shop, id: order.id, number: order.number };
	const names = isAnothers ? before : own;
	const better = (told: string | null, known: string | null = null) =>
		isAnothers ? firstOf(known, told) : firstOf(told, known);
	return {
		shop: names.shop,
		id: firstOf(names.id, before?.id ?? null),
		number: firstOf(names.number, before?.number ?? null),
		session: better(textOf(device?.session), before?.session),
		account: better(textOf(customer?.id), before?.account),
		ip: better(deviceIpOf(device?.ip), before?.ip),
		black_box: better(textOf(device?.black_box), before?.black_box),
		payments: before?.payments ?? [],
		contents: before?.contents ?? null,
	};
}

/**
 * The facts once this event's payment and contents are counted in.
 *
 * @param orderId the order as TD knows it
 */
export function withEvent(facts: OrderFacts, event: ShopEvent, orderId: string): OrderFacts {
	const happened = whatHappened(event);
	const id = paymentIdOf(event, orderId);
	const others = facts.payments.filter((payment) => payment !== id);
	let { payments } = facts;
	if (happened.includes('order_paid')) payments = [...others, id].slice(-MOST_PAYMENTS);
	// A failed attempt does not take the place of the payment that succeeded
	else if (happened.includes('payment_failed')) payments = [id, ...others].slice(0, MOST_PAYMENTS);
	return { ...facts, payments, contents: facts.contents ?? baseline(event) };
}

/** The contents to compare with later; those of a change are told first. */
const baseline = (event: ShopEvent) =>
	whatHappened(event).includes('order_changed') ? null : printOfContents(event.order);
