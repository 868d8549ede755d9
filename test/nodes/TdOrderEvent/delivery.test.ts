/** At least once with the same bytes, or at most once: as the user chooses. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { FaultRule } from '../../../sandbox';
import { refusedUrl } from '../../../sandbox';
import type { EngineRun } from '../../engine/harness';
import { complaint, EVENT, outputOf, paths, requestsTo } from '../../observed';
import { useBench, withCredential } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const ship = (options: INodeParameters = {}): INodeParameters => ({
	operation: 'order_ship',
	specifyBody: 'fields',
	order_id: '={{ $json.no }}',
	session_id: 's-1',
	terminal_ip: '210.20.10.33',
	options,
});
const atMostOnce = { delivery: 'event-at-most-once' };
const item = { no: 'O-1' };
const systemError: FaultRule = {
	kind: 'rawBody',
	path: EVENT,
	body: '{"code":9200,"message":"System error","sequence_id":"S"}',
};
const report = async (options: INodeParameters = {}, more = {}, items: IDataObject[] = [item]) =>
	await bench.run('tdOrderEvent', ship(options), items, more);
const threeTries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const sent = () => requestsTo(bench.sandbox, EVENT).map(({ body }) => body);

describe('at least once', () => {
	it.each<FaultRule>([
		systemError,
		{ ...systemError, processed: true },
		{ kind: 'resetAfterAccept' },
		{ kind: 'resetBeforeAccept' },
		{ kind: 'resetMidBody' },
		{ kind: 'status', status: 503, retryAfter: 0 },
		{ kind: 'status', status: 500, processed: true },
		{ kind: 'status', status: 429, retryAfter: 0 },
	])('sends again after %j, byte for byte the same', async (fault) => {
		bench.sandbox.fault({ ...fault, path: EVENT, times: 2 });
		const run = await report();
		expect(outputOf(run)[0]).toMatchObject({ code: 200, order_id: 'O-1' });
		expect(sent()).toHaveLength(3);
		expect(new Set(sent()).size).toBe(1);
		expect(new Set(bench.sandbox.ledger().events.map(({ raw }) => raw)).size).toBe(1);
	});

	it('says unknown when TD never answered, and that it was sent more than once', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: EVENT });
		const { message, description } = complaint(await report({ timeout: 3 }));
		expect(message).toContain('It is unknown whether TD took the event');
		expect(message).toContain('(order_ship of order O-1)');
		expect(description).toContain('more than once');
		expect(sent().length).toBeGreaterThan(1);
	});

	it.each<FaultRule>([
		{ kind: 'status', status: 401 },
		{ kind: 'status', status: 403 },
		{ kind: 'rawBody', body: '{"code":9001,"message":"channel empty","sequence_id":"S"}' },
	])('never sends again what TD has refused: %j', async (fault) => {
		bench.sandbox.fault({ ...fault, path: EVENT });
		const run = await report();
		expect(run.status).toBe('error');
		expect(sent()).toHaveLength(1);
	});
});

describe('at most once', () => {
	it.each<FaultRule>([
		{ kind: 'resetAfterAccept' },
		{ kind: 'resetBeforeAccept' },
		systemError,
		{ kind: 'status', status: 503, retryAfter: 0 },
	])('never sends again after %j', async (fault) => {
		bench.sandbox.fault({ ...fault, path: EVENT });
		const { message, description } = complaint(await report(atMostOnce));
		expect(message).toContain('It is unknown whether TD took the event');
		expect(description).toContain("'Delivery' is At Most Once");
		expect(sent()).toHaveLength(1);
	});

	it('sends again what surely was not taken', async () => {
		bench.sandbox.fault({ kind: 'status', status: 429, retryAfter: 0, path: EVENT, times: 1 });
		const run = await report(atMostOnce);
		expect(outputOf(run)[0]).toMatchObject({ code: 200 });
		expect(bench.sandbox.ledger().events).toHaveLength(1);
	});

	it('also not in the later tries of Retry On Fail', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: EVENT });
		const run = await report(atMostOnce, threeTries);
		expect(complaint(run).message).toContain('an earlier try of this execution sent it');
		expect(sent()).toHaveLength(1);
	});
});

describe('an event whose bytes differ from try to try', () => {
	/** A time, a random session: whatever an expression gives anew. */
	const changing: Array<[string, INodeParameters]> = [
		['session', { session_id: '={{ $now.toMillis() + Math.random() }}' }],
		['account', { account_id: '={{ Math.random() }}' }],
		['time', { event_time: '={{ $now.plus(Math.floor(Math.random() * 9e6)).toISO() }}' }],
	];
	const now = (more: INodeParameters, options: INodeParameters): INodeParameters => ({
		...ship({ ...options, resolveDirectly: false }),
		...more,
	});

	it.each(changing)('%s: at most once is told once, in Retry On Fail too', async (_what, more) => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: EVENT });
		const run = await bench.run('tdOrderEvent', now(more, atMostOnce), [item], threeTries);
		expect(complaint(run).message).toContain('an earlier try of this execution sent it');
		expect(sent()).toHaveLength(1);
	});

	it.each(changing)('%s: at least once keeps the bytes of the first try', async (_what, more) => {
		bench.sandbox.fault({ ...systemError, processed: true, times: 6 });
		const run = await bench.run('tdOrderEvent', now(more, { timeout: 30 }), [item], threeTries);
		expect(outputOf(run)[0]).toMatchObject({ code: 200 });
		expect(sent()).toHaveLength(7);
		expect(new Set(sent()).size).toBe(1);
	});

	it.each(changing)('%s: what TD has refused goes out as it is now', async (_what, more) => {
		bench.sandbox.fault({
			kind: 'rawBody',
			path: EVENT,
			body: '{"code":9001,"message":"x"}',
			times: 1,
		});
		const run = await bench.run('tdOrderEvent', now(more, atMostOnce), [item], threeTries);
		expect(outputOf(run)[0]).toMatchObject({ code: 200 });
		expect(new Set(sent()).size).toBe(2);
	});
});

describe('later tries of one execution', () => {
	const items = [{ no: '' }, { no: 'O-1' }, { no: 'O-2' }];

	it('Retry On Fail with Continue on Fail and a bad first item sends each good one once', async () => {
		const run = await report({}, { ...threeTries, onError: 'continueRegularOutput' }, items);
		expect(outputOf(run).map(({ order_id }) => order_id)).toEqual([undefined, 'O-1', 'O-2']);
		const { events } = bench.sandbox.ledger();
		expect(events.map(({ orderId }) => orderId).sort()).toEqual(['O-1', 'O-2']);
	});

	it('keep the time of an event that has none of its own', async () => {
		bench.sandbox.fault({ ...systemError, times: 5 });
		const run = await report({ timeout: 30 }, { ...threeTries, waitBetweenTries: 20 });
		expect(outputOf(run)[0]).toMatchObject({ code: 200 });
		expect(sent()).toHaveLength(6);
		expect(new Set(sent()).size).toBe(1);
	});

	it('Retry in the list of executions sends none that TD took before', async () => {
		bench.sandbox.fault({ kind: 'status', status: 400, path: EVENT, bodyIncludes: 'O-2' });
		const two = [{ no: 'O-1' }, { no: 'O-2' }];
		const failed = await report({ concurrency: 1 }, {}, two);
		expect(failed.status).toBe('error');
		bench.sandbox.clearFaults();
		const again = await report({ concurrency: 1 }, { previous: failed }, two);
		expect(outputOf(again).map(({ order_id }) => order_id)).toEqual(['O-1', 'O-2']);
		const { events } = bench.sandbox.ledger();
		expect(events.map(({ orderId }) => orderId)).toEqual(['O-1', 'O-2']);
		expect(new Set(events.map(({ eventTime }) => eventTime)).size).toBe(1);
	});
});

describe('settings that change between two tries of one execution', () => {
	const two = [{ no: 'O-1' }, { no: 'O-2' }];
	const tried = async (more: INodeParameters, previous?: EngineRun) =>
		await bench.run(
			'tdOrderEvent',
			{ ...ship({ concurrency: 1, timeout: 3 }), ...more },
			two,
			previous ? { previous } : {},
		);

	it.each([
		[{ reportOnce: 'no' }, { reportOnce: 'files' }],
		[{ reportOnce: 'files' }, { reportOnce: 'no' }],
		[
			{ reportOnce: 'files', options: { concurrency: 1, onceKey: 'one' } },
			{ reportOnce: 'files', options: { concurrency: 1, onceKey: 'another' } },
		],
	])('%j, then %j: what TD took is not sent again', async (before, after) => {
		bench.sandbox.fault({ kind: 'status', status: 400, path: EVENT, bodyIncludes: 'O-2' });
		const failed = await tried(before);
		bench.sandbox.clearFaults();
		const again = await tried(after, failed);
		expect(outputOf(again).map(({ order_id }) => order_id)).toEqual(['O-1', 'O-2']);
		const { events } = bench.sandbox.ledger();
		expect(events.map(({ orderId }) => orderId)).toEqual(['O-1', 'O-2']);
	});

	it('at most once does not send what at least once has lost', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: EVENT });
		const failed = await tried({});
		bench.sandbox.clearFaults();
		const before = sent().length;
		const { message } = complaint(
			await tried({ options: { ...atMostOnce, concurrency: 1 } }, failed),
		);
		expect(message).toContain('an earlier try of this execution sent it');
		expect(sent()).toHaveLength(before);
	});
});

it('an event that can not reach TD is not sent', async () => {
	const nowhere = withCredential(bench, 'tdApi', { baseUrl: `${await refusedUrl()}/order/v3` });
	const run = await report({ timeout: 1 }, nowhere);
	expect(complaint(run).message).toContain('TD cannot be reached');
	expect(complaint(run).description).toContain('Nothing was sent');
	expect(paths(bench.sandbox)).toEqual([]);
});

describe('TD asks one event to wait', () => {
	const four = ['O-1', 'O-2', 'O-3', 'O-4'].map((no) => ({ no }));

	it('all events of the account wait, in whatever run', async () => {
		bench.sandbox.fault({ kind: 'status', status: 429, retryAfter: 1, path: EVENT, times: 1 });
		// It has no time for another try
		expect(complaint(await report({ timeout: 1 })).message).toContain('too many requests');
		expect(outputOf(await report({}, {}, four))).toHaveLength(4);
		const [told, ...others] = requestsTo(bench.sandbox, EVENT).map(({ at }) => Date.parse(at));
		expect(others).toHaveLength(4);
		expect(Math.min(...others) - told!).toBeGreaterThanOrEqual(990);
	});

	it('those of another account do not', async () => {
		bench.sandbox.fault({ kind: 'status', status: 429, retryAfter: 3600, path: EVENT, times: 1 });
		expect(complaint(await report({ timeout: 5 })).message).toContain('too many requests');
		const own = withCredential(bench, 'tdApi', { partnerCode: 'another' });
		bench.sandbox.fault({ kind: 'rawBody', path: EVENT, body: '{"code":200}' });
		expect(outputOf(await report({ timeout: 5 }, own))[0]).toMatchObject({ code: 200 });
	});

	it('an event that may be sent once only is not sent if it can not wait so long', async () => {
		bench.sandbox.fault({ kind: 'status', status: 429, retryAfter: 3600, path: EVENT, times: 1 });
		await report({ timeout: 5 });
		const { message } = complaint(await report({ ...atMostOnce, timeout: 5 }));
		expect(message).toContain('It was not sent, because the vendor is receiving too many requests');
		expect(message).toContain('5 s');
		expect(sent()).toHaveLength(1);
	});
});
