/** Dry runs of TD events: per item, and what the register would do. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { EVENT, having, outputOf, paths, requestsTo, until } from '../observed';
import { ownEntries, removeFiles } from '../lib/register/places';
import { useBench } from '../support';
import { type Shown, withOptions } from './support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	await removeFiles();
});

const cancel: INodeParameters = {
	operation: 'order_cancel',
	specifyBody: 'fields',
	order_id: '={{ $json.order }}',
	session_id: 's-1',
	terminal_ip: '210.20.10.33',
	reportOnce: 'files',
};
const order = { order: 'O-1' };
const run = async (parameters: INodeParameters, items: IDataObject[] = [order], more = {}) =>
	await bench.run('tdOrderEvent', parameters, items, more);
/** What a dry run tells of the register, having changed nothing. */
const told = async (parameters: INodeParameters, options: INodeParameters = {}) => {
	const before = [paths(bench.sandbox).length, await ownEntries()];
	const done = await run(withOptions(parameters, { dryRun: true, ...options }));
	expect([paths(bench.sandbox).length, await ownEntries()]).toEqual(before);
	const [shown] = outputOf(done) as unknown as Shown[];
	expect(shown?.outcome).toBe('dry_run');
	return shown!.register;
};

it('an expression decides per item', async () => {
	const items = [
		{ order: 'O-1', dry: true },
		{ order: 'O-2', dry: false },
	];
	const done = await run(withOptions(cancel, { dryRun: '={{ $json.dry }}' }), items);
	expect(outputOf(done).map(({ outcome }) => outcome)).toEqual(['dry_run', 'reported']);
	expect(bench.sandbox.ledger().events.map(({ orderId }) => orderId)).toEqual(['O-2']);
});

it('the time of the run is shown where no time is given', async () => {
	const [shown] = outputOf(await run(withOptions(cancel, { dryRun: true }))) as unknown as Shown[];
	expect(Date.parse(String(shown?.body['event_time']))).not.toBeNaN();
});

it('an event that an earlier try has sent is shown, and not sent', async () => {
	bench.sandbox.fault({ kind: 'resetAfterAccept', path: EVENT });
	const options = { delivery: 'event-at-most-once' };
	const failed = await run(withOptions(cancel, options));
	expect(failed.error).toBeDefined();
	const before = requestsTo(bench.sandbox, EVENT).length;
	const dry = withOptions(cancel, { ...options, dryRun: true });
	const again = await run(dry, undefined, { previous: failed });
	expect(outputOf(again)[0]).toMatchObject({ outcome: 'dry_run' });
	expect(requestsTo(bench.sandbox, EVENT)).toHaveLength(before);
});

describe('what the register would do:', () => {
	it('nothing, with Report Once off', async () => {
		expect(await told({ ...cancel, reportOnce: 'no' })).toEqual({
			would: 'send',
			says: "It would be reported, because 'Report Once' is No.",
		});
	});

	it('let it be reported, if it was not', async () => {
		expect(await told(cancel)).toMatchObject({ would: 'send' });
		expect(await ownEntries()).toBeUndefined();
	});

	it('keep it from being reported again, naming the execution', async () => {
		const { executionId } = await run(cancel);
		expect(await told(cancel)).toMatchObject({ would: 'output', execution: executionId });
	});

	it('by Delivery, if the answer was lost', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: EVENT, times: 1 });
		const once = { delivery: 'event-at-most-once' };
		expect((await run(withOptions(cancel, once))).error).toBeDefined();
		expect(await told(cancel, once)).toMatchObject({ would: 'fail' });
		expect(await told(cancel)).toMatchObject({ would: 'send' });
	});

	it('wait, while it is being reported', async () => {
		bench.sandbox.fault({ kind: 'delay', path: EVENT, ms: 1_500, when: 'before' });
		const working = run(cancel);
		await until(() => requestsTo(bench.sandbox, EVENT).length > 0);
		expect(await told(cancel)).toMatchObject({ would: 'wait' });
		outputOf(await working);
	});
});

describe('Report Shop Event', () => {
	const happening = (event: string, order: object): IDataObject => ({
		event,
		shop: 'shopify',
		at: '2026-03-02T10:00:00Z',
		order: { id: 'O-1', ...order },
	});
	const visit = { device: { ip: '210.20.10.33', session: 'visit-1' }, customer: { id: 'C-1' } };
	const paid = happening('order_paid', {
		...visit,
		currency: 'USD',
		totals: { total: '68.00' },
		payment: { gateway: 'paypal' },
	});
	const refunded = happening('order_refunded', {
		refunds: [{ id: 'R-1', amount: '5.00', currency: 'USD' }],
	});
	const parameters = { operation: 'reportShopEvent', shopEvent: '={{ $json }}' };
	const inOrder: INodeParameters = { concurrency: 1 };

	it('shows each of the events of an item, with the visit that an earlier item tells', async () => {
		const items = [paid, refunded, refunded];
		const dry = await run(withOptions(parameters, { ...inOrder, dryRun: true }), items);
		const shown = outputOf(dry) as unknown as Shown[];
		expect([paths(bench.sandbox), await ownEntries()]).toEqual([[], undefined]);
		expect(dry.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 2].map((item) => ({ item })),
		);
		expect(dry.hints.map(({ message }) => message)).toEqual([
			'Dry Run: nothing was sent. 3 would be sent, 1 would not: see item 2',
		]);

		const done = outputOf(await run(withOptions(parameters, inOrder), items));
		expect(done.map(({ reported_before: before }) => before ?? false)).toEqual(
			shown.map(({ register }) => register.would !== 'send'),
		);
		expect(requestsTo(bench.sandbox, EVENT).map(({ body }) => body)).toEqual(
			shown.slice(0, 3).map((one) => one.body_text),
		);
	});

	it('says what is left out in the same way', async () => {
		const created = happening('order_created', visit);
		const dry = await run(withOptions(parameters, { dryRun: true }), [created, paid]);
		expect(outputOf(dry)).toEqual([
			having({ outcome: 'skipped', reason_code: 'no_td_event' }),
			having({ outcome: 'dry_run', shop_event: 'order_paid' }),
			having({ outcome: 'dry_run', shop_event: 'order_paid' }),
		]);
		expect(dry.hints.map(({ message }) => message)).toEqual([
			'Dry Run: nothing was sent. 2 would be sent',
			'1 skipped, nothing sent',
		]);
		expect([paths(bench.sandbox), await ownEntries()]).toEqual([[], undefined]);
	});
});
