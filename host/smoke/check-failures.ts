import type { Checks } from './checks';
import { expect, expectEqual } from './expect';
import { lastExecution } from './executions';
import { send, shopOrder, type ShopOrder } from './shop';
import type { Flow, Stage } from './stage';

/**
 * Runs that fail: by what came in, and by what the vendors answer. The vendors repeat the whole
 * request in their answer, secrets included, which is what the search for secrets then needs.
 */
export async function checkFailures(
	stage: Stage,
	{ workflow }: Flow,
	webhook: string,
	checks: Checks,
): Promise<void> {
	const { n8n, sandbox } = stage;
	const before = sandbox.ledger().counts;

	await checks.check(
		'an order without weight fails, names the field, and sends nothing',
		async () => {
			const id = await failingRun(shopOrder({ order_number: 2001, line_items: [] }));
			expect(await tells(id, "'Weight'"), `execution ${id} does not name the field`);
			expectEqual('orders', sandbox.ledger().counts.orders, before.orders);
			expectEqual('events', sandbox.ledger().counts.events, before.events);
		},
	);

	await checks.check('an order that TW refuses fails', async () => {
		sandbox.fault({ kind: 'echo', path: 'orderForecast', times: 1 });
		await failingRun(shopOrder({ order_number: 2002 }));
		expectEqual('orders', sandbox.ledger().counts.orders, before.orders);
	});

	await checks.check('an event that TD refuses does not cost the label', async () => {
		sandbox.fault({ kind: 'echo', path: new URL(sandbox.td.baseUrl).pathname, times: 1 });
		const { status, type } = await send(webhook, shopOrder({ order_number: 2003 }));
		expectEqual('HTTP status', status, 200);
		expectEqual('content-type', type.split(';')[0], 'application/pdf');
		expectEqual('events', sandbox.ledger().counts.events, before.events);
	});

	/** Sends an order that must come to nothing, and gives the id of its execution. */
	async function failingRun(order: ShopOrder): Promise<string> {
		// The HTTP status is n8n's: 2.41 answers 500, 2.8 answers 200
		const { type } = await send(webhook, order);
		expect(!type.includes('pdf'), 'the shop got a label');
		const { id, status } = await lastExecution(stage, workflow);
		expectEqual('execution', status, 'error');
		return id;
	}

	async function tells(executionId: string, text: string): Promise<boolean> {
		return JSON.stringify(await n8n.rest.executionData(executionId)).includes(text);
	}
}
