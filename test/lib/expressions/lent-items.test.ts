/** What a parameter takes from an item is the item's own: no operation may change or put out any of it. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { bodiesTo, complaint } from '../../observed';
import { rows } from '../../operations/list';
import { goodItems } from '../../operations/row';
import { bodyOf, eventTypes } from '../../operations/td';
import { goodOrder } from '../../unit/properties/good';
import { neutralEvent } from '../../unit/shops/neutral';
import { orders as shopifyOrders } from '../../unit/shops/shopify/orders';
import { type nodes, useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

/** The same; whoever changes any of it is thrown at. */
function frozen<Value>(value: Value): Value {
	if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).map(frozen);
	return value;
}

function objectsIn(value: unknown): object[] {
	if (typeof value !== 'object' || value === null) return [];
	return [value, ...Object.values(value).flatMap(objectsIn)];
}

/** Where an item holds what it lends. */
const path = (name: string) => `={{ $json.lent.${name} }}`;

/** @param lent what the parameters take from each item by `path` */
async function runLent(
	node: keyof typeof nodes,
	parameters: INodeParameters,
	lent: Record<string, unknown>,
	items: IDataObject[] = [{}],
): Promise<void> {
	const given = items.map((item) =>
		frozen({ ...item, lent: structuredClone(lent) as IDataObject }),
	);
	const run = await bench.run(node, parameters, given);
	expect(run.error && complaint(run)).toBeUndefined();
	expect(run.items.length).toBeGreaterThan(0);
	const own = new Set(given.flatMap(objectsIn));
	expect(run.items.flatMap(({ json }) => objectsIn(json)).filter((one) => own.has(one))).toEqual(
		[],
	);
}

it.each(rows.map((row) => [row.operation, row] as const))('%s', async (operation, row) => {
	const { node, parameters } = row;
	const options = { ...(parameters['options'] as object), extraFields: path('extraFields') };
	const lent = { extraFields: { mark: { of: ['the test'] } } };
	await runLent(node, { ...parameters, operation, options }, lent, await goodItems(bench, row));
	expect(JSON.stringify(bodiesTo(bench.sandbox, row.path))).toContain('the test');
});

it.each(eventTypes)('%s as JSON', async (operation) => {
	const parameters = { operation, specifyBody: 'json', bodyJson: path('bodyJson') };
	await runLent('tdOrderEvent', parameters, { bodyJson: bodyOf(operation, 'NX34') });
});

const orderJson = { ...goodOrder, ext: { of: ['the test'] } };
const placing = ['create', 'buyCheapest', 'quote'];

const channelOf = (operation: string): INodeParameters =>
	operation === 'create'
		? { product: { __rl: true, mode: 'code', value: 'UA' } }
		: { channels: ['UA', 'UW'] };

it.each(placing)('%s as JSON', async (operation) => {
	const parameters = { operation, specifyOrder: 'json', orderJson: path('orderJson') };
	await runLent('twOrder', { ...channelOf(operation), ...parameters }, { orderJson });
});

const shopOrders = [neutralEvent(), shopifyOrders[0]!.body];

it.each(placing)("%s from a shop's order", async (operation) => {
	const size = { weightUnit: 'kg', boxLength: 30, boxWidth: 20, boxHeight: 10 };
	const parameters = { operation, specifyOrder: 'shop', ...size, ...channelOf(operation) };
	for (const order of shopOrders) {
		await runLent('twOrder', { ...parameters, shopOrder: path('order') }, { order });
	}
});

it('reportShopEvent of an order as the shop sends it', async () => {
	const parameters = { operation: 'reportShopEvent', shopEvent: path('order') };
	await runLent('tdOrderEvent', parameters, { order: shopOrders[1] });
});
