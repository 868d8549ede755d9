/** TD's nine events: every documented field filled in, and the body that TD's pages make of it. */
import type { INodeParameters } from 'n8n-workflow';
import { EVENT } from '../observed';
import type { Required, Row } from './row';

type Json = Record<string, unknown>;

const usd = { currency: 'USD', amount_local: 68, amount_usd: 10, amount_cny: 68 };

const basics: INodeParameters = {
	specifyBody: 'fields',
	session_id: 'abc0123456789',
	account_id: '123456789',
	event_time: '2021-10-12T14:20:50.521+07:00',
	terminal_black_box: 'aGPH1658920283672ropYaFxT7',
	terminal_ip: '210.20.10.33',
};
const moreBasics: INodeParameters = { channel: 'test', ext_json: '{"ext_book_num": 10}' };
const basicBody: Json = {
	channel: 'test',
	session_id: 'abc0123456789',
	account_id: '123456789',
	event_time: '2021-10-12T14:20:50.521+07:00',
	terminal: { black_box: 'aGPH1658920283672ropYaFxT7', ip: '210.20.10.33' },
	ext: { ext_book_num: 10 },
};
const basicRequired: Required[] = [['session_id', "'Session ID' is empty"]];
const orderRequired: Required[] = [['order_id', "'Order ID' is empty"], ...basicRequired];

/** An amount that stands in the open, under the given place. */
const openAmount = (place: string): INodeParameters =>
	Object.fromEntries(Object.entries(usd).map(([member, value]) => [`${place}_${member}`, value]));
const openAmountRequired = (place: string): Required[] => [
	[`${place}_currency`, "'Currency' is empty"],
	[`${place}_amount_local`, "'Amount (Local)' is empty"],
];
/** An amount in a collection of its own. */
const amountRequired = (place: string, label: string): Required[] => [
	[`${place}.value.currency`, `'Currency' of ${label} is empty`],
	[`${place}.value.amount_local`, `'Amount (Local)' of ${label} is empty`],
];

/** An event and the body it is to become, without the basic parameters. */
export interface EventRow extends Row {
	body: Json;
}

/** The body of an event, of an order. */
export function bodyOf({ operation, body }: EventRow, orderId: string): Json {
	if (operation !== 'order_modify') return { ...body, order_id: orderId };
	return { ...body, order: { ...(body['order'] as Json), order_id: orderId } };
}

function event(
	operation: string,
	parameters: INodeParameters,
	body: Json,
	required: readonly Required[],
	further: INodeParameters = {},
): EventRow {
	return {
		node: 'tdOrderEvent',
		operation,
		parameters: {
			...basics,
			order_id: '={{ $json.order }}',
			...parameters,
			additionalFields: { ...moreBasics, ...further },
		},
		items: async () => ['NX34-1', 'NX34-2', 'NX34-3'].map((order) => ({ order })),
		path: EVENT,
		required,
		body: { ...basicBody, event_type: operation, ...body },
		expected: async ({ sandbox }, { order }) => {
			const taken = sandbox.ledger().events.filter(({ orderId }) => orderId === order);
			expect(taken).toHaveLength(1);
			return [
				{
					code: 200,
					message: '',
					sequence_id: taken[0]?.sequenceId,
					outcome: 'reported',
					event_type: operation,
					event_time: basicBody['event_time'],
					order_id: order,
				},
			];
		},
	};
}

export const tdRows: EventRow[] = [
	event('order_cancel', {}, {}, orderRequired),
	event('order_return', {}, {}, orderRequired),
	event('order_confirm', {}, {}, orderRequired),
	event(
		'order_modify',
		{
			order_order_id: '={{ $json.order }}',
			order_order_create_time: '2021-10-12T14:25:50.521+07:00',
			order_amount: { value: usd },
			order_merchandise_list_by: 'fields',
			order_merchandise_list: {
				item: [
					{
						merchandise_id: 'NFH8',
						category_1: '3c',
						category_2: 'phone',
						category_3: 'android',
						name: 'phone',
						count: 1,
						unit_price: { value: usd },
					},
				],
			},
			order_shipping: {
				value: {
					address_country: 'FR',
					address_region: 'Grand Est',
					address_city: 'Strasbourg',
					address_district: 'D',
					address_detail: '1 Street',
					address_zip_code: '310000',
					phone: { value: { country_code: 1, phone_number: '187000' } },
					email: 'a@example.com',
					consignee_first_name: 'P',
					consignee_middle_name: 'M',
					consignee_last_name: 'L',
					consignee_nickname: 'S',
					method: 'logistics',
				},
			},
		},
		{
			order: {
				order_create_time: '2021-10-12T14:25:50.521+07:00',
				merchandise_list: [
					{
						merchandise_id: 'NFH8',
						category_1: '3c',
						category_2: 'phone',
						category_3: 'android',
						name: 'phone',
						count: 1,
						unit_price: usd,
					},
				],
				amount: usd,
				shipping: {
					address: {
						country: 'FR',
						region: 'Grand Est',
						city: 'Strasbourg',
						district: 'D',
						detail: '1 Street',
						zip_code: '310000',
					},
					phone: { country_code: 1, phone_number: '187000' },
					email: 'a@example.com',
					consignee: { first_name: 'P', middle_name: 'M', last_name: 'L', nickname: 'S' },
					method: 'logistics',
				},
			},
		},
		[
			['order_order_id', "'Order ID' is empty"],
			...basicRequired,
			...amountRequired('order_amount', 'Order Amount'),
			['order_merchandise_list.item.0.merchandise_id', "'Merchandise ID' of Article 1 is empty"],
			['order_merchandise_list.item.0.category_1', "'Category 1' of Article 1 is empty"],
			...amountRequired('order_merchandise_list.item.0.unit_price', 'Unit Price of Article 1'),
			['order_shipping.value.address_country', "'Country' of Shipping is empty"],
			['order_shipping.value.address_region', "'Region' of Shipping is empty"],
			['order_shipping.value.address_city', "'City' of Shipping is empty"],
			[
				'order_shipping.value.phone.value.country_code',
				"'Calling Code' of Phone of Shipping is empty",
			],
			[
				'order_shipping.value.phone.value.phone_number',
				"'Phone Number' of Phone of Shipping is empty",
			],
		],
	),
	event(
		'order_payment',
		{
			payment_payment_id: 'NHF8',
			payment_method: 'card',
			payment_channel: 'paypal',
			...openAmount('payment_amount'),
			payment_card: {
				value: {
					card_bin: '622207',
					last_four_digits: '1234',
					card_number_length: 16,
					card_token_id: 'NFct',
					holder_name: {
						value: { first_name: 'P', middle_name: 'M', last_name: 'L', nickname: 'S' },
					},
					debit_or_credit: 'credit',
					issuer_region: 'CN',
					expiration_date: '1998-01',
				},
			},
		},
		{
			payment: {
				payment_id: 'NHF8',
				method: 'card',
				channel: 'paypal',
				amount: usd,
				card: {
					card_bin: '622207',
					last_four_digits: '1234',
					card_number_length: 16,
					card_token_id: 'NFct',
					holder_name: { first_name: 'P', middle_name: 'M', last_name: 'L', nickname: 'S' },
					debit_or_credit: 'credit',
					issuer_region: 'CN',
					expiration_date: '1998-01',
				},
				is_coupon_used: true,
				coupons: [
					{
						coupon_id: 'NOHF',
						coupon_name: 'Discount',
						coupon_count: 1,
						begin_time: 1596358039000,
						expire_time: 1616358039000,
						coupon_type: 'discount',
						coupon_rate: 0.85,
						coupon_threshold: '10',
						cash_back_amount: usd,
					},
				],
			},
		},
		[
			...orderRequired,
			['payment_payment_id', "'Payment ID' is empty"],
			['payment_method', "'Payment Method' is empty"],
			['payment_channel', "'Payment Channel' is empty"],
			...openAmountRequired('payment_amount'),
			['payment_card.value.card_bin', "'Card BIN' of Card is empty"],
			['payment_card.value.last_four_digits', "'Last Four Digits' of Card is empty"],
			['payment_card.value.card_number_length', "'Card Number Length' of Card is empty"],
			...['coupon_id', 'coupon_name', 'coupon_count', 'begin_time', 'expire_time'].map(
				(member): Required => [
					`additionalFields.payment_coupons.item.0.${member}`,
					`'${member
						.split('_')
						.map((word) => word[0]!.toUpperCase() + word.slice(1))
						.join(' ')
						.replace('Id', 'ID')}' of Coupon 1 is empty`,
				],
			),
			...amountRequired(
				'additionalFields.payment_coupons.item.0.cash_back_amount',
				'Cash Back Amount of Coupon 1',
			),
		],
		{
			payment_is_coupon_used: true,
			payment_coupons: {
				item: [
					{
						coupon_id: 'NOHF',
						coupon_name: 'Discount',
						coupon_count: 1,
						begin_time: '2020-08-02T08:47:19.000Z',
						expire_time: '={{ 1616358039000 }}',
						coupon_type: 'discount',
						coupon_rate: 0.85,
						coupon_threshold: '10',
						cash_back_amount: { value: usd },
					},
				],
			},
		},
	),
	event(
		'order_payment_result',
		{
			payment_id: 'NHF8',
			payment_result_is_payment_success: true,
			payment_result_payment_message: 'success',
			payment_result_is_3ds_used: 'false',
			payment_result_response_by_3ds: {
				value: { eci_value: '02', version: '2.2.0', authentication_type: '01', trans_status: 'Y' },
			},
		},
		{
			payment_id: 'NHF8',
			payment_result: {
				is_payment_success: true,
				payment_message: 'success',
				is_3ds_used: false,
				response_by_3ds: {
					eci_value: '02',
					version: '2.2.0',
					authentication_type: '01',
					trans_status: 'Y',
				},
				response_by_avs: 'A',
				response_by_cvc: 'M',
				channel: 'stripe',
			},
		},
		[
			...orderRequired,
			['payment_id', "'Payment ID' is empty"],
			['payment_result_is_payment_success', "'Payment Succeeded' is empty"],
			['payment_result_response_by_3ds.value.eci_value', "'ECI Value' of 3DS Response is empty"],
			['payment_result_response_by_3ds.value.version', "'3DS Version' of 3DS Response is empty"],
			[
				'payment_result_response_by_3ds.value.authentication_type',
				"'Authentication Type' of 3DS Response is empty",
			],
			[
				'payment_result_response_by_3ds.value.trans_status',
				"'Transaction Status' of 3DS Response is empty",
			],
		],
		{
			payment_result_response_by_avs: 'A',
			payment_result_response_by_cvc: 'M',
			payment_result_channel: 'stripe',
		},
	),
	event(
		'order_ship',
		{
			logistics_logistics_type: 'Standard Shipping',
			logistics_logistics_company: 'SF',
			logistics_cost: { value: usd },
		},
		{
			logistics: {
				logistics_type: 'Standard Shipping',
				cost: usd,
				logistics_company: 'SF',
			},
		},
		[...orderRequired, ...amountRequired('logistics_cost', 'Shipping Cost')],
	),
	event(
		'order_refund',
		{
			payment_id: 'NHF8',
			...openAmount('refund_result_refund_amount'),
			refund_result_refund_reason: 'XXX',
		},
		{ payment_id: 'NHF8', refund_result: { refund_amount: usd, refund_reason: 'XXX' } },
		[
			...orderRequired,
			['payment_id', "'Payment ID' is empty"],
			...openAmountRequired('refund_result_refund_amount'),
		],
	),
	event(
		'order_chargeback',
		{
			payment_id: 'NHF8',
			...openAmount('chargeback_result_chargeback_amount'),
			chargeback_result_chargeback_reason: 'XXX',
			chargeback_result_chargeback_process: 'need_response',
		},
		{
			payment_id: 'NHF8',
			chargeback_result: {
				chargeback_amount: usd,
				chargeback_reason: 'XXX',
				chargeback_process: 'need_response',
			},
		},
		[
			...orderRequired,
			['payment_id', "'Payment ID' is empty"],
			...openAmountRequired('chargeback_result_chargeback_amount'),
			['chargeback_result_chargeback_reason', "'Chargeback Reason' is empty"],
			['chargeback_result_chargeback_process', "'Chargeback Process' is empty"],
		],
	),
];

/** A shop's event that becomes one of TD's. */
export const shopEventRow: Row = {
	node: 'tdOrderEvent',
	operation: 'reportShopEvent',
	parameters: { shopEvent: '={{ $json.event }}' },
	items: async () =>
		['S-1', 'S-2', 'S-3'].map((no) => ({
			no,
			event: {
				event: 'order_refunded',
				shop: 'shopify',
				at: '2021-10-12T14:20:50+07:00',
				order: {
					id: no,
					currency: 'USD',
					device: { ip: '210.20.10.33', session: 'abc0123456789' },
					customer: { id: '123456789' },
					payment: { id: 'NHF8' },
					refunds: [{ id: 'R-1', amount: '-6.80', reason: 'XXX' }],
				},
			},
		})),
	path: EVENT,
	required: [['shopEvent', "'Shop Event' is empty"]],
	expected: async ({ sandbox }, { no }, sent) => {
		const taken = sandbox.ledger().events.filter(({ orderId }) => orderId === no);
		expect(taken).toHaveLength(1);
		expect(sent).toEqual({
			channel: 'sandbox_web',
			session_id: 'abc0123456789',
			account_id: '123456789',
			event_time: '2021-10-12T14:20:50.000+07:00',
			event_type: 'order_refund',
			terminal: { ip: '210.20.10.33' },
			order_id: no,
			payment_id: 'NHF8',
			refund_result: {
				refund_amount: { currency: 'USD', amount_local: 6.8, amount_usd: 6.8 },
				refund_reason: 'XXX',
			},
		});
		return [
			{
				outcome: 'reported',
				code: 200,
				message: '',
				sequence_id: taken[0]?.sequenceId,
				event_type: 'order_refund',
				event_time: '2021-10-12T14:20:50.000+07:00',
				order_id: no,
				shop_event: 'order_refunded',
			},
		];
	},
};
