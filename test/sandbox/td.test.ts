import { callTd, shipEvent, useSandbox } from './client';

const sandbox = useSandbox();

beforeEach(() => {
	sandbox.reset();
	sandbox.set({ region: 'sg', tdErrorHttpStatus: 200 });
});

const usd = { currency: 'USD', amount_local: 68, amount_usd: 68 };
const payment = { payment_id: 'P', method: 'ewallet', channel: 'paypal', amount: usd };
const card = { card_bin: '622207', last_four_digits: '1234', card_number_length: 16 };

const ofPayment = { order_id: 'O', payment_id: 'P' };
const chargeback_result = {
	chargeback_amount: usd,
	chargeback_reason: 'R',
	chargeback_process: 'need_response',
};

/** Each event with the least it needs. */
const leastEvents: Record<string, Record<string, unknown>> = {
	order_modify: { order: { order_id: 'O' } },
	order_cancel: { order_id: 'O' },
	order_payment: { order_id: 'O', payment },
	order_payment_result: { ...ofPayment, payment_result: { is_payment_success: false } },
	order_ship: { order_id: 'O', logistics: {} },
	order_confirm: { order_id: 'O' },
	order_return: { order_id: 'O' },
	order_refund: { ...ofPayment, refund_result: { refund_amount: usd } },
	order_chargeback: { ...ofPayment, chargeback_result },
};

const basics = {
	channel: 'web',
	session_id: 's',
	event_time: '2025-01-02T03:04:05.678Z',
	terminal: { ip: '192.0.2.1' },
};

test("takes the vendor's own example and keeps its bytes", async () => {
	const text = JSON.stringify(shipEvent(), null, 4);
	const { status, body } = await callTd(sandbox, text);
	expect(status).toBe(200);
	expect(body).toEqual({
		code: 200,
		message: '',
		sequence_id: expect.stringMatching(/^[0-9A-F]{32}$/) as string,
	});
	expect(sandbox.ledger().events).toEqual([
		expect.objectContaining({ eventType: 'order_ship', orderId: 'NX348566DIHD', raw: text }),
	]);
});

test.each(Object.entries(leastEvents))(
	'%s: the least is enough, and none of it can go',
	async (event_type, members) => {
		const event = { ...basics, event_type, ...members };
		expect((await callTd(sandbox, event)).body.code).toBe(200);
		expect(sandbox.ledger().events[0]?.orderId).toBe('O');

		for (const name of Object.keys(event)) {
			const { body } = await callTd(sandbox, { ...event, [name]: undefined });
			expect(body).toMatchObject({ code: 9001, message: `${name} empty` });
		}
		expect(sandbox.ledger().events).toHaveLength(1);
	},
);

const paid = (own: object) => ({ payment: { ...payment, ...own } });
const days = { begin_time: 1, expire_time: 2 };
const coupon = { coupon_id: 'a', coupon_name: 'b', coupon_count: 1, ...days };
const withoutUsd = { currency: 'USD', amount_local: 1 };

test.each([
	[9001, 'payment.card empty', paid({ method: 'card' })],
	[9001, 'payment.card.card_bin empty', paid({ card: { ...card, card_bin: '' } })],
	[9001, 'payment.amount.amount_usd empty', paid({ amount: withoutUsd })],
	[9002, 'payment.method check error', paid({ method: 'cheque' })],
	[9002, 'payment.amount.amount_usd check error', paid({ amount: { ...usd, amount_usd: '68' } })],
	[
		9002,
		'payment.card.expiration_date check error',
		paid({ card: { ...card, expiration_date: '12/30' } }),
	],
	[9002, 'event_type check error', { event_type: 'order_create' }],
	[9002, 'event_time check error', { event_time: '2025-01-02T03:04:05Z' }],
	[9002, 'event_time check error', { event_time: '2025-01-02T03:04:05.678' }],
	[9002, 'event_time check error', { event_time: '2025-02-30T03:04:05.678Z' }],
	[9002, 'ext check error', { ext: 'text' }],
	[9003, 'session_id length or size exceeds 1024', { session_id: 'x'.repeat(1025) }],
	[
		9003,
		'payment.coupons length or size exceeds 1024',
		paid({ coupons: Array(1025).fill(coupon) }),
	],
	[9004, 'Either black_box or ip exists', { terminal: {} }],
])('%i %s', async (code, message, change) => {
	const event = { ...basics, event_type: 'order_payment', order_id: 'O', payment, ...change };
	expect((await callTd(sandbox, event)).body).toMatchObject({ code, message });
	expect(sandbox.ledger().events).toEqual([]);
});

test('a degraded black box is long and right; unknown members are let through', async () => {
	const event = shipEvent({ terminal: { black_box: 'x'.repeat(5000) }, unknown: { a: null } });
	expect((await callTd(sandbox, event)).body.code).toBe(200);
});

test('the node decides which conversion is needed', async () => {
	sandbox.set({ region: 'cn' });
	const event = shipEvent({ logistics: { cost: usd } });
	expect((await callTd(sandbox, event)).body.message).toBe('logistics.cost.amount_cny empty');
});

test('content type, partner and JSON are checked', async () => {
	const refused = async (options: Parameters<typeof callTd>[2], event: unknown = shipEvent()) => {
		const { status, body } = await callTd(sandbox, event, options);
		return [status, body.code, body.message];
	};
	expect(await refused({ contentType: 'text/plain' })).toEqual([200, 9202, 'Illegal Content-Type']);
	sandbox.set({ tdErrorHttpStatus: 400 });
	expect(await refused({ key: 'wrong' })).toEqual([400, 9002, 'partner_key check error']);
	expect(await refused({ key: '' })).toEqual([400, 9001, 'partner_key empty']);
	expect(await refused({}, '{"half":')).toEqual([400, 9002, 'body check error']);
});
