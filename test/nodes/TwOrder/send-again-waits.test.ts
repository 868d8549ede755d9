/** Send Again where the one before was at work, or seemed to be, and never ended. */
import type { INodeParameters } from 'n8n-workflow';
import { FORECAST, complaint, outputOf, requestsTo, until } from '../../observed';
import { PLACES, usePlace } from '../../lib/register/places';
import { emptied, onTables } from '../../lib/register/tables';
import { TABLE } from '../../../lib/register/schema';
import { createParameters, useBench } from '../../support';

const bench = useBench();
const NEVER = 3_600_000;
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: NEVER, acceptSameNo: true });
});
const orders = () => bench.sandbox.ledger().orders.length;
const again = { ifSentBefore: 'send-again' };

describe.each(PLACES)('%s', (remember) => {
	const place = usePlace(remember);
	beforeEach(async () => await emptied(place.register()));
	const run = async (options: INodeParameters = {}, more: INodeParameters = {}) =>
		await bench.run(
			'twOrder',
			createParameters({ waitForCompletion: false, remember, options, ...more }),
			[{ no: 'S-1' }],
			{
				credentials: { ...bench.credentials, ...place.credentials() },
			},
		);
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
