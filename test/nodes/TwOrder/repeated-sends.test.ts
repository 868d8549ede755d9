/** What may be said of a write that was sent again after a 503, and when it is not sent at all. */
import { complaint, FORECAST, INFO, outputOf, paths, requestsTo, until } from '../../observed';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: 0, acceptSameNo: true, ticketFailure: 'all' });
});

const NEVER = 3_600_000;
const create = createParameters({ waitForCompletion: false });
const items = [{ no: 'ORD-1' }, { no: 'ORD-2' }];
const orders = () => bench.sandbox.ledger().orders.map(({ no }) => no);
const sends = () => requestsTo(bench.sandbox, FORECAST).length;
const took503 = { kind: 'status', status: 503, path: FORECAST, processed: true, times: 1 } as const;

describe('503 after TW took the order, which it does not show yet', () => {
	beforeEach(() => bench.sandbox.set({ orderInfoDelayMs: NEVER }));

	it('is the one case in which an order can double: it was looked up, not found, and sent again', async () => {
		bench.sandbox.fault(took503);
		expect(outputOf(await bench.run('twOrder', create, [items[0]!]))[0]).toMatchObject({
			outcome: 'accepted',
		});
		expect(paths(bench.sandbox)).toEqual([FORECAST, INFO, FORECAST]);
		expect(orders()).toEqual(['ORD-1', 'ORD-1']);
	});

	it('is unknown if TW then refuses the number, since it has the order', async () => {
		bench.sandbox.set({ acceptSameNo: false });
		bench.sandbox.fault(took503);
		const { message } = complaint(await bench.run('twOrder', create, [items[0]!]));
		expect(message).toContain('It is unknown whether TW created order ORD-1');
		expect(message).toContain('order number ORD-1 exists');
		expect(orders()).toEqual(['ORD-1']);
	});

	it.each(['all', 'partial'] as const)(
		'is unknown for each order of a request of several: %s',
		async (ticketFailure) => {
			bench.sandbox.set({ acceptSameNo: false, ticketFailure });
			bench.sandbox.fault(took503);
			const options = { ticketsPerRequest: 2 };
			const run = await bench.run('twOrder', { ...create, options }, items, {
				onError: 'continueRegularOutput',
			});
			expect(outputOf(run).map(({ details }) => (details as { kind: string }).kind)).toEqual([
				'outcome-unknown',
				'outcome-unknown',
			]);
			expect(orders()).toEqual(['ORD-1', 'ORD-2']);
		},
	);

	it('is unknown, not failed, if TW asks to wait longer than there is time', async () => {
		bench.sandbox.fault({ ...took503, retryAfter: 3600 });
		const { message } = complaint(await bench.run('twOrder', create, [items[0]!]));
		expect(message).toContain('It is unknown whether TW created order ORD-1');
		expect(sends()).toBe(1);
	});

	it('is not sent again after a cancel', async () => {
		bench.sandbox.fault({ ...took503, retryAfter: 30 });
		const cancel = new AbortController();
		const running = bench.run('twOrder', create, [items[0]!], { cancelAfter: cancel.signal });
		await until(() => requestsTo(bench.sandbox, FORECAST)[0]?.status === 503);
		cancel.abort();
		expect((await running).status).toBe('canceled');
		await until(() => requestsTo(bench.sandbox, INFO).length === 1);
		expect(sends()).toBe(1);
	});
});

it('a lost request of several orders is settled for all of them at once', async () => {
	bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST });
	const run = await bench.run('twOrder', { ...create, options: { ticketsPerRequest: 2 } }, items);
	expect(outputOf(run)).toEqual([
		expect.objectContaining({ no: 'ORD-1', recovered: true }),
		expect.objectContaining({ no: 'ORD-2', recovered: true }),
	]);
	expect(orders()).toEqual(['ORD-1', 'ORD-2']);
});

it('an order is not sent when the check before has used up the time', async () => {
	// More than three quarters of the time, so that too little is left to send
	bench.sandbox.fault({ kind: 'delay', path: INFO, ms: 1_600 });
	const options = { checkExisting: true, timeout: 2 };
	const { message, description } = complaint(
		await bench.run('twOrder', { ...create, options }, [items[0]!]),
	);
	expect(message).toContain('It was not sent, because what came before it used up the 2 s');
	expect(description).toContain('Nothing took effect');
	expect(sends()).toBe(0);
});
