import { callTw, forecast, signed, ticket, useSandbox } from './client';
import type { Details, FeeLine, Fees, Progress } from './client';

const sandbox = useSandbox();
const plain = { aheadMs: 0, stateStepMs: 0, orderInfoDelayMs: 0, removalStepMs: 0 } as const;
const HOUR = 3_600_000;

const check = async (request_id: string) =>
	(await callTw<Progress>(sandbox, 'orderCheck', { request_id })).body.data;
const details = async (no: string) =>
	(await callTw<Details>(sandbox, 'orderInfo', { no })).body.data;
const balance = async () =>
	(await callTw<{ balance: string }>(sandbox, 'getBalance', {})).body.data.balance;
const sumOf = (lines: FeeLine[]) => lines.reduce((sum, { amount }) => sum + amount, 0);

beforeEach(() => {
	sandbox.reset();
	sandbox.set({
		...plain,
		acceptSameNo: true,
		ticketFailure: 'all',
		forecastShape: 'list',
		dateOffsetSeconds: 0,
		failuresAsHttp200: false,
	});
});

describe('signature', () => {
	test('accepts the formula md5(token_t) and a t inside the window', async () => {
		const { body } = await callTw(sandbox, 'getBalance', {});
		expect(body).toMatchObject({ code: 200, message: 'OK' });
	});

	test.each([
		['a header less', { sign: '' }],
		['another key', { key: 'x' }],
		['another user', { username: 'TW0002' }],
		['upper case', { sign: 'A'.repeat(32) }],
		['milliseconds', { t: String(Date.now()) }],
	])('refuses %s with 401', async (_what, change) => {
		const reply = await callTw(sandbox, 'getBalance', {}, { ...signed(sandbox), ...change });
		expect(reply.status).toBe(401);
		expect(reply.body).toMatchObject({ code: 401, data: null });
	});

	test('follows a clock that is wrong, and shows it in the Date header', async () => {
		sandbox.set({ dateOffsetSeconds: 3600 });
		const refused = await callTw(sandbox, 'getBalance', {});
		expect(refused.status).toBe(401);

		const t = Math.floor(Date.parse(refused.headers.get('date') ?? '') / 1000);
		expect(t - Date.now() / 1000).toBeGreaterThan(3500);
		const accepted = await callTw(sandbox, 'getBalance', {}, signed(sandbox, String(t)));
		expect(accepted.status).toBe(200);
	});

	test('can put every refusal into the envelope alone', async () => {
		sandbox.set({ failuresAsHttp200: true });
		const reply = await callTw(sandbox, 'orderInfo', { no: 'none' });
		expect([reply.status, reply.body.code]).toEqual([200, 404]);
	});
});

describe('form of a ticket', () => {
	const boxed = (own: object) => ticket('A', { boxes: [{ number: 1, weight: 1, ...own }] });

	test.each([
		['no', ticket('')],
		['product', ticket('A', { product: 7 })],
		['consignee', ticket('A', { consignee: {} })],
		['consignee', ticket('A', { consignee: { city: 5 } })],
		['isSignatureService', ticket('A', { isSignatureService: true })],
		['boxes', ticket('A', { boxes: [] })],
		['boxes[0].number', boxed({ number: 1.5 })],
		['boxes[0].weight', boxed({ weight: 0 })],
		['boxes[0].length', boxed({ length: '3' })],
		['boxes[0].referenceNumbers', boxed({ referenceNumbers: 'x' })],
		['signatureType', ticket('A', { signatureType: null })],
	])('%s: wrong ones are refused by name and leave nothing behind', async (name, wrong) => {
		const reply = await callTw(sandbox, 'orderForecast', { tickets: [wrong] });
		expect(reply.status).toBe(400);
		expect(reply.body.message).toContain(name);
		expect(sandbox.ledger().orders).toEqual([]);
	});

	test('members nobody documented may hold anything, null included', async () => {
		const ours = ticket('A', { anything: { deep: [null] } });
		expect((await callTw(sandbox, 'orderTrial', { tickets: [ours] })).status).toBe(200);
	});

	test('members of the examples may be missing, until they are demanded', async () => {
		const boxes = [{ number: 1, weight: 1 }];
		const lean = { no: 'LEAN', product: 'UA', consignee: 'MSP1', boxes };
		expect((await callTw(sandbox, 'orderTrial', { tickets: [lean] })).status).toBe(200);
		sandbox.set({ requireExampleMembers: true });
		const reply = await callTw(sandbox, 'orderTrial', { tickets: [lean] });
		sandbox.set({ requireExampleMembers: false });
		expect(reply.body.message).toContain('freightClass is required');
	});
});

describe('life of an order', () => {
	test('passes only through documented states, forwards, to 10', async () => {
		sandbox.set({ stateStepMs: HOUR });
		const request_id = await forecast(sandbox, 'ORD-1');
		const seen: number[] = [];
		for (let hours = 0; seen.at(-1) !== 10; hours++) {
			sandbox.set({ aheadMs: hours * HOUR });
			seen.push((await check(request_id)).status);
		}
		expect([...seen].sort((a, b) => a - b)).toEqual(seen);
		expect(seen.every((state) => state >= 1 && state <= 10)).toBe(true);
		expect(new Set(seen).size).toBeGreaterThan(4);
	});

	test('at 10 has a number per box, charges, and the balance is less by them', async () => {
		const before = await balance();
		const request_id = await forecast(sandbox, 'ORD-1');
		expect(await check(request_id)).toEqual({ request_id, no: 'ORD-1', errors: [], status: 10 });

		const order = await details('ORD-1');
		expect(order.children).toHaveLength(2);
		expect(order.children[0]?.tracking_number).toBe(order.tracking_number);
		expect(order.tracking_number).toMatch(/^1Z[A-Z0-9]{16}$/);
		expect(order.charge_amount).toMatch(/^\d+\.\d{2}$/);
		expect(order.practical_weight).toBe('20.000');

		const after = await balance();
		expect(Number(before) - Number(after)).toBeCloseTo(Number(order.charge_amount), 6);

		const { tracking_number } = order;
		const { data: fee } = (await callTw<Fees>(sandbox, 'orderFee', { tracking_number })).body;
		expect(Object.keys(fee.charges)).toEqual(order.children.map((box) => box.tracking_number));
		const lines = [...Object.values(fee.charges).flat(), ...fee.discounts];
		expect(sumOf(lines)).toBeCloseTo(Number(order.charge_amount), 6);
	});

	test.each([-1, -2, -4, -6, -9])(
		'a marked product ends in %i and makes no order',
		async (state) => {
			const request_id = await forecast(sandbox, 'BAD', { product: `FAIL${state}` });
			const data = await check(request_id);
			expect(data.status).toBe(state);
			expect(data.errors).toHaveLength(1);
			expect((await callTw(sandbox, 'orderInfo', { no: 'BAD' })).status).toBe(404);
		},
	);

	test('an empty account ends in -4', async () => {
		const heavy = { boxes: [{ number: 5000, weight: 5000 }] };
		const request_id = await forecast(sandbox, 'HEAVY', heavy);
		expect((await check(request_id)).status).toBe(-4);
	});

	test('shows in orderInfo only after the delay, then also before it has a number', async () => {
		sandbox.set({ orderInfoDelayMs: HOUR, stateStepMs: 2 * HOUR });
		await forecast(sandbox, 'LATE');
		expect((await callTw(sandbox, 'orderInfo', { no: 'LATE' })).status).toBe(404);
		sandbox.set({ aheadMs: HOUR });
		const data = await details('LATE');
		expect([data.tracking_number, data.children]).toEqual(['', []]);
	});

	test('deletion sets three stamps one after the other and gives the money back', async () => {
		const before = await balance();
		await forecast(sandbox, 'GONE');
		const order = await details('GONE');
		sandbox.set({ removalStepMs: HOUR });
		expect((await callTw(sandbox, 'orderDelete', { no: 'GONE' })).status).toBe(200);

		const stamps = async () => {
			const data = await details('GONE');
			return [data.removing_at, data.removed_at, data.real_removed_at].map((at) => at !== null);
		};
		expect(await stamps()).toEqual([true, false, false]);
		sandbox.set({ aheadMs: HOUR });
		expect(await stamps()).toEqual([true, true, false]);
		sandbox.set({ aheadMs: 2 * HOUR });
		expect(await stamps()).toEqual([true, true, true]);
		expect(await balance()).toBe(before);
		const fee = await callTw(sandbox, 'orderFee', { tracking_number: order.tracking_number });
		expect(fee.body.data.charges).toEqual([]);
		expect((await callTw(sandbox, 'orderDelete', { no: 'GONE' })).status).toBe(400);
		expect(sandbox.ledger().deletions).toHaveLength(1);
	});
});

describe('order numbers', () => {
	test('the same number in another channel is refused, within a request and across requests', async () => {
		const tickets = [ticket('X'), ticket('X', { product: 'UW' })];
		expect((await callTw(sandbox, 'orderForecast', { tickets })).status).toBe(400);
		await forecast(sandbox, 'X');
		const again = await callTw(sandbox, 'orderForecast', { tickets: tickets.slice(1) });
		expect(again.body.message).toContain('exists in channel UA');
		expect(sandbox.ledger().orders).toHaveLength(1);
	});

	test('the same number accepted twice makes two entries, so that doubling shows', async () => {
		await forecast(sandbox, 'TWICE');
		await forecast(sandbox, 'TWICE');
		expect(sandbox.ledger().orders.map(({ no }) => no)).toEqual(['TWICE', 'TWICE']);
		sandbox.set({ acceptSameNo: false });
		const third = await callTw(sandbox, 'orderForecast', { tickets: [ticket('TWICE')] });
		expect(third.status).toBe(400);
		expect(sandbox.ledger().counts.orders).toBe(2);
	});

	test('one bad ticket: all of the batch or itself alone', async () => {
		const tickets = [ticket('GOOD'), ticket('BAD', { boxes: [] })];
		expect((await callTw(sandbox, 'orderForecast', { tickets })).status).toBe(400);
		expect(sandbox.ledger().orders).toEqual([]);

		sandbox.set({ ticketFailure: 'partial' });
		const { data } = (await callTw<Progress[]>(sandbox, 'orderForecast', { tickets })).body;
		expect(data[0]).toMatchObject({ no: 'GOOD', status: 1 });
		expect(data[1]).toMatchObject({ no: 'BAD', status: -2 });
		expect(data[1]?.request_id).toBeUndefined();
		expect(sandbox.ledger().orders.map(({ no }) => no)).toEqual(['GOOD']);
	});

	test('forecast answers in each of the plausible shapes', async () => {
		sandbox.set({ forecastShape: 'object' });
		const single = await callTw(sandbox, 'orderForecast', { tickets: [ticket('S')] });
		expect(single.body.data).toMatchObject({ no: 'S', status: 1 });
		sandbox.set({ forecastShape: 'map' });
		const tickets = [ticket('__proto__'), ticket('7')];
		const map = await callTw(sandbox, 'orderForecast', { tickets });
		expect(Object.keys(map.body.data).sort()).toEqual(['7', '__proto__']);
	});
});

test('trial prices without creating, in each of the plausible shapes', async () => {
	const tickets = [ticket('Q'), ticket('N', { product: 'NOPRICE' })];
	const trial = async <Data>(trialShape: 'list' | 'map' | 'fees') => {
		sandbox.set({ trialShape });
		return (await callTw<Data>(sandbox, 'orderTrial', { tickets })).body.data;
	};

	const [priced, unpriced] = await trial<{ charge_amount: string }[]>('list');
	expect(priced).toMatchObject({ no: 'Q', charge_weight_unit: 'LBS' });
	expect(unpriced?.charge_amount).toBeUndefined();

	const { Q } = await trial<Record<string, unknown>>('map');
	expect(Q).toMatchObject({ charge_amount: priced?.charge_amount });

	const [fees] = await trial<{ charges: FeeLine[]; discounts: FeeLine[] }[]>('fees');
	const lines = [...(fees?.charges ?? []), ...(fees?.discounts ?? [])];
	expect(sumOf(lines)).toBeCloseTo(Number(priced?.charge_amount), 6);
	expect(sandbox.ledger().orders).toEqual([]);
});
