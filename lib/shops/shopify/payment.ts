/** How an order was paid, as far as Shopify tells. */
import {
	amountOf,
	countryOf,
	currencyOf,
	firstOf,
	type Members,
	membersOf,
	textOf,
	timeOf,
	toldOf,
} from '../lenient';
import { orderOf, type Payment, type ShopOrder } from '../order';
import { isBogus, ownIdOf, shopifyIdOf, wordOf } from './values';

/** Kinds of transaction by which a customer pays. */
const PAYMENTS = ['authorization', 'capture', 'sale'];

/** Payment of an order: the order itself names the gateway, and until API 2022-10 the card too. */
export function paymentOf(order: Members, isPaid: boolean): Payment {
	return {
		id: null,
		gateway: gatewayOf(order),
		succeeded: isPaid ? true : null,
		message: null,
		...cardOf(order['payment_details']),
	};
}

/** A gift card pays a part at most of what is worth a look. */
function gatewayOf(order: Members): string | null {
	const named = order['payment_gateway_names'];
	const names = (Array.isArray(named) ? named : []).map(textOf).filter((name) => name !== null);
	return firstOf(
		names.find((name) => name !== 'gift_card') ?? null,
		names[0] ?? null,
		textOf(order['gateway']),
	);
}

/** Whether a transaction is a payment that was refused. */
export function isFailedPayment(body: Members): boolean {
	const [kind, status] = [wordOf(body['kind']), wordOf(body['status'])];
	return PAYMENTS.includes(kind ?? '') && (status === 'failure' || status === 'error');
}

/** What a transaction's webhook tells of its order. Its amount may be a part of the order's. */
export function orderOfTransaction(body: Members): ShopOrder {
	return orderOf({
		id: shopifyIdOf(body['order_id']),
		test: body['test'] === true || isBogus(body['gateway']),
		currency: currencyOf(body['currency']),
		updated_at: timeOf(body['processed_at']),
		payment: {
			id: ownIdOf(body),
			gateway: textOf(body['gateway']),
			amount: amountOf(body['amount']),
			succeeded: false,
			message: firstOf(textOf(body['message']), textOf(body['error_code'])),
			...cardOf(body['payment_details']),
		},
	});
}

function cardOf(value: unknown): Pick<Payment, 'card' | 'avs' | 'cvc'> {
	const details = membersOf(value);
	const [month, year] = [
		textOf(details['credit_card_expiration_month']),
		textOf(details['credit_card_expiration_year']),
	];
	const card = {
		bin: binOf(details['credit_card_bin']),
		// Shopify masks the rest: `•••• •••• •••• 4242`
		last4: /(\d{4})\D*$/.exec(textOf(details['credit_card_number']) ?? '')?.[1] ?? null,
		brand: textOf(details['credit_card_company']),
		expires: month !== null && year !== null ? `${year}-${month.padStart(2, '0')}` : null,
		funding: null,
		country: countryOf(details['credit_card_country']),
	};
	return {
		card: toldOf(card),
		avs: textOf(details['avs_result_code']),
		cvc: textOf(details['cvv_result_code']),
	};
}

/** The first digits of a card; the gateway for trying out has cards of one digit. */
function binOf(value: unknown): string | null {
	const bin = textOf(value);
	return bin !== null && /^\d{6,8}$/.test(bin) ? bin : null;
}
