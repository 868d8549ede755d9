import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Execution, WorkflowFile } from '../rest';
import type { Stage } from '../smoke/stage';
import type { Editor } from './editor';
import { drawLabel } from './label-picture';
import { addCreateOrder, fillBox, fillOrder } from './order-panel';
import { buildShopFlow } from './shop-flow';
import { MISSING, publishOpen, withoutWeight } from './shop-orders';

/** The pictures that stand in README and docs. */
export async function takeShots(
	editor: Editor,
	stage: Stage,
	folder: string,
	flow: WorkflowFile,
): Promise<void> {
	const { page } = editor;
	const save = async (name: string, part: Locator) => {
		const path = join(folder, `${name}.png`);
		// As long as its spinner fades, a button has no words
		await part.locator('[aria-busy="true"], .n8n-spinner').first().waitFor({ state: 'detached' });
		await part.screenshot({ path, animations: 'disabled', style: UNCOVERED });
		console.log(`  ✓ docs/img/${name}.png`);
	};
	const panel = editor.part('ndv');

	// Notes are for reading in the editor; in a picture this small they are grey paper
	await editor.openFlow({
		...flow,
		nodes: flow.nodes.filter(({ type }) => !type.endsWith('stickyNote')),
	});
	await editor.part('zoom-to-fit').click();
	await save('flow', editor.part('canvas'));

	await buildShopFlow(editor);
	await editor.part('zoom-to-fit').click();
	await save('shop-flow', editor.part('canvas'));
	const shop = await publishOpen(editor, stage);
	const open = async (execution: Execution, node: string, words: string | RegExp) => {
		const output = await editor.openOutput(shop, execution.id, node, words);
		return { output, panel: output.locator('xpath=ancestor::*[@data-test-id="ndv"]') };
	};
	const shipped = await shop.deliver(1042);
	const order = await open(shipped, 'TW Order', 'completed');
	// A table is wider than the panel, and would end before the tracking number
	await order.output.locator('[data-test-id="radio-button-schema"]').click();
	await save('tw-order', order.panel);
	await save('td-event', (await open(shipped, 'TD Order Event', 'order_payment')).panel);
	const refused = await shop.deliver(1043, withoutWeight);
	await save('shop-error', (await open(refused, 'TW Order', MISSING)).output);
	await save('label', await drawLabel(page, stage.host, await lastLabel(stage)));

	await addCreateOrder(editor, 'TW Order');
	await editor.openList('product');
	await editor.part('rlc-item').filter({ hasText: '(U2)' }).click();
	await fillOrder(editor, 'ORD-0001');
	await editor.run("'Weight' of Box 1 is empty");
	await save('error', panel);
	await fillBox(editor);
	await editor.run('forecast completed');

	await editor.part('credential-edit-button').click();
	await editor.part('credentials-config-container-test-success').waitFor();
	await save('credentials', editor.part('editCredential-modal'));
	await page.goto('about:blank');
}

/** n8n's messages in the corner lie over the output, its tabs over the canvas. */
const UNCOVERED = '.el-notification, .tab-bar-container { visibility: hidden !important }';

/** The label that TW Label has fetched last, as the sandbox serves it. */
async function lastLabel({ sandbox }: Stage): Promise<Buffer> {
	const { path } = sandbox.ledger().labelDownloads.at(-1)!;
	return Buffer.from(await (await fetch(`${sandbox.labelUrl}${path}`)).arrayBuffer());
}
