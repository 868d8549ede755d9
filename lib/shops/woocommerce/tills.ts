/** Orders of a till. Read off the published code of WooCommerce and of each plugin. */
import { isList, listOf, type Members, textOf } from '../lenient';
import { metaText } from './meta';

/** `pos-rest-api` of WooCommerce's own app, `woocommerce-pos` of WCPOS, `POS` of Point of Sale by Actuality, `wepos`. */
const TILLS = /\b(we)?pos\b/i;

/** Those that are known by what they note at the order: Point of Sale by YITH, OpenPOS, FooSales. */
const NOTES: ReadonlyArray<[key: string, noted: string]> = [
	['_yith_pos_order', '1'],
	['_op_order_source', 'openpos'],
	['_foosales_order_source', 'foosales_app'],
];

/**
 * Whether it was sold at a till that was not asked to send it. The address says nothing: the till takes it from the
 * customer's account.
 */
export function isTakenAlong(body: Members): boolean {
	if (!isList(body['shipping_lines']) || listOf(body['shipping_lines']).length > 0) return false;
	const isNoted = NOTES.some(([key, noted]) => metaText(body, key) === noted);
	return isNoted || TILLS.test(textOf(body['created_via']) ?? '');
}
