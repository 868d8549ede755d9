/** `outcome` says in one word what became of each item of a write or an event, the same in all nodes. */
import type { INodeParameters } from 'n8n-workflow';
import {
	DefectFault,
	RefusedFault,
	UnfinishedFault,
	UnknownOutcomeFault,
} from '../../lib/base/errors';
import { outcomeOfFault, outcomes } from '../../lib/base/outcome';
import { CHECK, EVENT, FORECAST, INFO, outputOf } from '../observed';
import { createParameters, useBench } from '../support';
import { rowOf, rows } from './list';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const NEVER = 3_600_000;
const order = [{ no: 'OUT-1' }];
const goOn = { onError: 'continueRegularOutput' } as const;
const create = createParameters({ waitForCompletion: false, options: { timeout: 2 } });
const ofFirst = async (node: 'twOrder' | 'twBag' | 'tdOrderEvent', parameters: INodeParameters) =>
	outputOf(await bench.run(node, parameters, order, goOn))[0];

describe.each(rows.map((row) => [row.title, row] as const))('%s', (_title, row) => {
	const isRead = row.kind === 'read';

	it(isRead ? 'is a read and has none' : 'is one of the words', async () => {
		const item = await row.prepare(bench.sandbox, 'A-1');
		const parameters = { operation: row.operation, ...row.parameters };
		const [output] = outputOf(await bench.run(row.node, parameters, [item]));
		if (isRead) expect(output).not.toHaveProperty('outcome');
		else expect(Object.keys(outcomes)).toContain(output?.['outcome']);
	});
});

const cancelled = {
	...rowOf('tdOrderEvent order_cancel').parameters,
	...{ operation: 'order_cancel', order_id: 'OUT-1' },
};

describe('how it came about stands beside it:', () => {
	it('an order, a bag and an event that another execution has sent', async () => {
		const bag = { operation: 'create', bag_no: 'B-1', nos: 'OUT-1' };
		for (const before of [false, true]) {
			const ordered = await ofFirst('twOrder', create);
			expect(ordered).toMatchObject({ outcome: 'accepted' });
			expect(ordered?.['existing'] ?? false).toBe(before);
			const existing = before ? { existing: true } : {};
			expect(await ofFirst('twBag', bag)).toMatchObject({ outcome: 'created', ...existing });
			const reported = await ofFirst('tdOrderEvent', { ...cancelled, reportOnce: 'files' });
			expect(reported).toMatchObject({ outcome: 'reported' });
			expect(reported?.['reported_before'] ?? false).toBe(before);
		}
	});

	it('a lost answer that was settled', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
		const settled = { outcome: 'completed', recovered: true };
		expect(await ofFirst('twOrder', create)).toMatchObject(settled);
	});
});

describe('in the error items of Continue on Fail', () => {
	it('is failed, if TW said no', async () => {
		bench.sandbox.fault({ kind: 'status', path: FORECAST, status: 400 });
		expect(await ofFirst('twOrder', create)).toMatchObject({ outcome: 'failed' });
	});

	it('is unknown, if the answer was lost and TW does not show the order', async () => {
		bench.sandbox.set({ orderInfoDelayMs: NEVER });
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
		const unknown = await ofFirst('twOrder', create);
		bench.sandbox.set({ orderInfoDelayMs: 0 });
		expect(unknown).toMatchObject({ outcome: 'unknown' });
		expect(bench.sandbox.ledger().orders).toHaveLength(1);
	});

	it('is unfinished, if the order is there and could not be followed', async () => {
		bench.sandbox.fault({ kind: 'status', path: CHECK, status: 400 });
		const waited = createParameters({ waitForCompletion: true });
		expect(await ofFirst('twOrder', waited)).toMatchObject({ outcome: 'unfinished' });
		expect(bench.sandbox.ledger().orders).toHaveLength(1);
	});

	it('is unfinished, if an order of an earlier run can not be read', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
		await ofFirst('twOrder', create);
		bench.sandbox.fault({ kind: 'status', path: INFO, status: 400 });
		expect(await ofFirst('twOrder', create)).toMatchObject({
			error: expect.stringContaining('Order OUT-1 exists at TW, but could not be read') as unknown,
			outcome: 'unfinished',
		});
	});

	it('is failed or unknown for an event by what is known of it', async () => {
		const once = { ...cancelled, options: { delivery: 'event-at-most-once' } };
		bench.sandbox.fault({ kind: 'status', path: EVENT, status: 400, times: 1 });
		expect(await ofFirst('tdOrderEvent', once)).toMatchObject({ outcome: 'failed' });
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: EVENT, times: 1 });
		expect(await ofFirst('tdOrderEvent', once)).toMatchObject({ outcome: 'unknown' });
	});
});

it.each([
	['a lost answer', 'unknown', new UnknownOutcomeFault('', '')],
	['a defect of ours', 'unknown', new DefectFault('')],
	['an order that could not be followed', 'unfinished', new UnfinishedFault('', '')],
	['a refusal', 'failed', new RefusedFault('', '')],
])('%s is %s', (_what, word, fault) => {
	expect(outcomeOfFault(fault)).toBe(word);
	expect(outcomeOfFault(fault.rephrased('in other words'))).toBe(word);
});

describe("TW's own words about an order that it took", () => {
	const answered = (ticket: object) =>
		bench.sandbox.fault({
			...{ kind: 'rawBody', path: FORECAST, processed: true },
			body: JSON.stringify({ code: 200, message: 'OK', data: [ticket] }),
		});
	const create = createParameters({ waitForCompletion: false });
	const run = async () => outputOf(await bench.run('twOrder', create, [{ no: 'SAYS-1' }]));

	it('are its state, if it told one, and none that was made up', async () => {
		answered({ no: 'SAYS-1', request_id: 'r' });
		const [told] = await run();
		expect(told).toEqual({ outcome: 'accepted', no: 'SAYS-1', request_id: 'r' });
	});

	it('are its state as text, too', async () => {
		answered({ no: 'SAYS-1', request_id: 'r', status: '3', errors: [] });
		expect(await run()).toMatchObject([{ outcome: 'accepted', status: 3 }]);
	});

	it('are the errors beside its acceptance', async () => {
		const errors = { weight: ['was rounded up'] };
		answered({ no: 'SAYS-1', request_id: 'r', errors });
		const data = { no: 'SAYS-1', request_id: 'r', status: 3, errors };
		const body = JSON.stringify({ code: 200, message: 'OK', data });
		bench.sandbox.fault({ kind: 'rawBody', path: CHECK, body });
		const [told] = await run();
		expect(told).toMatchObject({ outcome: 'accepted', remark: 'TW says: weight: was rounded up' });
	});
});
