import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { openShopFlow, numbered, webhooksOf } from './shop-flow';
import { executions, importFlow, ONE_BOX, runNow } from './flow';
import { DataTable } from './tables';
import type { FlowStage } from './stage';

/** What the nodes remember having ordered, in whatever flow, comes into the table once; what failed into one mail. */
export async function checkOrderTable(stage: FlowStage, checks: Checks): Promise<void> {
	const { n8n, mail } = stage;
	const shop = await openShopFlow(stage, 'shopify', 'shopify-cheapest-label.json', {
		parameters: { 'Buy Cheapest': { ...ONE_BOX, channels: ['UW'] } },
	});
	const guest = webhooksOf('shopify').find(({ name }) => name === 'guest')!;
	await shop.deliver(numbered(guest, 5001));
	await shop.deliver(numbered(guest, 5002));
	await shop.quiet();
	stage.sandbox.set({ forecastEnds: -2 });
	await shop.deliver(numbered(guest, 5003));
	await shop.quiet();
	stage.sandbox.set({ forecastEnds: 0 });
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
	const failed = () => mail.mails.filter(({ subject = '' }) => /SHOP-25003: failed/.test(subject));
	await checks.check(
		'table: an order that TW failed is told to the team, with the reason',
		async () => {
			const { text = '' } = await mail.next('SHOP-25003: failed');
			expect(text.includes('verification failed (-2)'), `the mail does not say why: ${text}`);
		},
	);
	await checks.check('table: the next turn leaves them as they are', async () => {
		await runNow(stage, flow, 'Every Ten Minutes');
		await executions(stage, flow, 2);
		expectEqual('rows', (await rows()).join(), wanted);
		expectEqual('mails about the failed order', failed().length, 1);
	});
}
