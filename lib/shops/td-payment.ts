/** How a shop's order was paid, in TD's words. */
import type { Members } from './lenient';
import type { Payment } from './order';

type Card = NonNullable<Payment['card']>;

interface Reading {
	/** What the shops' names of the gateway have in common; small letters, words joined by `_`. */
	gateway: RegExp;
	/** One of TD's examples; else the shop's own name is sent, since TD's list is open. */
	channel?: string;
	method?: 'bank_transfer' | 'bnpl' | 'cash_on_delivery' | 'ewallet';
}

/** ASSUMED: our reading of the gateways' names in Shopify, WooCommerce and Stripe; the first that fits. */
const READINGS: readonly Reading[] = [
	{ gateway: /paypal|ppcp/, channel: 'paypal', method: 'ewallet' },
	{ gateway: /alipay/, channel: 'alipay', method: 'ewallet' },
	{ gateway: /wechat/, channel: 'wechat_pay', method: 'ewallet' },
	{ gateway: /apple_?pay/, channel: 'apple_pay', method: 'ewallet' },
	{ gateway: /google_?pay|amazon_?pay|samsung_?pay|venmo|cash_?app/, method: 'ewallet' },
	{ gateway: /klarna|after_?pay|clear_?pay|affirm|sezzle|installments/, method: 'bnpl' },
	{ gateway: /^cod$|cash_on_delivery/, method: 'cash_on_delivery' },
	{ gateway: /^bacs$|bank_(deposit|transfer)|sepa|wire_transfer/, method: 'bank_transfer' },
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
 * Digits of a card's number. ASSUMED: these schemes have one length in practice; the others issue
 * several, so theirs is not known.
 */
const CARD_DIGITS: Readonly<Record<string, number>> = {
	american_express: 15,
	amex: 15,
	mastercard: 16,
	visa: 16,
};

const wordOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '_');

/**
 * TD's channel, method and, where the shop tells enough of it, card.
 *
 * TD demands of a card its BIN, last four digits and length; where one of them is not known, the
 * method is what the gateway's name says, or `other`.
 */
export function howPaid(payment: Payment | null): Members {
	const card = payment?.card && cardOf(payment.card);
	const gateway = payment?.gateway ?? null;
	const reading = gateway === null ? undefined : readingOf(gateway);
	return {
		channel: reading?.channel ?? gateway ?? 'other',
		method: card ? 'card' : (reading?.method ?? 'other'),
		...(card ? { card } : {}),
	};
}

function readingOf(name: string): Reading | undefined {
	const word = wordOf(name);
	return READINGS.find(({ gateway }) => gateway.test(word));
}

function cardOf({ bin, last4, brand, expires, funding, country }: Card): Members | undefined {
	const digits = brand === null ? undefined : CARD_DIGITS[wordOf(brand)];
	if (!/^\d{6,8}$/.test(bin ?? '') || !/^\d{4}$/.test(last4 ?? '') || !digits) return undefined;
	return {
		card_bin: bin,
		last_four_digits: last4,
		card_number_length: digits,
		...(funding === 'credit' || funding === 'debit' ? { debit_or_credit: funding } : {}),
		...(/^[A-Za-z]{2}$/.test(country ?? '') ? { issuer_region: country } : {}),
		...(/^\d{4}-(0[1-9]|1[0-2])$/.test(expires ?? '') ? { expiration_date: expires } : {}),
	};
}
