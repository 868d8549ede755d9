/** Why an order makes no parcel, and whether its owner has to do something about it. */
import { cutTo } from '../../base/redact';
import { isNegative } from '../lenient';
import type { ShopOrder } from '../order';
import type { TicketChoices } from './fields';
import { type GivenOrder, orderName } from './given-order';
import { isSent, type Remaining } from './goods';
import type { ReasonCode } from './reasons';

export interface Reason {
	code: ReasonCode;
	/** A sentence without its full stop. */
	text: string;
}

/**
 * The weightiest reason why nobody waits for a parcel; undefined if somebody may.
 *
 * @param remaining what is still to be shipped
 * @param hasAddress whether shop or user give an address
 */
export function reasonNotToShip(
	given: GivenOrder,
	choices: Pick<TicketChoices, 'shipUnpaid'>,
	remaining: readonly Remaining[],
	hasAddress: boolean,
): Reason | undefined {
	const { order, event, shop } = given;
	const { articles, number, state } = order;
	const isCancelled =
		state === 'cancelled' || order.cancelled_at !== null || event === 'order_cancelled';
	// A dispute that was won is over; Shopify and Stripe both call it so
	const isDisputed =
		(order.dispute !== null || event === 'order_disputed') && order.dispute?.status !== 'won';
	// A shop may report a refund or a parcel without its order
	const isNoOrder = articles.length === 0 && number === null && state === 'unknown';
	const sent = articles.filter(isSent);
	// WooCommerce always lists what was bought: without that it is a fee, such as a payment at the counter
	const isFee = articles.length === 0 && shop === 'woocommerce' && !hasAddress;
	const isDigital = isFee || (articles.length > 0 && sent.length === 0);
	const isCollected = order.pickup || (sent.length > 0 && sent.every((one) => one.collected));
	// As tills write what a customer brings back
	const isReturn = isNegative(order.totals?.total ?? null);
	const isElsewhere = remaining.length === 0 && sent.some((one) => one.fulfilled_by !== null);
	// Where the shop does not say how many pieces are left, some may be
	const isNothingLeft = articles.length > 0 && remaining.every(({ pieces }) => pieces === 0);
	const rules: Array<[code: Reason['code'], applies: boolean, because: string]> = [
		['draft', state === 'draft', 'it is a draft, which is no order yet'],
		['test', order.test, 'it is a test order'],
		['cancelled', isCancelled, 'it was cancelled'],
		['refunded', state === 'refunded', 'it was refunded in full'],
		['refunded', isReturn, 'its total is negative: it is a return, for which money went back'],
		['payment_failed', state === 'failed' || event === 'payment_failed', 'its payment failed'],
		['disputed', isDisputed, 'its payment is disputed'],
		['no_order', isNoOrder, 'this event does not say what is in it'],
		['unpaid', !choices.shipUnpaid && UNPAID[state] !== undefined, whyUnpaid(order)],
		['pickup', isCollected, 'the customer collects it'],
		['digital', isDigital, 'nothing in it needs shipping'],
		['fulfilled_elsewhere', isElsewhere, 'another service ships what is in it'],
		['nothing_left', isNothingLeft, 'nothing in it is left to be shipped'],
	];
	const found = rules.find(([, applies]) => applies);
	if (!found) return undefined;
	const [code, , because] = found;
	return { code, text: `${orderName(given)} is not shipped: ${because}` };
}

/** Where the shop does not say that it is paid, its own word may tell its people why. */
function whyUnpaid({ state, status }: ShopOrder): string {
	const named = state === 'unknown' && status !== null ? `, only '${cutTo(status, 40, '…')}'` : '';
	return `${UNPAID[state] ?? ''}${named}`;
}

const UNPAID: Readonly<Partial<Record<ShopOrder['state'], string>>> = {
	authorized: 'it is not paid yet, the payment is only authorised or comes with the delivery',
	partially_paid: 'it is paid only in part',
	pending: 'it is not paid yet',
	unknown: 'the shop does not say that it is paid',
};
