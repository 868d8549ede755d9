/** TD's own examples, made with our node, arrive member for member as TD prints them. */
import { useBench } from '../support';
import { bodiesTo, EVENT, requestsTo } from '../observed';
import { example, TD_PAYMENT, TD_SHIP } from './examples';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

/** The basic parameters of TD's example, as form fields. */
const basics = {
	session_id: 'abc0123456789',
	account_id: '123456789',
	event_time: '2021-10-12T14:20:50.521+07:00',
	terminal_black_box: 'aGPH1658920283672ropYaFxT7',
	terminal_ip: '210.20.10.33',
};
const inBasics = {
	channel: 'test',
	ext: { item: [{ name: 'ext_book_id', value: 'LFOUHOFHOHFNOUH' }] },
	ext_json: '{ "ext_book_num": 10 }',
};
const usd68 = { currency: 'USD', amount_local: 68, amount_usd: 10, amount_cny: 68 };

describe('order_ship, the request example', () => {
	it('in fields', async () => {
		const run = await bench.run(
			'tdOrderEvent',
			{
				operation: 'order_ship',
				specifyBody: 'fields',
				...basics,
				order_id: 'NX348566DIHD',
				logistics_logistics_type: 'Standard Shipping',
				logistics_cost: { value: usd68 },
				logistics_logistics_company: 'SF',
				additionalFields: inBasics,
			},
			[{}],
		);
		expect(run.error).toBeUndefined();
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([example(TD_SHIP)]);
	});

	it('in JSON', async () => {
		await bench.run(
			'tdOrderEvent',
			{ operation: 'order_ship', specifyBody: 'json', bodyJson: TD_SHIP },
			[{}],
		);
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([example(TD_SHIP)]);
	});

	it('goes out as TD asks: POST, JSON, credentials in the query and nowhere else', async () => {
		await bench.run(
			'tdOrderEvent',
			{ operation: 'order_ship', specifyBody: 'json', bodyJson: TD_SHIP },
			[{}],
		);
		const [request] = requestsTo(bench.sandbox, EVENT);
		expect(request).toMatchObject({
			method: 'POST',
			query: 'partner_code=sandbox_partner&partner_key=sandbox-partner-key',
			sign: null,
			accepted: true,
		});
		expect(request?.headers['content-type']).toBe('application/json');
		expect(JSON.stringify(request?.headers)).not.toContain('sandbox-partner-key');
		expect(request?.body).not.toContain('sandbox-partner-key');
	});
});

describe('order_payment, the example of its page', () => {
	/** The example holds the event's own parameters alone. */
	const whole = {
		...example(TD_PAYMENT),
		channel: 'test',
		session_id: 'abc0123456789',
		account_id: '123456789',
		event_time: '2021-10-12T14:20:50.521+07:00',
		event_type: 'order_payment',
		terminal: { black_box: 'aGPH1658920283672ropYaFxT7', ip: '210.20.10.33' },
		ext: { ext_book_id: 'LFOUHOFHOHFNOUH', ext_book_num: 10 },
	};

	it('in JSON', async () => {
		await bench.run(
			'tdOrderEvent',
			{ operation: 'order_payment', specifyBody: 'json', bodyJson: JSON.stringify(whole) },
			[{}],
		);
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([whole]);
	});

	it('in fields; a field left empty is left out', async () => {
		const run = await bench.run(
			'tdOrderEvent',
			{
				operation: 'order_payment',
				specifyBody: 'fields',
				...basics,
				order_id: 'NX34',
				payment_payment_id: 'NHF8',
				payment_method: 'card',
				payment_channel: 'paypal',
				payment_amount_currency: 'USD',
				payment_amount_amount_local: 68,
				payment_amount_amount_usd: 10,
				payment_amount_amount_cny: 68,
				payment_card: {
					value: {
						card_bin: '622207',
						last_four_digits: '1234',
						card_number_length: 16,
						card_token_id: 'NFct',
						holder_name: {
							value: { first_name: 'P', middle_name: '', last_name: 'L', nickname: 'S' },
						},
						debit_or_credit: 'credit',
						issuer_region: 'CN',
						expiration_date: '1998-01',
					},
				},
				additionalFields: {
					...inBasics,
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
								cash_back_amount: {
									value: { currency: 'USD', amount_local: 6.8, amount_usd: 1, amount_cny: 6.8 },
								},
							},
						],
					},
				},
			},
			[{}],
		);
		expect(run.error).toBeUndefined();
		const expected = structuredClone(whole) as unknown as {
			payment: { card: { holder_name: Record<string, unknown> } };
		};
		delete expected.payment.card.holder_name['middle_name'];
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([expected]);
	});
});
