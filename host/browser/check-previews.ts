import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import type { WorkflowFile, WorkflowNode } from '../rest';
import { manualFlow, type Editor } from './editor';

/** Operations, and a field of what they will put out. */
const PREVIEWS: Array<[title: string, type: string, operation: string, field: string]> = [
	['TW Order Create', 'twOrder', 'create', 'tracking_number'],
	['TW Label Download', 'twLabel', 'download', 'no'],
	['TD Refund', 'tdOrderEvent', 'order_refund', 'order_id'],
];

/** What a node will put out is shown before it has ever run, and can be dragged into the next one. */
export async function checkPreviews(editor: Editor, checks: Checks): Promise<void> {
	for (const [title, type, operation, field] of PREVIEWS) {
		await checks.check(
			`before any run, ${field} of ${title} is dragged into the next node`,
			async () => {
				await editor.openFlow(flowOf(type, operation));
				await editor.openNode(NEXT);
				const input = editor.part('ndv-input-panel');
				await input.getByText('Usually outputs the following fields').waitFor();
				const pill = input.locator(`[data-target="mappable"][data-value="{{ $json.${field} }}"]`);
				const parameter = editor.parameter('order_id');
				expectEqual('before', await parameter.locator('input').inputValue(), '');
				await editor.drag(pill, parameter);
				await parameter.getByText(`{{ $json.${field} }}`).waitFor();
				expect((await editor.part('output-panel').innerText()).includes('No output'), 'it has run');
			},
		);
	}
}

const NEXT = 'Ship';

function flowOf(type: string, operation: string): WorkflowFile {
	const { nodes, ...flow } = manualFlow(`Preview of ${operation}`);
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		...flow,
		nodes: [
			...nodes,
			nodeOf('Before', type, operation, 220),
			nodeOf(NEXT, 'tdOrderEvent', 'order_ship', 440),
		],
		connections: { Start: to('Before'), Before: to(NEXT) },
	};
}

const nodeOf = (name: string, type: string, operation: string, x: number): WorkflowNode => ({
	id: name,
	name,
	type: `n8n-nodes-tw-td.${type}`,
	typeVersion: 1,
	position: [x, 0],
	parameters: { operation },
});
