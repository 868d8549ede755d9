/** Stripe's events of a charge, of which the panel tells to choose, and of a dispute. */
import type { Json } from '../json';
import type { ShopSpecimens, Specimen } from './specimen';

const unrefunded: Record<string, Json> = {
	id: 'ch_3Qa1bC2dE3fG4hI5jK6lM7nO',
	object: 'charge',
	amount: 6249,
	amount_captured: 6150,
	billing_details: { email: 'mara@example.com', phone: '+1 503 555 0144' },
	captured: true,
	created: 1772466120,
	currency: 'eur',
	customer: 'cus_Rb4dE5gH7jK9',
	failure_code: null,
	failure_message: null,
	metadata: {
		order_id: '1042',
		customer_ip_address: '81.2.69.160',
		user_agent: 'Mozilla/5.0 (X11)',
		session_id: 'a7c41be30f5d4c1e',
		black_box: 'rGPGz2gAAA',
	},
	outcome: { seller_message: 'Payment complete.' },
	payment_intent: 'pi_3Qa1bC2dE3fG4hI5jK',
	payment_method_details: {
		type: 'card',
		card: {
			brand: 'visa',
			checks: {
				address_line1_check: 'unavailable',
				address_postal_code_check: 'fail',
				cvc_check: 'pass',
			},
			country: 'US',
			exp_month: 8,
			exp_year: 2031,
			funding: 'credit',
			iin: '424242',
			last4: '4243',
		},
	},
	receipt_email: 'receipt@example.com',
	shipping: {
		address: {
			city: 'Salem',
			country: 'US',
			line1: '9 Mill Lane',
			line2: 'Back door',
			postal_code: '97301',
			state: 'OR',
		},
		name: 'Ola Lindqvist',
		phone: '+1 503 555 0145',
	},
	status: 'succeeded',
};

// What was held and never taken counts as refunded
const charge = { ...unrefunded, amount_refunded: 99, refunded: false };

const failedCharge: Record<string, Json> = {
	...unrefunded,
	captured: false,
	amount_captured: 0,
	failure_code: 'card_declined',
	failure_message: 'Your card was declined.',
	outcome: null,
	status: 'failed',
};

const dispute: Record<string, Json> = {
	id: 'du_1Qa1bC2dE3fG4hI5',
	object: 'dispute',
	amount: 6130,
	charge: 'ch_3Qa1bC2dE3fG4hI5jK6lM7nO',
	created: 1773466120,
	currency: 'eur',
	evidence: { customer_email_address: 'ola@example.com', customer_purchase_ip: '81.2.69.161' },
	metadata: { order_id: '1042' },
	network_reason_code: '10.4',
	payment_intent: 'pi_3Qa1bC2dE3fG4hI5jK',
	reason: 'fraudulent',
	status: 'needs_response',
};

const event = (
	topic: string,
	kind: string,
	object: Record<string, Json>,
	{ adds, before = null }: { adds?: string[]; before?: Json } = {},
): Specimen => ({
	topic,
	...(adds ? { adds } : {}),
	kind,
	within: ['data', 'object'],
	body: {
		id: 'evt_3Qa1bC2dE3fG4hI5jK0001',
		object: 'event',
		created: 1774466180,
		livemode: true,
		data: { object, previous_attributes: before },
	},
});

export const stripe: ShopSpecimens = {
	shop: 'stripe',
	usual: 'charge',
	all: [
		event('charge.succeeded', 'charge', charge),
		event('charge.failed', 'charge', failedCharge, { adds: ['payment.message'] }),
		event(
			'charge.refunded',
			'refund',
			{ ...charge, amount_refunded: 2150 },
			{ adds: ['refunds'], before: { amount_refunded: 1030 } },
		),
		event('charge.dispute.created', 'dispute', dispute),
		event('charge.dispute.updated', 'dispute', dispute, { adds: [] }),
		event('charge.dispute.closed', 'dispute', dispute, { adds: [] }),
		event(
			'charge.dispute.created',
			'dispute',
			{ ...dispute, status: 'warning_needs_response' },
			{ adds: ['dispute.is_inquiry'] },
		),
	],
};
