/** A payment of Stripe's, which is a payment intent, the charge it made, or a checkout session. */
import {
	countOf,
	countryOf,
	currencyOf,
	deviceIpOf,
	firstOf,
	listOf,
	type Members,
	membersOf,
	secondsOf,
	textOf,
	toldOf,
} from '../lenient';
import { type Address, orderOf, type Payment, type ShopOrder } from '../order';
import type { ReadOptions } from '../shop';
import { majorOf } from './amounts';
import { expanded, idIn, metadataOf, noted, orderNames } from './objects';
import { refundsOf } from './refund';

/** The objects that a payment consists of, as far as an event brings them. */
export interface Parts {
	/** Empty where its intent tells only its id, as since API 2022-11-15. */
	charge?: Members;
	/** Empty where its charge tells only its id, or was made without one. */
	intent?: Members;
	/** A refund, dispute or checkout session, whose own `metadata` counts too. */
	other?: Members;
	/** What the event's name says of the payment. */
	outcome?: 'paid' | 'failed';
}

export function orderOfPayment(
	{ charge = {}, intent = {}, other = {}, outcome }: Parts,
	options: ReadOptions,
): ShopOrder {
	const metadata = metadataOf(intent, charge, other);
	const currency = firstOf(currencyOf(charge['currency']), currencyOf(intent['currency']));
	const billing = membersOf(charge['billing_details']);
	const told = stateOf(charge, intent);
	const state = outcome && ['pending', 'unknown'].includes(told) ? outcome : told;
	const isPaid = ['paid', 'partially_refunded', 'refunded'].includes(state);
	return orderOf({
		...orderNames(metadata, options),
		state,
		paid_at: isPaid ? secondsOf(charge['created']) : null,
		currency,
		// A payment does not tell what of it is for what
		totals: toldOf({
			total: totalOf(charge, intent, currency),
			goods: null,
			shipping: null,
			tax: null,
			discounts: null,
		}),
		customer: toldOf({
			id: firstOf(idIn(charge['customer']), idIn(intent['customer'])),
			email: firstOf(
				textOf(billing['email']),
				textOf(charge['receipt_email']),
				textOf(intent['receipt_email']),
			),
			phone: textOf(billing['phone']),
		}),
		ship_to: firstOf(addressOf(charge['shipping']), addressOf(intent['shipping'])),
		device: toldOf({
			ip: deviceIpOf(metadata(...noted.ip)),
			user_agent: metadata(...noted.user_agent),
			session: metadata(...noted.session),
			black_box: metadata(...noted.black_box),
		}),
		payment: paymentOf({ charge, intent, other }, state),
		refunds: refundsOf(charge),
	});
}

/** The charge that an intent came to: until API 2022-11-15 the newest of a list, since then `latest_charge`. */
export function chargeOf(intent: Members): Members {
	const [newest = {}] = listOf(membersOf(intent['charges'])['data']);
	const latest = expanded(intent['latest_charge']);
	return Object.keys(latest).length > 0 ? latest : newest;
}

/** What was taken; of a payment that only part was taken of, that part. */
function totalOf(charge: Members, intent: Members, currency: string | null): string | null {
	const taken = [charge['amount_captured'], intent['amount_received']];
	const amount = taken.find((one) => (countOf(one) ?? 0) > 0);
	return majorOf(amount ?? charge['amount'] ?? intent['amount'], currency);
}

/** The charge knows what became of the money; the intent, that it was called off or waits. */
function stateOf(charge: Members, intent: Members): ShopOrder['state'] {
	const status = textOf(intent['status']);
	if (status === 'canceled') return 'cancelled';
	if (charge['captured'] === true && charge['refunded'] === true) return 'refunded';
	// The money that was held was given free, never taken
	if (charge['refunded'] === true) return 'cancelled';
	if ((countOf(charge['amount_refunded']) ?? 0) > 0) return 'partially_refunded';
	const charged = textOf(charge['status']);
	if (status === 'succeeded') return 'paid';
	if (status === 'requires_capture') return 'authorized';
	if (charged === 'succeeded') return charge['captured'] === false ? 'authorized' : 'paid';
	if (charged === 'failed' || Object.keys(expanded(intent['last_payment_error'])).length > 0)
		return 'failed';
	return status === null && charged === null ? 'unknown' : 'pending';
}

/** @param state tells whether the payment succeeded */
function paymentOf(
	{ charge, intent, other }: Omit<Required<Parts>, 'outcome'>,
	state: ShopOrder['state'],
): Payment {
	const error = membersOf(intent['last_payment_error']);
	const outcome = membersOf(charge['outcome']);
	const method = firstOf(
		toldOf(membersOf(charge['payment_method_details'])),
		toldOf(membersOf(error['payment_method'])),
		toldOf(expanded(intent['payment_method'])),
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
		),
		gateway: 'stripe',
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

function withCode(message: unknown, code: unknown): string | null {
	const [said, coded] = [textOf(message), textOf(code)];
	return said !== null && coded !== null ? `${said} (${coded})` : firstOf(said, coded);
}

/**
 * @param source the card itself, with which payments were made before payment methods
 */
function cardOf(method: Members, source: unknown): Pick<Payment, 'card' | 'avs' | 'cvc'> {
	const own = membersOf(source);
	const old = own['object'] === 'card' ? own : membersOf(own['card']);
	const card = firstOf(
		toldOf(membersOf(method['card'])),
		toldOf(membersOf(method['card_present'])),
		toldOf(old),
	);
	if (card === null) return { card: null, avs: null, cvc: null };
	const checks = membersOf(card['checks']);
	const [month, year] = [textOf(card['exp_month']), textOf(card['exp_year'])];
	return {
		card: toldOf({
			// Only for accounts that Stripe has enabled it for
			bin: textOf(card['iin']),
			last4: textOf(card['last4']),
			brand: textOf(card['brand']),
			expires: month !== null && year !== null ? `${year}-${month.padStart(2, '0')}` : null,
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

/** Where the goods go; the billing address is not used, since a payment may be for anything. */
export function addressOf(value: unknown): Address | null {
	const shipping = membersOf(value);
	const address = membersOf(shipping['address']);
	const told = toldOf({
		line1: textOf(address['line1']),
		line2: textOf(address['line2']),
		city: textOf(address['city']),
		region: textOf(address['state']),
		postcode: textOf(address['postal_code']),
		country: countryOf(address['country']),
	});
	return (
		told && {
			name: textOf(shipping['name']),
			company: null,
			...told,
			phone: textOf(shipping['phone']),
		}
	);
}
