/** Reads an order of Shopify's webhooks and REST API. */
import {
	deviceIpOf,
	firstOf,
	entriesOf,
	firstText,
	listOf,
	type Members,
	membersOf,
	nullIfEmpty,
	pairOf,
	textOf,
	timeOf,
} from '../lenient';
import { shopOrderOf, type ShopOrder } from '../order';
import { articlesOf } from './articles';
import { fulfilmentOf, wasSent } from './fulfilment';
import { paymentOf } from './payment';
import { refundOf } from './refund';
import { collectedIn, isTakenAlong } from './pickup';
import { shippingLinesOf } from './shipping-lines';
import { totalsOf } from './totals';
import {
	addressOf,
	enumOf,
	isBogus,
	ownIdOf,
	shopAmountOf,
	shopCurrencyOf,
	shopifyIdOf,
} from './values';

/** By Shopify's `financial_status`. */
const STATES: Readonly<Record<string, ShopOrder['state']>> = {
	authorized: 'authorized',
	expired: 'failed',
	paid: 'paid',
	partially_paid: 'partially_paid',
	partially_refunded: 'partially_refunded',
	pending: 'pending',
	refunded: 'refunded',
	unpaid: 'pending',
	// The authorisation was given up: no money will come
	voided: 'failed',
};

/** Cart attributes in which shops keep TD's black box; a leading `_` hides one from the customer. */
const BLACK_BOX = [
	'black_box',
	'blackbox',
	'td_black_box',
	'td_blackbox',
	'tongdun_black_box',
].flatMap((name) => [name, `_${name}`]);

/**
 * @param isCancelled the topic says so, whatever the body says
 * @param paidAt from the webhook; Shopify's orders do not have it
 */
export function shopifyOrder(
	body: Members,
	{ isCancelled = false, paidAt = null }: { isCancelled?: boolean; paidAt?: string | null } = {},
): ShopOrder {
	const currency = shopCurrencyOf(body);
	const state = isCancelled || wasCancelled(body) ? 'cancelled' : stateOf(body);
	const collected = collectedIn(body);
	const articles = articlesOf(body, currency, collected);
	const [shipping = {}] = shippingLinesOf(body);
	return shopOrderOf({
		id: ownIdOf(body),
		// `number` counts from 1 and nobody sees it; `name` is `order_number` with the shop's own signs
		number: firstText(body['order_number'], textOf(body['name'])?.replace(/^#/, '')),
		test: isTest(body),
		state,
		status: enumOf(body['financial_status']),
		created_at: timeOf(body['created_at']),
		updated_at: timeOf(body['updated_at']),
		paid_at: paidAt,
		cancelled_at: timeOf(body['cancelled_at']),
		currency,
		totals: totalsOf(body, articles, currency),
		customer: customerOf(body),
		ship_to: addressOf(body['shipping_address'], ...phonesIn(body)),
		pickup: collected.all || isTakenAlong(body),
		shipping_method: textOf(shipping['title']),
		articles,
		device: deviceOf(body),
		payment: {
			...paymentOf(body, wasPaid(body)),
			// A refund lowers the order's total; its first total is what was paid
			...(wasRefunded(body) && { amount: shopAmountOf(body, 'total_price', currency) }),
		},
		refunds: listOf(body['refunds']).map((one) => refundOf(one, refundCurrencyOf(body, currency))),
		fulfilments: listOf(body['fulfillments']).filter(wasSent).map(fulfilmentOf),
	});
}

export const wasCancelled = (body: Members): boolean =>
	firstText(body['cancelled_at'], body['cancel_reason']) !== null;

const stateOf = (body: Members): ShopOrder['state'] =>
	STATES[enumOf(body['financial_status']) ?? ''] ?? 'unknown';

/** Whether all of it was ever paid. */
export const wasPaid = (body: Members): boolean => stateOf(body) === 'paid' || wasRefunded(body);

/** A refund without money, as an edit of the order makes one, leaves the state as it was. */
export const wasRefunded = (body: Members): boolean =>
	['partially_refunded', 'refunded'].includes(stateOf(body));

export function isTest(body: Members): boolean {
	const names = entriesOf(body['payment_gateway_names']) ?? [];
	return body['test'] === true || isBogus(body['gateway']) || names.some(isBogus);
}

function customerOf(body: Members): ShopOrder['customer'] {
	const account = membersOf(body['customer']);
	return nullIfEmpty({
		id: shopifyIdOf(account['id']),
		email: firstText(body['email'], body['contact_email'], account['email']),
		phone: firstText(body['phone'], account['phone']),
	});
}

/**
 * Where else the order may have a phone number: the customer gave that of the shipping line for the carrier, and
 * apps that ask for one in the cart keep it among the attributes.
 */
function phonesIn(body: Members): unknown[] {
	const account = membersOf(body['customer']);
	return [
		...shippingLinesOf(body).map((line) => line['phone']),
		membersOf(body['billing_address'])['phone'],
		body['phone'],
		account['phone'],
		membersOf(account['default_address'])['phone'],
		pairOf(body['note_attributes'], 'phone', 'phone number', 'phone_number'),
	];
}

/**
 * The session is `checkout_token`: unlike `cart_token` and `session_hash` it is in every order that went
 * through the checkout, where TD's SDK can read it.
 */
function deviceOf(body: Members): ShopOrder['device'] {
	// An order at the counter has the till's device
	const isTill = enumOf(body['source_name']) === 'pos';
	const client = membersOf(body['client_details']);
	return nullIfEmpty({
		ip: isTill ? null : firstOf(deviceIpOf(client['browser_ip']), deviceIpOf(body['browser_ip'])),
		user_agent: isTill ? null : textOf(client['user_agent']),
		session: firstText(body['checkout_token'], body['cart_token']),
		black_box: pairOf(body['note_attributes'], ...BLACK_BOX),
	});
}

/** A transaction without a currency is in the customer's, which is known only where it is the shop's. */
function refundCurrencyOf(body: Members, currency: string | null): string | null {
	const shown = textOf(body['presentment_currency']);
	return shown === null || shown === currency ? currency : null;
}
