/** Recognises a body that came without a topic. */
import { isRecord } from '../../base/json';
import { type Members, textOf } from '../lenient';
import { enumOf, typeOf } from './values';

export type BodyKind = 'dispute' | 'edit' | 'fulfilment' | 'order' | 'refund' | 'transaction';

/** Their types in the global id, which all but edits and disputes have since 2018. */
const TYPES: Readonly<Record<string, BodyKind>> = {
	Fulfillment: 'fulfilment',
	Order: 'order',
	OrderTransaction: 'transaction',
	Refund: 'refund',
};

/** Names under which Shopify's REST API wraps a single object. */
const WRAPPERS = ['order', 'refund', 'fulfillment', 'transaction', 'dispute'];

/** The object inside, where the REST API has wrapped it: `{ "order": { … } }`. */
export function unwrapped(body: Members): Members {
	const [name, ...others] = Object.keys(body);
	const inner = name !== undefined && others.length === 0 ? body[name] : undefined;
	return isRecord(inner) && WRAPPERS.includes(name ?? '') ? inner : body;
}

/** @returns undefined for anything else, such as a draft order, a checkout or a product */
export function bodyKind(body: Members): BodyKind | undefined {
	const type = typeOf(body);
	if (type !== null) return TYPES[type];
	const has = (...names: string[]) => names.every((name) => name in body);
	if (isRecord(body['order_edit'])) return 'edit';
	if (has('financial_status', 'line_items')) return 'order';
	if (!has('order_id')) return undefined;
	if (has('refund_line_items')) return 'refund';
	if (has('tracking_company') || has('tracking_number')) return 'fulfilment';
	if (has('kind', 'gateway', 'status')) return 'transaction';
	const isDispute = ['chargeback', 'inquiry'].includes(enumOf(body['type']) ?? '');
	return isDispute && textOf(body['status']) !== null ? 'dispute' : undefined;
}
