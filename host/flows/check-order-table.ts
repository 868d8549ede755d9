import type { Checks } from '../smoke/checks';
import { expectEqual } from '../smoke/expect';
import { openShopFlow, numbered, webhooksOf } from './shop-flow';
import { executions, importFlow, ONE_BOX, runNow } from './flow';
import { DataTable } from './tables';
import type { FlowStage } from './stage';

/** What the nodes remember having ordered, in whatever flow, comes into the table once. */
export async function checkOrderTable(stage: FlowStage, checks: Checks): Promise<void> {
	const { n8n } = stage;
	const shop = await openShopFlow(stage, 'shopify', 'shopify-cheapest-label.json', {
		parameters: { 'Buy Cheapest': { ...ONE_BOX, channels: ['UW'] } },
	});
	const guest = webhooksOf('shopify').find(({ name }) => name === 'guest')!;
	await shop.deliver(numbered(guest, 5001));
	await shop.deliver(numbered(guest, 5002));
	await shop.quiet();
	await n8n.rest.deactivate(shop.flow);

	const flow = await importFlow(stage, 'order-table.json', {
		parameters: { 'Remembered Orders': { options: { newerThan: 1 } } },
	});
	const table = await DataTable.of(stage, flow);
	const rows = async () =>
		(await table.rows())
			.filter(({ no }) => /SHOP-2500[12]/.test(String(no)))
			.map(({ no, channel, outcome, tracking_number: number }) =>
				[no, channel, outcome, String(number).startsWith('1Z')].join(' '),
			)
			.sort();
	const wanted = 'SHOP-25001 UW completed true,SHOP-25002 UW completed true';
	await checks.check('table: the orders that the nodes remember are in it', async () => {
		await runNow(stage, flow, 'Every Ten Minutes');
		await executions(stage, flow, 1);
		expectEqual('rows', (await rows()).join(), wanted);
	});
	await checks.check('table: the next turn leaves them as they are', async () => {
		await runNow(stage, flow, 'Every Ten Minutes');
		await executions(stage, flow, 2);
		expectEqual('rows', (await rows()).join(), wanted);
	});
}
