/** Flows of a webhook and a few nodes, and what became of their executions. */
import { randomUUID } from 'node:crypto';
import { until } from '../poll';
import type { Credential, N8nRest, Workflow, WorkflowNode } from '../rest';
import { webhookListens } from '../webhook';

/** A node of a chain; the webhook before it and the connections are added. */
export type ChainNode = Pick<WorkflowNode, 'name' | 'type' | 'parameters'> & {
	typeVersion: number;
	onError?: string;
	executeOnce?: boolean;
	retryOnFail?: boolean;
	maxTries?: number;
	/** Milliseconds. */
	waitBetweenTries?: number;
	/** Credential type for a node of n8n's own; our nodes get theirs without a word. */
	credentialType?: string;
	/** All types of a node that has several. */
	credentialTypes?: readonly string[];
	/** Which output of the node before leads here; the first if left out. */
	afterOutput?: number;
	/** Name of an earlier node that this one leads back to. */
	backTo?: string;
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
	const nodes = [start, ...chain].map(
		({ credentialType, credentialTypes, afterOutput: _output, backTo: _to, ...node }, i) => ({
			...node,
			id: randomUUID(),
			position: [i * 200, 0],
			...(i === 0 ? { webhookId: randomUUID() } : {}),
			credentials: Object.fromEntries(
				credentials
					.filter(({ type }) =>
						(credentialTypes ?? [credentialType ?? credentialTypeOf(node.type)]).includes(type),
					)
					.map(({ type, id, name: title }) => [type, { id, name: title }]),
			),
		}),
	);
	const connections: Record<string, unknown> = {};
	const connect = (from: string, to: string, output = 0) => {
		const before = Array.from({ length: output }, () => []);
		connections[from] = { main: [...before, [{ node: to, type: 'main', index: 0 }]] };
	};
	for (const [i, { name, afterOutput, backTo }] of chain.entries()) {
		connect(nodes[i]!.name, name, afterOutput);
		if (backTo) connect(name, backTo);
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

function credentialTypeOf(nodeType: string): string | undefined {
	const ours = /^n8n-nodes-tw-td\.(tw|td)/.exec(nodeType);
	return ours ? `${ours[1]}Api` : undefined;
}

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

/** What n8n keeps of one run of a node. */
export interface NodeRun {
	/** Milliseconds since 1970. */
	startTime: number;
	/** Milliseconds. */
	executionTime: number;
	executionStatus: string;
	error?: { message: string };
	data?: { main: Array<Array<{ json: Record<string, unknown> }> | null> };
}

/** Waits until an execution that was not known is stored; tells how it ended and what each node did. */
export async function nextExecution(
	rest: N8nRest,
	{ workflow }: HostFlow,
	known: Set<string>,
	patience: Parameters<typeof until>[2] = {},
): Promise<{ failure?: Failure; runs: Record<string, NodeRun[]> }> {
	const ended = async () => {
		// A host at work may drop a connection that was idle
		const all = await rest.listExecutions(workflow.id).catch(() => []);
		return all.find(
			({ id, status }) => !known.has(id) && !['new', 'running', 'waiting'].includes(status),
		);
	};
	const execution = await until(`the end of an execution of ${workflow.name}`, ended, patience);
	const data = (await rest.executionData(execution.id)) as {
		resultData: {
			error?: { message: string; description?: string | null };
			runData: Record<string, NodeRun[]>;
		};
	};
	const { error, runData: runs } = data.resultData;
	if (!error) return { runs };
	return { failure: { message: error.message, description: error.description ?? '' }, runs };
}
