/**
 * Events as Stripe's webhooks carry them, written after its API reference (Event, Charge, PaymentIntent,
 * Refund, Dispute, Checkout Session). Ids, names and numbers are invented.
 */
import { nulls } from '../body';

type Members = Record<string, unknown>;

const NEW = '2025-03-31.basil';
/** The last version in which an intent lists its charges, and a charge its refunds. */
const OLD = '2022-08-01';

let made = 0;

interface About {
	version?: string;
	created?: number;
	live?: boolean;
	/** What the object was before. */
	before?: Members;
}

const event = (
	type: string,
	object: Members,
	{ version = NEW, created = 1772466180, live = true, before = {} }: About = {},
) => ({
	id: `evt_3Qa1bC2dE3fG4hI5jK${String((made += 1)).padStart(4, '0')}`,
	object: 'event',
	api_version: version,
	created,
	data: {
		object: { ...object, ...('livemode' in object ? { livemode: live } : {}) },
		...(Object.keys(before).length > 0 ? { previous_attributes: before } : {}),
	},
	livemode: live,
	pending_webhooks: 1,
	request: { id: 'req_a1B2c3D4e5F6g7', idempotency_key: null },
	type,
});

const shipping = {
	address: {
		city: 'Salem',
		country: 'US',
		line1: '9 Mill Lane',
		line2: 'Back door',
		postal_code: '97301',
		state: 'OR',
	},
	carrier: null,
	name: 'Ola Lindqvist',
	phone: '+15035550144',
	tracking_number: null,
};

const card = {
	amount_authorized: 6249,
	brand: 'visa',
	checks: { address_line1_check: 'pass', address_postal_code_check: 'fail', cvc_check: 'pass' },
	country: 'US',
	exp_month: 8,
	exp_year: 2028,
	fingerprint: 'Xt5EWLLDS7FJjR1c',
	funding: 'credit',
	last4: '4242',
	network: 'visa',
	...nulls`three_d_secure wallet`,
};

const charge = {
	id: 'ch_3Qa1bC2dE3fG4hI5jK6lM7nO',
	object: 'charge',
	amount: 6249,
	amount_captured: 6249,
	amount_refunded: 0,
	balance_transaction: 'txn_3Qa1bC2dE3fG4hI5',
	billing_details: {
		address: {
			...nulls`city line1 line2 state`,
			country: 'US',
			postal_code: '97205',
		},
		email: 'mara@example.com',
		name: 'Mara Lindqvist',
		phone: null,
	},
	captured: true,
	created: 1772466120,
	currency: 'usd',
	customer: 'cus_Rb4dE5gH7jK9',
	...nulls`description failure_code failure_message receipt_email source`,
	disputed: false,
	livemode: true,
	metadata: { order_id: '1042' },
	outcome: {
		network_status: 'approved_by_network',
		reason: null,
		risk_level: 'normal',
		seller_message: 'Payment complete.',
		type: 'authorized',
	},
	paid: true,
	payment_intent: 'pi_3Qa1bC2dE3fG4hI5jK',
	payment_method: 'pm_1Qa1bC2dE3fG4hI5',
	payment_method_details: { card, type: 'card' },
	refunded: false,
	shipping: shipping,
	status: 'succeeded',
};

const intent = {
	id: 'pi_3Qa1bC2dE3fG4hI5jK',
	object: 'payment_intent',
	amount: 6249,
	amount_capturable: 0,
	amount_received: 6249,
	...nulls`canceled_at description last_payment_error`,
	capture_method: 'automatic',
	created: 1772466060,
	currency: 'usd',
	customer: 'cus_Rb4dE5gH7jK9',
	latest_charge: 'ch_3Qa1bC2dE3fG4hI5jK6lM7nO',
	livemode: true,
	metadata: { order_id: '1042' },
	payment_method: 'pm_1Qa1bC2dE3fG4hI5',
	payment_method_types: ['card'],
	receipt_email: 'mara@example.com',
	shipping: shipping,
	status: 'succeeded',
};

const refund = {
	id: 're_3Qa1bC2dE3fG4hI5jK1',
	object: 'refund',
	amount: 1080,
	balance_transaction: 'txn_3Qa1bC2dE3fG4hI6',
	charge: 'ch_3Qa1bC2dE3fG4hI5jK6lM7nO',
	created: 1772800000,
	currency: 'usd',
	metadata: {},
	payment_intent: 'pi_3Qa1bC2dE3fG4hI5jK',
	reason: 'requested_by_customer',
	receipt_number: null,
	status: 'succeeded',
};

const dispute = {
	id: 'du_1Qa1bC2dE3fG4hI5jK',
	object: 'dispute',
	amount: 6249,
	balance_transactions: [],
	charge: 'ch_3Qa1bC2dE3fG4hI5jK6lM7nO',
	created: 1773000000,
	currency: 'usd',
	evidence: {
		billing_address: null,
		customer_email_address: 'mara@example.com',
		customer_name: 'Mara Lindqvist',
		customer_purchase_ip: '81.2.69.160',
		product_description: null,
	},
	evidence_details: {
		due_by: 1773700000,
		has_evidence: false,
		past_due: false,
		submission_count: 0,
	},
	is_charge_refundable: false,
	livemode: true,
	metadata: {},
	payment_intent: 'pi_3Qa1bC2dE3fG4hI5jK',
	payment_method_details: { card: { brand: 'visa', network_reason_code: '10.4' }, type: 'card' },
	reason: 'fraudulent',
	status: 'needs_response',
};

const eventOf =
	(about: string, object: Members) =>
	(what: string, own: Members = {}, more: About = {}) =>
		event(`${about}.${what}`, { ...object, ...own }, more);

const ofCharge = eventOf('charge', charge);
const ofIntent = eventOf('payment_intent', intent);
const ofRefund = eventOf('refund', refund);
const ofDispute = eventOf('charge.dispute', dispute);

/** The charge tells card and order. */
export const chargeSucceeded = ofCharge('succeeded');

/** The intent tells the charge's id alone. */
export const intentSucceeded = ofIntent('succeeded');

/** The intent lists its charges, with the card's first digits that Stripe has enabled for the account. */
export const oldIntentSucceeded = ofIntent(
	'succeeded',
	{
		latest_charge: undefined,
		charges: {
			object: 'list',
			data: [
				{
					...charge,
					payment_method_details: { card: { ...card, iin: '424242' }, type: 'card' },
					refunds: { object: 'list', data: [], has_more: false, total_count: 0 },
				},
			],
			has_more: false,
			total_count: 1,
		},
	},
	{ version: OLD },
);

/** Before payment methods: a card as the charge's source, no intent. */
export const ancientCharge = ofCharge(
	'succeeded',
	{
		id: 'ch_1Abc2dE3fG4hI5',
		...nulls`payment_intent payment_method payment_method_details billing_details outcome`,
		receipt_email: 'mara@example.com',
		source: {
			id: 'card_1Abc2dE3fG4hI5',
			object: 'card',
			address_line1_check: null,
			address_zip_check: 'pass',
			brand: 'Visa',
			country: 'US',
			cvc_check: 'pass',
			exp_month: 11,
			exp_year: 2027,
			funding: 'debit',
			last4: '5556',
		},
	},
	{ version: '2018-11-08' },
);

export const chargeDeclined = ofCharge('failed', {
	amount_captured: 0,
	captured: false,
	failure_code: 'card_declined',
	failure_message: 'Your card has insufficient funds.',
	outcome: {
		network_status: 'declined_by_network',
		reason: 'insufficient_funds',
		seller_message: 'The bank did not approve the payment.',
		type: 'issuer_declined',
	},
	paid: false,
	status: 'failed',
});

export const intentDeclined = ofIntent('payment_failed', {
	amount_received: 0,
	last_payment_error: {
		charge: 'ch_3Qa1bC2dE3fG4hI5jK6lM7nO',
		code: 'card_declined',
		decline_code: 'stolen_card',
		message: 'Your card was declined.',
		payment_method: { id: 'pm_1Qa1bC2dE3fG4hI5', object: 'payment_method', card, type: 'card' },
		type: 'card_error',
	},
	payment_method: null,
	status: 'requires_payment_method',
});

/** Yen have no smaller unit; a guest, no address, in Stripe's test mode. */
export const yenInTestMode = ofIntent(
	'succeeded',
	{
		amount: 4200,
		amount_received: 4200,
		currency: 'jpy',
		...nulls`customer receipt_email shipping`,
		metadata: { order_id: '1044', black_box: 'BB.0123456789', customer_ip: '2a02:8108:8ac0::5' },
	},
	{ live: false },
);

/** A thousandth of a dinar is its smallest unit. */
export const dinars = ofCharge('succeeded', {
	amount: 5120,
	amount_captured: 5120,
	currency: 'kwd',
});

/** Icelandic crowns have no hundredths, but Stripe counts them. */
export const crowns = ofCharge('succeeded', {
	amount: 250000,
	amount_captured: 250000,
	currency: 'isk',
});

/** Held at checkout; of 62.49 only 50.00 were taken when the goods left. */
export const heldOnly = ofCharge('succeeded', { amount_captured: 0, captured: false });
export const takenInPart = ofCharge(
	'captured',
	{ amount_captured: 5000 },
	{ before: { amount_captured: 0, captured: false }, created: 1772552580 },
);

/** A subscription's renewal: the intent is Stripe's own and names no order. */
export const renewal = ofIntent('succeeded', {
	description: 'Subscription update',
	metadata: {},
	shipping: null,
});

/** A part goes back; the charge lists no refunds, the event tells what was before. */
export const chargeRefunded = ofCharge(
	'refunded',
	{ amount_refunded: 2160 },
	{ before: { amount_refunded: 1080 }, created: 1772800000 },
);

/** The rest goes back, and the charge lists all three; the second one failed and moved nothing. */
export const oldChargeRefunded = ofCharge(
	'refunded',
	{
		amount_refunded: 6249,
		refunded: true,
		refunds: {
			object: 'list',
			data: [
				{ ...refund, id: 're_3', amount: 5169, created: 1772900000, reason: null },
				{ ...refund, id: 're_2', status: 'failed' },
				{ ...refund, id: 're_1' },
			],
			has_more: false,
			total_count: 3,
		},
	},
	{ before: { amount_refunded: 1080, refunded: false }, created: 1772900000, version: OLD },
);

/** What was only held is given free: Stripe calls that a refund too. */
export const heldIsReleased = ofCharge(
	'refunded',
	{ amount_captured: 0, amount_refunded: 6249, captured: false, refunded: true },
	{ before: { amount_refunded: 0, refunded: false } },
);

export const refundCreated = ofRefund('created', {}, { created: 1772800001 });

/** Somebody had the charge expanded. */
export const refundOfExpandedCharge = ofRefund('created', {
	charge: { ...charge, amount_refunded: 1080 },
	status: 'pending',
});

export const refundFailed = ofRefund('created', { status: 'failed' });

export const disputeCreated = ofDispute('created', {}, { created: 1773000001 });

export const inquiry = ofDispute(
	'created',
	{
		id: 'du_1Qa1bC2dE3fG4hI5jL',
		charge: { ...charge, disputed: true },
		evidence: null,
		reason: 'general',
		status: 'warning_needs_response',
	},
	{ created: 1773000001 },
);

export const disputeLost = ofDispute(
	'closed',
	{ status: 'lost' },
	{ before: { status: 'under_review' }, created: 1775000000 },
);

/** A payment link: the page asked for the address, the shop's reference is no metadata. */
const session = {
	id: 'cs_live_a1vvp1B50lYAE8U2KLu1',
	object: 'checkout.session',
	amount_subtotal: 5400,
	amount_total: 6249,
	client_reference_id: 'cart-77',
	collected_information: { shipping_details: { address: shipping.address, name: shipping.name } },
	created: 1772466000,
	currency: 'usd',
	...nulls`customer customer_email`,
	customer_details: { email: 'mara@example.com', name: 'Mara Lindqvist', phone: '+15035550144' },
	livemode: true,
	metadata: { order_id: '1042' },
	mode: 'payment',
	payment_intent: 'pi_3Qa1bC2dE3fG4hI5jK',
	payment_status: 'paid',
	shipping_cost: { amount_subtotal: 1000, amount_tax: 0, amount_total: 1000 },
	status: 'complete',
	total_details: { amount_discount: 540, amount_shipping: 1000, amount_tax: 389 },
};

export const sessionCompleted = event('checkout.session.completed', session);
export const sessionUnpaid = event('checkout.session.completed', {
	...session,
	payment_status: 'unpaid',
});

/** Every member that may be null is. */
export const hardlyAnything = event('charge.succeeded', {
	...Object.fromEntries(Object.keys(charge).map((name) => [name, null])),
	id: 'ch_3Qa1bC2dE3fG4hI5jK6lM7nO',
	object: 'charge',
	amount: 100,
	currency: 'eur',
	paid: true,
	status: 'succeeded',
});

/** An intent alone, as Stripe's REST API gives it out. */
export const restIntent = { ...intent, latest_charge: charge };

export const ownMember = ofCharge('succeeded', { metadata: { shop_ref: 'A-7', order_id: '1042' } });
