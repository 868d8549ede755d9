/**
 * Stripe. It knows payments, not orders: which member of `metadata` holds the order is the user's to say.
 *
 * Stripe tells one thing by several events: a payment by that of the charge, of the intent and of the
 * checkout session, a refund by `charge.refunded` and `refund.created`. A webhook wants one of each. Those of
 * the charge are best: in all versions of the API they bring the card and the `metadata` with them.
 *
 * Source: Stripe's API reference (Event, Charge, PaymentIntent, Refund, Dispute, Checkout Session), versions
 * 2019-02-11 to 2025-03-31, and what older ones have.
 */
import { type Members, membersOf, secondsOf, textOf } from '../lenient';
import type { ShopAdapter } from '../shop';
import { readerOf, typeOf } from './events';
import { checkSignature } from './signature';

const isEvent = (body: Members) => body['object'] === 'event';

export const stripe: ShopAdapter = {
	shop: 'stripe',
	check: checkSignature,
	describe(_headers, body) {
		const event = membersOf(body);
		const told = isEvent(event);
		return {
			id: told ? textOf(event['id']) : null,
			topic: told ? textOf(event['type']) : null,
			isPing: false,
		};
	},
	recognises: (body) =>
		isEvent(body) ? textOf(body['type']) !== null && 'data' in body : typeOf(body) !== null,
	read(topic, body, options) {
		const data = membersOf(body['data']);
		const object = isEvent(body) ? membersOf(data['object']) : body;
		if (textOf(object['id']) === null) return undefined;
		const type = topic ?? (isEvent(body) ? textOf(body['type']) : typeOf(object));
		const reading = readerOf(type)?.({
			object,
			before: membersOf(data['previous_attributes']),
			at: isEvent(body) ? secondsOf(body['created']) : null,
			options,
		});
		if (!reading) return undefined;
		// A refund does not tell it, its event does
		const test = (body['livemode'] ?? object['livemode']) === false;
		return { ...reading, order: { ...reading.order, test } };
	},
};
