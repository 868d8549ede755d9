/** How often n8n is asked for a parameter: never for what is not used, once for what is constant. */
import type { IDataObject, IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';
import { outputOf } from '../../observed';
import { rowOf } from '../../operations/list';
import { goodItems } from '../../operations/row';
import { neutralEvent } from '../../unit/shops/neutral';
import { createParameters, nodes, useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

/** What the node under test asked n8n for, in order: parameters by name, and lists of expressions. */
let reads: string[];
const LIST = 'several together';
const readsOf = (name: string) => reads.filter((one) => one === name).length;

/** The node, noting what it asks of its real context. */
function noting(node: INodeType, prepare: (host: IExecuteFunctions) => void = () => {}): INodeType {
	return {
		description: node.description,
		async execute(this: IExecuteFunctions) {
			const read = this.getNodeParameter.bind(this) as (...given: unknown[]) => unknown;
			const evaluate = this.evaluateExpression.bind(this);
			Object.assign(this, {
				getNodeParameter: (...given: unknown[]) => {
					reads.push(given[0] as string);
					return read(...given);
				},
				evaluateExpression: (expression: string, item: number) => {
					reads.push(LIST);
					return evaluate(expression, item);
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
		items = await goodItems(bench, rowOf('twOrder getStatus'));
	});

	it('costs no evaluation, and with the switch off one for each item; the output is the same', async () => {
		const direct = await run('twOrder', getStatus(), items);
		expect(reads).toEqual(['remember', 'options']);
		const switchedOn = await run('twOrder', getStatus({ resolveDirectly: true }), items);
		expect(readsOf('request_id')).toBe(0);
		const evaluated = await run('twOrder', getStatus({ resolveDirectly: false }), items);
		expect(readsOf('request_id')).toBe(items.length);
		expect(direct).toHaveLength(3);
		expect(switchedOn).toEqual(direct);
		expect(evaluated).toEqual(direct);
	});

	it('is evaluated when the switch itself is an expression', async () => {
		await run('twOrder', getStatus({ resolveDirectly: '={{ [1].map((x) => x > 0)[0] }}' }), items);
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
		expect(readsOf('boxes') + readsOf(LIST)).toBeGreaterThanOrEqual(2);
		expect(evaluated).toEqual(direct);
	});

	it('stands between texts, or is that of another node, and costs no evaluation either', async () => {
		const parameters = createParameters({
			operation: 'quote',
			no: "=SHOP-{{ $json.no }}/{{ $('Start').item.json.no }}",
			consignee_warehouse: "={{ $('Start').first().json.code }}",
			boxes: {
				item: [
					{ number: 1, weight: '={{ $node["Start"].json.kg }}', length: 20, width: 20, height: 20 },
				],
			},
		});
		const parcels = [5, 7].map((kg, i) => ({ no: `Q-${i}`, kg, code: 'MSP1' }));
		const direct = await run('twOrder', parameters, parcels);
		expect(
			reads.filter((name) => ['no', 'consignee_warehouse', 'boxes', LIST].includes(name)),
		).toEqual([]);
		const off = { ...parameters, options: { resolveDirectly: false } };
		expect(direct).toEqual(await run('twOrder', off, parcels));
		expect(reads).toContain(LIST);
	});
});

describe('expressions that n8n has to evaluate', () => {
	const parameters = (more: INodeParameters = {}) =>
		createParameters({
			operation: 'quote',
			no: '={{ $json.no.trim() }}',
			consignee_warehouse: "={{ $json.code || 'MSP1' }}",
			boxes: {
				item: ['weight', 'length', 'width', 'height'].map((name) => ({
					number: 1,
					weight: 5,
					length: 20,
					width: 20,
					height: 20,
					[name]: `={{ $json.${name} + 1 }}`,
				})),
			},
			...more,
		});
	const parcels = ['A', 'B', 'C', 'D'].map((no, i) => ({
		no,
		weight: i + 1,
		length: 10 + i,
		width: 11,
		height: 12,
	}));
	const asked = ['no', 'consignee_warehouse', 'boxes'];
	const counts = () => [...asked, LIST].map(readsOf);
	/** One for each parcel, though there is a price for every channel. */
	const numbers = (output: Array<Record<string, unknown>>) => [
		...new Set(output.map((json) => json['no'])),
	];

	it('are evaluated together, each once apart before a list is believed', async () => {
		const output = await run('twOrder', parameters(), parcels);
		expect(counts()).toEqual([1, 1, 1, parcels.length]);
		expect(numbers(output)).toEqual(['A', 'B', 'C', 'D']);
		// In the next run the lists are known
		expect(await run('twOrder', parameters(), parcels)).toEqual(output);
		expect(counts()).toEqual([0, 0, 0, parcels.length]);
	});

	it('are evaluated apart where one has effects, and see them', async () => {
		const no = '={{ ($json.code = "MSP1") && $json.no.trim() + "!" }}';
		const output = await run('twOrder', parameters({ no }), parcels);
		expect(readsOf('no')).toBe(parcels.length);
		expect(numbers(output)).toEqual(['A!', 'B!', 'C!', 'D!']);
	});

	it("are evaluated apart where one throws: the error is n8n's own, and of its item alone", async () => {
		const given = parcels.map((json, i) => (i === 2 ? { ...json, no: [] } : json));
		const no = '={{ $json.no.toTitleCase() }}';
		const settings = { onError: 'continueRegularOutput' as const };
		const output = await run('twOrder', parameters({ no }), given, settings);
		const errors = output.flatMap((json) => json['error'] ?? []);
		expect(errors).toEqual(['toTitleCase() is only callable on type "String" [Item 2]']);
		expect(numbers(output.filter((json) => !json['error']))).toEqual(['A', 'B', 'D']);
	});

	it('are evaluated apart for an item that holds more than JSON', async () => {
		const live = parcels.map((json, i) =>
			i === 1 ? { ...json, now: new Date(0) as never } : json,
		);
		await run('twOrder', parameters(), live);
		expect(counts()).toEqual([1, 1, 1, parcels.length - 1]);
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
	const constants = new Set(['options', 'specifyBody', 'reportOnce']);
	expect(reads.filter((name) => !constants.has(name))).toEqual(['bodyJson', 'bodyJson']);
});

it("a shop's order costs no evaluation, and nothing of the two other ways in is read", async () => {
	const parameters: INodeParameters = {
		operation: 'quote',
		specifyOrder: 'shop',
		channels: ['UA'],
		weightUnit: 'lb',
		boxLength: 9,
		boxWidth: 9,
		boxHeight: 9,
		override: { note: '={{ $json.order.number }}' },
	};
	const orders = ['1', '2', '3'].map((number) => neutralEvent({ number }));
	expect(await run('twOrder', parameters, orders)).toHaveLength(3);
	expect(reads).toEqual([...new Set(reads)]);
	for (const name of ['shopOrder', 'override', 'no', 'orderJson', 'consignee_by', 'boxes']) {
		expect([name, readsOf(name)]).toEqual([name, 0]);
	}
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
