/** How a shop's order was paid, in TD's words. */
import { countryOf, type Members } from '../lenient';
import type { Payment } from '../order';

type Card = NonNullable<Payment['card']>;

interface Reading {
	/** Matches the shops' names for the gateway in small letters, words joined by `_`. */
	gateway: RegExp;
	/** One of TD's examples; without it the shop's own name is sent, since TD's list is open. */
	channel?: string;
	method?: 'bank_transfer' | 'bnpl' | 'cash_on_delivery' | 'ewallet';
}

/**
 * ASSUMED: our reading of the gateways' names in Shopify and WooCommerce, and of the types of Stripe's PaymentMethod,
 * all of which are here [documented] but cards and vouchers; the first match counts.
 */
const READINGS: readonly Reading[] = [
	{ gateway: /paypal|ppcp/, channel: 'paypal', method: 'ewallet' },
	{ gateway: /alipay/, channel: 'alipay', method: 'ewallet' },
	{ gateway: /wechat/, channel: 'wechat_pay', method: 'ewallet' },
	{ gateway: /apple_?pay/, channel: 'apple_pay', method: 'ewallet' },
	{
		gateway:
			/(google|amazon|samsung|kakao|naver|revolut|mobile|grab)_?pay|venmo|cash_?app|^(link|payco|paynow|satispay|swish|twint|mb_way)$/,
		method: 'ewallet',
	},
	{
		gateway: /klarna|after_?pay|clear_?pay|affirm|sezzle|installments|^(zip|alma|billie|scalapay)$/,
		method: 'bnpl',
	},
	{ gateway: /^cod$|cash_on_delivery/, method: 'cash_on_delivery' },
	{
		gateway:
			/^bacs$|bank_(deposit|transfer|account)|sepa|wire_transfer|_debit$|^(bancontact|blik|customer_balance|eps|fpx|giropay|ideal|multibanco|p24|pay_by_bank|payto|pix|promptpay|sofort|trustly)$/,
		method: 'bank_transfer',
	},
	{ gateway: /stripe/, channel: 'stripe' },
	{ gateway: /adyen/, channel: 'adyen' },
	{ gateway: /worldpay/, channel: 'worldpay' },
	{ gateway: /airwallex/, channel: 'airwallex' },
	{ gateway: /ebanx/, channel: 'ebanx' },
	{ gateway: /credorax/, channel: 'credorax' },
	{ gateway: /pacypay/, channel: 'pacypay' },
	{ gateway: /^checkout(_?com)?$/, channel: 'checkout' },
];

/**
 * Digits of a card number. ASSUMED: these schemes have one length in practice; the others issue
 * several, so theirs is unknown.
 */
const CARD_DIGITS: Readonly<Record<string, number>> = {
	american_express: 15,
	amex: 15,
	mastercard: 16,
	visa: 16,
};

const wordOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '_');

/**
 * TD's channel, method and, if the shop sends enough of it, card.
 *
 * TD requires a card's BIN, last four digits and length. If one of them is unknown, the gateway's name
 * decides the method, or it is `other`.
 */
export function howPaid(payment: Payment | null): Members {
	const card = payment?.card && cardOf(payment.card);
	const gateway = payment?.gateway ?? null;
	const word = wordOf(gateway ?? '');
	const readingOf = (one: string) => READINGS.find(({ gateway: names }) => names.test(one));
	const reading = readingOf(word);
	const own = readingOf(wordOf(payment?.method ?? ''));
	return {
		channel: reading?.channel ?? gateway ?? 'other',
		method: card ? 'card' : (own?.method ?? reading?.method ?? 'other'),
		...(card ? { card } : {}),
	};
}

function cardOf({ bin, last4, brand, expires, funding, country }: Card): Members | undefined {
	const digits = brand === null ? undefined : CARD_DIGITS[wordOf(brand)];
	if (!/^\d{6,8}$/.test(bin ?? '') || !/^\d{4}$/.test(last4 ?? '') || !digits) return undefined;
	const region = countryOf(country);
	return {
		card_bin: bin,
		last_four_digits: last4,
		card_number_length: digits,
		...(funding === 'credit' || funding === 'debit' ? { debit_or_credit: funding } : {}),
		...(region === null ? {} : { issuer_region: region }),
		...(/^\d{4}-(0[1-9]|1[0-2])$/.test(expires ?? '') ? { expiration_date: expires } : {}),
	};
}
