/** What would stop a newcomer before the first parcel. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { DAY_MS } from '../../../lib/base/durations';
import { exampleFlow } from '../../example-flow';
import type { FlowStage } from '../../flows/stage';
import { until } from '../../poll';
import type { Checks } from '../../smoke/checks';
import { expect, expectEqual } from '../../smoke/expect';
import { addCreateOrder } from '../order-panel';
import { manualFlow, type Editor } from '../editor';
import type { Pictures } from './pictures';
import { nodeOfOurs, openSingle, orderOf } from './single';

export async function checkFirstSteps(
	editor: Editor,
	stage: FlowStage,
	checks: Checks,
	keep: Pictures,
): Promise<void> {
	const { sandbox, n8n } = stage;
	const { page } = editor;
	sandbox.reset();

	await checks.check(
		"Shop Trigger's panel says in a list what to do for the chosen event, and that it takes https",
		async () => {
			await openTrigger(editor, stage);
			const panel = editor.part('node-parameters');
			await panel.locator('li').first().waitFor();
			const words = await panel.innerText();
			expect(/https/.test(words) && words.includes('WEBHOOK_URL'), words);
			expect(words.includes('orders/paid') && !words.includes('refunds/create'), words);
			await keep('shop-trigger', editor.part('ndv'));
		},
	);
	await checks.check('a listening trigger gets an order from npm run demo:order', async () => {
		await editor.part('node-execute-button').first().click();
		const url = await testUrl(editor);
		const said = await demoOrder(url, stage.shopSecret);
		expect(/n8n answered 200/.test(said), said);
		await editor.output(/1042/);
	});
	await checks.check('a wrong secret shows where one waits for the order', async () => {
		await editor.part('node-execute-button').first().click();
		await demoOrder(await testUrl(editor), 'some-other-secret');
		const words = await editor.output(/[Ss]ignature/);
		expect(/Copy the secret/.test(words), words);
		await keep('wrong-secret', editor.part('ndv'));
	});
	for (const [width, height] of [
		[1280, 800],
		[1366, 768],
	] as const) {
		await checks.check(
			`nothing covers the trigger's own button at ${width} × ${height}`,
			async () => {
				await page.setViewportSize({ width, height });
				await editor.openFlow(exampleFlow(stage.credentials));
				const button = editor.part('execute-workflow-button-Shop Trigger').first();
				await editor.part('canvas-node').filter({ hasText: 'Shop Trigger' }).first().hover();
				await keep(`example-${width}`, page.locator('body'));
				await button.click({ trial: true, timeout: 5_000 });
			},
		);
	}
	await page.setViewportSize({ width: 1280, height: 800 });

	await checks.check(
		'TW Order has a box from the start, and shows where the next begins',
		async () => {
			await addCreateOrder(editor, 'Boxes');
			const boxes = editor.part('fixed-collection-boxes');
			await boxes.locator('[data-test-id="parameter-input-weight"]').first().waitFor();
			await boxes.getByRole('button', { name: 'Add Box' }).click();
			await keep('boxes', editor.part('ndv'));
			// n8n shows titles of entries only where its trial of a new layout is on
			const words = await boxes.innerText();
			expectEqual('beginnings', words.match(/Boxes Like This/g)?.length, 2);
		},
	);
	await checks.check('a shop secret that nothing has tried is not called good', async () => {
		await openTrigger(editor, stage);
		await editor.part('credential-edit-button').click();
		const modal = editor.part('editCredential-modal');
		await modal.waitFor();
		await modal.locator('[data-test-id="parameter-input-secret"]').waitFor();
		const words = await modal.innerText();
		expect(!/tested successfully/.test(words), words);
		await keep('shop-secret', modal);
	});
	await checks.check("the sandbox's newest invoice is of these days", async () => {
		await openSingle(
			editor,
			nodeOfOurs(stage, 'Invoices', 'twInvoice', { operation: 'getAll', limit: 1 }),
		);
		const said = await editor.run(/20\d\d-\d\d/);
		const days = [...said.matchAll(/20\d\d-\d\d-\d\d/g)].map(([day]) => Date.parse(day));
		const month = 31 * DAY_MS;
		expect(
			days.some((day) => Math.abs(day - Date.now()) < month),
			said,
		);
	});
	await checks.check('Get Lines takes the invoice before it', async () => {
		await openSingle(editor, nodeOfOurs(stage, 'Lines', 'twInvoice', { operation: 'getLines' }));
		const words = await editor.part('node-parameters').innerText();
		expect(/\$json\./.test(words), words);
	});
	await checks.check('Get says in words how far an order is', async () => {
		const order = orderOf('STEP-1', { waitForCompletion: true });
		await openSingle(editor, nodeOfOurs(stage, 'Ordered', 'twOrder', order));
		await editor.run('STEP-1');
		const get = { operation: 'get', no: 'STEP-1' };
		await openSingle(editor, nodeOfOurs(stage, 'Got', 'twOrder', get));
		await editor.run('completed');
	});
	await checks.check('as a tool, TW Order opens on what only reads', async () => {
		const { nodes, ...flow } = manualFlow('Tool');
		const tool = { ...nodeOfOurs(stage, 'Tool', 'twOrderTool', {}), typeVersion: 2 };
		await editor.openFlow({
			...flow,
			nodes: [
				...nodes,
				{ ...tool, credentials: nodeOfOurs(stage, '', 'twOrder', {}).credentials! },
			],
		});
		await editor.openNode('Tool');
		const operation = editor.parameter('operation').locator('input');
		await until('the operation', async () => (await operation.inputValue()) || undefined);
		expect(/^(Get|Quote)/.test(await operation.inputValue()), await operation.inputValue());
		await editor.part('node-parameters').getByText('Defined automatically by the').waitFor();
		await keep('tool', editor.part('ndv'));
	});

	/** What the trigger's panel shows as its test address. */
	async function testUrl({ page }: Editor): Promise<string> {
		const id = /\/workflow\/([^/?]+)/.exec(page.url())![1]!;
		const { nodes } = await n8n.rest.call<{ nodes: { webhookId?: string }[] }>(
			'GET',
			`/rest/workflows/${id}`,
		);
		const webhook = nodes.find(({ webhookId }) => webhookId)!.webhookId!;
		return `${n8n.url}/webhook-test/${webhook}/webhook`;
	}
}

async function openTrigger(editor: Editor, stage: FlowStage): Promise<void> {
	const node = nodeOfOurs(stage, 'Shop Trigger', 'shopTrigger', { events: ['order_paid'] }, 0);
	await editor.openFlow({
		name: 'Shop',
		nodes: [{ ...node, webhookId: crypto.randomUUID() }],
		connections: {},
	});
	await editor.openNode('Shop Trigger');
}

/** What `npm run demo:order` says when it sends an order there. */
async function demoOrder(url: string, secret: string): Promise<string> {
	const program = join(__dirname, '..', '..', 'demo-order.ts');
	const tsx = join(__dirname, '..', '..', '..', 'node_modules', 'tsx', 'dist', 'cli.mjs');
	const child = spawn(process.execPath, [tsx, program, '--to', url], {
		env: { ...process.env, SHOP_SECRET: secret },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [said, wrong] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, 'exit'),
	]);
	return `${said}${wrong}`;
}
