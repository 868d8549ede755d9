/** TD's nine events: every documented field filled in, and the body that TD's pages make of it. */
import type { INodeParameters } from 'n8n-workflow';
import type { Ledger, Sandbox } from '../../sandbox';
import { example, TD_PAYMENT, TD_SHIP } from '../contract/examples';
import { EVENT } from '../observed';
import type { Entry, Props, Required } from './list';

type Json = Record<string, unknown>;

const { logistics, ...ship } = example(TD_SHIP) as INodeParameters;
const { channel, session_id, account_id, event_time, terminal, ext } = ship;
/** What all events have, as TD prints it. */
export const basicBody: Json = { channel, session_id, account_id, event_time, terminal, ext };
const { payment } = example(TD_PAYMENT) as {
	payment: { card: INodeParameters; coupons: [INodeParameters] };
};
const [coupon] = payment.coupons;

/** Members that stand in the open, under the given place. */
const open = (place: string, members: INodeParameters): INodeParameters =>
	Object.fromEntries(
		Object.entries(members).map(([member, value]) => [`${place}_${member}`, value]),
	);

const basics: INodeParameters = {
	specifyBody: 'fields',
	...{ session_id, account_id, event_time },
	...open('terminal', terminal as INodeParameters),
};
const moreBasics: INodeParameters = {
	channel: 'test',
	ext: { item: [{ name: 'ext_book_id', value: 'LFOUHOFHOHFNOUH' }] },
	ext_json: '{"ext_book_num": 10}',
};

// What form and body have alike
const usd = { currency: 'USD', amount_local: 68, amount_usd: 10, amount_cny: 68 };
const person = { first_name: 'P', middle_name: 'M', last_name: 'L', nickname: 'S' };
const article = {
	...{ merchandise_id: 'NFH8', name: 'phone', count: 1 },
	...{ category_1: '3c', category_2: 'phone', category_3: 'android' },
};
const address = {
	...{ country: 'FR', region: 'Grand Est', city: 'Strasbourg', zip_code: '310000' },
	...{ district: 'D', detail: '1 Street' },
};
const phone = { country_code: 1, phone_number: '187000' };
const shipping = { email: 'a@example.com', method: 'logistics' };
const result = { is_payment_success: true, payment_message: 'success' };
const resultCodes = { response_by_avs: 'A', response_by_cvc: 'M', channel: 'stripe' };
const chargeback = { chargeback_reason: 'XXX', chargeback_process: 'need_response' };
const threeDs = { eci_value: '02', version: '2.2.0', authentication_type: '01', trans_status: 'Y' };

const basicRequired: Required = { session_id: 'Session ID' };
const orderRequired: Required = { order_id: 'Order ID', ...basicRequired };
const paymentRequired: Required = { ...orderRequired, payment_id: 'Payment ID' };

/** Fields of one place by their labels, whose members are called alike: `Card BIN` is `card_bin`. */
const labelled = (place: string, labels: string, owner = ''): Required =>
	Object.fromEntries(
		labels.split(', ').map((label) => {
			const member = label.toLowerCase().replaceAll(' ', '_');
			return [`${place}${member}`, `${label}${owner}`];
		}),
	);
const openAmountRequired = (place: string): Required => ({
	[`${place}_currency`]: 'Currency',
	[`${place}_amount_local`]: 'Amount (Local)',
});
/** An amount in a collection of its own. */
const amountRequired = (place: string, label: string): Required => ({
	[`${place}.value.currency`]: `Currency of ${label}`,
	[`${place}.value.amount_local`]: `Amount (Local) of ${label}`,
});

/** The body of an event, of an order. */
export function bodyOf(type: string, orderId: string): Json {
	const { order, ...body } = given[type]!.body ?? {};
	return {
		...basicBody,
		event_type: type,
		...body,
		...(order ? { order: { ...order, order_id: orderId } } : { order_id: orderId }),
	};
}

const told = (type: string) => ({
	path: EVENT,
	effects: ({ events }: Ledger, { name }: Props) =>
		events.filter(({ orderId, eventType }) => orderId === name && eventType === type).length,
});

/** What comes out of an event that TD took. */
function taken({ ledger }: Sandbox, { name }: Props, event_type: string, event_time: unknown) {
	const events = ledger().events.filter(({ orderId }) => orderId === name);
	expect(events).toHaveLength(1);
	return {
		code: 200,
		sequence_id: events[0]?.sequenceId,
		outcome: 'reported',
		event_type,
		event_time,
		order_id: name,
	};
}

/** What is an event's own. */
interface Given {
	form?: INodeParameters;
	/** In Additional Fields. */
	more?: INodeParameters;
	/** What they make. */
	body?: Json & { order?: Json };
	required?: Required;
}

const given: Record<string, Given> = {
	order_cancel: {},
	order_return: {},
	order_confirm: {},
	order_modify: {
		form: {
			order_order_id: '={{ $json.name }}',
			order_order_create_time: '2021-10-12T14:25:50.521+07:00',
			order_amount: { value: usd },
			order_merchandise_list_by: 'fields',
			order_merchandise_list: { item: [{ ...article, unit_price: { value: usd } }] },
			order_shipping: {
				value: {
					...open('address', address),
					phone: { value: phone },
					...open('consignee', person),
					...shipping,
				},
			},
		},
		body: {
			order: {
				order_create_time: '2021-10-12T14:25:50.521+07:00',
				merchandise_list: [{ ...article, unit_price: usd }],
				amount: usd,
				shipping: { address, phone, consignee: person, ...shipping },
			},
		},
		required: {
			order_order_id: 'Order ID',
			...basicRequired,
			...amountRequired('order_amount', 'Order Amount'),
			...labelled('order_merchandise_list.item.0.', 'Merchandise ID, Category 1', ' of Article 1'),
			...amountRequired('order_merchandise_list.item.0.unit_price', 'Unit Price of Article 1'),
			...labelled('order_shipping.value.address_', 'Country, Region, City', ' of Shipping'),
			'order_shipping.value.phone.value.country_code': 'Calling Code of Phone of Shipping',
			'order_shipping.value.phone.value.phone_number': 'Phone Number of Phone of Shipping',
		},
	},
	order_payment: {
		form: {
			payment_payment_id: 'NHF8',
			payment_method: 'card',
			payment_channel: 'paypal',
			...open('payment_amount', usd),
			payment_card: { value: { ...payment.card, holder_name: { value: person } } },
		},
		more: {
			payment_is_coupon_used: true,
			payment_coupons: {
				item: [
					{
						...coupon,
						begin_time: '2020-08-02T08:47:19.000Z',
						expire_time: '={{ 1616358039000 }}',
						cash_back_amount: { value: coupon['cash_back_amount'] },
					},
				],
			},
		},
		body: { payment: { ...payment, card: { ...payment.card, holder_name: person } } },
		required: {
			...orderRequired,
			payment_payment_id: 'Payment ID',
			payment_method: 'Payment Method',
			payment_channel: 'Payment Channel',
			...openAmountRequired('payment_amount'),
			...labelled(
				'payment_card.value.',
				'Card BIN, Last Four Digits, Card Number Length',
				' of Card',
			),
			...labelled(
				'additionalFields.payment_coupons.item.0.',
				'Coupon ID, Coupon Name, Coupon Count, Begin Time, Expire Time',
				' of Coupon 1',
			),
			...amountRequired(
				'additionalFields.payment_coupons.item.0.cash_back_amount',
				'Cash Back Amount of Coupon 1',
			),
		},
	},
	order_payment_result: {
		form: {
			payment_id: 'NHF8',
			...open('payment_result', { ...result, is_3ds_used: 'false' }),
			payment_result_response_by_3ds: { value: threeDs },
		},
		more: open('payment_result', resultCodes),
		body: {
			payment_id: 'NHF8',
			payment_result: { ...result, is_3ds_used: false, response_by_3ds: threeDs, ...resultCodes },
		},
		required: {
			...paymentRequired,
			payment_result_is_payment_success: 'Payment Succeeded',
			'payment_result_response_by_3ds.value.eci_value': 'ECI Value of 3DS Response',
			'payment_result_response_by_3ds.value.version': '3DS Version of 3DS Response',
			'payment_result_response_by_3ds.value.authentication_type':
				'Authentication Type of 3DS Response',
			'payment_result_response_by_3ds.value.trans_status': 'Transaction Status of 3DS Response',
		},
	},
	order_ship: {
		form: {
			logistics_logistics_type: 'Standard Shipping',
			logistics_logistics_company: 'SF',
			logistics_cost: { value: usd },
		},
		body: { logistics },
		required: { ...orderRequired, ...amountRequired('logistics_cost', 'Shipping Cost') },
	},
	order_refund: {
		form: {
			payment_id: 'NHF8',
			...open('refund_result_refund_amount', usd),
			refund_result_refund_reason: 'XXX',
		},
		body: { payment_id: 'NHF8', refund_result: { refund_amount: usd, refund_reason: 'XXX' } },
		required: { ...paymentRequired, ...openAmountRequired('refund_result_refund_amount') },
	},
	order_chargeback: {
		form: {
			payment_id: 'NHF8',
			...open('chargeback_result_chargeback_amount', usd),
			...open('chargeback_result', chargeback),
		},
		body: { payment_id: 'NHF8', chargeback_result: { chargeback_amount: usd, ...chargeback } },
		required: {
			...paymentRequired,
			...openAmountRequired('chargeback_result_chargeback_amount'),
			...labelled('chargeback_result_', 'Chargeback Reason, Chargeback Process'),
		},
	},
};

/** A shop's refund of the order that the item names, as an expression. */
export function refund(more: Json): string {
	const shopEvent = {
		event: 'order_refunded',
		shop: 'shopify',
		...more,
		order: {
			id: 'NAME',
			currency: 'USD',
			device: { ip: '210.20.10.33', session: 'abc0123456789' },
			customer: { id: '123456789' },
			payment: { id: 'NHF8' },
			refunds: [{ id: 'R-1', amount: '-6.80', reason: 'XXX' }],
		},
	};
	// Two closing braces would end the expression
	const text = JSON.stringify(shopEvent).replaceAll('}', ' }');
	return `={{ ${text.replace('"NAME"', '$json.name')} }}`;
}

const eventEntry = (type: string, { form, more, required = orderRequired }: Given): Entry => ({
	parameters: {
		...basics,
		order_id: '={{ $json.name }}',
		...form,
		additionalFields: { ...moreBasics, ...more },
	},
	...told(type),
	required,
	expected: async (sandbox, props) => taken(sandbox, props, type, event_time),
});

export const eventTypes = Object.keys(given);

export const tdOrderEvent: Record<string, Entry> = {
	...Object.fromEntries(eventTypes.map((type) => [type, eventEntry(type, given[type]!)])),
	reportShopEvent: {
		parameters: { shopEvent: refund({ at: '2021-10-12T14:20:50+07:00' }) },
		...told('order_refund'),
		required: { shopEvent: 'Shop Event' },
		expected: async (sandbox, props, sent) => {
			const at = '2021-10-12T14:20:50.000+07:00';
			expect(sent).toEqual({
				channel: 'sandbox_web',
				session_id: 'abc0123456789',
				account_id: '123456789',
				event_time: at,
				event_type: 'order_refund',
				terminal: { ip: '210.20.10.33' },
				order_id: props.name,
				payment_id: 'NHF8',
				refund_result: {
					refund_amount: { currency: 'USD', amount_local: 6.8, amount_usd: 6.8 },
					refund_reason: 'XXX',
				},
			});
			const reported = taken(sandbox, props, 'order_refund', at);
			return { ...reported, shop_event: 'order_refunded' };
		},
	},
	checkContract: { parameters: {}, tells: true },
};
