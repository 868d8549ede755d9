import { isObject } from '../exchange';
import { isEmpty, isWrong } from './codes';
import {
	decimal,
	flag,
	integer,
	listOf,
	matching,
	object,
	oneOf,
	optional,
	required,
	text,
	type Shape,
} from './shapes';

// TD's data types: members, types and requirement marks are [doc], each from the page named after it.

/** A moment, ISO 8601 with an offset [doc]; milliseconds may be missing here, unlike in event_time. */
export const moment = momentOf(
	/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/,
);

/** `YYYY-MM-DDTHH:mm:ss.sssZ`, example `2021-10-12T14:20:50.521+07:00` [doc]. */
export const exactMoment = momentOf(
	/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d{3})(Z|[+-]\d{2}:\d{2})$/,
);

function momentOf(format: RegExp): Shape {
	return (value, path, context) =>
		matching(format)(value, path, context) ??
		(isOnCalendar(value as string) ? undefined : isWrong(path));
}

/** Also `2021-02-30` has the right form, and Date.parse would make it a day in March. */
function isOnCalendar(text: string): boolean {
	const local = `${text.slice(0, 19)}Z`;
	const time = Date.parse(local);
	if (Number.isNaN(time) || Number.isNaN(Date.parse(text))) return false;
	return new Date(time).toISOString().slice(0, 19) === text.slice(0, 19);
}

/** Two letters, ISO 3166, which has capitals. */
const country = matching(/^[A-Z]{2}$/);

/** The node decides which conversion is required, not the currency [doc]; giving both is fine [doc: examples]. */
export const amount = object(
	{
		currency: required(matching(/^[A-Z]{3}$/)),
		amount_local: required(decimal),
		amount_usd: optional(decimal),
		amount_cny: optional(decimal),
	},
	(value, path, { region }) => {
		const converted = region === 'cn' ? 'amount_cny' : 'amount_usd';
		const given = isObject(value) && Object.hasOwn(value, converted) && value[converted] !== '';
		return given ? undefined : isEmpty(`${path}.${converted}`);
	},
);

const name = object({
	first_name: optional(text),
	middle_name: optional(text),
	last_name: optional(text),
	nickname: optional(text),
});

const phone = object({
	country_code: required(integer),
	phone_number: required(matching(/^[^+]/)),
});

const address = object({
	country: required(country),
	region: required(text),
	city: required(text),
	district: optional(text),
	detail: optional(text),
	zip_code: optional(text),
});

const merchandise = object({
	merchandise_id: required(text),
	category_1: required(text),
	category_2: optional(text),
	category_3: optional(text),
	name: optional(text),
	count: optional(integer),
	unit_price: optional(amount),
});

const shipping = object({
	address: required(address),
	phone: optional(phone),
	email: optional(text),
	consignee: required(name),
	method: optional(oneOf('logistics', 'store_pickup')),
});

/** As order_modify marks it; the type's own page also demands create time and amount [doc: contradiction]. */
export const order = object({
	order_id: required(text),
	order_create_time: optional(moment),
	merchandise_list: optional(listOf(merchandise)),
	amount: optional(amount),
	shipping: optional(shipping),
});

const card = object({
	card_bin: required(text),
	last_four_digits: required(text),
	card_number_length: required(integer),
	card_token_id: optional(text),
	holder_name: optional(name),
	debit_or_credit: optional(oneOf('debit', 'credit')),
	issuer_region: optional(country),
	// `YYYY-MM` is the format; TD's own example on the Payment page is `1998-01-01` [doc: contradiction]
	expiration_date: optional(matching(/^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/)),
});

/** Times are UTC epoch milliseconds here, unlike everywhere else [doc]. */
const coupon = object({
	coupon_id: required(text),
	coupon_name: required(text),
	coupon_count: required(integer),
	begin_time: required(integer),
	expire_time: required(integer),
	coupon_type: optional(oneOf('fixed_discount', 'discount', 'threshold', 'other')),
	coupon_rate: optional(decimal),
	coupon_threshold: optional(text),
	cash_back_amount: optional(amount),
});

export const payment = object(
	{
		payment_id: required(text),
		method: required(
			oneOf('card', 'ewallet', 'bank_transfer', 'cash_on_delivery', 'bnpl', 'other'),
		),
		channel: required(text),
		amount: required(amount),
		card: optional(card),
		is_coupon_used: optional(flag),
		coupons: optional(listOf(coupon)),
	},
	// card: "required when paying by card" [doc]
	(value, path) =>
		isObject(value) && value['method'] === 'card' && !isObject(value['card'])
			? isEmpty(`${path}.card`)
			: undefined,
);

const response3ds = object({
	eci_value: required(text),
	version: required(text),
	authentication_type: required(text),
	trans_status: required(text),
});

export const paymentResult = object({
	channel: optional(text),
	is_payment_success: required(flag),
	payment_message: optional(text),
	is_3ds_used: optional(flag),
	response_by_3ds: optional(response3ds),
	response_by_avs: optional(text),
	response_by_cvc: optional(text),
});

export const logistics = object({
	logistics_type: optional(text),
	cost: optional(amount),
	logistics_company: optional(text),
});

export const refundResult = object({
	refund_amount: required(amount),
	refund_reason: optional(text),
});

export const chargebackResult = object({
	chargeback_amount: required(amount),
	chargeback_reason: required(text),
	chargeback_process: required(text),
});
