import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { executions, importFlow, runNow } from './flow';
import { placeOrder } from './place-order';
import type { FlowStage } from './stage';

const TRIGGER = 'Run It Once';
const ORDER = 'FIRST-1';
const MOVED = { '/api/v2/getBalance': '/api/v2/getAccountBalance' };

type Item = Record<string, unknown> & { result?: string };

/** What the sandbox answers is as known, but for one path; nothing is written by asking. */
export async function checkFirstContact(stage: FlowStage, checks: Checks): Promise<void> {
	const { sandbox } = stage;
	const requestId = await placeOrder(sandbox, ORDER, 'UA');
	const flow = await importFlow(stage, 'first-contact.json', {
		parameters: {
			'Check TW': { orderNumber: ORDER, requestId, invoicesSince: '2025-01-01' },
		},
	});
	sandbox.set({ movedPaths: MOVED });
	try {
		await checks.check('first contact: the one path that is another is found', async () => {
			await runNow(stage, flow, TRIGGER);
			const [execution] = await executions(stage, flow, 1);
			const { id } = execution!;
			const items = await itemsOf(stage, id, 'Check TW');
			const strange = items.filter(
				({ result }) => result !== undefined && !['as expected', 'not asked'].includes(result),
			);
			expectEqual(
				'strange',
				strange.map(({ path_override }) => path_override).join(),
				'/api/v2/getAccountBalance',
			);
			const report = String(items.at(-1)?.['report']);
			expect(report.includes('8 of the 9 endpoints'), report);
			expect(!report.includes(ORDER), `the report names the order: ${report}`);
			const [td] = await itemsOf(stage, id, 'Check TD');
			expectEqual('TD', td?.result, 'as expected');
		});
		await checks.check('first contact: nothing was made, changed or reported', () => {
			const { orders, bags, deletions, counts } = sandbox.ledger();
			expectEqual('orders', orders.map(({ no }) => no).join(), ORDER);
			expectEqual('bags, deletions, events', bags.length + deletions.length + counts.events, 0);
		});
	} finally {
		sandbox.set({ movedPaths: {} });
	}
}

/** What a node has put out, from n8n's record of the execution. */
async function itemsOf({ n8n }: FlowStage, id: string, node: string): Promise<Item[]> {
	const { resultData } = (await n8n.rest.executionData(id)) as {
		resultData: {
			runData: Record<string, Array<{ data?: { main: Array<Array<{ json: Item }>> } }>>;
		};
	};
	return resultData.runData[node]?.[0]?.data?.main[0]?.map(({ json }) => json) ?? [];
}
