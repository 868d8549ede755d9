/**
 * What a WooCommerce order's `status` says: how far it has come, and the events that it shows.
 *
 * WooCommerce sends the whole order and never says what changed. Source: "Order properties" of its REST
 * API [documented]; plugins add statuses of their own.
 */
import { compareAmounts, sum } from '../../base/money';
import { type Members, amountOf, listOf, textOf } from '../lenient';
import type { ShopEventName, ShopOrder } from '../order';

type State = ShopOrder['state'];

/** The status without the `wc-` that WordPress keeps it with, and some plugins send. */
export const statusOf = (body: Members): string =>
	(textOf(body['status']) ?? '').toLowerCase().replace(/^wc-/, '');

/** A cart that is not yet an order. */
const DRAFTS = ['checkout-draft', 'auto-draft', 'draft', 'new'];

/** WooCommerce itself still waits: for the money, or for somebody to look at the order. */
const WAITING = ['pending', 'on-hold', ...DRAFTS];

/** Statuses that plugins add by these names when a parcel has left. */
const SENT = ['shipped', 'delivered', 'partial-shipped'];

/**
 * How far the order has come.
 *
 * `processing` without a time of payment is cash on delivery: WooCommerce wants it sent now and has the
 * money later, so it is `authorized`. `on-hold` is `pending`, also when the money is there: somebody
 * wants it held. An order in the bin, and one whose customer asks to cancel it, count as `cancelled`, so
 * that no parcel goes out for them.
 *
 * @param paidAt when it was paid
 */
export function stateOf(body: Members, paidAt: string | null): State {
	const status = statusOf(body);
	const refunded = refundedPart(body);
	if (isOff(status)) return 'cancelled';
	if (status === 'failed') return 'failed';
	if (status === 'refunded' || refunded === 'all') return 'refunded';
	if (WAITING.includes(status)) return 'pending';
	if (refunded === 'some') return 'partially_refunded';
	// Whoever does not say how it stands may have cancelled it
	if (status === '') return 'unknown';
	if (paidAt !== null || status === 'completed') return 'paid';
	if (status === 'processing') return isFree(body) ? 'paid' : 'authorized';
	return 'unknown';
}

const isOff = (status: string) => status.startsWith('cancel') || status === 'trash';

/** Whether nothing is left to be sent, all is, or the shop does not tell. */
export function leftToSend(body: Members): 'all' | 'nothing' | 'unknown' {
	const status = statusOf(body);
	const refunded = refundedPart(body);
	const isDone = ['completed', 'refunded', 'shipped', 'delivered'].includes(status);
	if (isDone || isOff(status) || refunded === 'all') return 'nothing';
	// The order tells how much was refunded, not which articles; and not what is in a parcel
	if (refunded !== 'none' || trackingOf(body).length > 0) return 'unknown';
	return ['processing', 'failed', ...WAITING].includes(status) ? 'all' : 'unknown';
}

/** Every event that the order shows by now, the most telling one first. */
export function eventsOf(topic: string | null, body: Members, order: ShopOrder): ShopEventName[] {
	const status = statusOf(body);
	const isCreated = topic === 'order.created' && !DRAFTS.includes(status);
	const events: Array<[ShopEventName, boolean]> = [
		['order_cancelled', /^cancell?ed$/.test(status)],
		['payment_failed', status === 'failed'],
		['order_refunded', status === 'refunded' || refundsOf(body).length > 0],
		['order_shipped', isShipped(body)],
		['order_paid', wasPaid(order.state, order.paid_at)],
		['order_created', isCreated],
		['order_changed', !isCreated],
	];
	return events.filter(([, isShown]) => isShown).map(([event]) => event);
}

/** Whether the order was paid, whatever became of it later. */
export const wasPaid = (state: State, paidAt: string | null): boolean =>
	state === 'paid' || paidAt !== null;

/** Whether what is to be sent has been sent; without address and shipping there was nothing to send. */
export function isShipped(body: Members): boolean {
	const status = statusOf(body);
	if (trackingOf(body).length > 0 || SENT.includes(status)) return true;
	return status === 'completed' && !isDigital(body);
}

/** Whether the customer was asked for neither an address nor a way of shipping, as for downloads. */
export function isDigital(body: Members): boolean {
	const lines = body['shipping_lines'];
	return Array.isArray(lines) && lines.length === 0 && !hasAddress(body['shipping']);
}

/** A country alone is the shop's own, which its forms begin with. */
export function hasAddress(address: unknown): boolean {
	const given = address as Members | null | undefined;
	return ['address_1', 'address_2', 'city', 'postcode'].some((name) => textOf(given?.[name]));
}

/** Shipments as the plugins "Shipment Tracking" and "Advanced Shipment Tracking" keep them. */
export function trackingOf(body: Members): Members[] {
	const meta = listOf(body['meta_data']).find(({ key }) => key === '_wc_shipment_tracking_items')?.[
		'value'
	];
	// PHP turns a list from which something was removed into an object
	const items = Array.isArray(meta) || typeof meta !== 'object' ? meta : Object.values(meta ?? {});
	return listOf(items);
}

/** Refunds as the order lists them. */
export const refundsOf = (body: Members): Members[] => listOf(body['refunds']);

/** What a refund gave back, without the sign that WooCommerce writes. */
export const refundedAmount = (refund: Members): string | null =>
	amountOf(refund['total'] ?? refund['amount'])?.replace(/^-/, '') ?? null;

function refundedPart(body: Members): 'all' | 'some' | 'none' | 'unknown' {
	const refunds = refundsOf(body);
	if (refunds.length === 0) return Array.isArray(body['refunds']) ? 'none' : 'unknown';
	const refunded = sum(refunds.map(refundedAmount));
	const total = amountOf(body['total']);
	if (refunded === undefined || total === null) return 'some';
	return compareAmounts(refunded, total) >= 0 ? 'all' : 'some';
}

function isFree(body: Members): boolean {
	const total = amountOf(body['total']);
	return total !== null && compareAmounts(total, '0') === 0;
}
