import type { FlowStage } from '../../flows/stage';
import type { WorkflowFile, WorkflowNode } from '../../rest';
import { manualFlow, type Editor } from '../editor';

/** The credential that a node of ours works with. */
const CREDENTIALS: Readonly<Record<string, string>> = {
	tdOrderEvent: 'tdApi',
	shopTrigger: 'shopWebhookApi',
};

/** A node of ours, by the name of its type, with the stage's credential for it. */
export function nodeOfOurs(
	{ credentials }: Pick<FlowStage, 'credentials'>,
	name: string,
	type: string,
	parameters: Record<string, unknown>,
	x = 220,
): WorkflowNode {
	const wanted = CREDENTIALS[type] ?? 'twApi';
	const { id, name: called } = credentials.find((each) => each.type === wanted)!;
	return {
		id: name,
		name,
		type: `n8n-nodes-tw-td.${type}`,
		typeVersion: 1,
		position: [x, 0],
		parameters,
		credentials: { [wanted]: { id, name: called } },
	};
}

/** Opens one node of ours behind a click, as somebody has filled it in. */
export async function openSingle(editor: Editor, node: WorkflowNode): Promise<void> {
	const { nodes, ...flow } = manualFlow(node.name);
	const alone: WorkflowFile = {
		...flow,
		nodes: [...nodes, node],
		connections: { Start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
	};
	await editor.openFlow(alone);
	await editor.openNode(node.name);
}

const BOX = { number: 1, weight: 5, length: 12, width: 9, height: 6, declaredValue: 0 };

/** What somebody enters in TW Order → Create. */
export const orderOf = (no: string, more: Record<string, unknown> = {}) => ({
	operation: 'create',
	no,
	product: { __rl: true, mode: 'code', value: 'UA' },
	consignee_by: 'warehouse',
	consignee_warehouse: 'MSP1',
	boxes: { item: [BOX] },
	...more,
});

/** The same to a person's address. */
export const addressed = (more: Record<string, unknown> = {}) => ({
	consignee_by: 'address',
	consignee_name: 'Jane Doe',
	consignee_address: '1 Main Street',
	consignee_city: 'Los Angeles',
	consignee_stateProvince: 'CA',
	consignee_postcode: '90001',
	consignee_countryCode: 'US',
	consignee_phone: '2135550100',
	...more,
});
