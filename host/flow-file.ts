import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credential, WorkflowFile } from './rest';

/** The flows that this repository ships, and an order to try them with. */
export const workflowsFolder = join(__dirname, '..', 'workflows');

/**
 * A flow of workflows/ with credentials of this n8n in place of those it was exported with. Of several
 * credentials of one type, the one of the same name is taken.
 */
export function readFlow(file: string, credentials: Credential[]): WorkflowFile {
	const flow = JSON.parse(readFileSync(join(workflowsFolder, file), 'utf8')) as WorkflowFile;
	for (const node of flow.nodes) {
		// n8n builds the webhook's address from this id; two flows must not share one
		if (node.webhookId) node.webhookId = randomUUID();
		for (const [type, { name }] of Object.entries(node.credentials ?? {})) {
			const fitting = credentials.filter((each) => each.type === type);
			const match = fitting.find((each) => each.name === name) ?? fitting[0];
			if (!match) throw new Error(`The node "${node.name}" needs a credential of type ${type}`);
			node.credentials = { ...node.credentials, [type]: { id: match.id, name: match.name } };
		}
	}
	return flow;
}
