/** Delete and the bag's actions: how far they have come, what is sent once, what stays unknown. */
import type { INodeParameters } from 'n8n-workflow';
import { complaint, INFO, outputOf, requestsTo } from '../observed';
import { callTw, forecast } from '../sandbox/client';
import { type Bench, openBench } from '../support';

const DELETE = '/api/v2/orderDelete';
const BAG = '/api/v2/bag';

let bench: Bench;
beforeAll(async () => {
	bench = await openBench();
});
afterAll(async () => await bench.close());
beforeEach(async () => {
	bench.sandbox.reset();
	bench.sandbox.set({ removalStepMs: 0 });
	await forecast(bench.sandbox, 'D-1');
});

const remove: INodeParameters = { operation: 'delete', no: '={{ $json.no }}' };
const item = { no: 'D-1' };

describe('how far a deletion has come', () => {
	it('is requested while TW has only noted it', async () => {
		bench.sandbox.set({ removalStepMs: 3_600_000 });
		const run = await bench.run('twOrder', remove, [item]);
		expect(outputOf(run)).toEqual([
			{
				no: 'D-1',
				deleted: false,
				removal: 'requested',
				removing_at: expect.any(String) as unknown,
				removed_at: null,
				real_removed_at: null,
				time_zone: 'Asia/Shanghai',
				response: { no: 'D-1', removing_at: expect.any(String) as unknown },
			},
		]);
		expect(bench.sandbox.ledger().deletions).toHaveLength(1);
	});

	it.each([
		['removed', '2025-09-18 23:00:00', null],
		['confirmed by carrier', '2025-09-18 23:00:00', '2025-09-19 23:00:00'],
	])('is %s by the time stamps', async (removal, removed_at, real_removed_at) => {
		const data = { no: 'D-1', removing_at: '2025-09-17 23:00:00', removed_at, real_removed_at };
		bench.sandbox.fault({ kind: 'rawBody', path: INFO, body: JSON.stringify({ data }) });
		const run = await bench.run('twOrder', remove, [item]);
		expect(outputOf(run)).toEqual([expect.objectContaining({ ...data, deleted: true, removal })]);
	});

	it.each([
		['no longer shows the order', { kind: 'rawBody', path: INFO, body: '{"data":[]}' }],
		['could not be read', { kind: 'status', path: INFO, status: 400 }],
	] as const)('is left open if TW %s: the deletion stands', async (words, fault) => {
		bench.sandbox.fault(fault);
		const run = await bench.run('twOrder', remove, [item]);
		expect(outputOf(run)).toEqual([
			expect.objectContaining({
				deleted: false,
				removal: 'requested',
				remark: expect.stringContaining(words) as unknown,
			}),
		]);
		expect(bench.sandbox.ledger().deletions).toHaveLength(1);
	});
});

it.each<[string, INodeParameters, () => string[]]>([
	['twOrder', remove, () => bench.sandbox.ledger().deletions.map(({ no }) => no)],
	[
		'twBag',
		{ operation: 'create', bag_no: 'B-1', nos: 'D-1' },
		() => bench.sandbox.ledger().bags.map(({ bagNo }) => bagNo),
	],
])(
	'the same write of %s for two items is sent once, and both get the result',
	async (node, parameters, done) => {
		const run = await bench.run(node as 'twOrder' | 'twBag', parameters, [item, item]);
		const [first, second] = outputOf(run);
		expect(second).toEqual(first);
		expect(done()).toHaveLength(1);
	},
);

it('the same bag with other orders is refused, naming both items', async () => {
	const run = await bench.run(
		'twBag',
		{ operation: 'create', bag_no: 'B-1', nos: '={{ $json.nos }}' },
		[{ nos: 'D-1' }, { nos: 'D-2' }],
	);
	expect(complaint(run).message).toBe(
		"'Bag Number' B-1 is also used by item 1, with different contents [Item 0]",
	);
	expect(bench.sandbox.ledger().bags).toEqual([]);
});

describe('an answer that is lost after TW acted', () => {
	it('is recovered for a deletion that TW shows', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: DELETE });
		const run = await bench.run('twOrder', remove, [item]);
		expect(outputOf(run)).toEqual([
			expect.objectContaining({ no: 'D-1', deleted: true, recovered: true }),
		]);
		expect(requestsTo(bench.sandbox, DELETE)).toHaveLength(1);
	});

	it('is recovered for a bag that TW shows, or no longer shows', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: `${BAG}(Create|Delete)$` });
		const made = await bench.run('twBag', { operation: 'create', bag_no: 'B-1', nos: 'D-1' }, [{}]);
		expect(outputOf(made)).toEqual([{ bag_no: 'B-1', nos: ['D-1'], recovered: true }]);
		const gone = await bench.run('twBag', { operation: 'delete', bag_no: 'B-1' }, [{}]);
		expect(outputOf(gone)).toEqual([{ bag_no: 'B-1', deleted: true, recovered: true }]);
		expect(bench.sandbox.ledger().bags.map(({ action }) => action)).toEqual(['create', 'delete']);
	});

	it('is unknown for a review, of which TW shows no trace, and it is not sent again', async () => {
		await callTw(bench.sandbox, 'bagCreate', { bag_no: 'B-1', nos: ['D-1'] });
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: `${BAG}Review` });
		const run = await bench.run('twBag', { operation: 'review', bag_no: 'B-1' }, [{}], {
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
		});
		expect(complaint(run).message).toContain("It is unknown whether TW carried out 'Review bag'");
		expect(complaint(run).description).toContain('It was not sent again');
		expect(requestsTo(bench.sandbox, `${BAG}Review`)).toHaveLength(1);
	});
});

it('TW refuses in its own words what it has done before', async () => {
	await bench.run('twOrder', remove, [item]);
	const run = await bench.run('twOrder', remove, [item]);
	expect(complaint(run).message).toContain('deletion was requested before');
	expect(complaint(run).description).toContain('code 400');
});
