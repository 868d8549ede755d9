/** Reads a payment: an intent, the charge it made, or a checkout session. */
import { phoneOf } from '../addresses/phone';
import { tidyAddress } from '../addresses/tidy';
import {
	addressLineOf,
	countOf,
	countryOf,
	currencyOf,
	deviceIpOf,
	expiryOf,
	firstOf,
	firstText,
	listOf,
	type Members,
	membersOf,
	nullIfEmpty,
	textOf,
	unixTimeOf,
} from '../lenient';
import { type Address, shopOrderOf, type Payment, type ShopOrder } from '../order';
import type { ReadOptions } from '../shop';
import { refundsOf, wasRefunded } from './refund';
import { DEVICE_METADATA, idIn, majorUnits, metadataOf, orderIdentity } from './values';

/** The objects of a payment, as far as an event includes them. Stripe expands one, or gives only its id. */
export interface PaymentObjects {
	/** Empty where its intent has only its id, as since API 2022-11-15. */
	charge?: Members;
	/** Empty where its charge has only its id, or was made without one. */
	intent?: Members;
	/** A refund, dispute or checkout session, whose own `metadata` counts too. */
	other?: Members;
	/** What the event's name says about the payment. */
	outcome?: 'paid' | 'failed';
}

export function orderOfPayment(
	{ charge = {}, intent = {}, other = {}, outcome }: PaymentObjects,
	options: ReadOptions,
): ShopOrder {
	const metadata = metadataOf(intent, charge, other);
	const currency = firstOf(currencyOf(charge['currency']), currencyOf(intent['currency']));
	const billing = membersOf(charge['billing_details']);
	const known = stateOf(charge, intent);
	const state = outcome && ['pending', 'unknown'].includes(known) ? outcome : known;
	const isPaid = ['paid', 'partially_refunded', 'refunded'].includes(state);
	return shopOrderOf({
		...orderIdentity(metadata, options),
		state,
		paid_at: isPaid ? unixTimeOf(charge['created']) : null,
		currency,
		// A payment does not say which part is for what
		totals: nullIfEmpty({
			total: totalOf(charge, intent, currency),
			goods: null,
			shipping: null,
			tax: null,
			discounts: null,
		}),
		customer: nullIfEmpty({
			id: firstOf(idIn(charge['customer']), idIn(intent['customer'])),
			email: firstText(billing['email'], charge['receipt_email'], intent['receipt_email']),
			phone: textOf(billing['phone']),
		}),
		ship_to: firstOf(shippingAddressOf(charge['shipping']), shippingAddressOf(intent['shipping'])),
		device: nullIfEmpty({
			ip: deviceIpOf(metadata(...DEVICE_METADATA.ip)),
			user_agent: metadata(...DEVICE_METADATA.user_agent),
			session: metadata(...DEVICE_METADATA.session),
			black_box: metadata(...DEVICE_METADATA.black_box),
		}),
		payment: paymentOf({ charge, intent, other }, state),
		refunds: refundsOf(charge),
	});
}

/** An intent's charge: until API 2022-11-15 the newest of a list, since then `latest_charge`. */
export function chargeOf(intent: Members): Members {
	const [newest = {}] = listOf(membersOf(intent['charges'])['data']);
	const latest = membersOf(intent['latest_charge']);
	return Object.keys(latest).length > 0 ? latest : newest;
}

/** What was taken, which may be a part of the payment. */
function totalOf(charge: Members, intent: Members, currency: string | null): string | null {
	const taken = [charge['amount_captured'], intent['amount_received']];
	const amount = taken.find((one) => (countOf(one) ?? 0) > 0);
	return majorUnits(amount ?? charge['amount'] ?? intent['amount'], currency);
}

/** The charge shows what became of the money; the intent, that the payment was cancelled or waits. */
function stateOf(charge: Members, intent: Members): ShopOrder['state'] {
	const status = textOf(intent['status']);
	if (status === 'canceled') return 'cancelled';
	if (charge['captured'] === true && charge['refunded'] === true) return 'refunded';
	// The money was only held, then released
	if (charge['refunded'] === true) return 'cancelled';
	if (wasRefunded(charge)) return 'partially_refunded';
	const charged = textOf(charge['status']);
	if (status === 'succeeded') return 'paid';
	if (status === 'requires_capture') return 'authorized';
	if (charged === 'succeeded') return charge['captured'] === false ? 'authorized' : 'paid';
	if (charged === 'failed' || Object.keys(membersOf(intent['last_payment_error'])).length > 0)
		return 'failed';
	return status === null && charged === null ? 'unknown' : 'pending';
}

function paymentOf(
	{ charge, intent, other }: Omit<Required<PaymentObjects>, 'outcome'>,
	state: ShopOrder['state'],
): Payment {
	const error = membersOf(intent['last_payment_error']);
	const outcome = membersOf(charge['outcome']);
	const method = firstOf(
		nullIfEmpty(membersOf(charge['payment_method_details'])),
		nullIfEmpty(membersOf(error['payment_method'])),
		nullIfEmpty(membersOf(intent['payment_method'])),
	);
	const hasFailed = state === 'failed';
	const held = ['authorized', 'paid', 'partially_refunded', 'refunded'].includes(state);
	return {
		// Stripe's other objects, a dispute among them, name the intent too
		id: firstOf(
			idIn(other['payment_intent']),
			idIn(charge['payment_intent']),
			textOf(intent['id']),
			textOf(charge['id']),
			idIn(other['charge']),
			// A subscription's session names the invoice instead, and one without a payment nothing
			idIn(other['invoice']),
			other['object'] === 'checkout.session' ? textOf(other['id']) : null,
		),
		gateway: 'stripe',
		method: methodOf(method ?? {}),
		succeeded: hasFailed ? false : held ? true : null,
		message: hasFailed
			? firstOf(
					withCode(error['message'], error['decline_code'] ?? error['code']),
					withCode(charge['failure_message'], charge['failure_code']),
					textOf(outcome['seller_message']),
				)
			: textOf(outcome['seller_message']),
		...cardOf(method ?? {}, charge['source'] ?? error['source']),
	};
}

/** `klarna`, `sepa_debit`, `card`; of a card in a wallet the wallet, such as `apple_pay`. */
const methodOf = (method: Members): string | null =>
	firstText(membersOf(membersOf(method['card'])['wallet'])['type'], method['type']);

function withCode(message: unknown, code: unknown): string | null {
	const both = textOf(message) !== null && textOf(code) !== null;
	return both ? `${textOf(message)} (${textOf(code)})` : firstText(message, code);
}

/** @param source the card itself, which payments had before payment methods */
function cardOf(method: Members, source: unknown): Pick<Payment, 'card' | 'avs' | 'cvc'> {
	const own = membersOf(source);
	const old = own['object'] === 'card' ? own : membersOf(own['card']);
	const card = firstOf(
		nullIfEmpty(membersOf(method['card'])),
		nullIfEmpty(membersOf(method['card_present'])),
		nullIfEmpty(old),
	);
	if (card === null) return { card: null, avs: null, cvc: null };
	const checks = membersOf(card['checks']);
	return {
		card: nullIfEmpty({
			// Only in accounts for which Stripe has enabled it
			bin: textOf(card['iin']),
			last4: textOf(card['last4']),
			brand: textOf(card['brand']),
			expires: expiryOf(card['exp_year'], card['exp_month']),
			funding: textOf(card['funding']),
			country: countryOf(card['country']),
		}),
		avs: firstOf(
			textOf(checks['address_postal_code_check'] ?? card['address_zip_check']),
			textOf(checks['address_line1_check'] ?? card['address_line1_check']),
		),
		cvc: textOf(checks['cvc_check'] ?? card['cvc_check']),
	};
}

/** The shipping address; the billing address is not used, since a payment may be for anything. */
export function shippingAddressOf(value: unknown): Address | null {
	const shipping = membersOf(value);
	const address = membersOf(shipping['address']);
	const known = nullIfEmpty({
		line1: addressLineOf(address['line1']),
		line2: addressLineOf(address['line2']),
		city: textOf(address['city']),
		region: textOf(address['state']),
		postcode: textOf(address['postal_code']),
		country: countryOf(address['country']),
	});
	const [name, phone] = [textOf(shipping['name']), phoneOf(shipping['phone'])];
	return known && tidyAddress({ name, company: null, ...known, phone });
}
