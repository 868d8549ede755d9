/**
 * TD's data types [documented on its type pages], with TD's grades of "required". Where TD's pages
 * contradict each other, the milder reading counts.
 */
import {
	choice,
	type Fields,
	flag,
	type Grade,
	group,
	type GroupField,
	type GroupRule,
	list,
	moment,
	number,
	text,
	type TextForm,
} from '../fields/field';
import { countryForm } from '../fields/forms';

/** ISO 4217 writes codes in capitals; some shops do not. */
const currencyForm: TextForm = {
	read: (text) => (/^[A-Za-z]{3}$/.test(text) ? text.toUpperCase() : undefined),
	wrong: 'must be a code of 3 letters, such as USD',
};

/**
 * TD requires amount_cny on the China server, amount_usd on all others. It is taken from the local amount
 * if that is in the same currency; TD leaves the exchange rate to the caller.
 */
const amountRule: GroupRule = (amount, { region }) => {
	const { currency } = amount;
	if (!region || amount[region.requiredAmount] !== undefined) return undefined;
	if (currency === region.currency) {
		amount[region.requiredAmount] = amount['amount_local'];
		return undefined;
	}
	return {
		member: region.requiredAmount,
		reason: `is empty: TD's region ${region.name} requires the amount in ${region.currency}, and it cannot be derived from ${String(currency)}. Convert it and map it here`,
	};
};

/** How small an amount may be: an order can cost nothing, but nobody gets nothing back. */
type Least = { min: 0 } | { above: 0 };

/** An amount of money in major units. TD does not say how small it may be: ASSUMED not to be negative. */
export const amount = (
	label: string,
	grade: Grade = 'optional',
	least: Least = { min: 0 },
): GroupField =>
	group(
		label,
		{
			currency: text('Currency', {
				grade: 'required',
				placeholder: 'e.g. USD',
				description: 'Local currency, three letters (ISO 4217)',
				form: currencyForm,
			}),
			amount_local: number('Amount (Local)', {
				...least,
				grade: 'required',
				placeholder: 'e.g. 6.8',
				description: 'In the local currency, in major units',
			}),
			amount_usd: number('Amount (USD)', {
				...least,
				grade: 'conditional',
				placeholder: 'e.g. 6.8',
				description:
					'Required in every region but China. Left empty, it is taken from the local amount if that is in USD.',
			}),
			amount_cny: number('Amount (CNY)', {
				...least,
				grade: 'conditional',
				placeholder: 'e.g. 6.8',
				description:
					'Required in the region China. Left empty, it is taken from the local amount if that is in CNY.',
			}),
		},
		{ grade, rule: amountRule },
	);

/** A person's name; TD stars none of its parts. */
const nameFields: Fields = {
	first_name: text('First Name', { grade: 'conditional' }),
	middle_name: text('Middle Name', { grade: 'conditional' }),
	last_name: text('Last Name', { grade: 'conditional' }),
	nickname: text('Nickname', { grade: 'conditional' }),
};

/** The day of TD's own example has no meaning for a card, and the format that TD states has none. */
const cardRule: GroupRule = (card) => {
	const { expiration_date: date } = card;
	if (typeof date === 'string') card['expiration_date'] = date.slice(0, 'YYYY-MM'.length);
	return undefined;
};

/** A payment card, which TD takes with any method. There is no field for the full number, and there must be none. */
const card = group(
	'Card',
	{
		// TD documents no length for either. ASSUMED: those of ISO 7812, so that no whole number slips in
		card_bin: text('Card BIN', {
			grade: 'required',
			placeholder: 'e.g. 622207',
			check: (value) => (/^\d{4,8}$/.test(value) ? undefined : 'must be the first 4 to 8 digits'),
		}),
		last_four_digits: text('Last Four Digits', {
			grade: 'required',
			placeholder: 'e.g. 1234',
			check: (value) => (/^\d{4}$/.test(value) ? undefined : 'must be 4 digits'),
		}),
		card_number_length: number('Card Number Length', {
			grade: 'required',
			whole: true,
			above: 0,
			placeholder: 'e.g. 16',
		}),
		card_token_id: text('Card Token ID', { grade: 'strong' }),
		holder_name: group('Holder Name', nameFields, { grade: 'strong' }),
		debit_or_credit: choice(
			'Debit or Credit',
			[
				{ name: 'Credit', value: 'credit' },
				{ name: 'Debit', value: 'debit' },
			],
			{ grade: 'strong' },
		),
		issuer_region: text('Issuer Region', {
			grade: 'strong',
			placeholder: 'e.g. US',
			description: 'Two letters (ISO 3166)',
			form: countryForm('US'),
		}),
		expiration_date: text('Expiration Date', {
			grade: 'recommended',
			placeholder: 'e.g. 2028-01',
			description: 'Year and month as YYYY-MM; of a whole date the day is left out',
			check: (value) =>
				/^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/.test(value)
					? undefined
					: 'must be year and month, such as 2028-01',
		}),
	},
	{
		grade: 'conditional',
		description: "Required if 'Payment Method' is Card",
		rule: cardRule,
	},
);

/** Coupons used in a payment. */
const coupons = list(
	'Coupons',
	'Coupon',
	{
		coupon_id: text('Coupon ID', { grade: 'required' }),
		coupon_name: text('Coupon Name', { grade: 'required' }),
		coupon_count: number('Coupon Count', {
			grade: 'required',
			whole: true,
			above: 0,
			initial: 1,
		}),
		begin_time: moment('Begin Time', 'epochMs', { grade: 'required' }),
		expire_time: moment('Expire Time', 'epochMs', { grade: 'required' }),
		coupon_type: choice(
			'Coupon Type',
			[
				{ name: 'Discount', value: 'discount' },
				{ name: 'Fixed Discount', value: 'fixed_discount' },
				{ name: 'Other', value: 'other' },
				{ name: 'Threshold', value: 'threshold' },
			],
			{ grade: 'strong' },
		),
		coupon_rate: number('Coupon Rate', {
			grade: 'strong',
			min: 0,
			max: 1,
			description: 'The part left to pay, from 0 to 1: 10 % off is 0.9',
		}),
		coupon_threshold: text('Coupon Threshold', { grade: 'strong' }),
		cash_back_amount: amount('Cash Back Amount', 'strong'),
	},
	{ grade: 'recommended', entryTitle: ['<coupon_name>', '<coupon_id>'] },
);

/** Ways to pay that TD knows. */
export const paymentMethods = [
	{ name: 'Bank Transfer', value: 'bank_transfer' },
	{ name: 'Buy Now, Pay Later', value: 'bnpl' },
	{ name: 'Card', value: 'card' },
	{ name: 'Cash on Delivery', value: 'cash_on_delivery' },
	{ name: 'E-Wallet', value: 'ewallet' },
	{ name: 'Other', value: 'other' },
] as const;

/** A payment; `channel` is the payment provider, not TD's channel. */
export const payment: GroupField = group(
	'Payment',
	{
		payment_id: text('Payment ID', {
			names: true,
			grade: 'required',
			placeholder: 'e.g. PAY-0001',
			description: 'Serial number of the payment',
		}),
		method: choice('Payment Method', paymentMethods, { grade: 'required', initial: 'card' }),
		channel: text('Payment Channel', {
			grade: 'required',
			placeholder: 'e.g. stripe',
			description:
				'The provider, e.g. stripe, paypal, adyen, checkout, worldpay, airwallex, alipay, wechat_pay, other',
		}),
		amount: amount('Payment Amount', 'required'),
		card,
		is_coupon_used: flag('Coupon Used', {
			grade: 'recommended',
			description: 'Whether a coupon was used',
		}),
		coupons,
	},
	{
		grade: 'required',
		rule: (value) =>
			value['method'] === 'card' && value['card'] === undefined
				? { member: 'card', reason: "is empty: TD requires it when 'Payment Method' is Card" }
				: undefined,
	},
);

/** A phone number in TD's two parts. */
const phone = group(
	'Phone',
	{
		country_code: number('Calling Code', {
			grade: 'required',
			whole: true,
			above: 0,
			max: 999,
			placeholder: 'e.g. 86',
			description: "E.164 code without '+'",
		}),
		phone_number: text('Phone Number', {
			grade: 'required',
			placeholder: 'e.g. 13800000000',
			description: "Without '+'",
			check: (value) => (/^\s*\+/.test(value) ? "must not begin with '+'" : undefined),
		}),
	},
	{ grade: 'strong' },
);

const addressFields: Fields = {
	country: text('Country', {
		grade: 'required',
		placeholder: 'e.g. FR',
		description: 'Two letters (ISO 3166)',
		form: countryForm('FR'),
	}),
	region: text('Region', { grade: 'required', placeholder: 'e.g. Grand Est' }),
	city: text('City', { grade: 'required', placeholder: 'e.g. Strasbourg' }),
	district: text('District', { grade: 'recommended' }),
	detail: text('Address Detail', { grade: 'strong', description: 'Street and number' }),
	zip_code: text('Zip Code', { grade: 'recommended' }),
};

const merchandise = list(
	'Merchandise',
	'Article',
	{
		merchandise_id: text('Merchandise ID', { grade: 'required' }),
		category_1: text('Category 1', { grade: 'required', placeholder: 'e.g. phone' }),
		category_2: text('Category 2', { grade: 'strong' }),
		category_3: text('Category 3', { grade: 'recommended' }),
		name: text('Article Name', { grade: 'strong' }),
		count: number('Count', { grade: 'recommended', whole: true, min: 0 }),
		unit_price: amount('Unit Price', 'recommended'),
	},
	{
		grade: 'strong',
		entryTitle: ['<name>', '<merchandise_id>'],
		description: 'What the order consists of',
	},
);

/**
 * The order of order_modify. TD stars create time and amount on the type page but not on the event's page;
 * the milder reading counts.
 */
export const order: GroupField = group(
	'Order',
	{
		order_id: text('Order ID', {
			names: true,
			grade: 'required',
			placeholder: 'e.g. NX348566DIHD',
		}),
		order_create_time: moment('Order Create Time', 'iso', {
			grade: 'strong',
			description: "A date without an offset is in the workflow's time zone",
		}),
		amount: amount('Order Amount', 'strong'),
		merchandise_list: merchandise,
		shipping: group(
			'Shipping',
			{
				address: group('Address', addressFields, { grade: 'required' }),
				consignee: group('Consignee', nameFields, { grade: 'required' }),
				phone,
				email: text('Email', { grade: 'strong', placeholder: 'e.g. name@email.com' }),
				method: choice(
					'Shipping Method',
					[
						{ name: 'Logistics', value: 'logistics' },
						{ name: 'Store Pickup', value: 'store_pickup' },
					],
					{ grade: 'recommended' },
				),
			},
			{ grade: 'strong' },
		),
	},
	{ grade: 'required' },
);

/** A payment provider's answer; only the type page has `channel`. */
export const paymentResult: GroupField = group(
	'Payment Result',
	{
		is_payment_success: flag('Payment Succeeded', {
			grade: 'required',
			description: 'Whether the payment succeeded',
		}),
		payment_message: text('Payment Message', { grade: 'strong' }),
		is_3ds_used: flag('3DS Used', {
			grade: 'strong',
			description: 'Whether 3-D Secure was used',
		}),
		response_by_3ds: group(
			'3DS Response',
			{
				eci_value: text('ECI Value', { grade: 'required', placeholder: 'e.g. 05' }),
				version: text('3DS Version', { grade: 'required', placeholder: 'e.g. 2.2.0' }),
				authentication_type: text('Authentication Type', {
					grade: 'required',
					placeholder: 'e.g. dynamic',
				}),
				trans_status: text('Transaction Status', { grade: 'required', placeholder: 'e.g. Y' }),
			},
			{ grade: 'strong' },
		),
		response_by_avs: text('AVS Response', { grade: 'recommended' }),
		response_by_cvc: text('CVC Response', { grade: 'recommended' }),
		channel: text('Payment Channel', {
			grade: 'recommended',
			placeholder: 'e.g. stripe',
			description: "The provider; only on TD's type page",
		}),
	},
	{ grade: 'required' },
);

export const refundResult: GroupField = group(
	'Refund Result',
	{
		refund_amount: amount('Refund Amount', 'required', { above: 0 }),
		refund_reason: text('Refund Reason', { grade: 'strong', placeholder: 'e.g. Damaged' }),
	},
	{ grade: 'required' },
);

export const chargebackResult: GroupField = group(
	'Chargeback Result',
	{
		chargeback_amount: amount('Chargeback Amount', 'required', { above: 0 }),
		chargeback_reason: text('Chargeback Reason', {
			grade: 'required',
			placeholder: 'e.g. Not received',
		}),
		chargeback_process: choice(
			'Chargeback Process',
			[
				{
					name: 'Need Response',
					value: 'need_response',
					description: "The one stage TD's page names",
				},
			],
			{
				grade: 'required',
				open: true,
				initial: 'need_response',
				description: 'Stage of the dispute; others by expression',
			},
		),
	},
	{ grade: 'required' },
);

/** How an order is shipped; TD has no field for a tracking number. */
export const logistics: GroupField = group(
	'Logistics',
	{
		logistics_type: text('Logistics Type', {
			grade: 'strong',
			placeholder: 'e.g. Standard Shipping',
		}),
		logistics_company: text('Logistics Company', { grade: 'strong', placeholder: 'e.g. UPS' }),
		cost: amount('Shipping Cost', 'strong'),
	},
	{ grade: 'required' },
);
