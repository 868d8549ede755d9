/** What docs/scaling.md tells a user to do with the executions of a worker that died. */
import { until } from '../poll';
import type { N8nRest, Workflow } from '../rest';
import type { ApiExecution, PublicApi } from './public-api';
import { countExecutions, FAILED, OPEN } from './records';

/** Nothing that a living worker does here takes so long. */
const QUIET_MS = 20_000;

/** Waits until n8n's list has stopped changing: what is open then is left by a dead worker. */
export async function waitForQuiet(rest: N8nRest, workflow: Workflow): Promise<void> {
	let known = '';
	let since = 0;
	await until(
		'the living worker to have worked off the queue',
		async () => {
			const open = await countExecutions(rest, workflow, OPEN);
			const ended = await countExecutions(rest, workflow, ['success', ...FAILED]);
			const state = `${open} ${ended}`;
			if (state !== known) [known, since] = [state, Date.now()];
			return Date.now() - since > QUIET_MS ? true : undefined;
		},
		{ seconds: 900, every: 1_000 },
	);
}

/** The executions that are open, those first that had begun. */
export async function openExecutions(api: PublicApi, { id }: Workflow): Promise<ApiExecution[]> {
	return [...(await api.executions(id, 'running')), ...(await api.executions(id, 'new'))];
}

/**
 * Runs one of them again, from its beginning.
 *
 * @returns the new execution
 */
export async function runAgain(
	api: PublicApi,
	{ id, status }: ApiExecution,
): Promise<ApiExecution> {
	if (status === 'new') {
		// The worker died between taking it and beginning it: n8n retries it only once it is stopped
		await api.stop(id);
		return await api.retry(id);
	}
	// The other way round, n8n would show the retry as cancelled, too
	const again = await api.retry(id);
	await api.stop(id);
	return again;
}
