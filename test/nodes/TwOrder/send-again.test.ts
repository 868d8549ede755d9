/** Send Again by several at one moment: one goes, however they come by it. */
import type { INodeParameters } from 'n8n-workflow';
import { complaint, FORECAST, outputOf, requestsTo, until } from '../../observed';
import { TABLE } from '../../../lib/register/schema';
import type { EngineRun } from '../../engine/harness';
import { PLACES, usePlace } from '../../lib/register/places';
import { emptied, onTables } from '../../lib/register/tables';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: 0, acceptSameNo: true });
});

const NEVER = 3_600_000;
const TRIAL = '/api/v2/orderTrial';
const again = { ifSentBefore: 'send-again' };
const numbers = () =>
	bench.sandbox
		.ledger()
		.orders.map(({ no }) => no)
		.sort();

describe.each(PLACES)('%s', (remember) => {
	const place = usePlace(remember);
	beforeEach(async () => await emptied(place.register()));
	const credentials = () => ({ credentials: { ...bench.credentials, ...place.credentials() } });
	const create = async (nos: string[], options: INodeParameters = {}, previous?: EngineRun) =>
		await bench.run(
			'twOrder',
			createParameters({ waitForCompletion: false, remember, options }),
			nos.map((no) => ({ no })),
			{ ...credentials(), ...(previous ? { previous } : {}) },
		);

	describe('two executions that begin at one moment, each with several items', () => {
		const all = ['A', 'B', 'C', 'D', 'E', 'F'];
		const twice = [...all, ...all].sort();

		it('in the same order, with different Concurrency: each order goes once more', async () => {
			await create(all);
			bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 60, when: 'after' });
			await Promise.all([create(all, { ...again, concurrency: 1 }), create(all, again)]);
			expect(numbers()).toEqual(twice);
		});
		it('in another order: each order goes once more', async () => {
			await create(all);
			bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 60, when: 'after' });
			await Promise.all([
				create(all, { ...again, concurrency: 1 }),
				create([...all].reverse(), { ...again, concurrency: 1 }),
			]);
			expect(numbers()).toEqual(twice);
		});
	});

	describe('batches and Buy Cheapest', () => {
		const buy = async (options: INodeParameters = {}) => {
			const parameters = createParameters({
				operation: 'buyCheapest',
				waitForCompletion: false,
				remember,
				channels: ['UA', 'UW'],
				options,
			});
			delete parameters['product'];
			return await bench.run('twOrder', parameters, [{ no: 'X' }], credentials());
		};

		it('a batch whose order was being sent by another Send Again, which ends meanwhile: it goes once more', async () => {
			await create(['X', 'Y']);
			bench.sandbox.fault({
				kind: 'delay',
				path: FORECAST,
				ms: 900,
				when: 'after',
				bodyIncludes: '"Y"',
			});
			bench.sandbox.fault({
				kind: 'delay',
				path: FORECAST,
				ms: 300,
				when: 'after',
				bodyIncludes: '"X"',
			});
			const sent = requestsTo(bench.sandbox, FORECAST).length;
			const one = create(['X'], again);
			await until(() => requestsTo(bench.sandbox, FORECAST).length > sent);
			await Promise.all([one, create(['X', 'Y'], { ...again, ticketsPerRequest: 2 })]);
			expect(numbers()).toEqual(['X', 'X', 'Y', 'Y']);
		});

		it('three Buy Cheapest with Send Again at one moment, their prices come one after the other: one goes', async () => {
			outputOf(await buy());
			bench.sandbox.fault({ kind: 'delay', path: TRIAL, ms: 300, when: 'after', times: 1 });
			await Promise.all([buy(again), buy(again), buy(again)]);
			expect(numbers()).toEqual(['X', 'X']);
		});
	});

	describe('while TW does not show the order', () => {
		beforeEach(() => bench.sandbox.set({ orderInfoDelayMs: NEVER }));
		const orders = () => numbers().length;
		const run = async (options: INodeParameters = {}, previous?: EngineRun) =>
			await create(['SHOP-1'], options, previous);
		/** An execution whose answer was lost. */
		const lost = async () => {
			bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
			const failed = await run({ timeout: 3 });
			expect(complaint(failed).message).toContain('It is unknown');
			expect(orders()).toBe(1);
			return failed;
		};
		const slow = () =>
			bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 300, when: 'after' });

		it('two retries of one execution at one moment: one goes', async () => {
			const failed = await lost();
			slow();
			await Promise.all([run(again, failed), run(again, failed)]);
			expect(orders()).toBe(2);
		});

		it('three retries of one execution at one moment: one goes', async () => {
			const failed = await lost();
			slow();
			await Promise.all([run(again, failed), run(again, failed), run(again, failed)]);
			expect(orders()).toBe(2);
		});

		it('a retry while a new run is at work on it: one goes', async () => {
			const failed = await lost();
			slow();
			const first = run(again);
			await until(() => requestsTo(bench.sandbox, FORECAST).length > 1);
			await Promise.all([first, run(again, failed)]);
			expect(orders()).toBe(2);
		});

		it('what another execution has sent with success meanwhile is not sent by a retry: it is known to have succeeded', async () => {
			const failed = await lost();
			expect(outputOf(await run(again))[0]).toMatchObject({ outcome: 'accepted' });
			expect(orders()).toBe(2);
			await run(again, failed);
			expect(orders()).toBe(2);
		});

		/** An entry of a process on another machine, or of a container that was made anew, killed while it sent. */
		const killedElsewhere = async (ms: number) => {
			await run();
			const token = `zzzz.1.zzzz.1.${Math.ceil(1e9).toString(36)}`;
			await onTables(
				place.register(),
				`update ${TABLE} set state = 0, token = $1, until = $2, answer = null`,
				[token, Date.now() + ms],
			);
		};

		it('after a kill in a container that was made anew: Send Again sends once its time is over', async () => {
			await killedElsewhere(-3_500);
			const output = outputOf(await run({ ...again, timeout: 20 }))[0];
			expect(output).toMatchObject({ outcome: 'accepted' });
			expect(orders()).toBe(2);
		}, 40_000);

		it('three at one moment after such a kill: one goes', async () => {
			await killedElsewhere(-3_500);
			bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 300, when: 'after' });
			await Promise.all([1, 2, 3].map(async () => await run({ ...again, timeout: 20 })));
			expect(orders()).toBe(2);
		}, 40_000);

		it('Send Again that waited in vain for one whose answer is lost: sends it once that is known', async () => {
			bench.sandbox.fault({ kind: 'hangAfterAccept', path: FORECAST, times: 1 });
			const first = run({ timeout: 3 });
			await until(() => requestsTo(bench.sandbox, FORECAST).length > 0);
			const second = await run({ ...again, timeout: 20 });
			expect(complaint(await first).message).toContain('It is unknown');
			expect(outputOf(second)[0]).toMatchObject({ outcome: 'accepted' });
			expect(orders()).toBe(2);
		}, 40_000);
	});
});
