/** Send Again by two executions that begin at one moment, each with several items. */
import type { INodeParameters } from 'n8n-workflow';
import { FORECAST } from '../../observed';
import { PLACES, usePlace } from '../../lib/register/places';
import { emptied } from '../../lib/register/tables';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: 0, acceptSameNo: true });
});
const orders = () =>
	bench.sandbox
		.ledger()
		.orders.map(({ no }) => no)
		.sort();

describe.each(PLACES)('%s', (remember) => {
	const place = usePlace(remember);
	beforeEach(async () => await emptied(place.register()));
	const create = async (nos: string[], options: INodeParameters = {}) =>
		await bench.run(
			'twOrder',
			createParameters({ waitForCompletion: false, remember, options }),
			nos.map((no) => ({ no })),
			{ credentials: { ...bench.credentials, ...place.credentials() } },
		);
	const again = { ifSentBefore: 'send-again' };
	const all = ['A', 'B', 'C', 'D', 'E', 'F'];
	const twice = [...all, ...all].sort();
	it('in the same order, with different Concurrency: each order goes once more', async () => {
		await create(all);
		bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 60, when: 'after' });
		await Promise.all([create(all, { ...again, concurrency: 1 }), create(all, again)]);
		expect(orders()).toEqual(twice);
	});
	it('in another order: each order goes once more', async () => {
		await create(all);
		bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 60, when: 'after' });
		await Promise.all([
			create(all, { ...again, concurrency: 1 }),
			create([...all].reverse(), { ...again, concurrency: 1 }),
		]);
		expect(orders()).toEqual(twice);
	});
});
