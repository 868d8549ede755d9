import { readFlow } from '../flow-file';
import { until } from '../poll';
import type { Execution, Workflow, WorkflowFile } from '../rest';
import type { FlowStage } from './stage';

/** What a user enters into the flow before switching it on. */
export interface Entries {
	/** Values for the fields of the flow's node Settings. */
	settings?: Record<string, string>;
	/** Values for parameters of other nodes. */
	parameters?: Record<string, Record<string, unknown>>;
}

/** The box of a user who packs each order in one, and the unit of its weight. */
export const ONE_BOX = { weightUnit: 'lb', boxLength: 12, boxWidth: 9, boxHeight: 6 };

/** Imports a flow of workflows/ and fills it in as its notes say. */
export async function importFlow(
	{ n8n, credentials }: FlowStage,
	file: string,
	{ settings = {}, parameters = {} }: Entries = {},
): Promise<WorkflowFile & Workflow> {
	const flow = readFlow(file, credentials);
	fillAddresses(flow);
	for (const [name, values] of Object.entries(parameters)) {
		Object.assign(nodeOf(flow, name).parameters, values);
	}
	for (const [name, value] of Object.entries(settings)) setField(flow, name, value);
	return { ...flow, ...(await n8n.rest.createWorkflow(flow)) };
}

/** Enters an address wherever a mail node of the flow asks for one. */
export function fillAddresses({ nodes }: WorkflowFile): void {
	for (const { type, parameters } of nodes) {
		if (!/emailSend/.test(type)) continue;
		for (const field of ['fromEmail', 'toEmail']) {
			if (parameters[field] === '') parameters[field] = `${field}@example.com`;
		}
	}
}

/** The flow's node of this name; it fails if the flow has none. */
export function nodeOf(flow: WorkflowFile, name: string): WorkflowFile['nodes'][number] {
	const node = flow.nodes.find((each) => each.name === name);
	if (!node) throw new Error(`"${flow.name}" has no node "${name}"`);
	return node;
}

/** Waits until a flow has had so many executions, all over; the newest comes first. */
export async function executions(
	{ n8n }: FlowStage,
	flow: Workflow,
	count: number,
	isOver = ({ status }: Execution) => !['new', 'running', 'waiting'].includes(status),
): Promise<Execution[]> {
	return await until(
		`execution ${count} of "${flow.name}" to end`,
		async () => {
			const all = await n8n.rest.listExecutions(flow.id);
			return all.length >= count && all.every(isOver) ? all : undefined;
		},
		{ seconds: 60 },
	);
}

/** What n8n says of an execution that failed. */
export async function errorOf({ n8n }: FlowStage, { id }: Execution): Promise<string> {
	const { resultData } = (await n8n.rest.executionData(id)) as {
		resultData: { error?: { message?: string; description?: string } };
	};
	const { message = '', description = '' } = resultData.error ?? {};
	return `${message} ${description}`.trim();
}

function setField(flow: WorkflowFile, name: string, value: string): void {
	const { assignments } = nodeOf(flow, 'Settings').parameters as {
		assignments: { assignments: { name: string; value: string }[] };
	};
	const field = assignments.assignments.find((each) => each.name === name);
	if (!field) throw new Error(`The Settings of "${flow.name}" have no field "${name}"`);
	field.value = value;
}

/** Starts a flow as the editor's Execute button does, from one of its triggers. */
export async function runNow(
	{ n8n }: FlowStage,
	flow: WorkflowFile & Workflow,
	trigger: string,
): Promise<void> {
	await n8n.rest.call('POST', `/rest/workflows/${flow.id}/run`, {
		workflowData: flow,
		triggerToStartFrom: { name: trigger },
	});
}
