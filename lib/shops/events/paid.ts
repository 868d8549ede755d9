/** Which payment an order's webhook is about, and how much of it TD has not been told. */
import { compareAmounts, difference } from '../../base/money';
import { amountOf, isZero } from '../lenient';
import { type ShopEvent, whatHappened } from '../order';

/** What TD was told of an order's payments. */
export interface ToldPayments {
	/** The last one counts. */
	payments: readonly string[];
	/** What they come to by the order's own totals, with its currency: `45.00 USD`; null if unknown. */
	paid: string | null;
}

/** A payment as TD is told of it. */
export interface OrderPayment {
	id: string;
	/** Exact decimal text; null if the shop does not say. */
	amount: string | null;
	/** What the order's payments come to with it, as in {@link ToldPayments}. */
	paid: string | null;
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
 */
export function paymentIn(event: ShopEvent, orderId: string, told: ToldPayments): OrderPayment {
	const due = owed(event);
	const own = event.order.payment?.id ?? null;
	const all = { id: own ?? orderId, amount: due, paid: withCurrency(due, event) };
	// A payment at Stripe has an amount of its own, and so has one that failed
	const isOfOrder = event.shop !== 'stripe' && whatHappened(event).includes('order_paid');
	if (!isOfOrder || due === null) return all;
	const before = toldOf(told, event);
	if (before === null) return all;
	const rest = difference(due, before) ?? null;
	const isMore = rest !== null && !isZero(rest) && compareAmounts(rest, '0') > 0;
	const kept = { ...all, paid: isMore ? all.paid : told.paid };
	if (own !== null) return isMore && !told.payments.includes(own) ? { ...kept, amount: rest } : all;
	if (event.shop === 'woocommerce') return { ...all, paid: told.paid };
	const numbered = told.payments.filter((id) => id === orderId || isNumbered(id, orderId));
	if (!isMore) return { ...kept, id: numbered.at(-1) ?? orderId };
	return { ...kept, id: `${orderId}-${numbered.length + 1}`, amount: rest };
}

const isNumbered = (id: string, orderId: string) =>
	id.startsWith(`${orderId}-`) && /^\d+$/.test(id.slice(orderId.length + 1));

const withCurrency = (amount: string | null, { order: { currency } }: ShopEvent) =>
	amount === null || currency === null ? null : `${amount} ${currency}`;

/** What TD was told, if it is in the order's currency. */
function toldOf({ paid }: ToldPayments, { order }: ShopEvent): string | null {
	const [amount, currency] = paid?.split(' ') ?? [];
	return currency !== undefined && currency === order.currency ? amountOf(amount) : null;
}

/** The larger of two sums, as {@link ToldPayments} has them; the first, if they can't be compared. */
export function morePaid(one: string | null, other: string | null): string | null {
	const [[a, of], [b, ofOther]] = [one, other].map((sum) => sum?.split(' ') ?? []) as [
		string[],
		string[],
	];
	if (a === undefined) return other;
	if (b === undefined || of !== ofOther) return one;
	return compareAmounts(b, a) > 0 ? other : one;
}
