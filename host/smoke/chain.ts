import { randomUUID } from 'node:crypto';
import { webhookListens } from '../webhook';
import type { Credential, Workflow, WorkflowFile, WorkflowNode } from '../rest';
import { nameOf, type OperationCall } from './operations';
import type { Stage } from './stage';

const PACKAGE = 'n8n-nodes-tw-td';

/** A node of ours with the sandbox's credential. */
export function ownNode(
	name: string,
	type: string,
	parameters: Record<string, unknown>,
	credentials: Credential[],
): WorkflowNode {
	const credentialType = type.startsWith('td') ? 'tdApi' : 'twApi';
	const credential = credentials.find((each) => each.type === credentialType);
	if (!credential) throw new Error(`There is no credential of type ${credentialType}`);
	return {
		id: randomUUID(),
		name,
		type: `${PACKAGE}.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { [credentialType]: { id: credential.id, name: credential.name } },
	};
}

/** A flow that runs calls one after the other, each once, started by a webhook. */
export function chain(
	path: string,
	calls: OperationCall[],
	credentials: Credential[],
): WorkflowFile {
	const start: WorkflowNode = {
		id: randomUUID(),
		name: 'Start',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: randomUUID(),
		parameters: { path, httpMethod: 'POST', responseMode: 'lastNode' },
	};
	const steps = calls.map((call) => ({
		...ownNode(
			nameOf(call),
			call.type,
			{ operation: call.operation, ...call.parameters },
			credentials,
		),
		executeOnce: true,
	}));
	const nodes = [start, ...steps];
	const connections = Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, i) => [
				name,
				{ main: [[{ node: nodes[i + 1]!.name, type: 'main', index: 0 }]] },
			]),
	);
	return { name: path, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** Creates a chain, switches it on and sets it going. */
export async function runChain(
	{ n8n }: Stage,
	path: string,
	calls: OperationCall[],
	credentials: Credential[],
): Promise<Workflow> {
	const workflow = await n8n.rest.createWorkflow(chain(path, calls, credentials));
	await n8n.rest.activate(workflow);
	const url = `${n8n.url}/webhook/${path}`;
	await webhookListens(url);
	await fetch(url, { method: 'POST' });
	return workflow;
}
