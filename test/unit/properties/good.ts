/** Good bodies to start from: every member that the vendors document. */

type Json = Record<string, unknown>;

const amount = { currency: 'USD', amount_local: 68, amount_usd: 10, amount_cny: 68.5 };
const names = { first_name: 'P', middle_name: '', last_name: 'L', nickname: 'S' };

export const goodOrder: Json = {
	no: 'ORD-1',
	product: 'UA',
	freightClass: '70',
	isSignatureService: 1,
	signatureType: 'INDIRECT',
	is_insurance: false,
	note: 'fragile',
	consignee: {
		countryCode: 'US',
		stateProvince: 'MN',
		city: 'Sampletown',
		postcode: '55000',
		address: '1 Example Street',
		address2: '',
		name: 'Receiver',
		companyName: 'Example Inc.',
		phone: '1-555-0100',
	},
	boxes: [
		{
			number: 2,
			weight: 10.5,
			length: 30,
			width: 30,
			height: 30,
			declaredValue: 0,
			referenceNumbers: ['R-1'],
		},
		{ number: 1, weight: 1, length: 1, width: 1, height: 1 },
	],
};

const basics: Json = {
	channel: 'test',
	session_id: 'abc',
	account_id: '123',
	event_time: '2021-10-12T14:20:50.521+07:00',
	terminal: { black_box: 'aGPH1658920283672ropYaFxT7', ip: '210.20.10.33' },
	ext: { ext_book_num: 10, nested: { any: [null, 1] } },
};

const own: Record<string, Json> = {
	order_cancel: { order_id: 'O' },
	order_return: { order_id: 'O' },
	order_confirm: { order_id: 'O' },
	order_modify: {
		order: {
			order_id: 'O',
			order_create_time: '2021-10-12T14:25:50.521+07:00',
			amount,
			merchandise_list: [
				{
					merchandise_id: 'M',
					category_1: 'a',
					category_2: 'b',
					category_3: 'c',
					name: 'n',
					count: 1,
					unit_price: amount,
				},
			],
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
				consignee: names,
				method: 'logistics',
			},
		},
	},
	order_payment: {
		order_id: 'O',
		payment: {
			payment_id: 'P',
			method: 'card',
			channel: 'paypal',
			amount,
			card: {
				card_bin: '622207',
				last_four_digits: '1234',
				card_number_length: 16,
				card_token_id: 'T',
				holder_name: names,
				debit_or_credit: 'credit',
				issuer_region: 'CN',
				expiration_date: '1998-01',
			},
			is_coupon_used: true,
			coupons: [
				{
					coupon_id: 'C',
					coupon_name: 'Discount',
					coupon_count: 1,
					begin_time: 1596358039000,
					expire_time: 1616358039000,
					coupon_type: 'discount',
					coupon_rate: 0.85,
					coupon_threshold: '10',
					cash_back_amount: amount,
				},
			],
		},
	},
	order_payment_result: {
		order_id: 'O',
		payment_id: 'P',
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
			response_by_avs: '',
			response_by_cvc: '',
			channel: 'stripe',
		},
	},
	order_ship: {
		order_id: 'O',
		logistics: { logistics_type: 'Standard', cost: amount, logistics_company: 'SF' },
	},
	order_refund: {
		order_id: 'O',
		payment_id: 'P',
		refund_result: { refund_amount: amount, refund_reason: 'X' },
	},
	order_chargeback: {
		order_id: 'O',
		payment_id: 'P',
		chargeback_result: {
			chargeback_amount: amount,
			chargeback_reason: 'X',
			chargeback_process: 'need_response',
		},
	},
};

/** Bodies of the nine events by their type. */
export const goodEvents: Record<string, Json> = Object.fromEntries(
	Object.entries(own).map(([type, body]) => [type, { ...basics, event_type: type, ...body }]),
);
