/** Flows that a Shop Trigger starts, and a shop that delivers to them. */
import { randomUUID } from 'node:crypto';
import { deliver } from '../shop';
import type { N8n } from '../n8n';
import { until } from '../poll';
import type { Credential, Execution, Workflow, WorkflowNode } from '../rest';
import { webhookListens } from '../webhook';
import type { ShopName } from '../../sandbox/shops';

export interface ShopFlow {
	workflow: Workflow;
	shop: ShopName;
	/** Below n8n's own address, which another n8n may take over. */
	path: string;
	/** Executions that n8n was killed in. It does not always tell that they are over. */
	killed: Set<string>;
}

/** What a flow does with a delivery. */
type End = Pick<WorkflowNode, 'type' | 'typeVersion' | 'parameters' | 'credentials'>;

const NOTHING: End = { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

/** @param amount seconds */
export const waiting = (amount: number): End => ({
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { amount, unit: 'seconds' },
});

/** Shop Trigger → one more node, switched on. */
export async function shopFlow(
	{ rest, url }: N8n,
	shop: ShopName,
	{ id, name, type }: Credential,
	parameters: object = {},
	end = NOTHING,
): Promise<ShopFlow> {
	const webhookId = randomUUID();
	const place = { id: randomUUID(), position: [0, 0], typeVersion: 1 };
	const workflow = await rest.createWorkflow({
		name: `Shop Trigger ${shop} ${JSON.stringify(parameters)}`,
		nodes: [
			{
				...place,
				name: 'Shop Trigger',
				type: 'n8n-nodes-tw-td.shopTrigger',
				webhookId,
				parameters: { shop, events: EVERY, ...parameters },
				credentials: { [type]: { id, name } },
			},
			{
				...place,
				...end,
				id: randomUUID(),
				name: 'End',
			},
		],
		connections: { 'Shop Trigger': { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	await rest.activate(workflow);
	const path = `/webhook/${webhookId}/webhook`;
	await webhookListens(url + path);
	return { workflow, shop, path, killed: new Set() };
}

const EVERY = ['order_paid', 'order_refunded', 'order_cancelled'];

/** Delivers to a flow as its shop does. */
export const deliverTo = (
	{ url }: Pick<N8n, 'url'>,
	{ shop, path }: ShopFlow,
	...[body, signing]: Parameters<typeof deliver> extends [string, ShopName, ...infer Rest]
		? Rest
		: never
) => deliver(url + path, shop, body, signing);

const isRunning = ({ status }: Execution) => ['new', 'running', 'waiting'].includes(status);

/** Notes what a killed n8n has left running, before the next one is given anything. */
export async function noteKilled(
	{ rest }: Pick<N8n, 'rest'>,
	{ workflow, killed }: ShopFlow,
): Promise<void> {
	for (const one of await rest.listExecutions(workflow.id, 100)) {
		if (isRunning(one)) killed.add(one.id);
	}
}

/** The executions of a flow, once it has this many and all are over; the newest first. */
export async function executionsOf(
	{ rest }: Pick<N8n, 'rest'>,
	{ workflow, killed }: ShopFlow,
	count: number,
): Promise<Execution[]> {
	return await until(
		`${count} executions of "${workflow.name}" to end`,
		async () => {
			const all = await rest.listExecutions(workflow.id, 100).catch(() => []);
			const areOver = all.every((one) => killed.has(one.id) || !isRunning(one));
			return all.length >= count && areOver ? all : undefined;
		},
		{ seconds: 120 },
	);
}

/** The item that an execution began with. */
export async function itemOf(
	{ rest }: Pick<N8n, 'rest'>,
	{ id }: Execution,
): Promise<Record<string, unknown>> {
	const { resultData } = (await rest.executionData(id)) as {
		resultData: {
			runData: Record<string, [{ data: { main: [[{ json: Record<string, unknown> }]] } }]>;
		};
	};
	return resultData.runData['Shop Trigger']![0].data.main[0][0].json;
}

/** What an execution says that failed. */
export async function failureOf({ rest }: Pick<N8n, 'rest'>, { id }: Execution): Promise<string> {
	const { resultData } = (await rest.executionData(id)) as {
		resultData: { error?: { message: string; description?: string | null } };
	};
	return [resultData.error?.message, resultData.error?.description].filter(Boolean).join(' ');
}
