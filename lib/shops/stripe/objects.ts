/** What Stripe's objects have in common, and how they hang together. */
import { isRecord } from '../../base/json-value';
import { firstOf, type Members, membersOf, textOf } from '../lenient';
import type { ReadOptions } from '../shop';

/** The id of an object that stands there itself, if it was expanded, or by its id. */
export const idIn = (value: unknown): string | null =>
	textOf(isRecord(value) ? value['id'] : value);

/** The object, if it was expanded. */
export const expanded = (value: unknown): Members => membersOf(value);

/** Members that shops and plugins use for the order, the WooCommerce gateways among them. */
const IDS = ['order_id', 'orderId', 'order_number'];
const NUMBERS = ['order_number', 'order_id', 'orderId'];

/** Values of `metadata`, looked up in each of the objects that belong together. */
export type Metadata = (...names: string[]) => string | null;

export function metadataOf(...objects: Members[]): Metadata {
	return (...names) =>
		firstOf(
			...objects.flatMap((object) => {
				const metadata = membersOf(object['metadata']);
				return names.map((name) => textOf(metadata[name]));
			}),
		);
}

/**
 * Stripe knows payments, not orders. The user names the member of `metadata` that holds the order; only
 * where nobody did, the names that are usual are tried.
 */
export function orderNames(
	metadata: Metadata,
	{ orderMember }: ReadOptions,
): { id: string | null; number: string | null } {
	const member = textOf(orderMember);
	if (member === null) return { id: metadata(...IDS), number: metadata(...NUMBERS) };
	return { id: metadata(member), number: metadata(member) };
}

/** What a shop notes of the customer's device in `metadata`; Stripe itself tells nothing of it. */
export const noted = {
	ip: ['customer_ip_address', 'customer_ip', 'ip'],
	user_agent: ['customer_user_agent', 'user_agent'],
	session: ['session_id'],
	black_box: ['black_box'],
} as const;
