/** Answers of TW in forms that nobody documents: nothing is bought twice by them, and nobody is stuck. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	bodiesTo,
	CHECK,
	complaint,
	FORECAST,
	INFO,
	outputOf,
	requestsTo,
	saying,
} from '../../observed';
import { createParameters, useBench } from '../../support';

const DELETE = '/api/v2/orderDelete';
const TRIAL = '/api/v2/orderTrial';
const BAG = '/api/v2/bag';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ stateStepMs: 0, orderInfoDelayMs: 0 });
});

const item = { no: 'A-1' };
const answer = (path: string, data: unknown, more: IDataObject = {}) =>
	bench.sandbox.fault({
		...{ kind: 'rawBody', path },
		body: JSON.stringify({ code: 200, message: 'OK', data }),
		...more,
	});
const create = async (more: INodeParameters = {}) =>
	await bench.run('twOrder', createParameters({ waitForCompletion: true, ...more }), [item]);
const sends = () => requestsTo(bench.sandbox, FORECAST).length;
const notFound = (path: string) =>
	bench.sandbox.fault({
		...{ kind: 'rawBody', path, status: 404 },
		body: '{"code":404,"message":"no such order","data":[]}',
	});

describe('a removal time that is none', () => {
	it.each([
		'9999-12-31 23:59:59',
		'0001-01-01 00:00:00',
		'0001-01-01T00:00:00Z',
		'1969-12-31 16:00:00',
		'1900-01-01',
		'2099-01-19 03:14:07',
		28800,
		'never',
		true,
		{ date: '0001-01-01 00:00:00.000000', timezone: 'UTC' },
	])('%j frees no number, and stands in nobody’s way', async (at) => {
		await create();
		answer(INFO, { no: 'A-1', tracking_number: '1Z9', removed_at: at, removing_at: at });
		expect(outputOf(await create())).toMatchObject([{ outcome: 'completed', existing: true }]);
		expect(sends()).toBe(1);
	});

	it.each([
		'2026-01-02 03:04:05',
		'2026-01-02T03:04:05+08:00',
		1767323045,
		'1767323045000',
		{ date: '2026-01-02 03:04:05.000000', timezone_type: 3, timezone: 'Asia/Shanghai' },
	])('but %j is one', async (at) => {
		await create();
		answer(INFO, { no: 'A-1', removed_at: at }, { times: 1 });
		expect(outputOf(await create())).toMatchObject([{ outcome: 'completed', no: 'A-1' }]);
		expect(sends()).toBe(2);
	});
});

it.each(['N/A', '-', 'null', 'pending', '待分配', '', 0])(
	'a tracking number %j completes no order',
	async (tracking_number) => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST });
		answer(INFO, { no: 'A-1', tracking_number });
		const parameters = { options: { maxWait: 1 } };
		expect(complaint(await create(parameters)).message).toContain('no tracking number yet');
	},
);

describe('a failure that names no order', () => {
	it('frees no number', async () => {
		await create();
		answer(CHECK, { status: -1, errors: [] }, { times: 1 });
		expect(outputOf(await create())).toMatchObject([{ outcome: 'completed', existing: true }]);
		expect(sends()).toBe(1);
	});

	it('is no state of an order', async () => {
		answer(CHECK, { status: -1, errors: [] });
		const get: INodeParameters = { operation: 'getStatus', request_id: 'r' };
		expect(complaint(await bench.run('twOrder', get, [{}])).message).toContain(
			'answered about order that it does not name',
		);
	});
});

it('-1 frees no number of an order that has a tracking number, and names the way out', async () => {
	const [{ request_id } = {}] = outputOf(await create());
	answer(CHECK, { no: 'A-1', request_id, status: -1, errors: [] });
	const { message, description } = complaint(await create());
	expect(message).toContain('abnormal error (-1)');
	expect(description).toContain("delete it with 'Delete' first");
	expect(sends()).toBe(1);
});

describe('an order that TW took and then knows nothing of', () => {
	it.each([false, true])(
		'is unknown, with one way out; waited for: %j',
		async (waitForCompletion) => {
			await create({ waitForCompletion: false });
			notFound(CHECK);
			notFound(INFO);
			const { message, description } = complaint(await create({ waitForCompletion }));
			expect(message).toContain('It is unknown whether TW created order A-1');
			expect(message).toContain('now knows nothing of it');
			expect(description).toContain("'If Sent Before' set to Send Again");
			bench.sandbox.clearFaults();
			const again = { options: { ifSentBefore: 'send-again' } };
			expect(outputOf(await create(again))).toMatchObject([{ outcome: 'completed' }]);
			expect(sends()).toBe(2);
		},
	);
});

describe('a write whose answer names a failure at code 200', () => {
	const failures = (number: string, name: string) => [
		[{ [number]: name, errors: ['is in another bag'] }],
		{ failed: [{ [number]: name, errors: ['is in another bag'] }], success: [] },
		[{ [number]: name, status: -1, message: 'is in another bag' }],
	];

	it.each(failures('bag_no', 'B-1'))('has made no bag: %j', async (data) => {
		answer(`${BAG}Create`, data);
		const make: INodeParameters = { operation: 'create', bag_no: 'B-1', nos: 'A-1' };
		const { message } = complaint(await bench.run('twBag', make, [{}]));
		expect(message).toContain('It is unknown whether TW carried out');
		expect(message).toContain('is in another bag');
	});

	it.each(failures('no', 'A-1'))('has deleted no order: %j', async (data) => {
		await create();
		answer(DELETE, data);
		const remove: INodeParameters = { operation: 'delete', no: 'A-1' };
		expect(complaint(await bench.run('twOrder', remove, [{}])).message).toContain(
			'is in another bag',
		);
		expect(outputOf(await create())).toMatchObject([{ existing: true }]);
	});

	it.each([0, '0', false, [null], { weight: [] }, []])('errors %j are none', async (errors) => {
		await create();
		answer(DELETE, { no: 'A-1', errors }, { processed: true });
		const remove: INodeParameters = { operation: 'delete', no: 'A-1' };
		expect(outputOf(await bench.run('twOrder', remove, [{}]))).toHaveLength(1);
	});
});

describe('a bag whose deletion TW has accepted', () => {
	const remove: INodeParameters = { operation: 'delete', bag_no: 'B-1' };
	beforeEach(() => answer(`${BAG}Delete`, { status: 'queued' }));
	const removed = async () => outputOf(await bench.run('twBag', remove, [{}]));

	it.each([
		{ bag: { bag_no: 'B-1' } },
		{ current_page: 1, data: [{ bag_no: 'B-1' }] },
		{ bagNo: 'B-1' },
		{ bag_no: 'B-1' },
	])('is not gone while TW answers %j', async (data) => {
		answer(`${BAG}Info`, data);
		expect(await removed()).toMatchObject([{ outcome: 'accepted', deleted: false }]);
	});

	it('is not gone by a proxy’s 404', async () => {
		bench.sandbox.fault({ kind: 'html', path: `${BAG}Info`, status: 404 });
		expect(await removed()).toMatchObject([{ outcome: 'accepted', deleted: false }]);
	});

	it('is gone by TW’s own', async () => {
		notFound(`${BAG}Info`);
		expect(await removed()).toMatchObject([{ outcome: 'deleted', deleted: true }]);
	});
});

describe('Buy Cheapest', () => {
	const buy = async (more = {}) =>
		await bench.run(
			'twOrder',
			{
				...createParameters({ waitForCompletion: false, channels: ['UA', 'UW'] }),
				options: { timeout: 3 },
				operation: 'buyCheapest',
			},
			[item],
			more,
		);
	const refusesTrials = () =>
		bench.sandbox.fault({
			...{ kind: 'rawBody', path: TRIAL, status: 400 },
			body: '{"code":400,"message":"order number A-1 exists","data":[]}',
		});

	it('outputs what it has bought, though TW no longer prices that number', async () => {
		const [bought] = outputOf(await buy());
		refusesTrials();
		const { channel, request_id } = bought!;
		expect(outputOf(await buy())).toMatchObject([{ channel, request_id, existing: true }]);
	});

	it('recovers what it has bought, though TW no longer prices that number', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
		bench.sandbox.set({ orderInfoDelayMs: 3_600_000 });
		expect(complaint(await buy()).message).toContain('It is unknown');
		bench.sandbox.set({ orderInfoDelayMs: 0 });
		answer(INFO, { no: 'A-1', tracking_number: '1Z9' });
		refusesTrials();
		expect(outputOf(await buy())).toMatchObject([{ no: 'A-1', recovered: true }]);
		expect(sends()).toBe(1);
	});

	it.each([
		[{ no: 'A-1', charge_total_amount: '1,234.56', charge_amount: '5.00' }, 'no readable price'],
		[{ no: 'A-1', charge_total_amount: 'USD 50.00', charge_amount: '5.00' }, 'no readable price'],
		[{ no: 'A-1', children: [{ number: 3, charge_amount: '5.00' }] }, 'no readable price'],
		[
			{ no: 'A-1', charges: [{ amount: 5 }], discounts: [], additionally_proportion: 0.04 },
			'no readable',
		],
	])('does not buy at a part of a price: %j', async (data, why) => {
		const bodyIncludes = '"product":"UA"';
		answer(TRIAL, [data], { bodyIncludes });
		expect(complaint(await buy()).message).toContain(why);
		expect(sends()).toBe(0);
	});

	it.each([
		[{ no: 'A-1', product: 'UW', charge_amount: '0.01' }, 'answered about channel UW'],
		[{ no: 'A-1', status: 6, charge_amount: '0.01' }, 'no final price yet'],
	])('leaves out %j', async (data, reason) => {
		const bodyIncludes = '"product":"UA"';
		answer(TRIAL, [data], { bodyIncludes });
		const left_out = [{ channel: 'UA', reason: saying(reason) }];
		expect(outputOf(await buy())).toMatchObject([{ channel: 'UW', left_out }]);
	});

	it.each([{ errors: [null] }, { errors: { weight: [] } }, { errors: '0' }, { errors: 0 }])(
		'buys beside %j, which is no error',
		async (more) => {
			const bodyIncludes = '"product":"UA"';
			answer(TRIAL, [{ no: 'A-1', charge_amount: '0.01', ...more }], { bodyIncludes });
			expect(outputOf(await buy())).toMatchObject([{ channel: 'UA', quoted_price: '0.01' }]);
		},
	);
});

describe("TW's words of a refusal", () => {
	it.each([
		{ message: 'error', data: 'the street is wrong' },
		{ message: 'error', data: ['the street is wrong'] },
		{ message: 'error', data: { 'tickets.0.address': ['the street is wrong'] } },
		{ message: 'invalid', data: { errors: ['the street is wrong'] } },
		{ message: ['the street is wrong'], data: null },
		{ msg: 'the street is wrong', data: null },
	])('reach the user from %j', async (body) => {
		bench.sandbox.fault({
			...{
				kind: 'rawBody',
				path: FORECAST,
				status: 422,
				body: JSON.stringify({ code: 422, ...body }),
			},
		});
		const { message } = complaint(await create());
		expect(message).toContain('the street is wrong');
		if (typeof body.message === 'string') expect(message).toContain(body.message);
	});

	it.each([
		{ no: 'A-1', status: -1, message: 'the street is wrong' },
		{ no: 'A-1', error: 'the street is wrong' },
	])('reach the user from a ticket: %j', async (ticket) => {
		answer(FORECAST, [ticket]);
		expect(complaint(await create()).message).toContain('the street is wrong');
	});
});

it('places of a list are no order numbers', async () => {
	const ids = { 0: { request_id: 'a' }, 1: { request_id: 'b' } };
	answer(FORECAST, ids, { processed: true });
	const run = await bench.run(
		'twOrder',
		createParameters({ waitForCompletion: false, options: { ticketsPerRequest: 2 } }),
		[{ no: '1' }, { no: '2' }],
	);
	expect(outputOf(run)).toMatchObject([
		{ no: '1', recovered: true },
		{ no: '2', recovered: true },
	]);
	expect(bodiesTo(bench.sandbox, FORECAST)).toHaveLength(1);
});
