/** Few connections carry many requests: counted where they arrive. */
import type { INodeParameters } from 'n8n-workflow';
import { outputOf } from '../../observed';
import { type Bench, createParameters, openBench } from '../../support';

let bench: Bench;
beforeEach(async () => {
	bench = await openBench();
});
afterEach(async () => await bench.close());

/** The pool may open a second connection while the first is being made. */
const A_FEW = 2;

const items = Array.from({ length: 60 }, (_none, i) => ({ no: `ORD-${i}` }));
const create = (options: INodeParameters) =>
	createParameters({ waitForCompletion: false, options });
const ship = (options: INodeParameters): INodeParameters => ({
	operation: 'order_ship',
	specifyBody: 'fields',
	order_id: '={{ $json.no }}',
	session_id: 's-1',
	terminal_ip: '210.20.10.33',
	options,
});

it.each([
	['twOrder' as const, create],
	['tdOrderEvent' as const, ship],
])('%s: few connections when one request is under way at a time', async (node, parameters) => {
	outputOf(await bench.run(node, parameters({ concurrency: 1 }), items));
	const { connections, counts } = bench.sandbox.ledger();
	expect(counts.accepted).toBe(60);
	expect(connections.api).toBeLessThanOrEqual(A_FEW);
});

it('no more connections than requests may be under way at once', async () => {
	outputOf(await bench.run('twOrder', create({ concurrency: 5 }), items));
	const { connections, counts } = bench.sandbox.ledger();
	expect(counts.orders).toBe(60);
	expect(connections.api).toBeLessThanOrEqual(5 + A_FEW);
});

it('reads share theirs over runs', async () => {
	outputOf(await bench.run('twOrder', create({ concurrency: 1 }), items.slice(0, 3)));
	const before = bench.sandbox.ledger().connections.api;
	for (let run = 0; run < 5; run++) {
		const get = { operation: 'get', no: '={{ $json.no }}', options: { concurrency: 1 } };
		outputOf(await bench.run('twOrder', get, items.slice(0, 3)));
	}
	expect(bench.sandbox.ledger().connections.api - before).toBeLessThanOrEqual(A_FEW);
});

it('labels of many orders come over few connections', async () => {
	const some = items.slice(0, 10);
	outputOf(await bench.run('twOrder', create({}), some));
	const download = { operation: 'download', no: '={{ $json.no }}', options: { concurrency: 1 } };
	outputOf(await bench.run('twLabel', download, some));
	const { connections, counts } = bench.sandbox.ledger();
	expect(counts.labelDownloads).toBe(10);
	expect(connections.label).toBeLessThanOrEqual(A_FEW);
});

it('output keeps the order of the items however answers arrive', async () => {
	bench.sandbox.fault({ kind: 'delay', path: 'orderForecast', bodyIncludes: 'ORD-0"', ms: 300 });
	const run = await bench.run('twOrder', create({ concurrency: 10 }), items);
	expect(outputOf(run).map(({ no }) => no)).toEqual(items.map(({ no }) => no));
	// The first item really was overtaken.
	expect(bench.sandbox.ledger().orders[0]?.no).not.toBe('ORD-0');
});
