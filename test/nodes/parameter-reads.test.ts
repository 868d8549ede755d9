/** How often n8n is asked for a parameter: never for what is not used, once for what is constant. */
import type { IDataObject, IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';
import { outputOf } from '../observed';
import { twRows } from '../operations/tw-rows';
import { type Bench, createParameters, nodes, openBench } from '../support';

let bench: Bench;
beforeAll(async () => {
	bench = await openBench();
});
afterAll(async () => await bench.close());
beforeEach(() => bench.sandbox.reset());

/** What the node under test asked n8n for, in order. */
let reads: string[];
const readsOf = (name: string) => reads.filter((one) => one === name).length;

/** The node, noting what it asks of its real context. */
function noting(node: INodeType, prepare: (host: IExecuteFunctions) => void = () => {}): INodeType {
	return {
		description: node.description,
		async execute(this: IExecuteFunctions) {
			const read = this.getNodeParameter.bind(this) as (...given: unknown[]) => unknown;
			Object.assign(this, {
				getNodeParameter: (...given: unknown[]) => {
					reads.push(given[0] as string);
					return read(...given);
				},
			});
			prepare(this);
			return await node.execute!.call(this);
		},
	};
}

async function run(
	type: keyof typeof nodes,
	parameters: INodeParameters,
	items: IDataObject[],
	more: { prepare?: (host: IExecuteFunctions) => void; onError?: 'continueRegularOutput' } = {},
) {
	reads = [];
	const { prepare, ...settings } = more;
	const node = noting(nodes[type], prepare);
	return outputOf(await bench.run(type, parameters, items, { node, ...settings }));
}

describe('a lone path into the item', () => {
	const getStatus = (options?: INodeParameters): INodeParameters => ({
		operation: 'getStatus',
		request_id: '={{ $json.request_id }}',
		...(options && { options }),
	});
	let items: IDataObject[];
	beforeEach(async () => {
		const row = twRows.find(({ operation }) => operation === 'getStatus')!;
		items = await row.items(bench);
	});

	it('costs no evaluation, and with the switch off one for each item; the output is the same', async () => {
		const direct = await run('twOrder', getStatus(), items);
		expect(reads).toEqual(['options']);
		const switchedOn = await run('twOrder', getStatus({ resolveDirectly: true }), items);
		expect(readsOf('request_id')).toBe(0);
		const evaluated = await run('twOrder', getStatus({ resolveDirectly: false }), items);
		expect(readsOf('request_id')).toBe(items.length);
		expect(direct).toHaveLength(3);
		expect(switchedOn).toEqual(direct);
		expect(evaluated).toEqual(direct);
	});

	it('is evaluated when the switch itself is an expression', async () => {
		await run('twOrder', getStatus({ resolveDirectly: '={{ true }}' }), items);
		expect(readsOf('request_id')).toBe(items.length);
	});

	it('is evaluated for the items alone that do not have it', async () => {
		const [first, ...others] = items;
		const given = [first!, { other: 1 }, ...others];
		const more = { onError: 'continueRegularOutput' as const };
		const output = await run('twOrder', getStatus(), given, more);
		expect(readsOf('request_id')).toBe(1);
		expect(output.map((json) => json['error'] !== undefined)).toEqual([false, true, false, false]);
	});

	it('is evaluated where $json is another item than the input, as in a tool of an agent', async () => {
		const prepare = (host: IExecuteFunctions) => {
			const own = host.getInputData();
			const given = own.map((item) => ({ ...item, json: { ...item.json, request_id: 'other' } }));
			Object.assign(host, { getInputData: () => given });
		};
		const output = await run('twOrder', getStatus(), items, { prepare });
		expect(readsOf('request_id')).toBe(items.length);
		expect(output.map((json) => json['request_id'])).toEqual(
			items.map((item) => item['request_id']),
		);
	});

	it('is resolved inside a list too; constants beside it stay', async () => {
		const box = { number: 1, weight: '={{ $json.box.kg }}', length: 20, width: 20, height: 20 };
		const parameters = createParameters({ operation: 'quote', boxes: { item: [box] } });
		const parcels = [5, 7].map((kg, i) => ({ no: `Q-${i}`, box: { kg } }));
		const off = { ...parameters, options: { resolveDirectly: false } };
		const direct = await run('twOrder', parameters, parcels);
		expect([readsOf('boxes'), readsOf('no')]).toEqual([0, 0]);
		const evaluated = await run('twOrder', off, parcels);
		expect(readsOf('boxes')).toBe(2);
		expect(evaluated).toEqual(direct);
	});
});

it('what is the same for all items is read once', async () => {
	const parcels = ['A', 'B', 'C'].map((no) => ({ no }));
	await run('twOrder', createParameters({ operation: 'quote' }), parcels);
	expect(reads.length).toBeGreaterThan(3);
	expect(reads).toEqual([...new Set(reads)]);
});

it('in JSON mode an item costs one evaluation', async () => {
	const orders = ['A', 'B'].map((no) => ({ no }));
	const parameters: INodeParameters = {
		operation: 'order_cancel',
		specifyBody: 'json',
		bodyJson:
			'={{ { order_id: $json.no + "-1", session_id: "s-1", terminal: { ip: "210.20.10.33" } } }}',
	};
	await run('tdOrderEvent', parameters, orders);
	const constants = new Set(['options', 'specifyBody']);
	expect(reads.filter((name) => !constants.has(name))).toEqual(['bodyJson', 'bodyJson']);
});

it('a parameter that turns out to be hidden is not evaluated', async () => {
	const parameters = (returnAll: string): INodeParameters => ({
		operation: 'getChannels',
		returnAll,
		limit: '={{ 2 + 1 }}',
	});
	await run('twOrder', parameters('={{ 1 === 1 }}'), [{}]);
	expect([readsOf('returnAll'), readsOf('limit')]).toEqual([1, 0]);
	await run('twOrder', parameters('={{ 1 === 2 }}'), [{}]);
	expect([readsOf('returnAll'), readsOf('limit')]).toEqual([1, 1]);
});
