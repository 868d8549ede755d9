/** Above the output stands what became of the items, at a glance and no more than there is to say. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { RefusedFault, UnfinishedFault, UnknownOutcomeFault } from '../../../lib/base/errors';
import type { Outcome } from '../../../lib/operation/operation';
import { summaries } from '../../../lib/run/summary';
import { EVENT, FORECAST } from '../../observed';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const create = createParameters({ waitForCompletion: false, options: { concurrency: 1 } });
const items = (...numbers: string[]) => numbers.map((no) => ({ no }));

async function said(
	node: 'twOrder' | 'twBag' | 'tdOrderEvent',
	parameters: INodeParameters,
	of: IDataObject[],
) {
	const run = await bench.run(node, parameters, of, { onError: 'continueRegularOutput' });
	return run.hints.map(({ message, type, location }) => [message, type, location]);
}

it('of one item with which all is well nothing is said', async () => {
	expect(await said('twOrder', create, items('H-1'))).toEqual([]);
});

it('of several it is said that all is well', async () => {
	expect(await said('twOrder', create, items('H-1', 'H-2'))).toEqual([
		['2 accepted by TW, not done yet', 'info', 'outputPane'],
	]);
	const waited = { ...create, waitForCompletion: true };
	expect(await said('twOrder', waited, items('H-3', 'H-4'))).toEqual([
		['2 created', 'info', 'outputPane'],
	]);
	const bag = { operation: 'create', bag_no: '={{ $json.bag }}', nos: '={{ $json.no }}' };
	expect(
		await said('twBag', bag, [
			{ bag: 'B-1', no: 'H-1' },
			{ bag: 'B-2', no: 'H-2' },
		]),
	).toEqual([['2 created', 'info', 'outputPane']]);
});

it('of a read nothing is said', async () => {
	const get = { operation: 'get', no: '={{ $json.no }}' };
	expect(await said('twOrder', get, items('NONE-1', 'NONE-2'))).toEqual([]);
});

it('what failed and what is unknown is named by its item', async () => {
	bench.sandbox.set({ orderInfoDelayMs: 3_600_000 });
	bench.sandbox.fault({ kind: 'status', path: FORECAST, bodyIncludes: 'H-1', status: 400 });
	bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, bodyIncludes: 'H-3' });
	const hints = await said('twOrder', create, items('H-0', 'H-1', 'H-2', 'H-3'));
	bench.sandbox.set({ orderInfoDelayMs: 0 });
	expect(hints).toEqual([
		[
			'2 accepted by TW, not done yet. 1 unknown (may have arrived): see item 3. 1 failed: see item 1',
			'warning',
			'outputPane',
		],
	]);
});

it('a lost answer that was settled, and an order that was sent before, are told apart', async () => {
	await bench.run('twOrder', create, items('H-0'));
	bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, bodyIncludes: 'H-1' });
	expect(await said('twOrder', create, items('H-0', 'H-1', 'H-2', 'H-2'))).toEqual([
		[
			'1 accepted by TW, not done yet. 1 done, as TW shows. 1 was at TW already and was not sent again. 1 repeats another item',
			'info',
			'outputPane',
		],
	]);
});

it('events are reported, or were before', async () => {
	const event: INodeParameters = {
		operation: 'order_cancel',
		specifyBody: 'fields',
		order_id: '={{ $json.no }}',
		session_id: 's-1',
		terminal_ip: '210.20.10.33',
		reportOnce: 'files',
	};
	await bench.run('tdOrderEvent', event, items('H-1'));
	bench.sandbox.fault({ kind: 'status', path: EVENT, bodyIncludes: 'H-3', status: 400 });
	expect(await said('tdOrderEvent', event, items('H-1', 'H-2', 'H-3'))).toEqual([
		[
			'1 reported to TD. 1 was reported to TD before and was not sent again. 1 failed: see item 2',
			'warning',
			'outputPane',
		],
	]);
	expect(await said('tdOrderEvent', event, items('H-1'))).toEqual([
		['1 was reported to TD before and was not sent again', 'info', 'outputPane'],
	]);
});

it('a run that failed says it in its error alone', async () => {
	bench.sandbox.fault({ kind: 'status', path: FORECAST, status: 400 });
	expect((await bench.run('twOrder', create, items('H-1', 'H-2'))).hints).toEqual([]);
});

describe('the words', () => {
	const item = (json: IDataObject): Outcome => [{ json }];
	const words = (...outcomes: Outcome[]) => summaries(outcomes, new Map());
	const fill = (count: number, outcome: Outcome) => Array.from({ length: count }, () => outcome);

	it('of a long run', () => {
		const made = fill(10, item({ outcome: 'completed' }));
		const more = fill(7, item({ outcome: 'completed' }));
		const recovered = fill(2, item({ outcome: 'completed', recovered: true }));
		const unknown = new UnknownOutcomeFault('', '');
		expect(words(...made, ...recovered, unknown, ...more)).toEqual([
			{
				message: '17 created. 2 done, as TW shows. 1 unknown (may have arrived): see item 12',
				type: 'warning',
			},
		]);
	});

	it('of many that are to be looked at', () => {
		const [summary] = words(...fill(12, new RefusedFault('', '')), item({ outcome: 'pending' }));
		expect(summary?.message).toBe(
			'1 still in progress at TW: see item 12. 12 failed: see items 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more',
		);
	});

	it.each<[Outcome, string]>([
		[new UnfinishedFault('', ''), '1 at TW, but not followed to its end: see item 0'],
		[item({ outcome: 'skipped', reason: 'No address' }), '1 skipped, nothing sent'],
		[item({ outcome: 'pending', recovered: true }), '1 still in progress at TW: see item 0'],
		[item({ outcome: 'accepted', existing: true }), '1 was at TW already and was not sent again'],
	])('of a single one that is not ordinary', (outcome, message) => {
		expect(words(outcome).map((summary) => summary.message)).toEqual([message]);
	});

	it('of several that were sent before', () => {
		const before = item({ outcome: 'accepted', existing: true });
		expect(words(before, before).map(({ message }) => message)).toEqual([
			'2 were at TW already and were not sent again',
		]);
	});

	it('of nothing at all', () => expect(summaries([undefined, []], new Map())).toEqual([]));
});
