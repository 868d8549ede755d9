/** What n8n itself keeps of executions, read as its editor reads it. */
import type { Execution, N8nRest, Workflow } from '../rest';

/** An execution in n8n's list. */
export interface Listed extends Execution {
	/** Null while n8n does not know of its end. */
	stoppedAt: string | null;
}

/** What n8n calls an execution that has not ended. */
export const OPEN = ['new', 'running'];
/** What n8n calls one that ended badly. */
export const FAILED = ['error', 'crashed'];

/** What n8n says of the newest execution that failed. */
export async function newestFailure(rest: N8nRest, workflow: Workflow): Promise<string> {
	const [newest] = await newestExecutions(rest, workflow, FAILED);
	if (!newest) return 'no execution failed';
	const { resultData } = (await rest.executionData(newest.id)) as {
		resultData: { error?: { message: string } };
	};
	return `execution ${newest.id} failed: ${resultData.error?.message ?? 'n8n does not say why'}`;
}

/** The newest executions of a flow that are in one of these states, 100 at the most. */
export async function newestExecutions(
	rest: N8nRest,
	workflow: Workflow,
	status: string[],
): Promise<Listed[]> {
	// n8n gives no more at a time
	return (await list(rest, workflow, status, 100)).results;
}

/** How many executions of a flow are in one of these states. */
export async function countExecutions(
	rest: N8nRest,
	workflow: Workflow,
	status: string[],
): Promise<number> {
	return (await list(rest, workflow, status, 1)).count;
}

async function list(
	rest: N8nRest,
	{ id }: Workflow,
	status: string[],
	limit: number,
): Promise<{ results: Listed[]; count: number }> {
	const filter = JSON.stringify({ workflowId: id, status });
	const query = new URLSearchParams({ filter, limit: String(limit) });
	return await rest.call('GET', `/rest/executions?${query.toString()}`);
}
