/** Get Many Remembered: what was sent, by state and age, so that unknown ones can be worked off. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PLACES, usePlace } from '../../lib/register/places';
import { emptied } from '../../lib/register/tables';
import { complaint, FORECAST, outputOf, paths, saying } from '../../observed';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: 0 });
});

describe.each(PLACES)('remembered in %s', (remember) => {
	const place = usePlace(remember);
	beforeEach(async () => await emptied(place.register()));

	const run = async (parameters: INodeParameters, item: IDataObject, ofTw: IDataObject = {}) =>
		await bench.run('twOrder', { remember, ...parameters }, [item], {
			credentials: {
				...bench.credentials,
				...place.credentials(),
				twApi: { ...bench.credentials.twApi, ...ofTw },
			},
		});
	const list = async (more: INodeParameters = {}, ofTw: IDataObject = {}) =>
		await run({ operation: 'getManyRemembered', ...more }, {}, ofTw);
	const create = async (no: string) =>
		await run(createParameters({ waitForCompletion: false }), { no });

	async function oneTakenAndOneUnknown(): Promise<void> {
		await create('TAKEN');
		bench.sandbox.set({ orderInfoDelayMs: 3_600_000 });
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST });
		await create('LOST');
		bench.sandbox.clearFaults();
	}

	it('lists what is unknown, with the execution that sent it', async () => {
		await oneTakenAndOneUnknown();
		const before = paths(bench.sandbox).length;
		const listed = await list();
		expect(outputOf(listed)).toEqual([
			{
				no: 'LOST',
				state: 'unknown',
				reason: 'The answer was lost: the order may exist at TW',
				sent_at: saying(/^\d{4}-\d\d-\d\dT.*Z$/),
				changed_at: saying(/^\d{4}-\d\d-\d\dT.*Z$/),
				execution: saying(/^\d+$/),
			},
		]);
		expect(listed.items[0]?.pairedItem).toEqual({ item: 0 });
		expect(paths(bench.sandbox)).toHaveLength(before);
	});

	it('lists all, the newest first, up to a limit', async () => {
		await oneTakenAndOneUnknown();
		const all = outputOf(await list({ state: 'all', returnAll: true, askTw: false }));
		expect(all.map(({ no, state }) => [no, state])).toEqual([
			['LOST', 'unknown'],
			['TAKEN', 'accepted'],
		]);
		expect(all[1]?.['request_id']).toBe(bench.sandbox.ledger().orders[0]?.requestId);
		expect(outputOf(await list({ state: 'all', limit: 1 }))).toHaveLength(1);
	});

	it('lists by age', async () => {
		await oneTakenAndOneUnknown();
		expect(outputOf(await list({ options: { olderThan: 1 } }))).toEqual([]);
		expect(outputOf(await list({ options: { olderThan: 0 } }))).toHaveLength(1);
		expect(outputOf(await list({ options: { newerThan: 1 } }))).toHaveLength(1);
		// A ten-thousandth of a second
		expect(outputOf(await list({ options: { newerThan: 1e-8 } }))).toEqual([]);
	});

	it('knows nothing of another account', async () => {
		await oneTakenAndOneUnknown();
		expect(outputOf(await list({ state: 'all' }, { username: 'somebody else' }))).toEqual([]);
	});

	it('an unknown one is worked off by running it again: found, once TW shows it', async () => {
		await oneTakenAndOneUnknown();
		expect(complaint(await create('LOST')).message).toContain('It is unknown');
		bench.sandbox.set({ orderInfoDelayMs: 0 });
		const [{ no } = {}] = outputOf(await list());
		expect(outputOf(await create(String(no)))[0]).toMatchObject({ recovered: true });
		expect(outputOf(await list())).toEqual([]);
	});
});
