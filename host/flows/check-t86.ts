import type { Checks } from '../smoke/checks';
import { expectEqual } from '../smoke/expect';
import { until } from '../poll';
import { click, linksOf } from './approval';
import { executions, importFlow, runNow } from './flow';
import { placeOrder } from './place-order';
import { DataTable } from './tables';
import type { FlowStage } from './stage';

const TRIGGER = 'Weekdays at Five';

/** Orders go into bags; a person approves; TW reviews. */
export async function checkT86(stage: FlowStage, checks: Checks): Promise<void> {
	const { sandbox, mail } = stage;
	const flow = await importFlow(stage, 't86-bags.json', { settings: { orders_per_bag: '2' } });
	const table = await DataTable.of(stage, flow);
	for (const no of ['BAG-ME-1', 'BAG-ME-2', 'BAG-ME-3']) {
		await placeOrder(sandbox, no, 'T86');
		await table.insert([{ no, channel: 'T86', outcome: 'completed' }]);
	}
	await table.insert([{ no: 'OTHER-1', channel: 'UA', outcome: 'completed' }]);

	await checks.check('T86: three orders go into two bags, noted in the table', async () => {
		await runNow(stage, flow, TRIGGER);
		await until('two bags', async () => (sandbox.ledger().bags.length === 2 ? true : undefined));
		const bags = sandbox
			.ledger()
			.bags.map(({ nos }) => nos.join('+'))
			.sort();
		expectEqual('bags', bags.join(), 'BAG-ME-1+BAG-ME-2,BAG-ME-3');
	});
	await checks.check('T86: after the approval by mail the bags are reviewed', async () => {
		const question = await mail.next('review 2 bags with 3 orders?');
		const noted = (await table.rows()).filter(({ bag_no }) => bag_no).length;
		expectEqual('orders with a bag', noted, 3);
		await executions(stage, flow, 1, ({ status }) => status === 'waiting');
		await click(linksOf(question), true);
		await executions(stage, flow, 1);
		const actions = sandbox.ledger().bags.map(({ action }) => action);
		expectEqual('actions', actions.join(), 'create,create,review,review');
	});
	await checks.check('T86: the next day begins with nothing to pack', async () => {
		await runNow(stage, flow, TRIGGER);
		await executions(stage, flow, 2);
		expectEqual('actions', sandbox.ledger().bags.length, 4);
	});
}
