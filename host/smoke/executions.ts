import { until } from '../poll';
import type { Execution, Workflow } from '../rest';
import type { Stage } from './stage';

/** The newest execution, once it is over: a webhook can answer before its execution ends. */
export function lastExecution({ n8n }: Stage, workflow: Workflow): Promise<Execution> {
	return until('the execution to end', async () => {
		const [newest] = await n8n.rest.listExecutions(workflow.id);
		return newest && !['new', 'running'].includes(newest.status) ? newest : undefined;
	});
}
