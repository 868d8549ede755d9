/**
 * Stripe. It knows payments, not orders: the user says which member of `metadata` holds the order.
 *
 * Stripe sends several events for one thing: for a payment those of the charge, the intent and the checkout
 * session, for a refund `charge.refunded` and `refund.created`. A webhook needs one of each, best the
 * charge's: in all versions of the API they include the card and the `metadata`.
 *
 * Source: Stripe's API reference (Event, Charge, PaymentIntent, Refund, Dispute, Checkout Session), versions
 * 2019-02-11 to 2025-03-31, and what older ones have.
 */
import { type Members, membersOf, textOf, unixTimeOf } from '../lenient';
import { type Delivery, isNoEvent, type ShopAdapter, type SignatureVerdict } from '../shop';
import { headerOf, isSigned } from '../signature';
import { readerOf, eventTypeOf } from './events';
import { isObject, otherObject } from './nothing';

/** Stripe signs anew whenever it delivers again, and its own libraries allow this much. */
const TOLERANCE_MS = 300_000;

const isEvent = (body: Members) => body['object'] === 'event';

export const stripe: ShopAdapter = {
	shop: 'stripe',
	check: checkSignature,
	describe(_headers, body) {
		// Only an event of Connect names its account
		const { id, type, account } = isEvent(membersOf(body)) ? membersOf(body) : {};
		return { id: textOf(id), topic: textOf(type), store: textOf(account), isPing: false };
	},
	signsId: true,
	// The topic is in the body, beside an object of that kind
	bearsOut(topic, body) {
		const kind = textOf(membersOf(membersOf(body['data'])['object'])['object']);
		return kind !== null && topic.includes(kind);
	},
	recognises: (body) =>
		isEvent(body)
			? textOf(body['type']) !== null && 'data' in body
			: isObject(body) || eventTypeOf(body) !== null,
	read(topic, body, options) {
		const data = membersOf(body['data']);
		const object = isEvent(body) ? membersOf(data['object']) : body;
		if (textOf(object['id']) === null) return undefined;
		const other = otherObject(object);
		if (other) return other;
		const type = topic ?? (isEvent(body) ? textOf(body['type']) : eventTypeOf(object));
		const reading = readerOf(type)?.({
			object,
			before: membersOf(data['previous_attributes']),
			at: isEvent(body) ? unixTimeOf(body['created']) : null,
			options,
		});
		if (!reading || isNoEvent(reading)) return reading;
		// A refund itself does not have it, its event does
		const test = (body['livemode'] ?? object['livemode']) === false;
		return { ...reading, order: { ...reading.order, test } };
	},
};

/**
 * Checks `Stripe-Signature: t=1492774577,v1=5257a869…,v1=…`. Time and body are signed together, so that
 * nobody can send a delivery again later. While a secret is rotated at Stripe, there is a `v1` for each.
 */
function checkSignature(
	{ headers, rawBody }: Delivery,
	secrets: readonly string[],
	nowMs: number,
): SignatureVerdict {
	const header = headerOf(headers, 'stripe-signature');
	if (header === null) return 'missing';
	const parts = header.split(',').map((part) => part.trim().split('='));
	const time = parts.find(([name]) => name === 't')?.[1] ?? '';
	if (!/^\d{1,15}$/.test(time)) return 'wrong';
	const signatures = parts.filter(([name]) => name === 'v1').map(([, value]) => value ?? '');
	const signed = [`${time}.`, rawBody];
	const isGenuine = signatures.filter((one) => isSigned(one, 'hex', signed, secrets)).length > 0;
	if (!isGenuine) return 'wrong';
	return nowMs - Number(time) * 1000 > TOLERANCE_MS ? 'stale' : 'genuine';
}
