/** Flows of a webhook and a few nodes, and what became of their executions. */
import { randomUUID } from 'node:crypto';
import { until } from '../poll';
import type { Credential, N8nRest, Workflow, WorkflowNode } from '../rest';
import { webhookListens } from '../webhook';

/** A node of a chain; the webhook before it and the connections are added. */
export type ChainNode = Pick<WorkflowNode, 'name' | 'type' | 'parameters'> & {
	typeVersion: number;
	onError?: string;
};

export interface HostFlow {
	workflow: Workflow;
	/** Its address. */
	webhook: string;
}

/** Creates a flow that a POST starts and that answers when it has ended, or at once; switches it on. */
export async function createFlow(
	rest: N8nRest,
	name: string,
	chain: ChainNode[],
	credentials: Credential[],
	answers: 'at the end' | 'at once' = 'at the end',
): Promise<HostFlow> {
	const path = randomUUID();
	const start: ChainNode = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: {
			httpMethod: 'POST',
			path,
			...(answers === 'at once'
				? { responseMode: 'onReceived' }
				: { responseMode: 'lastNode', responseData: 'allEntries' }),
			options: {},
		},
	};
	const nodes = [start, ...chain].map((node, i) => ({
		...node,
		id: randomUUID(),
		position: [i * 200, 0],
		...(node === start ? { webhookId: randomUUID() } : {}),
		credentials: Object.fromEntries(
			credentials
				.filter(({ type }) => usesCredential(node.type, type))
				.map(({ type, id, name: title }) => [type, { id, name: title }]),
		),
	}));
	const connections: Record<string, unknown> = {};
	for (const [i, { name: to }] of chain.entries()) {
		const from = nodes[i]!.name;
		connections[from] = { main: [[{ node: to, type: 'main', index: 0 }]] };
	}
	const workflow = await rest.createWorkflow({
		name,
		nodes,
		connections,
		settings: { executionOrder: 'v1' },
	});
	await rest.activate(workflow);
	const webhook = `${rest.url}/webhook/${path}`;
	await webhookListens(webhook);
	return { workflow, webhook };
}

const usesCredential = (nodeType: string, credentialType: string) =>
	nodeType.startsWith(`n8n-nodes-tw-td.${credentialType === 'twApi' ? 'tw' : 'td'}`);

/** Starts a flow; resolves with its answer. */
export async function post(
	webhook: string,
	body: unknown,
	headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
	const answer = await fetch(webhook, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
	return { status: answer.status, text: await answer.text() };
}

/** What a failed execution says in the editor. */
export interface Failure {
	message: string;
	description: string;
}

/** Ids of a flow's executions so far, those under way included. */
export async function executionIds(rest: N8nRest, { workflow }: HostFlow): Promise<Set<string>> {
	return new Set((await rest.listExecutions(workflow.id)).map(({ id }) => id));
}

/** Waits until an execution that was not known is stored; tells how it ended. */
export async function nextExecution(
	rest: N8nRest,
	{ workflow }: HostFlow,
	known: Set<string>,
): Promise<{ failure?: Failure }> {
	const execution = await until(`the end of an execution of ${workflow.name}`, async () => {
		const all = await rest.listExecutions(workflow.id);
		return all.find(
			({ id, status }) => !known.has(id) && !['new', 'running', 'waiting'].includes(status),
		);
	});
	const data = (await rest.executionData(execution.id)) as {
		resultData: { error?: { message: string; description?: string | null } };
	};
	const { error } = data.resultData;
	return error ? { failure: { message: error.message, description: error.description ?? '' } } : {};
}
