/** Which payment an order's webhook is about, and how much of it TD has not been told. */
import { compareAmounts, difference } from '../../base/money';
import { type ShopEvent, whatHappened } from '../order';

/** A payment that TD was told of, by the order's own total. */
export interface ToldPayment {
	id: string;
	/** What all payments came to with it; exact decimal text. */
	sum: string;
	currency: string;
}

/** A payment as TD is told of it. */
export interface OrderPayment {
	id: string;
	/** Exact decimal text; null if the shop does not say. */
	amount: string | null;
	/** The payments with it, in their order. */
	told: readonly ToldPayment[];
}

/** The amount due: that payment's part if the shop has it, else all. */
const owed = ({ order }: ShopEvent): string | null =>
	order.payment?.amount ?? order.totals?.total ?? null;

/**
 * The payment of an event. An order that grew is paid a second time, and its shop tells only the new total: then the
 * payment is what that is more than TD was told.
 *
 * Shopify names no payment, so the order's own ID stands for the first, and with a number for the others. WooCommerce
 * says of an order that was changed that it is paid, whether the rest is or not: only another payment's ID shows it.
 *
 * @param orderId the order as TD knows it
 * @param before what TD was told
 */
export function paymentIn(
	event: ShopEvent,
	orderId: string,
	before: readonly ToldPayment[],
): OrderPayment {
	const { payment, currency } = event.order;
	const own = payment?.id ?? null;
	const due = owed(event);
	const all = { id: own ?? orderId, amount: due, told: before };
	// A payment at Stripe has an amount of its own, and so has one that failed
	const isOfOrder = event.shop !== 'stripe' && whatHappened(event).includes('order_paid');
	const isComparable = before.every((one) => one.currency === currency);
	if (!isOfOrder || due === null || currency === null || !isComparable) return all;
	const known = before.find(
		({ id, sum }) => (own === null || own === id) && compareAmounts(sum, due) === 0,
	);
	if (known) return { id: known.id, amount: partOf(known, before), told: before };
	const rest = difference(due, before.at(-1)?.sum ?? '0') ?? '0';
	const isNew = own === null ? event.shop !== 'woocommerce' || before.length === 0 : true;
	const isMore = compareAmounts(rest, '0') > 0 && !before.some(({ id }) => id === own);
	if (!isNew || !isMore) return own === null ? { ...all, id: before.at(-1)?.id ?? orderId } : all;
	const id = own ?? (before.length === 0 ? orderId : `${orderId}-${before.length + 1}`);
	return { id, amount: rest, told: [...before, { id, sum: due, currency }] };
}

/** What a payment came to itself. */
function partOf(payment: ToldPayment, all: readonly ToldPayment[]): string | null {
	const earlier = all[all.indexOf(payment) - 1];
	return difference(payment.sum, earlier?.sum ?? '0') ?? null;
}

/** The last payment of which so much can have gone back; undefined if none is known to be. */
export function paymentOf(amount: string | null, all: readonly ToldPayment[]): string | undefined {
	const isEnough = (one: ToldPayment) => {
		const part = partOf(one, all);
		return amount !== null && part !== null && compareAmounts(part, amount) >= 0;
	};
	return all.findLast(isEnough)?.id;
}

/** What two workers know was told: those of the first, and those that only the other one knows. */
export const bothTold = (
	one: readonly ToldPayment[],
	other: readonly ToldPayment[],
): ToldPayment[] =>
	[...one, ...other.filter(({ id }) => !one.some((known) => known.id === id))].sort((a, b) =>
		compareAmounts(a.sum, b.sum),
	);
