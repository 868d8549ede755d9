/** What is no order: refunds, parcels, payments, disputes, edits; and what is none of ours. */
import {
	fulfilment,
	mugs,
	order,
	ONE_LEFT,
	ordersTold,
	OF_ONE_MUG,
	refund,
	refundedMug,
	set,
	shopifyBody,
	transaction,
} from './parts';

const dispute = (own: Record<string, unknown> = {}) => ({
	id: 285332461,
	order_id: 5678901234567,
	type: 'chargeback',
	amount: '28.00',
	currency: 'USD',
	reason: 'fraudulent',
	network_reason_code: '4837',
	status: 'needs_response',
	evidence_due_by: '2026-04-01T20:00:00-04:00',
	evidence_sent_on: null,
	finalized_on: null,
	initiated_at: '2026-03-20T20:00:00-04:00',
	...own,
});

const refunded = (name: string, about: string, id: number, own: Record<string, unknown>) =>
	shopifyBody(name, 'refunds/create', about, refund(id, own));

const SHOWN_IN_EUROS = {
	total_duties_set: set('0.00', 'USD', ['0.00', 'EUR']),
	refund_line_items: [{ ...refundedMug, subtotal_set: set('12.00', 'USD', ['11.04', 'EUR']) }],
};

const updated = ordersTold('orders/updated');

export const others = [
	refunded('refund of one', 'One mug of two comes back', 929361464, {
		note: 'wrong size',
		...OF_ONE_MUG,
	}),
	refunded(
		'refund of all',
		'All and the shipping, to a gift card and a card; a first try at the card had failed',
		929361465,
		{
			refund_line_items: [{ ...refundedMug, quantity: 2, subtotal: 24.0 }],
			order_adjustments: [
				{
					id: 4221763620,
					order_id: 5678901234567,
					refund_id: 929361465,
					amount: '-4.00',
					amount_set: set('-4.00'),
					kind: 'shipping_refund',
					reason: 'Shipping refund',
					tax_amount: '0.00',
					tax_amount_set: set('0.00'),
				},
			],
			transactions: [
				transaction(1, '10.00', { gateway: 'gift_card' }),
				transaction(2, '18.00', { status: 'failure', error_code: 'card_declined' }),
				transaction(3, '18.00'),
			],
		},
	),
	refunded(
		'refund on its way',
		'Shopify Payments pays it back later; no other webhook tells when it has',
		929361466,
		{
			refund_line_items: [refundedMug],
			transactions: [
				transaction(4, '12.00', {
					status: 'pending',
					payments_refund_attributes: { acquirer_reference_number: null, status: 'deferred' },
				}),
			],
		},
	),
	refunded(
		'refund in euros',
		'The customer paid in EUR, the shop counts in USD: the transaction is in EUR',
		929361467,
		{ ...SHOWN_IN_EUROS, transactions: [transaction(5, '11.04', { currency: 'EUR' })] },
	),
	refunded(
		'refund in which currency',
		'The transaction names no currency, and shop and customer have different ones',
		929361468,
		{ ...SHOWN_IN_EUROS, transactions: [transaction(6, '11.04', { currency: null })] },
	),
	refunded('refund without money', 'Items were taken off an order that was not paid', 929361469, {
		note: '',
		refund_line_items: [refundedMug],
	}),
	updated(
		'changed after a refund',
		'The order with its refund in it: one mug of two is left, and not shipped',
		{
			financial_status: 'partially_refunded',
			...ONE_LEFT,
			refunds: [refund(929361464, OF_ONE_MUG)],
			updated_at: '2026-03-05T08:00:02-05:00',
		},
	),
	shopifyBody(
		'first parcel',
		'fulfillments/create',
		'One of two parcels, with two tracking numbers',
		fulfilment(92, [mugs({ quantity: 1, fulfillable_quantity: 1 })], {
			email: 'ines@example.com',
			destination: { ...(order()['shipping_address'] as object), id: 54433189 },
			tracking_number: null,
			tracking_numbers: ['1Z2345', '1Z2346'],
		}),
	),
	shopifyBody(
		'parcel with tracking',
		'fulfillments/update',
		'A tracking number was added to a parcel that has left',
		fulfilment(92, [mugs({ quantity: 1 })], {
			shipment_status: 'in_transit',
			updated_at: '2026-03-04T09:00:00-05:00',
		}),
	),
	shopifyBody(
		'parcel not yet shipped',
		'fulfillments/create',
		'The warehouse was asked, and has not shipped',
		fulfilment(94, [mugs()], { status: 'pending', service: 'a-warehouse', tracking_number: null }),
	),
	shopifyBody(
		'parcel cancelled',
		'fulfillments/update',
		'The label was cancelled',
		fulfilment(92, [mugs()], { status: 'cancelled' }),
	),
	shopifyBody(
		'payment refused',
		'order_transactions/create',
		'The bank refused the card',
		transaction(389404469, '28.00', {
			kind: 'sale',
			status: 'failure',
			error_code: 'card_declined',
			message: 'Your card was declined.',
			created_at: '2026-03-02T09:14:00-05:00',
			processed_at: '2026-03-02T09:14:01-05:00',
			payment_details: {
				credit_card_bin: '453201',
				avs_result_code: 'N',
				cvv_result_code: 'N',
				credit_card_number: '•••• •••• •••• 0002',
				credit_card_company: 'Visa',
				buyer_action_info: null,
				credit_card_name: 'Ines Okafor',
				credit_card_wallet: null,
				credit_card_expiration_month: 8,
				credit_card_expiration_year: 2028,
				payment_method_name: 'visa',
			},
		}),
	),
	shopifyBody(
		'payment taken',
		'order_transactions/create',
		'A payment that succeeded; orders/paid tells of it, with the order',
		transaction(389404470, '28.00', { kind: 'capture' }),
	),
	shopifyBody('chargeback', 'disputes/create', 'The money was taken back', dispute()),
	shopifyBody(
		'inquiry',
		'disputes/create',
		'The bank asks; the money stays for now',
		dispute({ type: 'inquiry', evidence_due_by: null }),
	),
	shopifyBody(
		'chargeback won',
		'disputes/update',
		'The bank has decided for the shop',
		dispute({
			status: 'won',
			evidence_sent_on: '2026-03-28T09:00:00-04:00',
			finalized_on: '2026-05-02T11:00:00-04:00',
		}),
	),
	shopifyBody(
		'chargeback of no order',
		'disputes/create',
		'A dispute may belong to no order',
		dispute({ order_id: null, reason: null }),
	),
	shopifyBody('edited', 'orders/edited', 'What was changed, without the order', {
		order_edit: {
			id: 78912328793,
			app_id: null,
			created_at: '2026-03-03T08:59:10-05:00',
			notify_customer: false,
			order_id: 5678901234567,
			staff_note: '',
			user_id: 10899,
			line_items: { additions: [], removals: [{ id: 11, delta: 1 }] },
			discounts: { line_item: { additions: [], removals: [] } },
			shipping_lines: { additions: [], removals: [] },
			committed_at: '2026-03-03T09:00:00-05:00',
		},
	}),
	shopifyBody('from the REST API', null, 'GET /orders/{id}.json: paid, refunded, then shipped', {
		order: order({
			financial_status: 'partially_refunded',
			fulfillment_status: 'fulfilled',
			...ONE_LEFT,
			line_items: [
				mugs({ current_quantity: 1, fulfillable_quantity: 0, fulfillment_status: 'fulfilled' }),
			],
			refunds: [refund(929361464, { created_at: '2026-03-02T12:00:00-05:00', ...OF_ONE_MUG })],
			fulfillments: [fulfilment(92, [mugs({ quantity: 1 })])],
		}),
	}),
	shopifyBody('deleted', 'orders/delete', 'The id alone', { id: 5678901234567 }),
	shopifyBody('a draft order', 'draft_orders/create', 'No order yet', {
		id: 890612572,
		admin_graphql_api_id: 'gid://shopify/DraftOrder/890612572',
		note: null,
		email: 'ines@example.com',
		taxes_included: false,
		currency: 'USD',
		invoice_sent_at: null,
		name: '#D2',
		status: 'open',
		line_items: [mugs()],
		order_id: null,
		shipping_line: null,
		total_price: '24.00',
	}),
	shopifyBody('a checkout', 'checkouts/update', 'A basket, perhaps abandoned', {
		id: '981820079255243537',
		token: '123123123',
		cart_token: 'eeafa272cebfd4b22385bc4b645e762c',
		email: 'ines@example.com',
		gateway: null,
		currency: 'USD',
		presentment_currency: 'USD',
		completed_at: null,
		line_items: [{ key: 'b6f4', price: '12.00', quantity: 1, title: 'Mug' }],
		abandoned_checkout_url: 'https://shop.example/checkouts/123123123/recover',
		total_price: '12.00',
	}),
];
