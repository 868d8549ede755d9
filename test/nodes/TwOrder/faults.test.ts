/** What becomes of an order when its answer is lost, late or wrong: never sent twice, told truthfully. */
import { NodeApiError } from 'n8n-workflow';
import { TwOrder } from '../../../nodes/TwOrder/TwOrder.node';
import type { FaultRule } from '../../../sandbox';
import { refusedUrl } from '../../../sandbox';
import {
	complaint,
	FORECAST,
	having,
	INFO,
	outputOf,
	paths,
	requestsTo,
	saying,
} from '../../observed';
import { forecast } from '../../sandbox/client';
import { createParameters, useBench, withCredential } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: 0, failuresAsHttp200: false, forecastShape: 'list' });
});

const NEVER = 3_600_000;
const BY_NUMBER = saying('Matched by order number only');
const create = createParameters({ waitForCompletion: false });
const item = { no: 'ORD-7' };
const orders = () => bench.sandbox.ledger().orders.map(({ no }) => no);
const sends = () => requestsTo(bench.sandbox, FORECAST).length;
const run = async (options = {}) => await bench.run('twOrder', { ...create, options }, [item]);

describe('the answer is lost after TW took the order', () => {
	it.each<FaultRule>([
		{ kind: 'resetAfterAccept' },
		{ kind: 'resetMidBody' },
		{ kind: 'truncated' },
		{ kind: 'html', processed: true },
		{ kind: 'empty', processed: true },
		{ kind: 'wrongType', processed: true },
		{ kind: 'wrongType', processed: true, value: { code: 200, message: 'OK', data: [] } },
		{ kind: 'status', status: 500, processed: true },
		{ kind: 'status', status: 502, processed: true },
		{ kind: 'status', status: 504, processed: true },
		{ kind: 'status', status: 408, processed: true },
		{ kind: 'redirect', location: 'https://example.com/', processed: true },
	])('finds it by its number: %j', async (fault) => {
		bench.sandbox.fault({ ...fault, path: FORECAST });
		expect(outputOf(await run())).toEqual([
			having({ no: 'ORD-7', outcome: 'completed', recovered: true, remark: BY_NUMBER }),
		]);
		expect(sends()).toBe(1);
		expect(orders()).toEqual(['ORD-7']);
	});

	it('says so when the found order has another number of boxes', async () => {
		await bench.run('twOrder', { ...create, remember: 'no' }, [item]);
		bench.sandbox.fault({ kind: 'resetBeforeAccept', path: FORECAST });
		const two = { item: [{ number: 2, weight: 5, length: 20, width: 20, height: 20 }] };
		const second = await bench.run('twOrder', { ...create, boxes: two }, [item]);
		expect(outputOf(second)[0]).toMatchObject({
			recovered: true,
			remark: saying('TW has 1 box(es), this item has 2.'),
		});
	});

	it('looks once more after a pause, which is as long as it is for n8n: TW shows it a second later', async () => {
		bench.sandbox.set({ orderInfoDelayMs: 1_000 });
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST });
		const asN8nMakesIt = new TwOrder();
		const found = await bench.run('twOrder', create, [item], { node: asN8nMakesIt });
		bench.sandbox.set({ orderInfoDelayMs: 0 });
		expect(outputOf(found)[0]).toMatchObject({ recovered: true });
		expect(sends()).toBe(1);
	});

	it('says unknown while TW does not show it, and names the order', async () => {
		bench.sandbox.set({ orderInfoDelayMs: NEVER });
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST });
		const failed = await run();
		expect(failed.error).toBeInstanceOf(NodeApiError);
		const { message, description } = complaint(failed);
		expect(message).toMatch(/^It is unknown whether TW created order ORD-7: .*\[Item 0\]$/);
		expect(description).toContain('TW does not show it');
		expect(description).toContain('was not sent again');
		expect(description).toContain("'If Sent Before' set to Send Again");
		expect(sends()).toBe(1);
		expect(orders()).toEqual(['ORD-7']);
	});

	it('says unknown when the look-up fails too', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST });
		bench.sandbox.fault({ kind: 'status', path: INFO, status: 403 });
		const failed = await run();
		expect(complaint(failed).message).toContain('It is unknown whether TW created order ORD-7');
		expect(complaint(failed).description).toContain('TW refuses the credential');
		expect(sends()).toBe(1);
	});

	it("takes a 404 that is not TW's own for no word on the order", async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST });
		bench.sandbox.fault({ kind: 'html', path: INFO, status: 404 });
		expect(complaint(await run()).message).toContain('unknown');
		expect(sends()).toBe(1);
	});

	it('waits for no answer longer than the time-out says', async () => {
		bench.sandbox.fault({ kind: 'hangAfterAccept', path: FORECAST });
		const found = await run({ timeout: 0.3 });
		expect(outputOf(found)[0]).toMatchObject({ no: 'ORD-7', recovered: true });
		expect(sends()).toBe(1);
	});
});

describe('the connection breaks before TW took the order', () => {
	it('says unknown, since nobody can tell, and does not send again', async () => {
		bench.sandbox.fault({ kind: 'resetBeforeAccept', path: FORECAST });
		expect(complaint(await run()).message).toContain(
			'It is unknown whether TW created order ORD-7',
		);
		expect(sends()).toBe(1);
		expect(orders()).toEqual([]);
	});

	it('counts a deleted order of this number as none, and says that there was one', async () => {
		bench.sandbox.fault({ kind: 'resetBeforeAccept', path: FORECAST });
		const body = '{"data":{"no":"ORD-7","removed_at":"2025-01-02 03:04:05","children":[]}}';
		bench.sandbox.fault({ kind: 'rawBody', path: INFO, body });
		const { message, description } = complaint(await run());
		expect(message).toContain('unknown');
		expect(description).toContain('deleted at 2025-01-02 03:04:05');
		expect(sends()).toBe(1);
	});
});

describe('503', () => {
	it('is followed by a look-up and, if TW has no such order, by one more send', async () => {
		bench.sandbox.fault({ kind: 'status', status: 503, path: FORECAST, times: 1 });
		expect(outputOf(await run())[0]).toMatchObject({ no: 'ORD-7', outcome: 'accepted' });
		expect(paths(bench.sandbox)).toEqual([FORECAST, INFO, FORECAST]);
		expect(orders()).toEqual(['ORD-7']);
	});

	it('is followed by nothing more if TW shows the order', async () => {
		bench.sandbox.fault({ kind: 'status', status: 503, path: FORECAST, processed: true });
		expect(outputOf(await run())[0]).toMatchObject({ no: 'ORD-7', recovered: true });
		expect(paths(bench.sandbox)).toEqual([FORECAST, INFO]);
		expect(orders()).toEqual(['ORD-7']);
	});

	it('is an unknown outcome if the look-up fails', async () => {
		bench.sandbox.fault({ kind: 'status', status: 503, path: FORECAST, processed: true });
		bench.sandbox.fault({ kind: 'status', status: 401, path: INFO });
		expect(complaint(await run()).message).toContain('unknown');
		expect(sends()).toBe(1);
	});
});

describe('429', () => {
	it.each(['0', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
		'is sent again when Retry-After (%s) has passed',
		async (retryAfter) => {
			bench.sandbox.fault({ kind: 'status', status: 429, retryAfter, path: FORECAST, times: 2 });
			expect(outputOf(await run())[0]).toMatchObject({ no: 'ORD-7', outcome: 'accepted' });
			expect(paths(bench.sandbox)).toEqual([FORECAST, FORECAST, FORECAST]);
			expect(orders()).toEqual(['ORD-7']);
		},
	);

	it('waits as long as Retry-After says', async () => {
		bench.sandbox.fault({ kind: 'status', status: 429, retryAfter: 1, path: FORECAST, times: 1 });
		await run();
		const [first, second] = requestsTo(bench.sandbox, FORECAST).map(({ at }) => Date.parse(at));
		expect(second! - first!).toBeGreaterThanOrEqual(990);
	});

	it('orders that were not told to wait wait as well, and so does what is only read', async () => {
		bench.sandbox.fault({ kind: 'status', status: 429, retryAfter: 1, path: FORECAST, times: 1 });
		// It has no time for another try
		expect(complaint(await run({ timeout: 1 })).message).toContain('too many requests');
		const items = ['A-1', 'A-2', 'A-3'].map((no) => ({ no }));
		const [created, balance] = await Promise.all([
			bench.run('twOrder', create, items),
			bench.run('twBalance', { operation: 'get' }, [{}]),
		]);
		expect([...outputOf(created), ...outputOf(balance)]).toHaveLength(4);
		const [told, ...others] = bench.sandbox.ledger().requests.map(({ at }) => Date.parse(at));
		expect(others).toHaveLength(4);
		expect(Math.min(...others) - told!).toBeGreaterThanOrEqual(990);
	});

	it('ends as such when Retry-After lies behind the time-out', async () => {
		bench.sandbox.fault({ kind: 'status', status: 429, retryAfter: 3600, path: FORECAST });
		const { message } = complaint(await run({ timeout: 5 }));
		expect(message).toContain('TW is receiving too many requests');
		expect(sends()).toBe(1);
	});

	it('signs each attempt anew with its own time', async () => {
		bench.sandbox.fault({ kind: 'status', status: 429, retryAfter: 1, path: FORECAST, times: 1 });
		await run();
		const [first, second] = requestsTo(bench.sandbox, FORECAST);
		expect(second?.headers['t']).not.toBe(first?.headers['t']);
		expect(second?.sign).not.toBe(first?.sign);
		expect(second?.body).toBe(first?.body);
	});
});

describe('TW says no', () => {
	it.each([401, 403])('a %i is sent once and means the credential', async (status) => {
		bench.sandbox.fault({ kind: 'status', status, path: FORECAST });
		const { message, description } = complaint(await run());
		expect(message).toContain('TW refuses the credential');
		expect(description).toContain('TW API credential');
		expect(paths(bench.sandbox)).toEqual([FORECAST]);
	});

	it.each([false, true])('is a refusal, as HTTP 200 too: %s', async (failuresAsHttp200) => {
		bench.sandbox.set({ failuresAsHttp200 });
		const status = failuresAsHttp200 ? 200 : 400;
		const body = '{"code":400,"message":"tickets[0].consignee is wrong","data":null}';
		bench.sandbox.fault({ kind: 'rawBody', path: FORECAST, status, body });
		const { message } = complaint(await run());
		expect(message).toContain(
			'TW refuses order ORD-7, sent with channel UA to warehouse MSP1: tickets[0].consignee is wrong',
		);
		expect(paths(bench.sandbox)).toEqual([FORECAST]);
	});

	it.each([false, true])(
		'the same number in another channel, refusals as HTTP 200: %s',
		async (failuresAsHttp200) => {
			bench.sandbox.set({ failuresAsHttp200 });
			await bench.run('twOrder', { ...create, remember: 'no' }, [item]);
			const product = { __rl: true, mode: 'code', value: 'UW' };
			const second = await bench.run('twOrder', { ...create, product }, [item]);
			expect(complaint(second).message).toContain('exists in channel UA');
			expect(orders()).toEqual(['ORD-7']);
		},
	);

	it.each([false, true])('a read that finds nothing, as HTTP 200: %s', async (as200) => {
		bench.sandbox.set({ failuresAsHttp200: as200 });
		const get = await bench.run('twOrder', { operation: 'get', no: 'NONE' }, [{}]);
		expect(complaint(get).message).toBe('TW does not have an order NONE [Item 0]');
		const status = await bench.run('twOrder', { operation: 'getStatus', request_id: 'x' }, [{}]);
		expect(complaint(status).message).toContain('unknown request_id');
	});
});

it('an order that can not reach TW is not sent', async () => {
	const nowhere = withCredential(bench, 'twApi', { baseUrl: await refusedUrl() });
	const parameters = { ...create, options: { timeout: 1 } };
	const failed = await bench.run('twOrder', parameters, [item], nowhere);
	const { message, description } = complaint(failed);
	expect(message).toContain('TW cannot be reached: the host refuses the connection');
	expect(description).toContain('Nothing was sent');
	expect(paths(bench.sandbox)).toEqual([]);
});

describe('Check for Existing Order', () => {
	const checked = { checkExisting: true };

	it('sends an order that TW does not have', async () => {
		expect(outputOf(await run(checked))[0]).toMatchObject({ no: 'ORD-7', outcome: 'accepted' });
		expect(paths(bench.sandbox)).toEqual([INFO, FORECAST]);
	});

	it('gives the order that TW has, and does not send it again', async () => {
		await forecast(bench.sandbox, 'ORD-7');
		expect(outputOf(await run(checked))[0]).toMatchObject({
			no: 'ORD-7',
			existing: true,
			outcome: 'completed',
			tracking_number: saying(/^1Z/),
			remark: BY_NUMBER,
		});
		expect(orders()).toEqual(['ORD-7']);
	});

	it('does not send while the check does not succeed', async () => {
		bench.sandbox.fault({ kind: 'status', status: 403, path: INFO });
		expect(complaint(await run(checked)).message).toContain(
			'Order ORD-7 was not sent, because the look-up before it did not succeed',
		);
		expect(sends()).toBe(0);
	});

	it('retries the check as the read it is', async () => {
		bench.sandbox.fault({ kind: 'status', status: 502, path: INFO, times: 1 });
		expect(outputOf(await run(checked))[0]).toMatchObject({ outcome: 'accepted' });
		expect(paths(bench.sandbox)).toEqual([INFO, INFO, FORECAST]);
	});
});

it.each(['list', 'object', 'map'] as const)(
	'reads the forecast answer as a %s',
	async (forecastShape) => {
		bench.sandbox.set({ forecastShape });
		expect(outputOf(await run())).toEqual([
			{
				outcome: 'accepted',
				no: 'ORD-7',
				request_id: bench.sandbox.ledger().orders[0]?.requestId,
				status: 1,
				status_text: 'request received',
			},
		]);
		expect(paths(bench.sandbox)).toEqual([FORECAST]);
	},
);
