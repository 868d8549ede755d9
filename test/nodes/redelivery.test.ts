/**
 * A shop sends a webhook again when it was not answered in time: what "Check for Existing Order
 * First" covers, and what it can not. Each delivery is an execution of its own.
 */
import type { INodeParameters } from 'n8n-workflow';
import { FORECAST, INFO, outputOf, paths, requestsTo } from '../observed';
import { type Bench, createParameters, openBench } from '../support';

let bench: Bench;
beforeAll(async () => {
	bench = await openBench();
});
afterAll(async () => await bench.close());
beforeEach(() => {
	bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: 0 });
});

const NEVER = 3_600_000;
const webhook = { no: 'SHOP-1' };
const orders = () => bench.sandbox.ledger().orders.length;

async function deliver(options: INodeParameters) {
	const parameters = createParameters({ waitForCompletion: false, options });
	return outputOf(await bench.run('twOrder', parameters, [webhook]))[0];
}
const checked = async () => await deliver({ checkExisting: true });
const unchecked = async () => await deliver({});

describe('with the check', () => {
	it('three deliveries, one after the other, make one order', async () => {
		expect(await checked()).toMatchObject({ no: 'SHOP-1', outcome: 'accepted' });
		expect(await checked()).toMatchObject({ no: 'SHOP-1', existing: true });
		expect(await checked()).toMatchObject({ no: 'SHOP-1', existing: true });
		expect(paths(bench.sandbox)).toEqual([INFO, FORECAST, INFO, INFO]);
		expect(orders()).toBe(1);
	});

	it('two at once know nothing of each other and make two; the third finds one', async () => {
		// Neither can see the other's order while both look, as when they run at the same moment.
		bench.sandbox.set({ orderInfoDelayMs: NEVER });
		const both = await Promise.all([checked(), checked()]);
		expect(both.map((item) => item?.['outcome'])).toEqual(['accepted', 'accepted']);
		bench.sandbox.set({ orderInfoDelayMs: 0 });
		expect(await checked()).toMatchObject({ existing: true });
		expect(orders()).toBe(2);
	});

	it('two at once make one order where TW refuses a number it has', async () => {
		bench.sandbox.set({ orderInfoDelayMs: NEVER, acceptSameNo: false });
		const both = await Promise.allSettled([checked(), checked()]);
		bench.sandbox.set({ acceptSameNo: true });
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(orders()).toBe(1);
	});

	it('a delivery that comes before TW shows the order makes a second one', async () => {
		bench.sandbox.set({ orderInfoDelayMs: NEVER });
		await checked();
		expect(await checked()).toMatchObject({ outcome: 'accepted' });
		expect(orders()).toBe(2);
	});
});

it('without the check each delivery makes an order', async () => {
	await Promise.all([unchecked(), unchecked()]);
	await unchecked();
	expect(orders()).toBe(3);
});

it('the same order twice in one delivery is sent once', async () => {
	const parameters = createParameters({ waitForCompletion: false });
	const run = await bench.run('twOrder', parameters, [webhook, webhook, webhook]);
	expect(outputOf(run)).toHaveLength(3);
	expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(1);
	expect(orders()).toBe(1);
});
