/** What a reader keeps of one item's checked form must never be taken for another's. */
import type { INodeParameters } from 'n8n-workflow';
import { bodiesTo, complaint, FORECAST } from '../../observed';
import { orders } from '../../unit/shops/shopify/orders';
import { useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const order = (no: number) => ({ ...orders[0]!.body, name: `#${no}`, order_number: no });
const parameters: INodeParameters = {
	operation: 'create',
	specifyOrder: 'shop',
	shopOrder: '={{ $json.order }}',
	product: { __rl: true, mode: 'code', value: 'UA' },
	weightUnit: 'kg',
	boxLength: '={{ $json.length }}',
	boxWidth: 20,
	boxHeight: 10,
};
const sent = () =>
	bodiesTo(bench.sandbox, FORECAST).map(
		(body) => (body as { tickets: Array<Record<string, unknown>> }).tickets[0]!,
	);

it("each order goes out with its own item's fields and its own JSON", async () => {
	const items = [30, 30, 31, '30', 30].map((length, i) => ({ order: order(i), length }));
	await bench.run('twOrder', parameters, items);
	const boxes = sent().map(({ no, boxes }) => [
		no,
		(boxes as Array<{ length: number }>)[0]!.length,
	]);
	expect(boxes.sort()).toEqual([
		['0', 30],
		['1', 30],
		['2', 31],
		['3', 30],
		['4', 30],
	]);
});

it('a list that was changed between two runs is read anew', async () => {
	const packed = {
		...parameters,
		packing: 'given',
		boxes_by: 'json',
		boxes_json: '={{ $json.boxes }}',
	};
	const boxes = [{ number: 1, weight: 5, length: 20, width: 20, height: 20 }];
	const run = async (no: number) => {
		const { error } = await bench.run('twOrder', packed, [{ order: order(no), boxes }]);
		expect(error?.message).toBeUndefined();
	};
	await run(10);
	boxes[0]!.weight = 6;
	await run(11);
	const weights = sent().map(({ no, boxes: sentBoxes }) => [no, weightsIn(sentBoxes)]);
	expect(weights).toEqual([
		['10', [5]],
		['11', [6]],
	]);
});

const weightsIn = (boxes: unknown) => (boxes as Array<{ weight: number }>).map((box) => box.weight);

it.each([
	[{ order: '', length: 30 }, "'Shop Order' is empty"],
	[{ order: [1], length: 30 }, "'Shop Order' must be an object"],
	[{ order: order(2), length: -1 }, "'Box Length' must be greater than 0"],
	[{ order: null, length: '' }, "'Shop Order' is empty"],
])('a bad one after a good one is refused: %#', async (bad, problem) => {
	const run = await bench.run('twOrder', parameters, [{ order: order(1), length: 30 }, bad]);
	expect(complaint(run).message).toContain(problem);
	expect(complaint(run).message).toContain('[Item 1]');
	expect(sent()).toEqual([]);
});
