/** Why a body that came under the right topic tells none of our events. */
import { firstText, type Members } from '../lenient';
import type { NoEvent } from '../shop';
import { areDigital } from './delivery';
import { enumOf } from './values';

export const nothing = (why: string): NoEvent => ({ kind: 'nothing', why });

/** Kinds of transaction that give money back, or give up what was held. */
const OTHER_TRANSACTIONS: Readonly<Record<string, string>> = {
	change: 'Change was given back, which is no payment',
	refund: "Money that goes back is told by the topic 'refunds/create', not by its transaction",
	suggested_refund: 'A refund was only reckoned',
	void: 'A payment that was only authorised was given up, which is no payment that failed',
};

/** Of a transaction that is no payment that failed. Source: Shopify's Transaction, `kind` and `status` [documented]. */
export function whyNoFailure(transaction: Members): NoEvent {
	const [kind, status] = [enumOf(transaction['kind']) ?? '', enumOf(transaction['status'])];
	if (Object.hasOwn(OTHER_TRANSACTIONS, kind)) return nothing(OTHER_TRANSACTIONS[kind]!);
	if (status !== 'success') return nothing('The payment is not decided yet');
	return kind === 'authorization' || kind === 'emv_authorization'
		? nothing('The payment succeeded so far: it is authorised, and not taken yet')
		: nothing('The payment succeeded: the order itself tells that');
}

/** Of a fulfilment that was not sent. */
const FULFILMENTS: Readonly<Record<string, string>> = {
	cancelled: 'The fulfilment was cancelled: what is in it is not sent with it',
	error: 'The fulfilment failed: nothing was sent with it',
	failure: 'The fulfilment failed: nothing was sent with it',
	open: 'The fulfilment waits for the warehouse: nothing was sent yet',
	pending: 'The fulfilment waits for the warehouse: nothing was sent yet',
};

export const NOTHING_SENT =
	'Nothing in it is sent: it is digital, such as a gift card or a download';

const HANDED_OVER = 'Nothing in it is sent: it is collected, or was handed over in the shop';

export function whyNotSent(fulfilment: Members): NoEvent {
	const status = enumOf(fulfilment['status']) ?? '';
	if (Object.hasOwn(FULFILMENTS, status)) return nothing(FULFILMENTS[status]!);
	return nothing(areDigital(fulfilment['line_items']) ? NOTHING_SENT : HANDED_OVER);
}

/** Steps of a parcel that the carrier has. Source: Shopify's FulfillmentEventStatus [documented]. */
const ON_ITS_WAY = [
	...['attempted_delivery', 'carrier_picked_up', 'delayed', 'delivered'],
	...['in_transit', 'out_for_delivery'],
];

export const isOnItsWay = (step: Members): boolean =>
	ON_ITS_WAY.includes(enumOf(step['status']) ?? '');

export const whyNoMovement = (step: Members): NoEvent =>
	nothing(
		`The carrier does not have the parcel yet, or nobody brings it: its status is '${firstText(step['status']) ?? 'unknown'}'`,
	);
