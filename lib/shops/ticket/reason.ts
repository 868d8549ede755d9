/** Why an order is not to be shipped. */
import type { ShopOrder } from '../order';
import type { Choices } from './form';
import { type Given, orderName } from './given';
import { type Left, piecesOf } from './goods';

/** In the output, for a flow to branch on; never renamed. */
export const REASON_CODES = [
	'cancelled',
	'digital',
	'disputed',
	'no_address',
	'no_order',
	'nothing_left',
	'payment_failed',
	'pickup',
	'refunded',
	'test',
	'unpaid',
] as const;

export type ReasonCode = (typeof REASON_CODES)[number];

export interface Reason {
	code: ReasonCode;
	/** A sentence without its full stop. */
	text: string;
}

type Rule = [code: ReasonCode, applies: boolean, because: string];

/**
 * The first reason by weight, or undefined if it is to be shipped.
 *
 * @param left what of it is still to be shipped
 * @param hasAddress whether somebody has said where it goes
 */
export function reasonOf(
	given: Given,
	choices: Pick<Choices, 'shipUnpaid'>,
	left: readonly Left[],
	hasAddress: boolean,
): Reason | undefined {
	const { order, event } = given;
	const { articles, number, state } = order;
	// As of a refund or a parcel that a shop tells of without its order
	const isNoOrder = articles.length === 0 && number === null && state === 'unknown';
	const rules: Rule[] = [
		['test', order.test, 'it is a test order'],
		['cancelled', isCancelled(given), 'it was cancelled'],
		['refunded', state === 'refunded', 'it was refunded in full'],
		['payment_failed', state === 'failed' || event === 'payment_failed', 'its payment failed'],
		['disputed', isDisputed(given), 'its payment is disputed'],
		['no_order', isNoOrder, 'this event does not tell what is in it'],
		['unpaid', !choices.shipUnpaid && UNPAID[state] !== undefined, UNPAID[state] ?? ''],
		['pickup', order.pickup, 'the customer collects it'],
		[
			'digital',
			articles.length > 0 && articles.every((one) => one.needs_shipping === false),
			'nothing in it needs shipping',
		],
		[
			'nothing_left',
			articles.length > 0 && left.every((one) => piecesOf(one) === 0),
			'nothing in it is left to be shipped',
		],
		['no_address', !hasAddress, 'it has no shipping address'],
	];
	const found = rules.find(([, applies]) => applies);
	if (!found) return undefined;
	const [code, , because] = found;
	return { code, text: `${orderName(given)} is not shipped: ${because}` };
}

const UNPAID: Readonly<Partial<Record<ShopOrder['state'], string>>> = {
	authorized: 'it is not paid yet, the payment is only authorised or comes with the delivery',
	partially_paid: 'it is paid only in part',
	pending: 'it is not paid yet',
	unknown: 'the shop does not say that it is paid',
};

const isCancelled = ({ order, event }: Given) =>
	order.state === 'cancelled' || order.cancelled_at !== null || event === 'order_cancelled';

/** A dispute that was won is over; Shopify and Stripe both call it so. */
const isDisputed = ({ order: { dispute }, event }: Given) =>
	(dispute !== null || event === 'order_disputed') && dispute?.status !== 'won';
