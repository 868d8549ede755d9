import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credential, WorkflowFile } from './rest';

const workflows = join(__dirname, '..', 'workflows');

/** The path that the example flow's webhook listens on, below /webhook/. */
export const webhookPath = 'shop-order';

/** An order as a shop sends it, for trying the example flow. */
export const shopOrderFile = join(workflows, 'shop-order.json');

/** The example flow with credentials of this n8n in place of those it was exported with. */
export function exampleFlow(credentials: Credential[]): WorkflowFile {
	const file = join(workflows, 'order-label-ship.json');
	const flow = JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile;
	for (const node of flow.nodes) {
		// n8n builds the webhook's address from this id; two flows must not share one
		if (node.webhookId) node.webhookId = randomUUID();
		for (const type of Object.keys(node.credentials ?? {})) {
			const match = credentials.find((each) => each.type === type);
			if (!match) throw new Error(`The node "${node.name}" needs a credential of type ${type}`);
			node.credentials = { ...node.credentials, [type]: { id: match.id, name: match.name } };
		}
	}
	return flow;
}
