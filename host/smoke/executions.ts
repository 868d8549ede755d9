import { until } from '../poll';
import type { Execution, Workflow } from '../rest';
import type { Stage } from './stage';

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
