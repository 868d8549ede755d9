/** Wait for Completion: an order is followed to its end, or said to be open. */
import type { INodeParameters } from 'n8n-workflow';
import { TwOrder } from '../../../nodes/TwOrder/TwOrder.node';
import type { FaultRule } from '../../../sandbox';
import {
	bodiesTo,
	CHECK,
	complaint,
	FORECAST,
	INFO,
	outputOf,
	paths,
	requestsTo,
	saying,
	until,
} from '../../observed';
import { QUICK } from '../../pace';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ aheadMs: 0, stateStepMs: 0, orderInfoDelayMs: 0, errorsShape: 'strings' });
});

const NEVER = 3_600_000;
const create = createParameters({ waitForCompletion: true });
const item = { no: 'ORD-7' };
const requestId = () => bench.sandbox.ledger().orders[0]?.requestId;
const run = async (parameters: INodeParameters = {}, more = {}) =>
	await bench.run('twOrder', { ...create, ...parameters }, [item], more);
const channel = (value: string) => ({ product: { __rl: true, mode: 'code', value } });

it('ends with tracking numbers and charges', async () => {
	const three = { item: [{ number: 3, weight: 5, length: 20, width: 20, height: 20 }] };
	const done = await run({ boxes: three });
	const [json] = outputOf(done);
	expect(json).toEqual({
		outcome: 'completed',
		no: 'ORD-7',
		request_id: requestId(),
		status: 10,
		status_text: 'forecast completed',
		tracking_number: saying(/^1Z/),
		tracking_numbers: expect.any(Array) as unknown,
		charge_weight: saying(/^\d+\.\d{3}$/),
		charge_weight_unit: 'LBS',
		charge_amount: saying(/^\d+\.\d{2}$/),
		charge_total_amount: json?.['charge_amount'],
		currency: 'USD',
	});
	expect(new Set(json?.['tracking_numbers'] as string[]).size).toBe(3);
	expect((json?.['tracking_numbers'] as string[])[0]).toBe(json?.['tracking_number']);
	expect(paths(bench.sandbox)).toEqual([FORECAST, CHECK, INFO]);
});

it('follows an order whose request_id is beyond 2^53 under that very id', async () => {
	const body =
		'{"code":200,"message":"OK","data":[{"no":"ORD-7","request_id":9007199254740993123}]}';
	bench.sandbox.fault({ kind: 'rawBody', path: FORECAST, body, processed: true });
	bench.sandbox.fault({
		kind: 'rawBody',
		path: CHECK,
		body: '{"code":200,"message":"OK","data":{"request_id":9007199254740993123,"no":"ORD-7","errors":[],"status":10}}',
	});
	const [json] = outputOf(await run());
	expect(json).toMatchObject({ outcome: 'completed', request_id: '9007199254740993123' });
	const [asked] = bodiesTo(bench.sandbox, CHECK);
	expect(asked).toEqual({ request_id: '9007199254740993123' });
});

it('polls until then, with the pauses that it is given', async () => {
	bench.sandbox.set({ stateStepMs: NEVER });
	const node = new TwOrder({ ...QUICK, poll: { first: 1_000, longest: 1_000 } });
	const running = bench.run('twOrder', create, [item], { node });
	await until(() => requestsTo(bench.sandbox, CHECK).length > 0);
	bench.sandbox.set({ aheadMs: 10 * NEVER });
	expect(outputOf(await running)[0]).toMatchObject({ outcome: 'completed', no: 'ORD-7' });
	const asked = requestsTo(bench.sandbox, CHECK).map(({ at }) => Date.parse(at));
	expect(paths(bench.sandbox)).toEqual([FORECAST, ...asked.map(() => CHECK), INFO]);
	expect(asked.length).toBeGreaterThan(1);
	for (const [index, at] of asked.slice(1).entries())
		expect(at - asked[index]!).toBeGreaterThanOrEqual(990);
});

it("waits beyond the item's own timeout, which is for single requests", async () => {
	bench.sandbox.set({ stateStepMs: 250 });
	const done = await run({ options: { timeout: 1 } });
	expect(outputOf(done)[0]).toMatchObject({ outcome: 'completed', no: 'ORD-7' });
});

it('reports each failing state in words; those that TW does not call final are asked for again', async () => {
	const failing = {
		'FAIL-1': 'abnormal error (-1)',
		'FAIL-2': 'verification failed (-2)',
		'FAIL-4': 'insufficient balance (-4)',
		'FAIL-6': 'trial calculation failed (-6)',
		'FAIL-9': 'request failed (-9)',
	};
	const parameters = { ...create, ...channel('={{ $json.no }}') };
	const items = [...Object.keys(failing), 'UA'].map((no) => ({ no }));
	const done = await bench.run('twOrder', parameters, items, { onError: 'continueRegularOutput' });
	const output = outputOf(done);
	Object.entries(failing).forEach(([no, words], i) => {
		const as = `sent with channel ${no} to warehouse MSP1`;
		const error = saying(`TW did not complete order ${no}, ${as}: ${words}`);
		expect(output[i]).toMatchObject({ error });
	});
	expect(output[2]).toMatchObject({ message: saying('Top up the TW account') });
	expect(output[5]).toMatchObject({ no: 'UA', outcome: 'completed' });
	const { orders } = bench.sandbox.ledger();
	const checks = (no: string) => {
		const order = orders.find((one) => one.no === no)!;
		return requestsTo(bench.sandbox, CHECK).filter(({ body }) => body.includes(order.requestId));
	};
	expect(checks('FAIL-1')).toHaveLength(1);
	expect(checks('FAIL-2')).toHaveLength(3);
	expect(orders).toHaveLength(6);
});

it.each([
	['strings', ''],
	['objects', ': field: order'],
	['map', ': order: abnormal error'],
] as const)(
	'repeats what TW says beyond its state, its errors being %s',
	async (errorsShape, beyond) => {
		bench.sandbox.set({ errorsShape });
		const { message } = complaint(await run({ ...channel('FAIL-1') }));
		expect(message.split('abnormal error (-1)')[1]).toBe(`${beyond} [Item 0]`);
	},
);

it('at its deadline says which request is still open', async () => {
	bench.sandbox.set({ stateStepMs: NEVER });
	const done = await run({ options: { maxWait: 1 } });
	const { message, description } = complaint(done);
	expect(message).toBe(
		`Order ORD-7 was created but is not completed after 1 s: request received (request_id ${requestId()}) [Item 0]`,
	);
	expect(description).toContain('Do not create it again');
	expect(description).toContain("'Get Status'");
	expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(1);
});

it('at its deadline puts out a pending order, if that is wanted', async () => {
	bench.sandbox.set({ stateStepMs: NEVER });
	const options = { maxWait: 1, pendingIsFine: true };
	const done = await run({ options });
	expect(outputOf(done)).toEqual([
		{
			outcome: 'pending',
			no: 'ORD-7',
			request_id: requestId(),
			status: 1,
			status_text: 'request received',
		},
	]);
});

it('is not asked for once more when no time is left for an answer', async () => {
	bench.sandbox.set({ stateStepMs: NEVER });
	bench.sandbox.fault({ kind: 'delay', path: CHECK, ms: 400, when: 'before' });
	const node = new TwOrder({ ...QUICK, poll: { first: 1_450, longest: 1_450 } });
	const done = await run({ options: { maxWait: 2, pendingIsFine: true } }, { node });
	expect(outputOf(done)[0]).toMatchObject({ outcome: 'pending', no: 'ORD-7' });
	expect(requestsTo(bench.sandbox, CHECK)).toHaveLength(1);
});

it.each<FaultRule>([
	{ kind: 'status', status: 403, path: CHECK },
	{ kind: 'status', status: 400, path: CHECK },
	{ kind: 'status', status: 404, path: CHECK },
	{ kind: 'html', path: CHECK },
	{ kind: 'wrongType', path: INFO },
])('a failure of the polling never looks like a failure of the order: %j', async (fault) => {
	bench.sandbox.fault(fault);
	const { message, description } = complaint(await run());
	expect(message).toContain(`TW took order ORD-7 (request_id ${requestId()}), but`);
	expect(description).toContain('Do not create it again');
});

it('a break while polling is survived', async () => {
	bench.sandbox.fault({ kind: 'resetBeforeAccept', path: CHECK, times: 1 });
	bench.sandbox.fault({ kind: 'status', status: 503, retryAfter: 0, path: INFO, times: 1 });
	expect(outputOf(await run())[0]).toMatchObject({ outcome: 'completed' });
	expect(paths(bench.sandbox)).toEqual([FORECAST, CHECK, CHECK, INFO, INFO]);
});

it('says so when TW completed the order but does not show it', async () => {
	bench.sandbox.set({ orderInfoDelayMs: NEVER });
	const { message, description } = complaint(await run());
	expect(message).toContain('TW completed order ORD-7');
	expect(message).toContain('does not show its details yet');
	expect(description).toContain('Do not create it again');
});

it('waits for the tracking number of an order that was found by its number', async () => {
	bench.sandbox.set({ stateStepMs: 50 });
	bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST });
	const found = { outcome: 'completed', recovered: true, tracking_number: saying(/^1Z/) };
	expect(outputOf(await run())[0]).toMatchObject(found);
	expect(bench.sandbox.ledger().orders).toHaveLength(1);
});
