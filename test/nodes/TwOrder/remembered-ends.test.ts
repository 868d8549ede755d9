/** Get Many Remembered: what became of an order after TW took it, whoever saw it, and by the days of a calendar. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { TwApi } from '../../../credentials/TwApi.credentials';
import { DAY_MS } from '../../../lib/base/durations';
import { TABLE } from '../../../lib/register/schema';
import { PLACES, usePlace } from '../../lib/register/places';
import { emptied, onTables } from '../../lib/register/tables';
import { CHECK, FORECAST, INFO, outputOf, paths, requestsTo, saying } from '../../observed';
import { poll } from '../../engine/harness';
import { TwOrder } from '../../../nodes/TwOrder/TwOrder.node';
import { TwTrigger } from '../../../nodes/TwTrigger/TwTrigger.node';
import { QUICK } from '../../pace';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: 0, stateStepMs: 0 });
});
afterEach(() => bench.sandbox.clearFaults());

const TIME = /^\d{4}-\d\d-\d\dT.*Z$/;
const channel = (value: string) => ({ product: { __rl: true, mode: 'id', value } });

describe.each(PLACES)('remembered in %s', (remember) => {
	const place = usePlace(remember);
	beforeEach(async () => await emptied(place.register()));

	const run = async (parameters: INodeParameters, item: IDataObject = {}, timezone = 'UTC') =>
		await bench.run('twOrder', { remember, ...parameters }, [item], {
			credentials: { ...bench.credentials, ...place.credentials() },
			timezone,
		});
	const list = async (more: INodeParameters = {}, timezone?: string) =>
		await run({ operation: 'getManyRemembered', state: 'all', ...more }, {}, timezone);
	const rows = async (more: INodeParameters = {}, timezone?: string) =>
		outputOf(await list(more, timezone));
	const numbers = async (more: INodeParameters = {}, timezone?: string) =>
		(await rows(more, timezone)).map(({ no }) => no);
	/** Without asking TW. */
	const known = { askTw: false };
	const create = async (no: string, code = 'UA', more: INodeParameters = {}) =>
		await run(createParameters({ waitForCompletion: false, ...channel(code), ...more }), { no });
	const requestIdOf = (no: string) =>
		bench.sandbox.ledger().orders.find((order) => order.no === no)!.requestId;
	const asked = () => requestsTo(bench.sandbox, CHECK).length;

	it("what TW rejected is failed, with TW's reason, even if nobody has followed it", async () => {
		await create('BAD', 'FAIL-2');
		expect(await rows({ state: 'failed' })).toEqual([
			{
				no: 'BAD',
				state: 'failed',
				reason: saying(/^verification failed \(-2\)/),
				channel: 'FAIL-2',
				sent_at: saying(TIME),
				changed_at: saying(TIME),
				execution: saying(/^\d+$/),
				request_id: requestIdOf('BAD'),
			},
		]);
	});

	it('TW is not asked again for the words of a failure that it has just told', async () => {
		await create('BAD', 'FAIL-1');
		expect(await rows({ state: 'failed' })).toHaveLength(1);
		const first = asked();
		await rows({ state: 'failed' });
		// The first time TW is asked how far the order is; each later time for its words, which nobody keeps
		expect([first, asked()]).toEqual([2, 3]);
	});

	it('what TW said once is remembered, without its words, and TW need not be asked for it', async () => {
		await create('BAD', 'FAIL-4');
		await list();
		const before = paths(bench.sandbox).length;
		const [row] = await rows({ state: 'failed', ...known });
		expect(row).toMatchObject({ no: 'BAD', reason: 'insufficient balance (-4)' });
		expect(paths(bench.sandbox)).toHaveLength(before);
	});

	it('a failure that TW may still take back says so', async () => {
		await create('BAD', 'FAIL-4');
		// Whether TW shows the order decides whether it has failed for good
		bench.sandbox.fault({ kind: 'status', status: 503, path: 'orderInfo' });
		expect(await rows({ state: 'failed' })).toMatchObject([
			{ no: 'BAD', reason: saying(/^insufficient balance \(-4\).*; TW may still complete it$/) },
		]);
		bench.sandbox.clearFaults();
	});

	it.each([
		['Wait for Completion', {}, 'verification failed (-2)'],
		[
			'Wait for Completion that ended before it was certain',
			{ poll: { first: 10_000, longest: 10_000 } },
			'verification failed (-2); TW may still complete it',
		],
	])('%s notes a failure', async (_who, pace, reason) => {
		const options = { maxWait: 5 };
		const parameters = createParameters({ remember, options, ...channel('FAIL-2') });
		await bench.run('twOrder', parameters, [{ no: 'BAD' }], {
			credentials: { ...bench.credentials, ...place.credentials() },
			node: new TwOrder({ ...QUICK, ...pace }),
		});
		expect(await rows({ state: 'failed', ...known })).toMatchObject([
			{ no: 'BAD', reason, changed_at: saying(TIME) },
		]);
	});

	it('Get Status and TW Trigger note how an order ended', async () => {
		for (const [no, code] of [
			['BAD', 'FAIL-6'],
			['GOOD', 'UA'],
		] as const)
			await create(no, code);
		await run({ operation: 'getStatus', request_id: requestIdOf('BAD') });
		const orders = requestIdOf('GOOD');
		await poll(new TwTrigger(QUICK), {
			credentials: { ...bench.credentials, ...place.credentials() },
			credentialTypes: [new TwApi()],
			parameters: { event: 'orderFinal', remember, orders },
		});
		const found = (await rows(known)).map(({ no, state }) => [no, state]);
		expect(found).toEqual([
			['GOOD', 'completed'],
			['BAD', 'failed'],
		]);
	});

	it('a refusal whose code is that of a state is no state', async () => {
		const body = JSON.stringify({ code: -1, message: 'Phone of Mara Quill is wrong' });
		bench.sandbox.fault({ kind: 'rawBody', path: FORECAST, body });
		await create('BAD');
		bench.sandbox.clearFaults();
		expect(await rows({ state: 'failed' })).toMatchObject([
			{ no: 'BAD', reason: 'refused, HTTP 200, code -1' },
		]);
	});

	it('an order that TW failed can be sent again, and is what it has become since', async () => {
		await create('AGAIN', 'FAIL-2');
		expect(await numbers({ state: 'failed' })).toEqual(['AGAIN']);
		expect(outputOf(await create('AGAIN'))[0]).toMatchObject({ outcome: 'accepted' });
		expect(bench.sandbox.ledger().orders).toHaveLength(2);
		expect(await numbers({ state: 'failed' })).toEqual([]);
		expect((await rows())[0]).toMatchObject({ no: 'AGAIN', state: 'completed' });
	});

	it('an order that is completed is asked for once', async () => {
		await create('GOOD');
		expect(await rows()).toMatchObject([{ no: 'GOOD', state: 'completed' }]);
		const before = asked();
		expect(await numbers({ state: 'completed' })).toEqual(['GOOD']);
		expect(await numbers({ state: 'accepted' })).toEqual(['GOOD']);
		expect(await numbers({ state: 'open' })).toEqual([]);
		expect(asked()).toBe(before);
		expect(outputOf(await create('GOOD'))[0]).toMatchObject({
			outcome: 'accepted',
			existing: true,
		});
	});

	it('an order under way is asked for each time', async () => {
		bench.sandbox.set({ stateStepMs: 3_600_000 });
		await create('SLOW');
		expect(await rows({ state: 'open' })).toMatchObject([{ no: 'SLOW', state: 'accepted' }]);
		const before = asked();
		await list();
		expect(asked()).toBe(before + 1);
	});

	it('while TW cannot be asked, says so and lists what is known', async () => {
		await create('BAD', 'FAIL-2');
		bench.sandbox.fault({ kind: 'status', status: 404, path: CHECK });
		bench.sandbox.fault({ kind: 'status', status: 404, path: INFO });
		const listed = await list({ options: { timeout: 2 } });
		expect(outputOf(listed)).toMatchObject([{ no: 'BAD', state: 'accepted' }]);
		expect(listed.hints.map(({ message }) => message).join()).toContain(
			'TW could not be asked about 1 order',
		);
	});

	it('an open order is found behind any number of completed ones', async () => {
		bench.sandbox.set({ stateStepMs: 3_600_000 });
		await create('SLOW', 'FAIL-2');
		bench.sandbox.set({ stateStepMs: 0 });
		await create('DONE');
		await list();
		await onTables(
			place.register(),
			`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)
			insert into ${TABLE} (key, kind, account, name, body, execution, token, state, answer, claimed_at, until)
			select key || i, kind, account, name || i, body, execution, token, state, answer, claimed_at + 1, until
			from ${TABLE}, n where name = $1`,
			['DONE'],
		);
		const before = asked();
		await list({ limit: 1 });
		expect(asked()).toBe(before + 1);
	});

	it('asks a TW that does not answer no longer than its Timeout, and lists what is known', async () => {
		const numbersOf30 = Array.from({ length: 30 }, (_, i) => ({ no: `N-${i}` }));
		const parameters = createParameters({ remember, waitForCompletion: false });
		const more = { credentials: { ...bench.credentials, ...place.credentials() } };
		await bench.run('twOrder', parameters, numbersOf30, more);
		bench.sandbox.fault({ kind: 'hangBeforeAccept', path: CHECK });
		const listed = await bench.run(
			'twOrder',
			{ remember, operation: 'getManyRemembered', state: 'all', options: { timeout: 0.4 } },
			[{}],
			{ ...more, node: new TwOrder({ ...QUICK, lookUp: 300 }) },
		);
		expect(outputOf(listed)).toHaveLength(30);
		expect(asked()).toBeLessThanOrEqual(20);
		expect(listed.hints.map(({ message }) => message).join()).toMatch(
			/^TW could not be asked about 30 orders, shown as last known: TW did not answer/,
		);
	});

	describe('by the calendar of the workflow', () => {
		/** 10:00 in New York. */
		const noon = Date.parse('2026-03-10T14:00:00Z');
		const sentAt = async (no: string, at: number) =>
			await onTables(
				place.register(),
				`update ${TABLE} set claimed_at = $1, answer = replace(answer, '"since":', '"was":') where name = $2`,
				[at, no],
			);
		beforeEach(async () => {
			for (const no of ['NOW', 'NIGHT', 'OLD']) await create(no, 'FAIL-2');
			await list();
			jest.spyOn(Date, 'now').mockReturnValue(noon);
			await sentAt('NOW', noon - 3_600_000);
			// 23:00 of the day before in New York, and already today in UTC
			await sentAt('NIGHT', Date.parse('2026-03-10T03:00:00Z'));
			await sentAt('OLD', noon - 20 * DAY_MS);
		});
		afterEach(() => jest.restoreAllMocks());
		const failed = { state: 'failed', askTw: false };

		it.each([
			['today', 'America/New_York', ['NOW']],
			['yesterday', 'America/New_York', ['NIGHT']],
			['today', 'UTC', ['NOW', 'NIGHT']],
			['yesterday', 'UTC', []],
			['day', 'UTC', ['NOW', 'NIGHT']],
			['week', 'UTC', ['NOW', 'NIGHT']],
			['month', 'UTC', ['NOW', 'NIGHT', 'OLD']],
		])('sent or changed: %s in %s', async (period, zone, expected) => {
			expect(await numbers({ ...failed, options: { sent: period } }, zone)).toEqual(expected);
			expect(await numbers({ ...failed, options: { changed: period } }, zone)).toEqual(expected);
		});

		it('what nobody has followed changes when TW is first asked', async () => {
			await create('LATE', 'FAIL-2');
			await sentAt('LATE', noon - DAY_MS);
			const changed = (period: string) => ({ state: 'failed', options: { changed: period } });
			expect(await numbers(changed('yesterday'), 'UTC')).toEqual([]);
			expect(await numbers(changed('today'), 'UTC')).toContain('LATE');
			expect(await numbers({ state: 'failed', options: { sent: 'yesterday' } }, 'UTC')).toEqual([
				'LATE',
			]);
		});

		it('what was sent before and failed since has changed since', async () => {
			await onTables(
				place.register(),
				`update ${TABLE} set answer = replace(answer, '"was":', '"since":${noon},"was":') where name = 'OLD'`,
			);
			expect(await numbers({ ...failed, options: { sent: 'today' } })).toEqual(['NOW', 'NIGHT']);
			const changed = { changed: 'today' };
			expect(await numbers({ ...failed, options: changed })).toEqual(['NOW', 'NIGHT', 'OLD']);
			expect(await numbers({ ...failed, options: { ...changed, offset: 1 }, limit: 1 })).toEqual([
				'NIGHT',
			]);
		});
	});
});
