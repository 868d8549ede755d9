/**
 * Reads a WooCommerce order, which webhooks and the REST API (wc/v1, v2 and v3) write alike. Source: "Order
 * properties" of WooCommerce's REST API [documented]; plugins' `meta_data` is read off their published code.
 */
import { placesOf } from '../../base/money';
import {
	amountOf,
	countOf,
	currencyOf,
	deviceIpOf,
	firstOf,
	firstText,
	idOf,
	listOf,
	type Members,
	membersOf,
	nullIfEmpty,
	pairOf,
	textOf,
	timeOf,
	utcOf,
} from '../lenient';
import { type Address, type Article, type Fulfilment, type ShopOrder, shopOrderOf } from '../order';
import { addressOf } from './address';
import { depositOf, isBalanceAlone } from './deposits';
import { isAddress, isNothingSent, needsShippingOf } from './digital';
import { fulfilledBy } from './elsewhere';
import { goodsOf, isNoGoods, valuesOf } from './money';
import { collectionOf, isPickup } from './pickup';
import { withSetsOnce } from './sets';
import { isShipped, leftToSend, refundedAmount, refundMembersOf, stateOf, wasPaid } from './state';
import { statusOf } from './statuses';
import { parcelsOf } from './tracking';

/** A time that the order has in UTC and in the shop's own time; wc/v1 has only the latter. */
export const momentOf = (body: Members, name: string): string | null =>
	firstOf(utcOf(body[`${name}_gmt`]), timeOf(body[name]));

export function readOrder(body: Members): ShopOrder {
	const dated = momentOf(body, 'date_paid');
	const state = stateOf(body, dated);
	// The first part sets the time
	const paidAt = state === 'partially_paid' ? null : dated;
	const billing = membersOf(body['billing']);
	return shopOrderOf({
		id: idOf(body['id']),
		number: firstOf(textOf(body['number']), idOf(body['id'])),
		test: isTest(body),
		state,
		status: textOf(body['status']),
		created_at: momentOf(body, 'date_created'),
		updated_at: momentOf(body, 'date_modified'),
		paid_at: paidAt,
		currency: currencyOf(body['currency']),
		totals: nullIfEmpty({
			total: amountOf(body['total']),
			goods: goodsOf(body),
			shipping: amountOf(body['shipping_total']),
			tax: amountOf(body['total_tax']),
			discounts: amountOf(body['discount_total']),
		}),
		customer: nullIfEmpty({
			// 0 is a guest
			id: idOf(body['customer_id']),
			email: textOf(billing['email']),
			phone: textOf(billing['phone']),
		}),
		ship_to: shipTo(body),
		pickup: isPickup(body),
		shipping_method: shippingMethod(body),
		articles: articlesOf(body),
		device: nullIfEmpty({
			ip: deviceIpOf(body['customer_ip_address']),
			user_agent: textOf(body['customer_user_agent']),
			// `cart_hash` depends only on the contents: two customers with the same cart share it
			session: firstText(body['order_key'], body['cart_hash']),
			black_box: pairOf(body['meta_data'], 'black_box', '_black_box', 'blackbox', 'td_black_box'),
		}),
		payment: paymentOf(body, state, paidAt),
		refunds: refundMembersOf(body).map((refund) => ({
			id: idOf(refund['id']),
			at: momentOf(refund, 'date_created'),
			amount: refundedAmount(refund),
			currency: currencyOf(body['currency']),
			// wc/v1 calls it `refund`
			reason: textOf(refund['reason'] ?? refund['refund']),
		})),
		fulfilments: fulfilmentsOf(body),
	});
}

/**
 * WooCommerce has no test orders, but payment plugins mark test payments: WooPayments, PayPal Payments,
 * Mollie and Payment Plugins for Stripe, as their code writes it.
 */
function isTest(body: Members): boolean {
	const mode = pairOf(
		body['meta_data'],
		'_wcpay_mode',
		'_ppcp_paypal_payment_mode',
		'_mollie_payment_mode',
		'_wc_stripe_mode',
	);
	return mode !== null && ['test', 'sandbox'].includes(mode.toLowerCase());
}

function articlesOf(body: Members): Article[] {
	const left = leftToSend(body);
	const values = valuesOf(body);
	const isCollected = collectionOf(body);
	const sendsNothing = isNothingSent(body) || isBalanceAlone(body);
	const lines = listOf(body['line_items']);
	const articles = lines.map((line, at): Article => {
		const quantity = countOf(line['quantity']) ?? 0;
		return {
			id: idOf(line['id']),
			sku: textOf(line['sku']),
			name: textOf(line['name']),
			quantity,
			current_quantity: null,
			to_ship: left === 'unknown' ? null : left === 'all' ? quantity : 0,
			value: values[at] ?? null,
			// Only the product has a weight, not the order
			grams: null,
			needs_shipping: sendsNothing || !isSentWithIt(line, body) ? false : needsShippingOf(line),
			fulfilled_by: fulfilledBy(line),
			collected: isCollected(line),
			product_id: firstOf(idOf(line['variation_id']), idOf(line['product_id'])),
		};
	});
	return withSetsOnce(articles, lines, placesOf(currencyOf(body['currency'])));
}

/** Whether a parcel of its order may hold it. */
const isSentWithIt = (line: Members, body: Members) =>
	!isNoGoods(line) && !depositOf(line, body)?.isSentLater;

/**
 * The shipping address. Some themes and imports fill in only the billing address, so it counts where the
 * order is shipped and has no other. Where nothing is shipped, it is only where the invoice goes.
 */
function shipTo(body: Members): Address | null {
	if (isAddress(body['shipping'])) return addressOf(body, 'shipping');
	const isShippedSomehow = listOf(body['shipping_lines']).length > 0 && !isPickup(body);
	return isShippedSomehow && isAddress(body['billing']) ? addressOf(body, 'billing') : null;
}

function shippingMethod(body: Members): string | null {
	const [line = {}] = listOf(body['shipping_lines']);
	return firstText(line['method_title'], line['method_id']);
}

/**
 * The id is Stripe's payment intent where a plugin records it, because a dispute names that one;
 * `transaction_id` may be the charge.
 */
function paymentOf(
	body: Members,
	state: ShopOrder['state'],
	paidAt: string | null,
): ShopOrder['payment'] {
	const intent = pairOf(body['meta_data'], '_stripe_intent_id', '_intent_id', '_payment_intent_id');
	const hasFailed = statusOf(body) === 'failed';
	return nullIfEmpty({
		id: firstOf(intent?.startsWith('pi_') ? intent : null, textOf(body['transaction_id'])),
		gateway: textOf(body['payment_method']),
		succeeded: hasFailed ? false : wasPaid(state, paidAt) ? true : null,
		message: null,
		card: null,
		avs: null,
		cvc: null,
	});
}

function fulfilmentsOf(body: Members): Fulfilment[] {
	const parcels = parcelsOf(body);
	if (parcels.length > 0 || !isShipped(body)) return parcels;
	// WooCommerce itself knows only that the order is completed
	const at = momentOf(body, 'date_completed');
	return [{ id: null, at, carrier: null, tracking_number: null, service: null }];
}
