import { exampleOrder, type ExampleOrder } from '../example-flow';
import type { Checks } from './checks';
import { binariesOf, lastExecution, tell } from './executions';
import { expect, expectEqual } from './expect';
import type { Flow, Stage } from './stage';

/**
 * Runs that fail: by what came in, and by what the vendors answer. The vendors repeat the whole
 * request in their answer, secrets included, which is what the search for secrets then needs.
 */
export async function checkFailures(stage: Stage, flow: Flow, checks: Checks): Promise<void> {
	const { n8n, sandbox } = stage;
	const before = sandbox.ledger().counts;

	await checks.check('an order whose weight nobody tells fails, and is not ordered', async () => {
		const order = exampleOrder();
		const lines = order.line_items.map((line) => ({ ...line, grams: null as never }));
		const id = await failingRun({ ...order, ...numbered(2001), line_items: lines });
		expect(await tells(id, 'Hand grinder'), `execution ${id} does not name the article`);
		expectEqual('orders', sandbox.ledger().counts.orders, before.orders);
	});

	await checks.check('an order that TW refuses fails', async () => {
		sandbox.fault({ kind: 'echo', path: 'orderForecast', times: 1 });
		await failingRun(exampleOrder(numbered(2002)));
		expectEqual('orders', sandbox.ledger().counts.orders, before.orders);
	});

	await checks.check('an event that TD refuses does not cost the label', async () => {
		const { events } = sandbox.ledger().counts;
		sandbox.fault({ kind: 'echo', path: new URL(sandbox.td.baseUrl).pathname, times: 1 });
		const { id, status } = await run(exampleOrder(numbered(2003)));
		expectEqual('execution', status, 'success');
		const files = binariesOf(await n8n.rest.executionData(id));
		expectEqual('files', files.join(), 'application/pdf');
		// The payment was refused; its result is an event of its own
		expectEqual('events', sandbox.ledger().counts.events, events + 1);
	});

	/** Sends an order that must come to nothing, and gives the id of its execution. */
	async function failingRun(order: ExampleOrder): Promise<string> {
		const { id, status } = await run(order);
		expectEqual('execution', status, 'error');
		return id;
	}

	async function run(order: ExampleOrder) {
		await tell(stage, flow, order);
		return await lastExecution(stage, flow.workflow);
	}

	async function tells(executionId: string, text: string): Promise<boolean> {
		return JSON.stringify(await n8n.rest.executionData(executionId)).includes(text);
	}
}

const numbered = (number: number) => ({
	id: 5_823_647_000_000 + number,
	order_number: number,
	name: `#${number}`,
});
