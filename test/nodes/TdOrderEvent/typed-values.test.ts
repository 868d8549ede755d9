/**
 * What people type or map into the fields of an event, kind by kind: what is certain goes out in TD's form, the rest is
 * refused by the field's name, and nothing goes out.
 */
import { type IDataObject, type INodeParameters } from 'n8n-workflow';
import { bodiesTo, complaint, EVENT, having, paths } from '../../observed';
import { useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const X = '={{ $json.x }}';
const basics = { session_id: 's-1', terminal_ip: '210.20.10.33', order_id: 'O-1' };
const money = (prefix: string): INodeParameters => ({
	[`${prefix}_currency`]: 'USD',
	[`${prefix}_amount_local`]: X,
});
const inGroup = { currency: 'USD', amount_local: X };
const usd = { currency: 'USD', amount_local: 1 };

const ship = { operation: 'order_ship', ...basics };
const refund = { operation: 'order_refund', ...basics, payment_id: 'P-1' };
const modify = (order: INodeParameters): INodeParameters => ({
	operation: 'order_modify',
	session_id: 's-1',
	terminal_ip: '210.20.10.33',
	order_order_id: 'O-1',
	...order,
});
const address = { address_country: 'FR', address_region: 'Grand Est', address_city: 'Strasbourg' };
const shippingTo = (members: INodeParameters): INodeParameters =>
	modify({ order_shipping: { value: { ...address, consignee_last_name: 'L', ...members } } });

const run = async (parameters: INodeParameters, x: unknown) =>
	await bench.run('tdOrderEvent', parameters, [{ x } as IDataObject]);

async function sent(parameters: INodeParameters, x: unknown): Promise<Record<string, unknown>> {
	const { error } = await run(parameters, x);
	if (error) throw error;
	return bodiesTo(bench.sandbox, EVENT).at(-1) as Record<string, unknown>;
}

async function refusal(parameters: INodeParameters, x: unknown): Promise<string> {
	const refused = complaint(await run(parameters, x));
	expect(paths(bench.sandbox)).toEqual([]);
	expect(refused.description).toContain('Nothing was sent');
	return refused.message;
}

describe('an IP', () => {
	const event = { ...ship, terminal_ip: X };

	it.each([
		['210.20.10.33', '210.20.10.33'],
		[' 210.20.10.33\n', '210.20.10.33'],
		['\u200b210.20.10.33\u00a0', '210.20.10.33'],
		['210.20.10.33:5678', '210.20.10.33'],
		['210.20.10.33, 34.1.2.3', '210.20.10.33'],
		['210.20.10.33,10.0.0.5,127.0.0.1', '210.20.10.33'],
		['::ffff:210.20.10.33', '210.20.10.33'],
		['::FFFF:210.20.10.33', '210.20.10.33'],
		['2a02:8109:1::5', '2a02:8109:1::5'],
		['210.20.10.33, unknown', '210.20.10.33'],
		['0:0:0:0:0:ffff:d214:a21', '210.20.10.33'],
		['[2a02:8109:1::5]', '2a02:8109:1::5'],
		['[2a02:8109:1::5]:443', '2a02:8109:1::5'],
	])('%j is sent as %s', async (x, ip) => {
		expect(await sent(event, x)).toMatchObject({ terminal: { ip } });
	});

	it.each([
		'my computer',
		'localhost',
		'unknown',
		'210.20.10',
		'210.20.10.256',
		'210.20.10.033',
		'210.20.10.33/24',
		'2606:4700::1111%eth0',
		'http://210.20.10.33',
		'for=210.20.10.33',
		'210.20.10.33 34.1.2.3',
		'2130706433',
		'2a02::8109::1',
		// Not the customer's: whoever comes through a proxy has the same
		'127.0.0.1',
		'::1',
		'0.0.0.0',
		'10.0.0.5',
		'192.168.1.5',
		'172.16.0.1',
		'::ffff:10.0.0.5',
		'fe80::1%eth0',
		'10.0.0.5, 210.20.10.33',
	])('%j is refused', async (x) => {
		expect(await refusal(event, x)).toContain("'IP' must be the customer's public IP address");
	});
});

describe('a country', () => {
	const event = shippingTo({ address_country: X });

	it.each([
		['FR', 'FR'],
		[' fr ', 'FR'],
		['FRA', 'FR'],
		['France', 'FR'],
		['USA', 'US'],
		['usa\t', 'US'],
		['United States', 'US'],
		['UK', 'GB'],
		['中国', 'CN'],
	])('%j is sent as %s', async (x, country) => {
		const body = await sent(event, x);
		expect(body).toMatchObject({ order: { shipping: { address: { country } } } });
	});

	it.each(['Frankonia', 'XX', 'EU', '33', 'F', 'Korea', 'Paris, France'])(
		'%j is refused',
		async (x) => {
			expect(await refusal(event, x)).toContain(
				"'Country' of Shipping must be a country, best as its code of 2 letters, such as FR",
			);
		},
	);
});

describe('blanks around a text', () => {
	it.each([
		['zip code', shippingTo({ address_zip_code: X }), { address: having({ zip_code: 'V' }) }],
		['city', shippingTo({ address_city: X }), { address: having({ city: 'V' }) }],
		['e-mail', shippingTo({ email: X }), { email: 'V' }],
		['name', shippingTo({ consignee_last_name: X }), { consignee: { last_name: 'V' } }],
		[
			'phone',
			shippingTo({ phone: { value: { country_code: 1, phone_number: X } } }),
			{ phone: having({ phone_number: 'V' }) },
		],
	])('do not go out with a %s', async (_what, event, shipping) => {
		for (const x of [' V', 'V ', '\tV\n', '\u00a0V\u3000', '\ufeffV\u200b', '\r\n V \u2028']) {
			expect(await sent(event, x)).toMatchObject({ order: { shipping } });
		}
	});

	it('do not go out with a channel, a company or a reason; a black box goes as it is', async () => {
		const body = await sent(
			{
				...ship,
				terminal_black_box: X,
				logistics_logistics_company: X,
				additionalFields: { channel: X },
			},
			'\u00a0 V \n',
		);
		expect(body).toMatchObject({
			channel: 'V',
			terminal: { black_box: '\u00a0 V \n' },
			logistics: { logistics_company: 'V' },
		});
		const back = { ...refund, ...money('refund_result_refund_amount') };
		const reason = { refund_result_refund_reason: ' Damaged ' };
		expect(await sent({ ...back, ...reason }, 5)).toMatchObject({
			refund_result: { refund_reason: 'Damaged' },
		});
	});

	it('stay within it', async () => {
		expect(await sent(shippingTo({ address_city: X }), ' New  York ')).toMatchObject({
			order: { shipping: { address: { city: 'New  York' } } },
		});
	});
});

describe('an amount', () => {
	const back = { ...refund, ...money('refund_result_refund_amount') };
	const chargeback = {
		operation: 'order_chargeback',
		...basics,
		payment_id: 'P-1',
		chargeback_result_chargeback_reason: 'Not received',
		...money('chargeback_result_chargeback_amount'),
	};
	const payment = {
		operation: 'order_payment',
		...basics,
		payment_payment_id: 'P-1',
		payment_method: 'ewallet',
		payment_channel: 'paypal',
		...money('payment_amount'),
	};
	const coupon = {
		coupon_id: 'C',
		coupon_name: 'C',
		coupon_count: 1,
		begin_time: '2026-01-01',
		expire_time: '2026-12-31',
	};
	const couponWith = (member: INodeParameters) => ({
		...payment,
		payment_amount_amount_local: 1,
		additionalFields: { payment_coupons: { item: [{ ...coupon, ...member }] } },
	});
	const article = { merchandise_id: 'M', category_1: 'phone' };
	const articleWith = (member: INodeParameters) =>
		modify({ order_merchandise_list: { item: [{ ...article, ...member }] } });

	it.each<[string, INodeParameters, string, number[]]>([
		['refund', back, "'Amount (Local)' must be greater than 0", [-5, -0.01, 0]],
		['chargeback', chargeback, "'Amount (Local)' must be greater than 0", [-5, 0]],
		['payment', payment, "'Amount (Local)' must be at least 0", [-5]],
		[
			'shipping cost',
			{ ...ship, logistics_cost: { value: inGroup } },
			"'Amount (Local)' of Shipping Cost must be at least 0",
			[-5, -0.01],
		],
		[
			'order amount',
			modify({ order_amount: { value: inGroup } }),
			"'Amount (Local)' of Order Amount must be at least 0",
			[-5],
		],
		[
			'amount in USD',
			{ ...ship, logistics_cost: { value: { ...usd, amount_usd: X } } },
			"'Amount (USD)' of Shipping Cost must be at least 0",
			[-5],
		],
		[
			'amount in CNY',
			{ ...ship, logistics_cost: { value: { ...usd, amount_cny: X } } },
			"'Amount (CNY)' of Shipping Cost must be at least 0",
			[-5],
		],
		[
			'refund in USD',
			{
				...back,
				refund_result_refund_amount_amount_local: 5,
				refund_result_refund_amount_amount_usd: X,
			},
			"'Amount (USD)' must be greater than 0",
			[-5, 0],
		],
		['count', articleWith({ count: X }), "'Count' of Article 1 must be at least 0", [-1]],
		[
			'unit price',
			articleWith({ unit_price: { value: inGroup } }),
			"'Amount (Local)' of Unit Price of Article 1 must be at least 0",
			[-1],
		],
		[
			'coupon count',
			couponWith({ coupon_count: X }),
			"'Coupon Count' of Coupon 1 must be greater than 0",
			[-1, 0],
		],
		[
			'coupon rate',
			couponWith({ coupon_rate: X }),
			"'Coupon Rate' of Coupon 1 must be at most 1",
			[10, 1.01],
		],
		[
			'cash back',
			couponWith({ cash_back_amount: { value: inGroup } }),
			"'Amount (Local)' of Cash Back Amount of Coupon 1 must be at least 0",
			[-1],
		],
		[
			'calling code',
			shippingTo({ phone: { value: { country_code: X, phone_number: '1' } } }),
			"'Calling Code' of Phone of Shipping must be",
			[-1, 0, 1234],
		],
	])('%s that can not be is refused by name', async (_what, event, message, values) => {
		for (const x of values) expect(await refusal(event, x)).toContain(message);
	});

	it.each([5, 0.01, '5', '5.00', ' 5 '])('a refund of %j goes out', async (x) => {
		expect(await sent(back, x)).toMatchObject({
			refund_result: { refund_amount: { amount_local: Number(x) } },
		});
	});

	it('an order may cost nothing', async () => {
		expect(await sent(payment, 0)).toMatchObject({ payment: { amount: { amount_local: 0 } } });
	});
});

describe('Payment Succeeded', () => {
	const result = { operation: 'order_payment_result', ...basics, payment_id: 'P-1' };

	it('is asked for if nobody has chosen', async () => {
		// n8n itself starts no flow in which a required choice is open
		await expect(run(result, null)).rejects.toThrow('has issues');
		const choice = { ...result, payment_result_is_payment_success: X };
		for (const x of ['', null, undefined]) {
			expect(await refusal(choice, x)).toContain("'Payment Succeeded' is empty");
		}
	});

	it.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
		[1, true],
		[0, false],
	])('%j is %j', async (x, succeeded) => {
		const choice = { ...result, payment_result_is_payment_success: X };
		expect(await sent(choice, x)).toMatchObject({
			payment_result: { is_payment_success: succeeded },
		});
	});
});

describe('a time', () => {
	const event = { ...ship, event_time: X };

	it.each([
		['2026-12-31', '2026-12-31T00:00:00.000+08:00'],
		['2026-12-31 14:30', '2026-12-31T14:30:00.000+08:00'],
		[' 2026-12-31T14:30:00 ', '2026-12-31T14:30:00.000+08:00'],
		['2026-12-31T14:30:00Z', '2026-12-31T14:30:00.000+00:00'],
		['2026-12-31T14:30:00+02:00', '2026-12-31T14:30:00.000+02:00'],
		['Thu, 31 Dec 2026 14:30:00 +0000', '2026-12-31T14:30:00.000+00:00'],
		[1798727400, '2026-12-31T22:30:00.000+08:00'],
	])('%j is sent as %s', async (x, time) => {
		const { error } = await bench.run('tdOrderEvent', event, [{ x }], {
			timezone: 'Asia/Shanghai',
		});
		expect(error).toBeUndefined();
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([having({ event_time: time })]);
	});

	it.each([
		'31/12/2026',
		'12/31/2026',
		'01/02/2026',
		'31.12.2026',
		'31-12-2026',
		'2026-31-12',
		'2026-02-30',
		'Dec 31, 2026',
		'today',
		'now',
		'yesterday 14:30',
		'14:30',
		'2026-12-31 25:00',
		'Invalid date',
		'Invalid DateTime',
		'null',
		'2026',
		'{{ $now }}',
		true,
		{},
		[],
	])('%j is refused, with a right one', async (x) => {
		expect(await refusal(event, x)).toContain(
			"'Event Time' is no date that can be read; write it with the year first, such as 2026-12-31 14:30",
		);
	});

	it('that was typed reaches the check, since the field keeps what is typed', async () => {
		expect(await refusal({ ...ship, event_time: '31/12/2026' }, null)).toContain(
			"'Event Time' is no",
		);
		expect(await refusal(modify({ order_order_create_time: '31/12/2026' }), null)).toContain(
			"'Order Create Time' is no",
		);
	});
});
