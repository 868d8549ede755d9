/** What WooCommerce sends in place of an order: a fault of its own, or another of its things. */
import { cutTo } from '../../base/redact';
import { countOf, idOf, isList, listOf, type Members, membersOf, textOf } from '../lenient';
import type { NoEvent } from '../shop';
import { metaText } from './meta';

const MAY_NOT_SEE = 'because the user of the webhook may not see orders';

/** WooCommerce keeps a webhook's user when somebody else saves it, unless it has none. */
const ANEW =
	'in WooCommerce → Settings → Advanced → Webhooks save the webhook as an administrator; if that changes nothing, add one with the same topic, address and secret, and set this one to Disabled';

/** By the status that the fault has; its message is in the shop's own language. */
const WHY: Readonly<Record<number, string>> = {
	401: `${MAY_NOT_SEE}: it was deleted, or there is none. To mend it, ${ANEW}`,
	403: `${MAY_NOT_SEE}: it lost its role. Give it the role Shop manager again, or ${ANEW}`,
	404: 'because it finds no such order: it, or a refund of it, was deleted, or a plugin has taken the API of orders away. Look the order up there',
};

/** A fault in place of an order; undefined if it is none. Its message is not repeated. */
export function faultIn(body: Members): NoEvent | undefined {
	const found = faultOf(body);
	if (!found) return undefined;
	const { code, status } = found;
	const why = WHY[status] ?? 'and does not say why. WooCommerce → Status → Logs may';
	return {
		kind: 'fault',
		why: `WooCommerce sent a fault of its own ('${cutTo(code, 60, '…')}') in place of the order, ${why}`,
	};
}

/** Where WooCommerce sends nothing, or an empty list. */
export const nothingInPlace: NoEvent = {
	kind: 'fault',
	why: 'WooCommerce sent nothing in place of the order. WooCommerce → Status → Logs may say why; a plugin that changes orders is the likeliest cause',
};

interface Fault {
	code: string;
	status: number;
}

/** In the three forms that WooCommerce has: of its REST API, of its legacy API, and of WordPress itself. */
function faultOf(body: Members): Fault | undefined {
	if (idOf(body['id']) !== null || 'line_items' in body) return undefined;
	const { code, data, errors } = body;
	const status = countOf(membersOf(data)['status']) ?? 0;
	if (isCode(code) && (status >= 400 || isOurs(code))) return { code, status };
	const [first] = listOf(errors);
	if (isCode(first?.['code']) && isOurs(first['code'])) return { code: first['code'], status: 0 };
	if (isList(errors)) return undefined;
	const [name] = Object.keys(membersOf(errors));
	if (!isCode(name) || !isOurs(name)) return undefined;
	const about = membersOf(membersOf(body['error_data'])[name]);
	return { code: name, status: countOf(about['status']) ?? 0 };
}

const isCode = (value: unknown): value is string =>
	typeof value === 'string' && /^[\w-]+$/.test(value);

const isOurs = (code: string) => /^(woocommerce|rest)_/.test(code);

/** Members that only such a thing has, as WooCommerce's REST API writes it [documented]. */
const THINGS: ReadonlyArray<[what: string, members: readonly string[]]> = [
	['a refund', ['amount', 'refunded_by']],
	['a refund', ['amount', 'refunded_payment']],
	['a subscription', ['billing_period', 'billing_interval']],
	['a coupon', ['code', 'amount', 'discount_type']],
	['a customer', ['email', 'is_paying_customer']],
	['a product', ['price', 'stock_status']],
	['a webhook', ['delivery_url', 'topic']],
	['a note on an order', ['note', 'customer_note', 'author']],
];

/** Marketplaces that give each vendor an order of its own beside the customer's, which has all: their code. */
const MARKETPLACES: Readonly<Record<string, string>> = {
	dokan: 'Dokan',
	mvx_vendor_order: 'MultiVendorX',
	multivendorx_store_order: 'MultiVendorX',
	wcmp_vendor_order: 'WC Marketplace',
	yith_wcmv_vendor_suborder: 'Multi Vendor by YITH',
};

/** A thing that is no order; undefined if it may be one. */
export function otherThingIn(body: Members): NoEvent | undefined {
	const found = THINGS.find(([, members]) => members.every((name) => name in body));
	if (found) return { kind: 'other', why: `It is ${found[0]} of WooCommerce, not an order` };
	return vendorsPart(body);
}

/** What the customer ordered is all in the parent: one parcel, one sale. */
function vendorsPart(body: Members): NoEvent | undefined {
	const parent = idOf(body['parent_id']);
	const via = textOf(body['created_via']) ?? metaText(body, '_created_via') ?? '';
	if (parent === null || !Object.hasOwn(MARKETPLACES, via)) return undefined;
	return {
		kind: 'other',
		why: `It is a vendor's part of order ${parent}, which ${MARKETPLACES[via]} makes beside it. All of it is in that order`,
	};
}
