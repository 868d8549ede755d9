/** What failed at TW can be created again once its cause is mended; what was deleted, once TW shows that. */
import type { INodeParameters } from 'n8n-workflow';
import { KINDS, SEND_STATES } from '../../../lib/register/schema';
import { TwOrder } from '../../../nodes/TwOrder/TwOrder.node';
import { runFlow } from '../../engine/harness';
import { ownEntries } from '../../lib/register/places';
import { CHECK, complaint, FORECAST, INFO, outputOf, requestsTo, until } from '../../observed';
import { QUICK } from '../../pace';
import { createParameters, credentialTypes, useBench } from '../../support';

const DELETE = '/api/v2/orderDelete';
const NEVER = 3_600_000;

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({
		aheadMs: 0,
		stateStepMs: 0,
		orderInfoDelayMs: 0,
		removalStepMs: 0,
		forecastEnds: 0,
	});
});

const item = { no: 'OUT-1' };
const create = async (more: INodeParameters = {}, run = {}) =>
	await bench.run('twOrder', createParameters(more), [item], run);
const followed = { waitForCompletion: true };
const other = { boxes: { item: [{ number: 1, weight: 3, length: 20, width: 20, height: 20 }] } };
const sends = () => requestsTo(bench.sandbox, FORECAST).length;
/** Those that decide whether a number is free. */
const states = async () => {
	const entries = (await ownEntries()) as Array<{ kind: number; state: number }>;
	const orders = entries.filter(({ kind }) => KINDS[kind] === 'order');
	return orders.map(({ state }) => SEND_STATES[state]);
};

describe.each([-1, -2, -4, -6, -9] as const)('an order that TW fails with %i', (state) => {
	beforeEach(() => bench.sandbox.set({ forecastEnds: state }));
	const mend = () => bench.sandbox.set({ forecastEnds: 0 });

	it.each([
		['as it was', {}],
		['with other contents', other],
	])('while it is followed is created again, %s', async (_how, contents) => {
		const failed = complaint(await create(followed));
		expect(failed.message).toContain(`(${state})`);
		expect(failed.description).toContain('then create the order again');
		expect(await states()).toEqual(['failed']);
		mend();
		const [done] = outputOf(await create({ ...followed, ...contents }));
		expect(done).toMatchObject({ outcome: 'completed', no: 'OUT-1' });
		expect(done).not.toHaveProperty('existing');
		expect(sends()).toBe(2);
	});

	it('while it is followed is created again by a retry of the execution', async () => {
		const failed = await create(followed);
		mend();
		const retried = await create(followed, { previous: failed });
		expect(outputOf(retried)).toMatchObject([{ outcome: 'completed', no: 'OUT-1' }]);
		expect(sends()).toBe(2);
	});

	it.each([
		['as it was', {}],
		['with other contents', other],
	])('when nobody looks is created again by the next run, %s', async (_how, contents) => {
		const [taken] = outputOf(await create({ waitForCompletion: false }));
		expect(taken).toMatchObject({ outcome: 'accepted' });
		mend();
		const [done] = outputOf(await create({ ...followed, ...contents }));
		expect(done).toMatchObject({ outcome: 'completed', no: 'OUT-1' });
		expect(sends()).toBe(2);
	});

	it('gives its number back when Get Status sees it', async () => {
		const [{ request_id } = {}] = outputOf(await create({ waitForCompletion: false }));
		expect(await states()).toEqual(['accepted']);
		const get: INodeParameters = { operation: 'getStatus', request_id: request_id as string };
		expect(outputOf(await bench.run('twOrder', get, [{}]))).toMatchObject([{ phase: 'failed' }]);
		expect(await states()).toEqual(['failed']);
	});
});

it('a failure of an older order of this number does not free the number of the newer one', async () => {
	bench.sandbox.set({ forecastEnds: -1 });
	const [{ request_id } = {}] = outputOf(await create({ waitForCompletion: false }));
	bench.sandbox.set({ forecastEnds: 0 });
	await create(followed);
	const get: INodeParameters = { operation: 'getStatus', request_id: request_id as string };
	await bench.run('twOrder', get, [{}]);
	expect(await states()).toEqual(['accepted']);
	expect(outputOf(await create(followed))).toMatchObject([{ existing: true }]);
	expect(sends()).toBe(2);
});

it('a failure that is followed does not free the number of an order that was sent again meanwhile', async () => {
	bench.sandbox.set({ forecastEnds: -1, stateStepMs: NEVER });
	const failing = create(followed);
	await until(() => requestsTo(bench.sandbox, CHECK).length > 0);
	bench.sandbox.set({ forecastEnds: 0, stateStepMs: 0 });
	const again = { waitForCompletion: false, options: { ifSentBefore: 'send-again' } };
	expect(outputOf(await create(again))).toMatchObject([{ outcome: 'accepted' }]);
	bench.sandbox.set({ aheadMs: 10 * NEVER });
	expect(complaint(await failing).message).toContain('(-1)');
	expect(await states()).toEqual(['accepted']);
});

it('an order that TW shows although it reports a failure keeps its number, and the user reads why', async () => {
	const [{ request_id } = {}] = outputOf(await create({ waitForCompletion: false }));
	const failing = { request_id, no: 'OUT-1', status: -4, errors: [] };
	const body = JSON.stringify({ code: 200, message: 'OK', data: failing });
	bench.sandbox.fault({ kind: 'rawBody', path: CHECK, body });
	const { message, description } = complaint(await create(followed));
	expect(message).toContain('insufficient balance (-4)');
	expect(description).toContain("If it does not go on, delete it with 'Delete' first");
	expect(await states()).toEqual(['accepted']);
	// The way out that it names
	await bench.run('twOrder', { operation: 'delete', no: 'OUT-1' }, [{}]);
	bench.sandbox.clearFaults();
	expect(outputOf(await create(followed))).toMatchObject([{ outcome: 'completed' }]);
	expect(sends()).toBe(2);
});

describe('a deletion', () => {
	const node = new TwOrder(QUICK);
	const step = (name: string, parameters: INodeParameters) => ({
		...{ name, node, parameters, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
	});
	const make = createParameters({ ...followed, no: 'OUT-1' });
	const remove: INodeParameters = { operation: 'delete', no: 'OUT-1' };

	it.each(['files', 'no'])(
		'belongs to the order that it deletes, remembered: %s',
		async (place) => {
			const remember = { remember: place };
			const nodes = [
				step('First', { ...make, ...remember }),
				step('Delete it', { ...remove, ...remember }),
				step('Second', { ...make, ...remember }),
				step('Delete it too', { ...remove, ...remember }),
			];
			const { credentials } = bench;
			const run = await runFlow({ nodes, credentials, credentialTypes, items: [{}] });
			expect(outputOf(run)).toMatchObject([{ outcome: 'deleted' }]);
			expect(requestsTo(bench.sandbox, DELETE)).toHaveLength(2);
			const { orders, deletions } = bench.sandbox.ledger();
			expect(orders).toHaveLength(2);
			expect(new Set(deletions.map(({ requestId }) => requestId)).size).toBe(2);
		},
	);

	it.each([null, '', 0, '0000-00-00 00:00:00'] as const)(
		'that TW shows as removed at %p does not free the number yet, and a new order says so',
		async (emptyTime) => {
			bench.sandbox.set({ removalStepMs: NEVER, noTime: emptyTime });
			await create(followed);
			const [deleted] = outputOf(await bench.run('twOrder', remove, [{}]));
			expect(deleted).toMatchObject({ outcome: 'accepted', removal: 'requested' });
			const { message, description } = complaint(await create(followed));
			expect(message).toContain('The deletion of order OUT-1 was requested');
			expect(description).toContain('Run this item again in a few minutes');
			expect(sends()).toBe(1);
			const gone = { no: 'OUT-1', removed_at: '2026-11-29 08:00:00' };
			const body = JSON.stringify({ code: 200, message: 'OK', data: gone });
			bench.sandbox.fault({ kind: 'rawBody', path: INFO, body, times: 1 });
			expect(outputOf(await create(followed))).toMatchObject([{ outcome: 'completed' }]);
			expect(sends()).toBe(2);
		},
	);

	it('that was answered frees nothing while TW does not show the order', async () => {
		await create({ waitForCompletion: false });
		bench.sandbox.fault({ kind: 'status', path: INFO, status: 404, times: 2 });
		await bench.run('twOrder', remove, [{}]);
		expect(complaint(await create(followed)).message).toContain('was requested');
		expect(outputOf(await create(followed))).toMatchObject([{ outcome: 'completed' }]);
		expect(sends()).toBe(2);
	});
});

it('a retry from the executions list may use Send Again for what is unknown, a retry on fail may not', async () => {
	bench.sandbox.fault({ kind: 'resetBeforeAccept', path: FORECAST, times: 1 });
	const lost = await create(followed);
	expect(complaint(lost).message).toContain('It is unknown whether TW created order OUT-1');
	const again = { ...followed, options: { ifSentBefore: 'send-again' } };
	const tries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	bench.sandbox.fault({ kind: 'resetBeforeAccept', path: FORECAST, times: 1 });
	const second = await create(again, { previous: lost, ...tries });
	expect(complaint(second).message).toContain('It is unknown whether TW created order OUT-1');
	expect(sends()).toBe(2);
	const third = await create(again, { previous: second, ...tries });
	expect(outputOf(third)).toMatchObject([{ outcome: 'completed' }]);
	expect(bench.sandbox.ledger().orders).toHaveLength(1);
});
