/** Recognises a body that came without a topic. */
import { isRecord } from '../../base/json';
import { cutTo } from '../../base/redact';
import { type Members, textOf } from '../lenient';
import type { NoEvent } from '../shop';
import { enumOf, typeOf } from './values';

/** What our events come from, and its name for people. */
const KINDS = {
	dispute: 'a dispute',
	edit: 'an edit of an order',
	fulfilment: 'a fulfilment',
	movement: 'a step of a parcel on its way',
	order: 'an order',
	refund: 'a refund',
	transaction: 'a transaction',
} as const;

export type BodyKind = keyof typeof KINDS;

/** Their types in the global id, which all but edits and disputes have since 2018. */
const TYPES: Readonly<Record<string, BodyKind>> = {
	Fulfillment: 'fulfilment',
	FulfillmentEvent: 'movement',
	Order: 'order',
	OrderTransaction: 'transaction',
	Refund: 'refund',
};

/**
 * Members by which a thing that is none of ours is known where it has no global id, as checkouts and carts.
 * Source: Shopify's REST API [documented]. No order has them.
 */
const OTHERS: ReadonlyArray<[name: string, members: string[]]> = [
	['checkout', ['abandoned_checkout_url']],
	['draft order', ['invoice_url', 'line_items']],
	['cart', ['token', 'line_items', 'note']],
	['customer', ['verified_email', 'orders_count']],
	['product', ['handle', 'vendor', 'variants']],
	['payout', ['summary', 'date', 'amount']],
	['price rule', ['value_type', 'target_type']],
	['discount code', ['price_rule_id', 'code']],
];

/** What becomes an order once the customer or the shop's people complete it. */
const DRAFTS = ['abandoned checkout', 'cart', 'checkout', 'draft order'];

/** Names under which Shopify's REST API wraps a single object. */
const WRAPPERS = [
	...['order', 'refund', 'fulfillment', 'fulfillment_event', 'transaction', 'dispute'],
	...OTHERS.map(([name]) => name.replace(' ', '_')),
];

/** The object inside, where the REST API has wrapped it: `{ "order": { … } }`. */
export function unwrapped(body: Members): Members {
	const [name, ...others] = Object.keys(body);
	const inner = name !== undefined && others.length === 0 ? body[name] : undefined;
	return isRecord(inner) && WRAPPERS.includes(name ?? '') ? inner : body;
}

/** @returns undefined for anything else, such as a draft order, a checkout or a product */
export function bodyKind(body: Members): BodyKind | undefined {
	const type = typeOf(body);
	if (type !== null) return Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
	const has = (...names: string[]) => names.every((name) => name in body);
	if (isRecord(body['order_edit'])) return 'edit';
	if (has('financial_status', 'line_items')) return 'order';
	if (!has('order_id')) return undefined;
	if (has('refund_line_items')) return 'refund';
	if (has('fulfillment_id', 'status')) return 'movement';
	if (has('tracking_company') || has('tracking_number')) return 'fulfilment';
	if (has('kind', 'gateway', 'status')) return 'transaction';
	const isDispute = ['chargeback', 'inquiry'].includes(enumOf(body['type']) ?? '');
	return isDispute && textOf(body['status']) !== null ? 'dispute' : undefined;
}

/** The name of a thing that none of our events come from; undefined if it is one of ours, or not known. */
export function otherIn(body: Members): string | undefined {
	if (bodyKind(body) !== undefined) return undefined;
	const type = typeOf(body);
	// `DraftOrder`, `SubscriptionContract`
	if (type !== null) return cutTo(type.replace(/\B([A-Z])/g, ' $1').toLowerCase(), 40, '…');
	return OTHERS.find(([, members]) => members.every((name) => name in body))?.[0];
}

/**
 * Why a body is not what its topic brings, if it is not.
 *
 * @param topic as Shopify names it; null if unknown
 * @param expected what the topic brings; undefined for one that is none of ours
 */
export function notAnOrder(
	topic: string | null,
	expected: BodyKind | undefined,
	body: Members,
): NoEvent | undefined {
	// `draft_orders/update`; one that was deleted has only its id
	const subject = topic?.trim().toLowerCase().split('/', 1)[0]?.replace('_', ' ').replace(/s$/, '');
	const other = DRAFTS.find((name) => name === subject) ?? otherIn(body);
	if (other !== undefined) {
		const name = `It is ${/^[aeio]/.test(other) ? 'an' : 'a'} ${other}`;
		return DRAFTS.includes(other)
			? { kind: 'nothing', why: `${name}, no order yet` }
			: { kind: 'other', why: `${name}, no order` };
	}
	const kind = bodyKind(body);
	if (kind === undefined || expected === undefined || kind === expected) return undefined;
	return { kind: 'other', why: `It is ${KINDS[kind]}`, contradicts: true };
}
