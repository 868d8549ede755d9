import { until } from '../poll';
import type { Execution, Workflow } from '../rest';
import { send } from '../shop';
import { expectEqual } from './expect';
import type { Flow, Stage } from './stage';

/** The newest execution, once it is over: a webhook can answer before its execution ends. */
export function lastExecution(
	{ n8n }: Pick<Stage, 'n8n'>,
	workflow: Workflow,
	patience?: { seconds: number },
): Promise<Execution> {
	const ended = async () => {
		const [newest] = await n8n.rest.listExecutions(workflow.id);
		return newest && !['new', 'running'].includes(newest.status) ? newest : undefined;
	};
	return until('the execution to end', ended, patience);
}

/** Starts a flow, and waits until the execution that this makes is over. */
export async function nextExecution(
	stage: Pick<Stage, 'n8n'>,
	workflow: Workflow,
	start: () => Promise<void>,
): Promise<void> {
	const count = async () => (await stage.n8n.rest.listExecutions(workflow.id)).length;
	const before = await count();
	await start();
	await until('the execution to begin', async () => ((await count()) > before ? true : undefined));
	await lastExecution(stage, workflow);
}

/** Tells the example flow as a shop does, and waits until the flow is through. */
export async function tell(
	stage: Stage,
	{ workflow, shop }: Flow,
	body: object,
	signing: { topic?: string } = {},
): Promise<void> {
	await nextExecution(stage, workflow, async () => {
		expectEqual('HTTP status', await send(shop, 'shopify', body, signing), 200);
	});
}

/** The kinds of the files in an execution's record. */
export function binariesOf(record: unknown): string[] {
	const kinds: string[] = [];
	JSON.stringify(record, (name, value: unknown) => {
		if (name !== 'binary' || typeof value !== 'object' || value === null) return value;
		for (const { mimeType } of Object.values(value) as Array<{ mimeType?: string }>) {
			if (mimeType !== undefined) kinds.push(mimeType);
		}
		return value;
	});
	return [...new Set(kinds)];
}
