import type { Checks } from '../smoke/checks';
import { expectEqual } from '../smoke/expect';
import { webhookListens } from '../webhook';
import { executions, importFlow } from './flow';
import * as woo from './payloads/woocommerce';
import { sendWooCommerce } from './shop-webhook';
import type { FlowStage } from './stage';
import { eventNames, tdEvents } from './td-events';

const PATH = 'woocommerce-td-events';

/** An order's life at WooCommerce, which always sends the whole order, told to TD. */
export async function checkWooCommerce(stage: FlowStage, checks: Checks): Promise<void> {
	const { sandbox, mail, n8n } = stage;
	const flow = await importFlow(stage, 'woocommerce-td-events.json');
	await n8n.rest.activate(flow);
	await webhookListens(`${n8n.url}/webhook/${PATH}`);
	let sent = 0;
	const send = async (body: object, topic = 'order.updated') => {
		await sendWooCommerce(stage, PATH, body, { topic });
		const [execution] = await executions(stage, flow, ++sent);
		expectEqual('execution', execution?.status, 'success');
	};

	await checks.check(
		'WooCommerce: each change is told once, however often it is sent',
		async () => {
			await send(woo.wooOrder, 'order.created');
			await send(woo.paid);
			await send(woo.paid);
			await send(woo.moreArticles);
			await send(woo.completed);
			await send(woo.refunded);
			await send(woo.refunded);
			expectEqual(
				'events',
				eventNames(sandbox),
				'order_payment order_payment_result order_modify order_ship order_refund',
			);
		},
	);
	await checks.check('WooCommerce: a failed payment and a cancelled order', async () => {
		await send(woo.failedOrder, 'order.created');
		await send(woo.cancelledOrder);
		expectEqual(
			'the newest events',
			eventNames(sandbox).split(' ').slice(-2).join(' '),
			'order_payment_result order_cancel',
		);
		const result = tdEvents(sandbox).at(-2)?.['payment_result'] as { is_payment_success: boolean };
		expectEqual('success', result.is_payment_success, false);
	});
	await checks.check('WooCommerce: what TD refuses goes to the team', async () => {
		await sendWooCommerce(stage, PATH, { ...woo.paid, id: 729, currency: 'EUR' });
		await mail.next('Order 729: payment needs a look');
		await executions(stage, flow, ++sent);
	});
	await n8n.rest.deactivate(flow);
}
