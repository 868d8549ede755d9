import { manualFlow, type Editor } from './editor';

/** Adds TW Order → Create behind the start of a new flow, found by search; its panel is open then. */
export async function addCreateOrder(editor: Editor, flowName: string): Promise<void> {
	await editor.openFlow(manualFlow(flowName));
	await editor.addBehind('TW Order', 'Create an order');
}

/** Fills in an order but for the weight and size of the box that is there from the start. */
export async function fillOrder(editor: Editor, no: string): Promise<void> {
	await editor.type('no', no);
	await editor.choose('consignee_by', 'Warehouse Code');
	await editor.type('consignee_warehouse', 'MSP1');
}

/** Fills in the box. */
export async function fillBox(editor: Editor): Promise<void> {
	for (const [name, value] of [
		['weight', '5'],
		['length', '12'],
		['width', '9'],
		['height', '6'],
	] as const) {
		await editor.type(name, value);
	}
}
