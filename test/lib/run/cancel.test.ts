/** The editor's stop button: nothing new is sent, and what is under way gets its answer. */
import { logLines } from '../../engine/host';
import { FORECAST, INFO, requestsTo, until } from '../../observed';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const items = Array.from({ length: 10 }, (_none, i) => ({ no: `ORD-${i}` }));

it('writes under way are answered, the rest is never sent, and the log names what was', async () => {
	bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 300, when: 'after' });
	const stop = new AbortController();
	const logStart = logLines.length;
	const running = bench.run(
		'twOrder',
		createParameters({ waitForCompletion: false, options: { concurrency: 2 } }),
		items,
		{ cancelAfter: stop.signal },
	);
	await until(() => bench.sandbox.ledger().counts.orders === 2);
	stop.abort();
	const run = await running;
	expect(run.status).toBe('canceled');
	expect(run.items).toEqual([]);

	// An order is in the line only if its answer was heard.
	const said = () =>
		logLines.slice(logStart).find(({ message }) => message.includes('was cancelled'));
	await until(() => said() !== undefined);
	expect(said()).toMatchObject({
		level: 'info',
		message: 'The execution was cancelled. TW Order (Create) had sent: ORD-0, ORD-1',
	});
	expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(2);
	// Two connections: which of the two orders arrives first is not ours to say.
	expect(new Set(bench.sandbox.ledger().orders.map(({ no }) => no))).toEqual(
		new Set(['ORD-0', 'ORD-1']),
	);
});

it('no later try of Retry On Fail sends anything', async () => {
	bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 200, when: 'after' });
	const stop = new AbortController();
	const logStart = logLines.length;
	const running = bench.run(
		'twOrder',
		createParameters({ waitForCompletion: false, options: { concurrency: 1 } }),
		items,
		{
			cancelAfter: stop.signal,
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
			onError: 'continueRegularOutput',
		},
	);
	await until(() => bench.sandbox.ledger().counts.orders === 1);
	stop.abort();
	expect((await running).status).toBe('canceled');
	await until(() =>
		logLines.slice(logStart).some(({ message }) => message.includes('had sent: ORD-0')),
	);
	expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(1);
});

it('a read is given up at once', async () => {
	bench.sandbox.fault({ kind: 'hangBeforeAccept', path: INFO });
	const stop = new AbortController();
	const running = bench.run('twOrder', { operation: 'get', no: 'ORD-1' }, [{}, {}], {
		cancelAfter: stop.signal,
	});
	await until(() => requestsTo(bench.sandbox, INFO).length > 0);
	stop.abort();
	// The answer never comes, and the time-out lies behind the limit of this test.
	expect((await running).status).toBe('canceled');
});

it('waiting for completion is given up at once', async () => {
	bench.sandbox.set({ stateStepMs: 3_600_000 });
	const stop = new AbortController();
	const running = bench.run('twOrder', createParameters(), [{ no: 'ORD-1' }], {
		cancelAfter: stop.signal,
	});
	await until(() => requestsTo(bench.sandbox, '/api/v2/orderCheck').length > 0);
	stop.abort();
	expect((await running).status).toBe('canceled');
	expect(bench.sandbox.ledger().orders).toHaveLength(1);
	bench.sandbox.set({ stateStepMs: 0 });
});
