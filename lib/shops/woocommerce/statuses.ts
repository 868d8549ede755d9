/**
 * What the statuses of orders mean. WooCommerce has a few of its own [documented]; plugins add others, each of which
 * is read off the code of a plugin or a shop that registers it. One that means different things to different
 * shops (`shipping`, `picked`, `ready`, `dispatch`, `returned`) is not here: the user says what it means.
 */
import { type Members, textOf } from '../lenient';
import type { ReadOptions } from '../shop';

export type Meaning =
	/** A cart that is no order yet, or an order that the shop's people still write. */
	| 'draft'
	/** It waits for the money, for the goods, or for somebody to look at it. */
	| 'waiting'
	/** A part of the price is paid. */
	| 'part paid'
	| 'to be sent'
	/** One of its parcels has left. */
	| 'sent in part'
	| 'sent'
	/** It lies ready for the customer. */
	| 'to be collected'
	| 'collected'
	| 'refunded'
	| 'failed'
	/** Cancelled, or in the bin, or the customer asks to cancel it: no parcel goes out. */
	| 'off';

const TABLE: Readonly<Record<Meaning, string>> = {
	draft: 'checkout-draft auto-draft draft new',
	waiting:
		'pending on-hold awaiting-payment pending-deposit scheduled-payment pre-order pre-ordered preorder backorder backordered ' +
		// Checkout for Klarna: the customer is still paying
		'kco-incomplete',
	// WooCommerce Deposits; Acowebs, Webtomizer, YITH, MagePeople; Bayna; ASSUMED, as shops name their own
	'part paid': 'partial-payment partially-paid deposit partial-paid',
	'to be sent':
		'processing ready-to-ship ready-shipping ready-for-shipping awaiting-shipment awaiting-fulfillment ' +
		'pre-shipping packing packed packaging package-ready picking picking-progress preparing ' +
		'in-preparation in-progress in-production processed',
	// Advanced Shipment Tracking calls it partial-shipped
	'sent in part': 'partial-shipped partially-shipped shipping-partial lpc-partial-exp',
	sent:
		'completed shipped delivered in-transit transporting out-for-delivery dispatched in-shipping ' +
		// Colissimo's own plugin; its lpc-ready-to-ship may say that a label of Colissimo was made
		'lpc-transit lpc-delivered ' +
		// Advanced Shipment Tracking: shipped, and the number was changed
		'updated-tracking',
	// Advanced Local Pickup by Zorem: ready-pickup, pickup
	'to be collected':
		'ready-for-pickup ready-pickup ready-to-pickup pickup-ready ready-for-collection ready-to-collect',
	collected: 'picked-up pickup collected',
	refunded: 'refunded',
	failed: 'failed',
	off: 'cancelled canceled cancel-request trash',
};

/** WordPress keeps the first 20 characters of a status, with WooCommerce's `wc-` before it. */
const KEPT = 17;

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
	Object.entries(TABLE).flatMap(([meaning, names]) =>
		names.split(' ').map((name) => [name.slice(0, KEPT), meaning as Meaning] as const),
	),
);

/** The status without the prefix `wc-`, which WordPress stores and some plugins send. */
export const statusOf = (body: Members): string => plain(textOf(body['status']) ?? '');

/** A status as it is compared, whether somebody wrote its slug or its name. */
const plain = (status: string): string =>
	status
		.trim()
		.toLowerCase()
		.replace(/^wc-/, '')
		.replace(/[\s_]+/g, '-')
		.slice(0, KEPT);

/** What the order's status means; undefined if that is not known. */
export function meaningOf(body: Members): Meaning | undefined {
	const status = statusOf(body);
	const known = MEANINGS.get(status);
	if (known) return known;
	if (status.startsWith('cancel')) return 'off';
	// A shop's own step of the work, such as processing-two
	const isStep = status.startsWith('processing-') && !/refund|return|cancel|pay/.test(status);
	return isStep ? 'to be sent' : undefined;
}

/** Whether a status alone leaves open what is to be sent: it is none that is known, or a courier may collect it too. */
export function isUnclear(status: string): boolean {
	const meaning = meaningOf({ status });
	return meaning === undefined || meaning === 'to be collected' || meaning === 'collected';
}

/** What the user says that an order's own status means; undefined if nothing. */
export function ownMeaning(
	status: string | null,
	{ shipStatuses, shippedStatuses }: ReadOptions,
): 'to be sent' | 'sent' | undefined {
	if (status === null) return undefined;
	const isIn = (list = '') => list.split(',').map(plain).includes(plain(status));
	if (plain(status) === '') return undefined;
	// If it stands in both lists, nothing is sent twice
	if (isIn(shippedStatuses)) return 'sent';
	return isIn(shipStatuses) ? 'to be sent' : undefined;
}

/** The order under a status of WooCommerce's own, where the user says what its own one means. */
export function withKnownStatus(body: Members, options: ReadOptions): Members {
	const own = ownMeaning(textOf(body['status']), options);
	if (!own) return body;
	return { ...body, status: own === 'sent' ? 'shipped' : 'processing' };
}
