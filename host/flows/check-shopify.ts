import { randomUUID } from 'node:crypto';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { webhookListens } from '../webhook';
import { executions, importFlow } from './flow';
import * as shopify from './payloads/shopify';
import { sendShopify } from './shop-webhook';
import type { FlowStage } from './stage';
import { eventNames, tdEvents } from './td-events';

const PATH = 'shopify-td-events';

/** An order's life at Shopify, told to TD. */
export async function checkShopify(stage: FlowStage, checks: Checks): Promise<void> {
	const { sandbox, mail, n8n } = stage;
	const flow = await importFlow(stage, 'shopify-td-events.json');
	await n8n.rest.activate(flow);
	await webhookListens(`${n8n.url}/webhook/${PATH}`);
	let sent = 0;
	const send = async (topic: string, body: object, id = randomUUID()) => {
		await sendShopify(stage, PATH, body, { topic, id });
		await executions(stage, flow, ++sent);
	};

	await checks.check(
		'Shopify: a refund of an unknown order goes to the team, not to TD',
		async () => {
			await send('refunds/create', shopify.refund);
			const alert = await mail.next('refunds/create needs a look');
			expect(alert.text?.includes('never came through') ?? false, alert.text ?? '');
			expectEqual('events', sandbox.ledger().counts.events, 0);
		},
	);
	await checks.check('Shopify: each topic is told as its TD event', async () => {
		const paidId = randomUUID();
		await send('orders/paid', shopify.shopifyOrder, paidId);
		await send('orders/edited', shopify.edited);
		await send('orders/fulfilled', shopify.fulfilled);
		await send('refunds/create', shopify.refund);
		await send('disputes/create', shopify.dispute);
		await send('orders/cancelled', shopify.cancelled);
		await send('orders/paid', shopify.shopifyOrder, paidId);
		expectEqual(
			'events',
			eventNames(sandbox),
			'order_payment order_payment_result order_modify order_ship order_refund order_chargeback order_cancel',
		);
	});
	await checks.check("Shopify: all of them with the order's session and IP", () => {
		const visits = new Set(
			tdEvents(sandbox).map(({ session_id, account_id, terminal }) =>
				JSON.stringify([session_id, account_id, terminal]),
			),
		);
		expectEqual(
			'visits',
			[...visits].join(),
			'["c17f0e5d2ab94c4b3e","7001234567",{"ip":"203.0.113.24"}]',
		);
	});
	await checks.check('Shopify: amounts, reasons and times are those of the webhook', () => {
		const refund = tdEvents(sandbox).find(({ event_type }) => event_type === 'order_refund');
		expectEqual(
			'refund',
			JSON.stringify(refund?.['refund_result']),
			'{"refund_amount":{"currency":"USD","amount_local":16,"amount_usd":16},"refund_reason":"arrived broken"}',
		);
		expectEqual('time', refund?.event_time, '2026-03-05T11:30:00.000-06:00');
	});
	await checks.check('Shopify: an unexpected topic goes to the team', async () => {
		await send('orders/partially_fulfilled', shopify.shopifyOrder);
		await mail.next('orders/partially_fulfilled needs a look');
	});
	await n8n.rest.deactivate(flow);
}
