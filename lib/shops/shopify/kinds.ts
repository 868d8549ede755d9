/** What a body is that came without a topic. */
import { isRecord } from '../../base/json-value';
import { type Members, textOf } from '../lenient';
import { typeOf, wordOf } from './values';

export type Kind = 'dispute' | 'edit' | 'fulfilment' | 'order' | 'refund' | 'transaction';

/** What the global id, which all but edits and disputes have since 2018, calls them. */
const TYPES: Readonly<Record<string, Kind>> = {
	Fulfillment: 'fulfilment',
	Order: 'order',
	OrderTransaction: 'transaction',
	Refund: 'refund',
};

/** Under these names Shopify's REST API gives out one object. */
const WRAPPERS = ['order', 'refund', 'fulfillment', 'transaction', 'dispute'];

/** The object itself, where the REST API has wrapped it: `{ "order": { … } }`. */
export function unwrapped(body: Members): Members {
	const [name, ...others] = Object.keys(body);
	const inner = name !== undefined && others.length === 0 ? body[name] : undefined;
	return isRecord(inner) && WRAPPERS.includes(name ?? '') ? inner : body;
}

/** @returns undefined for all that is none of these, such as a draft order, a checkout or a product */
export function kindOf(body: Members): Kind | undefined {
	const type = typeOf(body);
	if (type !== null) return TYPES[type];
	const has = (...names: string[]) => names.every((name) => name in body);
	if (isRecord(body['order_edit'])) return 'edit';
	if (has('financial_status', 'line_items')) return 'order';
	if (!has('order_id')) return undefined;
	if (has('refund_line_items')) return 'refund';
	if (has('tracking_company') || has('tracking_number')) return 'fulfilment';
	if (has('kind', 'gateway', 'status')) return 'transaction';
	const isDispute = ['chargeback', 'inquiry'].includes(wordOf(body['type']) ?? '');
	return isDispute && textOf(body['status']) !== null ? 'dispute' : undefined;
}
