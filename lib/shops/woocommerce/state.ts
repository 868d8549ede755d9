/**
 * How far a WooCommerce order has come, and the events that it shows: WooCommerce sends the whole order
 * and never says what changed. Source: "Order properties" of its REST API [documented].
 */
import { compareAmounts, sum } from '../../base/money';
import { amountOf, isList, listOf, type Members } from '../lenient';
import type { ShopEventName, ShopOrder } from '../order';
import { hasDeposits, isBalanceAlone, mayOweBalance } from './deposits';
import { isAddress, isNothingSent } from './digital';
import { isPickup } from './pickup';
import { meaningOf, statusOf } from './statuses';
import { isTakenAlong } from './tills';
import { fulfilledPart, parcelsOf } from './tracking';

type State = ShopOrder['state'];

/**
 * `processing` without a time of payment is cash on delivery: it is to be sent now and paid later, so it is
 * `authorized`. `on-hold` is `pending` even if it is paid: somebody wants it held. An order in the bin, or
 * one whose customer asks to cancel it, counts as `cancelled`, so that no parcel goes out for it.
 */
export function stateOf(body: Members, paidAt: string | null): State {
	const meaning = meaningOf(body);
	const refunded = refundedPart(body);
	if (meaning === 'draft') return 'draft';
	if (meaning === 'off') return 'cancelled';
	if (meaning === 'failed') return 'failed';
	if (meaning === 'refunded' || refunded === 'all') return 'refunded';
	if (meaning === 'waiting') return 'pending';
	if (meaning === 'part paid') return 'partially_paid';
	if (refunded === 'some') return 'partially_refunded';
	// An order without a status may have been cancelled
	if (statusOf(body) === '') return 'unknown';
	if (meaning === 'to be sent' && mayOweBalance(body)) return 'unknown';
	if (paidAt !== null || statusOf(body) === 'completed') return 'paid';
	if (meaning === undefined) return 'unknown';
	const total = amountOf(body['total']);
	const isFree = total !== null && compareAmounts(total, '0') === 0;
	return isFree ? 'paid' : 'authorized';
}

/** How much is still to be sent. */
export function leftToSend(body: Members): 'all' | 'nothing' | 'unknown' {
	const meaning = meaningOf(body);
	const refunded = refundedPart(body);
	const isOver = meaning === 'refunded' || meaning === 'off' || refunded === 'all';
	// The plugins complete an order with its last payment
	if (statusOf(body) === 'completed' && hasDeposits(body) && !isOver) return 'unknown';
	const fulfilled = fulfilledPart(body);
	if (isOver || meaning === 'sent' || fulfilled === 'all') return 'nothing';
	// A courier may have picked it up, or wait for it, where the customer does not collect it
	if (meaning === 'collected' && isPickup(body)) return 'nothing';
	// The order says how much was refunded, but not which articles, nor what is in a parcel
	if (refunded !== 'none' || parcelsOf(body).length > 0 || fulfilled === 'some') return 'unknown';
	return meaning !== undefined && UNSENT.includes(meaning) ? 'all' : 'unknown';
}

const UNSENT: ReadonlyArray<ReturnType<typeof meaningOf>> = [
	'to be sent',
	'failed',
	'waiting',
	'part paid',
	'draft',
];

/** Every event that the order shows by now, the most significant first. */
export function eventsIn(topic: string | null, body: Members, order: ShopOrder): ShopEventName[] {
	const status = statusOf(body);
	const isCreated = topic === 'order.created';
	const events: Array<[ShopEventName, boolean]> = [
		['order_cancelled', /^cancell?ed$/.test(status)],
		['payment_failed', status === 'failed'],
		['order_refunded', status === 'refunded' || refundMembersOf(body).length > 0],
		['order_shipped', isShipped(body)],
		['order_paid', wasPaid(order.state, order.paid_at)],
		['order_created', isCreated],
		['order_changed', !isCreated],
	];
	return events.filter(([, isShown]) => isShown).map(([event]) => event);
}

/** Whether the order was ever paid. */
export const wasPaid = (state: State, paidAt: string | null): boolean =>
	state === 'paid' || paidAt !== null;

/** Whether it was sent: without address and shipping there was nothing to send, and what is collected never is. */
export function isShipped(body: Members): boolean {
	if (parcelsOf(body).length > 0) return true;
	const meaning = meaningOf(body);
	const isSent = meaning === 'sent' || meaning === 'sent in part' || fulfilledPart(body) === 'all';
	if (!isSent || isPickup(body)) return false;
	const lines = body['shipping_lines'];
	const isAsked = !isList(lines) || listOf(lines).length > 0 || isAddress(body['shipping']);
	const isPayment = statusOf(body) === 'completed' && hasDeposits(body);
	const isHandedOver = isTakenAlong(body) || isPayment || isBalanceAlone(body);
	return isAsked && !isNothingSent(body) && !isHandedOver;
}

export const refundMembersOf = (body: Members): Members[] => listOf(body['refunds']);

/** Without the minus sign that WooCommerce writes. */
export const refundedAmount = (refund: Members): string | null =>
	amountOf(refund['total'] ?? refund['amount'])?.replace(/^-/, '') ?? null;

function refundedPart(body: Members): 'all' | 'some' | 'none' | 'unknown' {
	const refunds = refundMembersOf(body);
	if (refunds.length === 0) return isList(body['refunds']) ? 'none' : 'unknown';
	const refunded = sum(refunds.map(refundedAmount));
	const total = amountOf(body['total']);
	if (refunded === undefined || total === null) return 'some';
	return compareAmounts(refunded, total) >= 0 ? 'all' : 'some';
}
