import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { executions, importFlow, runNow } from './flow';
import { placeOrder } from './place-order';
import { DataTable } from './tables';
import type { FlowStage } from './stage';

/** The triggers tell; open orders are followed to their end. */
export async function checkAlerts(stage: FlowStage, checks: Checks): Promise<void> {
	const { sandbox, mail, n8n } = stage;
	await placeOrder(sandbox, 'WATCHED-1', 'UA');

	const flow = await importFlow(stage, 'balance-and-order-alerts.json', {
		parameters: {
			'Low Balance': { threshold: 1_000_000 },
			'Watched Orders': { orders: 'WATCHED-1, NOT-YET' },
		},
	});
	await checks.check('alerts: a low balance and the end of a watched order are told', async () => {
		// n8n polls once when a flow is switched on
		await n8n.rest.activate(flow);
		await mail.next('TW balance is');
		const order = await mail.next('TW order WATCHED-1: completed');
		expect(order.text?.includes('Tracking number') ?? false, order.text ?? '');
		await executions(stage, flow, 2);
		await n8n.rest.deactivate(flow);
	});

	const table = await DataTable.of(stage, flow);
	const open = { outcome: 'pending' };
	await table.insert([
		{
			...open,
			no: 'OPEN-1',
			channel: 'UA',
			request_id: await placeOrder(sandbox, 'OPEN-1', 'UA'),
		},
		{
			...open,
			no: 'OPEN-2',
			channel: 'FAIL-2',
			request_id: await placeOrder(sandbox, 'OPEN-2', 'FAIL-2'),
		},
		{ ...open, no: 'OPEN-3', channel: 'UA', request_id: '00000000-0000-4000-8000-000000000000' },
	]);
	await checks.check('alerts: an open order is followed to its label', async () => {
		await runNow(stage, flow, 'Every Ten Minutes');
		const label = await mail.next('Label for OPEN-1');
		expectEqual('label', label.attachments[0]?.content.toString('latin1', 0, 4), '%PDF');
		await executions(stage, flow, 3);
	});
	await checks.check('alerts: a failed order and one that TW does not know are told', async () => {
		const failed = await mail.next('TW order OPEN-2 failed');
		expect(failed.text?.includes('Request ID') ?? false, failed.text ?? '');
		await mail.next('Following order OPEN-3 needs a look');
	});
	await checks.check('alerts: the table knows how each order stands', async () => {
		const rows = (await table.rows()).map(({ no, outcome }) => `${no} ${outcome}`).sort();
		expectEqual('rows', rows.join(), 'OPEN-1 completed,OPEN-2 failed,OPEN-3 pending');
	});
}
