import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { WorkflowFile } from '../rest';
import type { Stage } from '../smoke/stage';
import { manualFlow, type Editor } from './editor';
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
		await part.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
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
	await editor.openNode('TW Order');
	await save('shop-order', panel);
	await editor.leaveNode();
	const shop = await publishOpen(editor, stage);
	const { id } = await shop.deliver(1042, withoutWeight);
	await save('shop-error', await editor.openOutput(shop, id, 'TW Order', MISSING));

	await addCreateOrder(editor, 'TW Order');
	await editor.openList('product');
	await editor.part('rlc-item').filter({ hasText: '(U2)' }).click();
	await fillOrder(editor, 'ORD-0001');
	await editor.run("'Weight' of Box 1 is empty");
	await save('error', panel);
	await fillBox(editor);
	await editor.run('forecast completed');
	await editor.parameter('no').scrollIntoViewIfNeeded();
	await save('tw-order', panel);

	await editor.part('credential-edit-button').click();
	await editor.part('credentials-config-container-test-success').waitFor();
	await save('credentials', editor.part('editCredential-modal'));

	await editor.openFlow(manualFlow('TD Order Event'));
	await editor.part('canvas-handle-plus').click();
	await editor.add('chargeback', 'TD Order Event', 'Report the chargeback of an order');
	await save('td-event', panel);
	await page.goto('about:blank');
}
