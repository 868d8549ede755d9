/** A shop's flow, built in the editor from an empty canvas as a person does it. */
import type { Editor } from './editor';
import { watchHands, type Work } from './hands';

/** What a person has to know that no shop tells; sizes in the unit of the TW account. */
const BOX = { boxLength: '12', boxWidth: '9', boxHeight: '6' };

/** Builds Shop Trigger → TW Order → TW Label → TD Order Event; the address of the page has the flow's ID. */
export async function buildShopFlow(editor: Editor): Promise<Work> {
	await editor.openEmpty();
	const work = await watchHands(editor.page);

	await editor.part('canvas-add-button').click();
	await editor.add('shop trigger', 'Shop', 'On order paid');
	await editor.leaveNode();

	await editor.addBehind('TW Order', 'Create an order');
	await editor.choose('specifyOrder', "From a Shop's Order");
	await editor.openList('product');
	await editor.part('rlc-item').filter({ hasText: '(UA)' }).click();
	await editor.choose('weightUnit', 'Pounds');
	for (const [name, value] of Object.entries(BOX)) await editor.type(name, value);
	await editor.leaveNode();

	await editor.addBehind('TW Label', 'Download the label of an order');
	await editor.leaveNode();
	await editor.addBehind('TD Order Event', 'Report a shop event');
	await editor.leaveNode();
	// n8n puts a node where there is room on the screen, not behind the last
	await editor.part('tidy-up-button').click();
	return await work();
}

/** Switches the flow on that is open. */
export async function publish(editor: Editor): Promise<void> {
	await editor.part('workflow-open-publish-modal-button').click();
	await editor.part('workflow-publish-button').click();
	await editor.page.getByRole('button', { name: 'Got it' }).click();
}
