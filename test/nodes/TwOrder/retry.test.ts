/** A later try of the same execution never sends what an earlier try has sent. */
import type { INodeParameters } from 'n8n-workflow';
import { complaint, FORECAST, INFO, outputOf, requestsTo } from '../../observed';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: 0, acceptSameNo: true });
});

const create = createParameters({
	waitForCompletion: false,
	boxes: {
		item: [{ number: 1, weight: '={{ $json.weight }}', length: 20, width: 20, height: 20 }],
	},
});
const oneByOne: INodeParameters = { ...create, options: { concurrency: 1 } };
const badFirst = [
	{ no: 'BAD', weight: 0 },
	{ no: 'GOOD-1', weight: 1 },
	{ no: 'GOOD-2', weight: 1 },
];
const threeTries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const orders = () => bench.sandbox.ledger().orders.map(({ no }) => no);

it('Retry On Fail with Continue on Fail and a bad first item sends each good item once', async () => {
	const run = await bench.run('twOrder', create, badFirst, {
		...threeTries,
		onError: 'continueRegularOutput',
	});
	expect(orders().sort()).toEqual(['GOOD-1', 'GOOD-2']);
	expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(2);
	const [bad, first, second] = outputOf(run);
	expect(bad).toMatchObject({ error: "'Weight' of Box 1 must be greater than 0 [Item 0]" });
	expect(first).toMatchObject({ no: 'GOOD-1', outcome: 'accepted' });
	expect(second).toMatchObject({ no: 'GOOD-2', outcome: 'accepted' });
});

it('so it does when the vendor refuses the first item in every try', async () => {
	bench.sandbox.fault({ kind: 'status', path: FORECAST, bodyIncludes: 'BAD', status: 400 });
	const items = badFirst.map((item) => ({ ...item, weight: 1 }));
	const run = await bench.run('twOrder', create, items, {
		...threeTries,
		onError: 'continueRegularOutput',
	});
	expect(orders().sort()).toEqual(['GOOD-1', 'GOOD-2']);
	// n8n runs the node again because the first item failed; a refused order may be sent again.
	expect(requestsTo(bench.sandbox, FORECAST).filter(({ accepted }) => accepted)).toHaveLength(2);
	expect(outputOf(run).map(({ no }) => no)).toEqual([undefined, 'GOOD-1', 'GOOD-2']);
});

it('Retry On Fail alone goes on behind what an earlier try has sent', async () => {
	const fault = { kind: 'status', path: FORECAST, bodyIncludes: 'SECOND', status: 400 } as const;
	bench.sandbox.fault({ ...fault, times: 2 });
	const items = ['FIRST', 'SECOND', 'THIRD'].map((no) => ({ no, weight: 1 }));
	const run = await bench.run('twOrder', oneByOne, items, threeTries);
	expect(outputOf(run).map(({ no }) => no)).toEqual(['FIRST', 'SECOND', 'THIRD']);
	expect(orders()).toEqual(['FIRST', 'SECOND', 'THIRD']);
	const sent = requestsTo(bench.sandbox, FORECAST).map(
		({ body }) => /"no":"(\w+)"/.exec(body)?.[1],
	);
	expect(sent).toEqual(['FIRST', 'SECOND', 'SECOND', 'SECOND', 'THIRD']);
});

it('an order whose answer was lost is looked up in the later tries, not sent', async () => {
	bench.sandbox.set({ orderInfoDelayMs: 3_600_000 });
	bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST });
	const run = await bench.run('twOrder', create, [{ no: 'LOST', weight: 1 }], {
		...threeTries,
		maxTries: 2,
	});
	expect(complaint(run).message).toContain('It is unknown whether TW created order LOST');
	expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(1);
	expect(orders()).toEqual(['LOST']);
});

describe('Retry in the list of executions', () => {
	it('sends nothing for orders that TW already shows', async () => {
		bench.sandbox.fault({ kind: 'status', path: FORECAST, bodyIncludes: 'LATER', status: 400 });
		const items = ['FIRST', 'LATER'].map((no) => ({ no, weight: 1 }));
		const failed = await bench.run('twOrder', oneByOne, items);
		expect(failed.status).toBe('error');
		expect(orders()).toEqual(['FIRST']);

		bench.sandbox.clearFaults();
		const again = await bench.run('twOrder', oneByOne, items, { previous: failed });
		expect(outputOf(again).map(({ no }) => no)).toEqual(['FIRST', 'LATER']);
		expect(orders()).toEqual(['FIRST', 'LATER']);
	});

	it('does so even if nothing is left of what the first run knew, by asking TW first', async () => {
		const items = [{ no: 'FIRST', weight: 1 }];
		const forgetful = { ...create, remember: 'no' };
		await bench.run('twOrder', forgetful, items);
		const again = await bench.run('twOrder', forgetful, items, { mode: 'retry' });
		expect(outputOf(again)[0]).toMatchObject({ no: 'FIRST', existing: true });
		expect(orders()).toEqual(['FIRST']);
		expect(requestsTo(bench.sandbox, INFO)).toHaveLength(1);
	});

	it('recovers an order whose answer was lost, once TW shows it', async () => {
		bench.sandbox.set({ orderInfoDelayMs: 3_600_000 });
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
		const items = [{ no: 'LOST', weight: 1 }];
		const failed = await bench.run('twOrder', create, items);
		expect(complaint(failed).message).toContain('unknown');

		bench.sandbox.set({ orderInfoDelayMs: 0 });
		const again = await bench.run('twOrder', create, items, { previous: failed });
		expect(outputOf(again)[0]).toMatchObject({ no: 'LOST', recovered: true });
		expect(orders()).toEqual(['LOST']);
	});

	it('refuses an order that was sent with other contents', async () => {
		bench.sandbox.fault({ kind: 'status', path: FORECAST, bodyIncludes: 'LATER', status: 400 });
		const failed = await bench.run(
			'twOrder',
			{ ...oneByOne, no: '={{ $json.no }}' },
			['FIRST', 'LATER'].map((no) => ({ no, weight: 1 })),
		);
		const changed = createParameters({ waitForCompletion: false, no: '={{ $json.no }}' });
		const again = await bench.run('twOrder', changed, [], { previous: failed });
		expect(complaint(again).message).toContain(
			'Order FIRST was already sent in this execution with other contents',
		);
		expect(orders()).toEqual(['FIRST']);
	});
});

it('without a register a new execution sends again: the vendor has the order twice', async () => {
	const items = [{ no: 'SAME', weight: 1 }];
	await bench.run('twOrder', { ...create, remember: 'no' }, items);
	await bench.run('twOrder', { ...create, remember: 'no' }, items);
	expect(orders()).toEqual(['SAME', 'SAME']);
});
