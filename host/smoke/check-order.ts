import type { Checks } from './checks';
import { expect, expectEqual } from './expect';
import { lastExecution } from './executions';
import { numberOf, send, shopOrder, type ShopAnswer } from './shop';
import type { Flow, Stage } from './stage';

/** An order comes in, the label goes out; each vendor has heard of it once. */
export async function checkOrder(
	stage: Stage,
	{ workflow }: Flow,
	webhook: string,
	checks: Checks,
): Promise<void> {
	const order = shopOrder();
	const answer = await checks.check('the webhook answers a shop order with a PDF', async () => {
		const answer = await send(webhook, order);
		expectPdf(answer);
		return answer;
	});
	await checks.check('n8n records a successful execution', async () => {
		const { status } = await lastExecution(stage, workflow);
		expectEqual('its status', status, 'success');
	});
	await checks.check('TW has the order exactly once', () => {
		const orders = stage.sandbox.ledger().orders.map(({ no }) => no);
		expectEqual('orders', orders.join(), numberOf(order));
	});
	await checks.check('TD has the order_ship event exactly once', () => {
		const events = stage.sandbox.ledger().events;
		const told = events.map(({ eventType, orderId }) => `${eventType} ${orderId}`);
		expectEqual('events', told.join(), `order_ship ${numberOf(order)}`);
	});
	if (!answer) return;
	await checks.check(
		'sent again, the order gets its label again, and TW no second order',
		async () => {
			expectPdf(await send(webhook, order));
			expectEqual('orders', stage.sandbox.ledger().orders.length, 1);
		},
	);
}

function expectPdf({ status, type, body }: ShopAnswer): void {
	expect(status === 200, `HTTP ${status}: ${body.toString('utf8', 0, 300)}`);
	expectEqual('content-type', type.split(';')[0], 'application/pdf');
	expectEqual('the first bytes', body.toString('latin1', 0, 4), '%PDF');
}
