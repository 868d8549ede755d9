/** An order of Shopify, as its webhooks and its REST API give it. */
import {
	deviceIpOf,
	firstOf,
	listOf,
	type Members,
	membersOf,
	pairOf,
	textOf,
	timeOf,
	toldOf,
} from '../lenient';
import { orderOf, type ShopOrder } from '../order';
import { articlesOf } from './articles';
import { fulfilmentOf, hasLeft } from './fulfilment';
import { paymentOf } from './payment';
import { refundOf } from './refund';
import { shippingLinesOf, totalsOf } from './totals';
import {
	addressOf,
	isBogus,
	ownIdOf,
	shopAmountOf,
	shopCurrencyOf,
	shopifyIdOf,
	wordOf,
} from './values';

/** What Shopify calls how far the payment has come. */
const STATES: Readonly<Record<string, ShopOrder['state']>> = {
	authorized: 'authorized',
	expired: 'failed',
	paid: 'paid',
	partially_paid: 'partially_paid',
	partially_refunded: 'partially_refunded',
	pending: 'pending',
	refunded: 'refunded',
	unpaid: 'pending',
	// The authorisation was given back: no money will come of it
	voided: 'failed',
};

/** Cart attributes in which shops keep TD's black box; one that begins with `_` is hidden from the customer. */
const BLACK_BOX = [
	'black_box',
	'blackbox',
	'td_black_box',
	'td_blackbox',
	'tongdun_black_box',
].flatMap((name) => [name, `_${name}`]);

/**
 * @param isCancelled what the topic says, whatever the body does
 * @param paidAt Shopify's orders do not tell it; a webhook may
 */
export function shopifyOrder(
	body: Members,
	{ isCancelled = false, paidAt = null }: { isCancelled?: boolean; paidAt?: string | null } = {},
): ShopOrder {
	const currency = shopCurrencyOf(body);
	const state = isCancelled || wasCancelled(body) ? 'cancelled' : stateOf(body);
	const articles = articlesOf(body, currency);
	const [shipping = {}] = shippingLinesOf(body);
	return orderOf({
		id: ownIdOf(body),
		number: numberOf(body),
		test: isTest(body),
		state,
		created_at: timeOf(body['created_at']),
		updated_at: timeOf(body['updated_at']),
		paid_at: paidAt,
		cancelled_at: timeOf(body['cancelled_at']),
		currency,
		totals: totalsOf(body, articles, currency),
		customer: customerOf(body),
		ship_to: addressOf(body['shipping_address']),
		// ASSUMED: documented is only that it classifies the delivery
		pickup: /pick.?up/i.test(textOf(shipping['delivery_category']) ?? ''),
		shipping_method: textOf(shipping['title']),
		articles,
		device: deviceOf(body),
		payment: { ...paymentOf(body, wasPaid(body)), ...paidBefore(body, currency) },
		refunds: listOf(body['refunds']).map((one) => refundOf(one, refundCurrencyOf(body, currency))),
		fulfilments: listOf(body['fulfillments'])
			.filter((one) => hasLeft(one, false))
			.map(fulfilmentOf),
	});
}

/** Any of them stands only in an order that was cancelled. */
export function wasCancelled(body: Members): boolean {
	return textOf(body['cancelled_at']) !== null || textOf(body['cancel_reason']) !== null;
}

export function stateOf(body: Members): ShopOrder['state'] {
	return STATES[wordOf(body['financial_status']) ?? ''] ?? 'unknown';
}

/** Whether all of it has been paid, whatever came after. */
export const wasPaid = (body: Members): boolean => stateOf(body) === 'paid' || wasRefunded(body);

/** A refund without money, as an edit of the order makes one, leaves the state as it was. */
export const wasRefunded = (body: Members): boolean =>
	['partially_refunded', 'refunded'].includes(stateOf(body));

/** After a refund the order comes to less than what was paid; then its first total is what was paid. */
function paidBefore(body: Members, currency: string | null): { amount?: string | null } {
	return wasRefunded(body) ? { amount: shopAmountOf(body, 'total_price', currency) } : {};
}

/** `number` counts from 1 and is not what people see; `name` is `order_number` with the shop's own signs. */
function numberOf(body: Members): string | null {
	return firstOf(textOf(body['order_number']), textOf(textOf(body['name'])?.replace(/^#/, '')));
}

function isTest(body: Members): boolean {
	const names = body['payment_gateway_names'];
	return (
		body['test'] === true ||
		isBogus(body['gateway']) ||
		(Array.isArray(names) && names.some(isBogus))
	);
}

function customerOf(body: Members): ShopOrder['customer'] {
	const account = membersOf(body['customer']);
	const customer = {
		id: shopifyIdOf(account['id']),
		email: firstOf(textOf(body['email']), textOf(body['contact_email']), textOf(account['email'])),
		phone: firstOf(textOf(body['phone']), textOf(account['phone'])),
	};
	return toldOf(customer);
}

/**
 * The session is `checkout_token`: unlike `cart_token` and `session_hash` it is in every order that went
 * through the checkout, and TD's SDK can read it there.
 */
function deviceOf(body: Members): ShopOrder['device'] {
	// In a shop at the counter it is the till's
	const isTill = wordOf(body['source_name']) === 'pos';
	const client = membersOf(body['client_details']);
	const device = {
		ip: isTill ? null : firstOf(deviceIpOf(client['browser_ip']), deviceIpOf(body['browser_ip'])),
		user_agent: isTill ? null : textOf(client['user_agent']),
		session: firstOf(textOf(body['checkout_token']), textOf(body['cart_token'])),
		black_box: pairOf(body['note_attributes'], ...BLACK_BOX),
	};
	return toldOf(device);
}

/** A transaction that names no currency is in the customer's; only where that is the shop's it is known. */
function refundCurrencyOf(body: Members, currency: string | null): string | null {
	const shown = textOf(body['presentment_currency']);
	return shown === null || shown === currency ? currency : null;
}
