/** Orders of a till. Read off the published code of WooCommerce and of each plugin. */
import { isList, listOf, type Members, textOf } from '../lenient';
import { isNoted, type Notes } from './meta';

/** `pos-rest-api` of WooCommerce's own app, `woocommerce-pos` of WCPOS, `POS` of Point of Sale by Actuality, `wepos`. */
const TILLS = /\b(we)?pos\b/i;

/** Those that are known by what they note at the order: Point of Sale by YITH, OpenPOS, FooSales. */
const SOLD: Notes = [
	['_yith_pos_order', (noted) => noted === '1'],
	['_op_order_source', (source) => source === 'openpos'],
	['_foosales_order_source', (source) => source === 'foosales_app'],
];

/**
 * Whether it was sold at a till that was not asked to send it. The address says nothing: the till takes it from the
 * customer's account.
 */
export function isTakenAlong(body: Members): boolean {
	if (!isList(body['shipping_lines']) || listOf(body['shipping_lines']).length > 0) return false;
	return isNoted(body, SOLD) || TILLS.test(textOf(body['created_via']) ?? '');
}
