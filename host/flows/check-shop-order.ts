import { randomUUID } from 'node:crypto';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { webhookListens } from '../webhook';
import { errorOf, executions, importFlow } from './flow';
import { shopifyOrder } from './payloads/shopify';
import { sendShopify } from './shop-webhook';
import type { FlowStage } from './stage';
import { eventNames, tdEvents } from './td-events';

const FILE = 'shop-order-cheapest.json';
const PATH = 'shop-order-cheapest';
const POUND = '453.59237';

/** A shop's order becomes a parcel once, and only if the shop has signed it. */
export async function checkShopOrder(stage: FlowStage, checks: Checks): Promise<void> {
	const { sandbox, mail, n8n } = stage;
	const listens = () => webhookListens(`${n8n.url}/webhook/${PATH}`);

	await checks.check('shop order: without a unit of weight nothing is sent', async () => {
		const flow = await importFlow(stage, FILE);
		await n8n.rest.activate(flow);
		await listens();
		await sendShopify(stage, PATH, shopifyOrder);
		const [execution] = await executions(stage, flow, 1);
		const error = await errorOf(stage, execution!);
		expect(error.includes('grams_per_weight_unit'), error);
		expectEqual('requests to TW and TD', sandbox.ledger().counts.requests, 0);
		await n8n.rest.deactivate(flow);
	});

	const flow = await importFlow(stage, FILE, {
		settings: { grams_per_weight_unit: POUND, channels: 'UA, UW, FH' },
	});
	await n8n.rest.activate(flow);
	await listens();

	const id = randomUUID();
	await checks.check('shop order: placed with the cheapest channel, label mailed', async () => {
		expectEqual('HTTP status', await sendShopify(stage, PATH, shopifyOrder, { id }), 200);
		const label = await mail.next('Label for SHOP-1042');
		expectEqual('label', label.attachments[0]?.content.toString('latin1', 0, 4), '%PDF');
		await executions(stage, flow, 1);
		const [order] = sandbox.ledger().orders;
		expectEqual('orders', sandbox.ledger().orders.length, 1);
		expectEqual('channel', order?.product, 'UW');
		const { boxes } = order?.ticket as { boxes: { weight: number }[] };
		expectEqual('weight', boxes[0]?.weight.toFixed(3), (2100 / Number(POUND)).toFixed(3));
	});
	await checks.check('shop order: TD has the payment and the shipment, in USD', () => {
		expectEqual('events', eventNames(sandbox), 'order_payment order_ship');
		const [payment] = tdEvents(sandbox);
		expect(JSON.stringify(payment).includes('"amount_usd":84.5'), JSON.stringify(payment));
		expectEqual('time', payment?.event_time, '2026-03-02T09:41:09.000-06:00');
	});
	await checks.check('shop order: a repeated delivery is dropped', async () => {
		await sendShopify(stage, PATH, shopifyOrder, { id });
		await executions(stage, flow, 2);
		expectEqual('orders', sandbox.ledger().counts.orders, 1);
		expectEqual('events', sandbox.ledger().counts.events, 2);
	});
	await checks.check('shop order: the same order under a new id is found, not placed', async () => {
		await sendShopify(stage, PATH, shopifyOrder);
		await executions(stage, flow, 3);
		expectEqual('orders', sandbox.ledger().counts.orders, 1);
	});
	await checks.check('shop order: a wrong signature is refused', async () => {
		await sendShopify(stage, PATH, { ...shopifyOrder, order_number: 1 }, { secret: 'wrong' });
		const [execution] = await executions(stage, flow, 4);
		const error = await errorOf(stage, execution!);
		expect(error.includes('signature'), error);
		expectEqual('orders', sandbox.ledger().counts.orders, 1);
	});
	await checks.check('shop order: what TW refuses goes to the team', async () => {
		sandbox.fault({ kind: 'status', status: 400, path: 'orderForecast', times: 1 });
		await sendShopify(stage, PATH, { ...shopifyOrder, order_number: 1043 });
		const alert = await mail.next('Order 1043 needs a look');
		expect(alert.text?.includes('TW') ?? false, alert.text ?? 'an empty mail');
	});
	await n8n.rest.deactivate(flow);
}
