/**
 * How far a WooCommerce order has come, and the events that it shows: WooCommerce sends the whole order
 * and never says what changed. Source: "Order properties" of its REST API [documented]; plugins add
 * statuses of their own.
 */
import { isRecord } from '../../base/json';
import { compareAmounts, sum } from '../../base/money';
import { amountOf, listOf, type Members, textOf } from '../lenient';
import type { ShopEventName, ShopOrder } from '../order';

type State = ShopOrder['state'];

/** The status without the prefix `wc-`, which WordPress stores and some plugins send. */
export const statusOf = (body: Members): string =>
	(textOf(body['status']) ?? '').toLowerCase().replace(/^wc-/, '');

/** A cart that is not yet an order, or an order that the shop's people still write. */
const DRAFTS = ['checkout-draft', 'auto-draft', 'draft', 'new'];

/** WooCommerce waits for the money, or for somebody to look at the order. */
const WAITING = ['pending', 'on-hold'];

/** Statuses of plugins, for a parcel that has left. */
const SENT = ['shipped', 'delivered', 'partial-shipped'];

/**
 * `processing` without a time of payment is cash on delivery: it is to be sent now and paid later, so it is
 * `authorized`. `on-hold` is `pending` even if it is paid: somebody wants it held. An order in the bin, or
 * one whose customer asks to cancel it, counts as `cancelled`, so that no parcel goes out for it.
 */
export function stateOf(body: Members, paidAt: string | null): State {
	const status = statusOf(body);
	const refunded = refundedPart(body);
	if (DRAFTS.includes(status)) return 'draft';
	if (isOff(status)) return 'cancelled';
	if (status === 'failed') return 'failed';
	if (status === 'refunded' || refunded === 'all') return 'refunded';
	if (WAITING.includes(status)) return 'pending';
	if (refunded === 'some') return 'partially_refunded';
	// An order without a status may have been cancelled
	if (status === '') return 'unknown';
	if (paidAt !== null || status === 'completed') return 'paid';
	const total = amountOf(body['total']);
	const isFree = total !== null && compareAmounts(total, '0') === 0;
	if (status === 'processing') return isFree ? 'paid' : 'authorized';
	return 'unknown';
}

const isOff = (status: string) => status.startsWith('cancel') || status === 'trash';

/** How much is still to be sent. */
export function leftToSend(body: Members): 'all' | 'nothing' | 'unknown' {
	const status = statusOf(body);
	const refunded = refundedPart(body);
	const isDone = ['completed', 'refunded', 'shipped', 'delivered'].includes(status);
	if (isDone || isOff(status) || refunded === 'all') return 'nothing';
	// The order says how much was refunded, but not which articles, nor what is in a parcel
	if (refunded !== 'none' || trackingOf(body).length > 0) return 'unknown';
	return ['processing', 'failed', ...WAITING, ...DRAFTS].includes(status) ? 'all' : 'unknown';
}

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

/** Whether it was sent; without address and shipping there was nothing to send. */
export function isShipped(body: Members): boolean {
	const status = statusOf(body);
	if (trackingOf(body).length > 0 || SENT.includes(status)) return true;
	const lines = body['shipping_lines'];
	const isDigital = Array.isArray(lines) && lines.length === 0 && !isAddress(body['shipping']);
	return status === 'completed' && !isDigital;
}

/** A country alone is no address: forms begin with the shop's own. */
export function isAddress(address: unknown): boolean {
	const given = address as Members | null | undefined;
	return ['address_1', 'address_2', 'city', 'postcode'].some((name) => textOf(given?.[name]));
}

/** Shipments as the plugins "Shipment Tracking" and "Advanced Shipment Tracking" keep them. */
export function trackingOf(body: Members): Members[] {
	const meta = listOf(body['meta_data']).find(({ key }) => key === '_wc_shipment_tracking_items');
	const items = meta?.['value'];
	// PHP turns a list from which something was removed into an object
	return listOf(isRecord(items) ? Object.values(items) : items);
}

export const refundMembersOf = (body: Members): Members[] => listOf(body['refunds']);

/** Without the minus sign that WooCommerce writes. */
export const refundedAmount = (refund: Members): string | null =>
	amountOf(refund['total'] ?? refund['amount'])?.replace(/^-/, '') ?? null;

function refundedPart(body: Members): 'all' | 'some' | 'none' | 'unknown' {
	const refunds = refundMembersOf(body);
	if (refunds.length === 0) return Array.isArray(body['refunds']) ? 'none' : 'unknown';
	const refunded = sum(refunds.map(refundedAmount));
	const total = amountOf(body['total']);
	if (refunded === undefined || total === null) return 'some';
	return compareAmounts(refunded, total) >= 0 ? 'all' : 'some';
}
