/** What each of Shopify's topics brings. */
import type { Members } from '../lenient';
import { isNoEvent, type NoEvent, type ShopReading } from '../shop';
import { type BodyKind, bodyKind, notAnOrder } from './kinds';
import { nothing } from './nothing';
import { isTest, wasCancelled, wasPaid } from './order';
import { orderAlone } from './order-alone';
import {
	cancelled,
	changed,
	created,
	disputeChanged,
	disputed,
	edited,
	fulfilled,
	moved,
	paid,
	type BodyReader,
	refunded,
	shipped,
	transacted,
} from './readers';
import { wasShipped, whyNotShipped } from './shipped';
import { ownIdOf } from './values';

interface Topic {
	read: BodyReader;
	kind: BodyKind;
	/** Whether an order shows it; left out where every body of the kind does. */
	isShown?: (body: Members) => boolean;
	/** The member that shows how far the order has come, and what to say if that is not far enough. */
	hidden?: [member: string, why: (body: Members) => string];
}

const ofShipment: Topic = {
	read: shipped,
	kind: 'order',
	isShown: wasShipped,
	hidden: ['fulfillment_status', whyNotShipped],
};

const topics: Readonly<Record<string, Topic>> = {
	'disputes/create': { read: disputed, kind: 'dispute' },
	'disputes/update': { read: disputeChanged, kind: 'dispute' },
	'fulfillments/create': { read: fulfilled, kind: 'fulfilment' },
	'fulfillments/update': { read: fulfilled, kind: 'fulfilment' },
	'fulfillment_events/create': { read: moved, kind: 'movement' },
	'order_transactions/create': { read: transacted, kind: 'transaction' },
	'orders/cancelled': { read: cancelled, kind: 'order', isShown: wasCancelled },
	'orders/create': { read: created, kind: 'order' },
	'orders/edited': { read: edited, kind: 'edit' },
	'orders/fulfilled': ofShipment,
	// Shopify sends it for each part of a payment at the counter too, and says to wait for `paid` [documented]
	'orders/paid': {
		...{ read: paid, kind: 'order', isShown: wasPaid },
		hidden: ['financial_status', () => 'The order is not paid in full yet'],
	},
	'orders/partially_fulfilled': ofShipment,
	'orders/updated': { read: changed, kind: 'order' },
	'refunds/create': { read: refunded, kind: 'refund' },
};

/**
 * Whether a body shows what its topic says, which Shopify does not sign: it is of the topic's kind, names
 * what it is about, and an order has come that far. A test notification's order was always cancelled,
 * whatever its topic.
 */
export function bearsOut(name: string, body: Members): boolean {
	const topic = topicOf(name);
	if (!topic || bodyKind(body) !== topic.kind) return false;
	const reading = topic.read(body);
	const id = isNoEvent(reading) ? null : reading.order.id;
	const isNamed = topic.kind === 'edit' ? id !== null : ownIdOf(body) !== null;
	// A dispute may belong to no order
	if (!isNamed || (id === null && topic.kind !== 'dispute')) return false;
	return isTest(body) || (topic.isShown?.(body) ?? true);
}

const alone: Readonly<Record<BodyKind, BodyReader>> = {
	dispute: disputed,
	edit: edited,
	fulfilment: fulfilled,
	movement: moved,
	order: orderAlone,
	refund: refunded,
	transaction: transacted,
};

function topicOf(given: string): Topic | undefined {
	const name = given.trim().toLowerCase();
	// Not what every object has, such as `constructor`
	return Object.hasOwn(topics, name) ? topics[name] : undefined;
}

/**
 * Reads a webhook's body.
 *
 * @param name the topic; null if unknown
 * @returns undefined for what is none of our events and nothing that is known
 */
export function readBody(name: string | null, body: Members): ShopReading | NoEvent | undefined {
	const topic = name === null ? undefined : topicOf(name);
	const no = notAnOrder(name, topic?.kind, body);
	if (no) return no;
	if (topic) {
		const { read, isShown, hidden: [member, why] = [] } = topic;
		const isHidden = member && member in body && !isTest(body) && isShown?.(body) === false;
		return isHidden ? { ...nothing(why!(body)), contradicts: true } : read(body);
	}
	const kind = name === null ? bodyKind(body) : undefined;
	return kind && alone[kind](body);
}
