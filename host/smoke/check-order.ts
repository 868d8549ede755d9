import { exampleOrder, numberAtTw } from '../example-flow';
import { send } from '../shop';
import { shipmentOf } from '../shop-bodies';
import type { Checks } from './checks';
import { binariesOf, lastExecution, tell } from './executions';
import { expectEqual } from './expect';
import type { Flow, Stage } from './stage';

/** An order comes in, the label is there; each vendor has heard of it once. */
export async function checkOrder(stage: Stage, flow: Flow, checks: Checks): Promise<void> {
	const { n8n, sandbox } = stage;
	const { workflow, shop } = flow;
	const order = exampleOrder();
	const told = () =>
		sandbox.ledger().events.map(({ eventType, orderId }) => `${eventType} ${orderId}`);

	await checks.check("the shop's delivery is answered at once, and starts the flow", async () => {
		await tell(stage, flow, order);
	});
	await checks.check('n8n records a successful execution, with the label as a PDF', async () => {
		const { id, status } = await lastExecution(stage, workflow);
		expectEqual('its status', status, 'success');
		const files = binariesOf(await n8n.rest.executionData(id));
		expectEqual('files', files.join(), 'application/pdf');
	});
	await checks.check('TW has the order exactly once', () => {
		const orders = sandbox.ledger().orders.map(({ no }) => no);
		expectEqual('orders', orders.join(), numberAtTw(order));
	});
	await checks.check('TD has the payment and its result exactly once', () => {
		const { id } = order;
		expectEqual('events', told().join(), `order_payment ${id},order_payment_result ${id}`);
	});
	await checks.check('the shipment is told to TD, and orders nothing', async () => {
		await tell(stage, flow, shipmentOf(order), { topic: 'orders/fulfilled' });
		expectEqual('events', told().slice(2).join(), `order_ship ${order.id}`);
		expectEqual('orders', sandbox.ledger().orders.length, 1);
	});
	await checks.check('sent again under another id, it starts nothing', async () => {
		const before = (await n8n.rest.listExecutions(workflow.id)).length;
		expectEqual('HTTP status', await send(shop, 'shopify', order), 200);
		expectEqual('executions', (await n8n.rest.listExecutions(workflow.id)).length, before);
		expectEqual('orders', sandbox.ledger().orders.length, 1);
		expectEqual('events', sandbox.ledger().events.length, 3);
	});
	await checks.check('a delivery with a wrong signature starts nothing', async () => {
		const before = (await n8n.rest.listExecutions(workflow.id)).length;
		const forged = { ...shop, secret: 'wrong' };
		expectEqual('HTTP status', await send(forged, 'shopify', order), 401);
		expectEqual('executions', (await n8n.rest.listExecutions(workflow.id)).length, before);
	});
}
