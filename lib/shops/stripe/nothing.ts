/** Why an object of Stripe's tells none of our events. */
import { type Members, textOf } from '../lenient';
import type { NoEvent } from '../shop';

export const nothing = (why: string): NoEvent => ({ kind: 'nothing', why });

export const ONLY_HELD =
	"The money is only held: 'charge.captured' tells when it is taken, and what was never taken is not refunded";
const NOT_DECIDED = 'The payment is not decided yet';

/** Events of a payment that neither pay, refund nor dispute it. Source: "Types of events" [documented]. */
export const NOTHINGS: Readonly<Record<string, string>> = {
	'charge.dispute.funds_reinstated':
		"The bank gave the money of a dispute back: 'charge.dispute.closed' tells how it ended",
	'charge.dispute.funds_withdrawn':
		"The bank took the money of a dispute: 'charge.dispute.created' has told of it",
	'charge.expired': 'Money that was only held was released: nothing was paid',
	'charge.pending': NOT_DECIDED,
	'charge.refund.updated': 'A refund changed, which the event of its making has told',
	'charge.updated': 'Only a detail of the payment changed',
	'checkout.session.expired': 'The customer left the checkout: nothing was bought',
	'payment_intent.amount_capturable_updated': ONLY_HELD,
	'payment_intent.canceled': 'The payment was called off: nothing was taken',
	'payment_intent.created': NOT_DECIDED,
	'payment_intent.partially_funded': NOT_DECIDED,
	'payment_intent.processing': NOT_DECIDED,
	'payment_intent.requires_action': NOT_DECIDED,
	'refund.failed': 'A refund failed: no money went back',
	'refund.updated': 'A refund changed, which the event of its making has told',
};

export function whyUnpaid(session: Members): NoEvent {
	return nothing(
		session['mode'] === 'setup'
			? 'The checkout only stored a way to pay: nothing was bought'
			: "The checkout is not paid yet: 'checkout.session.async_payment_succeeded' tells when it is",
	);
}

export function whyNotRefunded(refund: Members): NoEvent {
	if (refund['reason'] === 'expired_uncaptured_charge') return nothing(NOTHINGS['charge.expired']!);
	return nothing(
		textOf(refund['status']) === 'canceled'
			? 'A refund was called off: no money went back'
			: NOTHINGS['refund.failed']!,
	);
}

/** What our events are about. */
const OURS = ['charge', 'checkout.session', 'dispute', 'payment_intent', 'refund'];

/** Whether it is an object of Stripe's, whose ids begin with the kind: `in_1Qa…`. */
export const isObject = (body: Members): boolean =>
	textOf(body['object']) !== null && /^[a-z]+_\w+$/.test(textOf(body['id']) ?? '');

/** Names an object that is no payment, such as an invoice or a customer; undefined if it is one, or no object. */
export function otherObject(body: Members): NoEvent | undefined {
	const kind = textOf(body['object']);
	if (kind === null || OURS.includes(kind) || !isObject(body)) return undefined;
	const name = kind.replace(/[._]/g, ' ');
	return { kind: 'other', why: `It is ${/^[aeio]/.test(name) ? 'an' : 'a'} ${name}, no payment` };
}
