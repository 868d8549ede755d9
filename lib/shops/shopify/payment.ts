/** How an order was paid, as far as Shopify says. */
import {
	amountOf,
	countryOf,
	currencyOf,
	expiryOf,
	entriesOf,
	firstText,
	type Members,
	membersOf,
	nullIfEmpty,
	textOf,
	timeOf,
} from '../lenient';
import { shopOrderOf, type Payment, type ShopOrder } from '../order';
import { enumOf, isBogus, ownIdOf, shopifyIdOf } from './values';

/** Kinds of transaction that take a customer's payment. */
const PAYMENTS = ['authorization', 'capture', 'sale'];

/** An order names its gateway, and until API 2022-10 the card too. */
export function paymentOf(order: Members, isPaid: boolean): Payment {
	return {
		id: null,
		gateway: gatewayOf(order),
		succeeded: isPaid ? true : null,
		message: null,
		...cardOf(order['payment_details']),
	};
}

/** The gateway; a gift card only where there is no other, since it rarely pays for all. */
function gatewayOf(order: Members): string | null {
	const named = entriesOf(order['payment_gateway_names']) ?? [];
	const others = named.filter((name) => textOf(name) !== 'gift_card');
	return firstText(...others, ...named, order['gateway']);
}

/** Whether a transaction is a payment that was refused. */
export function isFailedPayment(body: Members): boolean {
	const [kind, status] = [enumOf(body['kind']), enumOf(body['status'])];
	return PAYMENTS.includes(kind ?? '') && (status === 'failure' || status === 'error');
}

/** The order in a transaction's own webhook, whose amount may be a part of the order's. */
export const orderOfTransaction = (body: Members): ShopOrder =>
	shopOrderOf({
		id: shopifyIdOf(body['order_id']),
		test: body['test'] === true || isBogus(body['gateway']),
		currency: currencyOf(body['currency']),
		updated_at: timeOf(body['processed_at']),
		payment: {
			id: ownIdOf(body),
			gateway: textOf(body['gateway']),
			amount: amountOf(body['amount']),
			succeeded: false,
			message: firstText(body['message'], body['error_code']),
			...cardOf(body['payment_details']),
		},
	});

function cardOf(value: unknown): Pick<Payment, 'card' | 'avs' | 'cvc'> {
	const details = membersOf(value);
	const bin = textOf(details['credit_card_bin']) ?? '';
	const card = {
		// The gateway for tests has cards of one digit
		bin: /^\d{6,8}$/.test(bin) ? bin : null,
		// Shopify masks the rest: `•••• •••• •••• 4242`
		last4: /(\d{4})\D*$/.exec(textOf(details['credit_card_number']) ?? '')?.[1] ?? null,
		brand: textOf(details['credit_card_company']),
		expires: expiryOf(
			details['credit_card_expiration_year'],
			details['credit_card_expiration_month'],
		),
		funding: null,
		country: countryOf(details['credit_card_country']),
	};
	return {
		card: nullIfEmpty(card),
		avs: textOf(details['avs_result_code']),
		cvc: textOf(details['cvv_result_code']),
	};
}
