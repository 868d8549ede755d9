/** Send Again by Retry from the executions list, at one moment with others. */
import type { INodeParameters } from 'n8n-workflow';
import { FORECAST, complaint, outputOf, requestsTo, until } from '../../observed';
import { PLACES, usePlace } from '../../lib/register/places';
import { emptied } from '../../lib/register/tables';
import { createParameters, useBench } from '../../support';
import type { EngineRun } from '../../engine/harness';

const bench = useBench();
const NEVER = 3_600_000;
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: NEVER, acceptSameNo: true });
});
const orders = () => bench.sandbox.ledger().orders.length;
const item = { no: 'SHOP-1' };
const again = { ifSentBefore: 'send-again' };

describe.each(PLACES)('%s', (remember) => {
	const place = usePlace(remember);
	beforeEach(async () => await emptied(place.register()));
	const run = async (
		options: INodeParameters = {},
		previous?: EngineRun,
		more: INodeParameters = {},
	) =>
		await bench.run(
			'twOrder',
			createParameters({ waitForCompletion: false, remember, options, ...more }),
			[item],
			{
				credentials: { ...bench.credentials, ...place.credentials() },
				...(previous ? { previous } : {}),
			},
		);
	/** An execution whose answer was lost. */
	const lost = async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
		const failed = await run({ timeout: 3 });
		expect(complaint(failed).message).toContain('It is unknown');
		expect(orders()).toBe(1);
		return failed;
	};
	const slow = () => bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 300, when: 'after' });

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
});
