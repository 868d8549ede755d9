/**
 * A flow built by clicks alone: Shop Trigger, TW Order, TW Label, TD Order Event in a row, each as the
 * editor begins with it but for what only the user knows. Behind TW Label the item tells no shop's
 * order, so TD Order Event looks back to Shop Trigger's.
 */
import type { INodeParameters } from 'n8n-workflow';
import { ShopTrigger } from '../../nodes/ShopTrigger/ShopTrigger.node';
import { type EngineRun, runFlow } from '../engine/harness';
import { complaint, having, outputOf } from '../observed';
import { QUICK } from '../pace';
import { neutralEvent } from '../unit/shops/neutral';
import { credentialTypes, nodes, useBench } from '../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const order: INodeParameters = {
	operation: 'create',
	specifyOrder: 'shop',
	product: { __rl: true, mode: 'code', value: 'UA' },
	weightUnit: 'kg',
	boxLength: 30,
	boxWidth: 20,
	boxHeight: 10,
};
const report: INodeParameters = { operation: 'reportShopEvent' };

const chain = async (items: object[], more: INodeParameters = {}, told = report) =>
	await runFlow({
		credentials: bench.credentials,
		credentialTypes,
		items: items as never,
		nodes: [
			{ node: new ShopTrigger(QUICK), parameters: {} },
			{ node: nodes.twOrder, parameters: { ...order, ...more } },
			{ node: nodes.twLabel, parameters: { operation: 'download' } },
			{ node: nodes.tdOrderEvent, parameters: told },
		],
	});
const paid = (changes: object = {}) =>
	neutralEvent({ device: { ip: '210.20.10.33', session: 'visit-1' }, ...changes });
const numbers = () => bench.sandbox.ledger().orders.map(({ no }) => no);
const told = () =>
	bench.sandbox.ledger().events.map(({ eventType, orderId }) => `${eventType} ${orderId}`);
const nodeOutput = ({ data }: EngineRun, node: string) =>
	(data.resultData.runData[node]?.[0]?.data?.main?.[0] ?? []).map(({ json }) => json);

it('makes a parcel, its label, and the events, without an expression', async () => {
	const event = paid();
	const run = await chain([event]);
	const { id } = event['order'] as { id: string };
	expect(outputOf(run).map(({ event_type }) => event_type)).toEqual([
		'order_payment',
		'order_payment_result',
	]);
	expect(numbers()).toEqual(['1001']);
	expect(told()).toEqual([`order_payment ${id}`, `order_payment_result ${id}`]);
	expect(nodeOutput(run, 'TW Label')).toEqual([having({ no: '1001' })]);
});

it('each item goes back to its own order', async () => {
	const events = [1001, 1002, 1003].map((number) =>
		paid({ id: String(number), number: String(number) }),
	);
	await chain(events);
	expect(
		told()
			.filter((one) => one.startsWith('order_payment '))
			.sort(),
	).toEqual(['1001', '1002', '1003'].map((id) => `order_payment ${id}`));
});

it('an order that is skipped passes TW Label, and is asked for nowhere', async () => {
	const cancelled = paid({ number: '1002', state: 'cancelled' });
	const run = await chain([paid(), cancelled]);
	expect(nodeOutput(run, 'TW Label')).toEqual([
		having({ no: '1001' }),
		having({ outcome: 'skipped', reason_code: 'cancelled' }),
	]);
	expect(numbers()).toEqual(['1001']);
});

it('an order that is left out goes nowhere, and is counted', async () => {
	const cancelled = paid({ number: '1002', state: 'cancelled' });
	const run = await chain([cancelled, paid()], { ifNotShipped: 'leaveOut' });
	expect(nodeOutput(run, 'TW Order').map(({ no }) => no)).toEqual(['1001']);
	const { hints = [] } = run.data.resultData.runData['TW Order']![0]!;
	expect(hints.map(({ message }) => message).join()).toContain('1 skipped');
});

it('what was mapped by hand is taken, and not Shop Trigger', async () => {
	const run = await chain([paid()], {}, { ...report, shopEvent: '={{ { no: $json.no } }}' });
	expect(complaint(run).message).toContain("'Shop Event' is no event of a shop");
	expect(told()).toEqual([]);
});
