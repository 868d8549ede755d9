/** An order that TW refuses: with what was sent, TW's words once, and what to look at. */
import { complaint, CHECK, FORECAST, outputOf } from '../../observed';
import { boxes, channel, toAddress } from '../../operations/order';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ stateStepMs: 0, aheadMs: 0, removalStepMs: 0, forecastEnds: 0 });
});

const create = (code: string, more = {}) =>
	createParameters({ ...channel(code), ...toAddress, ...more });
const run = async (parameters: ReturnType<typeof create>) =>
	complaint(await bench.run('twOrder', parameters, [{ no: 'ORD-7' }]));

it.each([
	['NOPE', 'verification failed (-2)', "'Channel'"],
	['FAIL-1', 'abnormal error (-1)', 'request_id'],
	['FAIL-4', 'insufficient balance (-4)', 'Top up'],
	['FAIL-6', 'trial calculation failed (-6)', "'Quote'"],
	['FAIL-9', 'request failed (-9)', 'carrier'],
])('channel %s: %s', async (code, words, look) => {
	const { message, description } = await run(create(code));
	expect(message).toBe(
		`TW did not complete order ORD-7, sent with channel ${code} to US: ${words} [Item 0]`,
	);
	expect(description).toContain(look);
});

it('TW says more than its state', async () => {
	bench.sandbox.fault({
		kind: 'rawBody',
		path: CHECK,
		body: '{"code":200,"data":{"no":"ORD-7","errors":["verification failed","channel is closed"],"status":-2}}',
	});
	const { message } = await run(create('UA'));
	expect(message).toContain('to US: verification failed (-2): channel is closed [Item 0]');
});

it('in a warehouse, and of an earlier execution', async () => {
	const parameters = createParameters({ ...channel('FAIL-2') });
	const items = [{ no: 'ORD-7' }];
	const words = 'sent with channel FAIL-2 to warehouse MSP1: verification failed (-2)';
	expect(complaint(await bench.run('twOrder', parameters, items)).message).toContain(words);
});

it('as the cheapest', async () => {
	bench.sandbox.set({ forecastEnds: -2 });
	const { message } = await run({
		...create('UA'),
		operation: 'buyCheapest',
		channels: ['UA'],
		...boxes({}),
	});
	expect(message).toContain('order ORD-7, sent with channel UA to US: verification failed (-2) [');
});

it('refused at once', async () => {
	bench.sandbox.fault({
		kind: 'status',
		path: FORECAST,
		status: 400,
		body: '{"code":400,"message":"unknown product"}',
	});
	const { message, description } = await run(create('UA'));
	expect(message).toBe(
		'TW refuses order ORD-7, sent with channel UA to US: unknown product [Item 0]',
	);
	expect(description).toContain("'Channel'");
});

it('the state of an order is said in words by Get too', async () => {
	const orders = createParameters({ waitForCompletion: false });
	const get = { operation: 'get', no: '={{ $json.no }}' };
	const stateOf = async (more = {}) =>
		outputOf(await bench.run('twOrder', { ...get, ...more }, [{ no: 'ORD-7' }]))[0]!['state'];
	bench.sandbox.set({ stateStepMs: 3_600_000 });
	await bench.run('twOrder', orders, [{ no: 'ORD-7' }]);
	expect(await stateOf()).toBe('not completed yet');
	bench.sandbox.set({ aheadMs: 36_000_000, removalStepMs: 1_000_000 });
	expect(await stateOf()).toBe('completed');
	expect(await stateOf({ simplify: false })).toBe('completed');
	await bench.run('twOrder', { operation: 'delete', no: 'ORD-7' }, [{}]);
	expect(await stateOf()).toBe('deletion requested');
	bench.sandbox.set({ aheadMs: 40_000_000 });
	expect(await stateOf()).toBe('deleted');
});
