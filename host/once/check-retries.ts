import { HOUR_MS } from '../../lib/base/durations';
import { executionIds, nextExecution, post } from '../faults/flow';
import type { Credential } from '../rest';
import type { Stage } from '../smoke/stage';
import { bodyOf, numbersOf, orderFlow } from './flows';
import type { Tally } from './tally';

/** n8n's own ways to try again: Retry On Fail, and Retry in the list of executions. */
export async function checkRetries(
	{ n8n: { rest }, sandbox }: Stage,
	credentials: Credential[],
	tally: Tally,
	remember: string,
): Promise<void> {
	const retrying = await orderFlow(rest, 'Retry On Fail', credentials, remember, {
		onError: 'stopWorkflow',
		retryOnFail: true,
		maxTries: 3,
		waitBetweenTries: 100,
		options: { concurrency: 1 },
	});
	const tried = numbersOf('TRIES', 6);
	sandbox.fault({
		kind: 'status',
		status: 400,
		path: 'orderForecast',
		bodyIncludes: 'TRIES-3',
		times: 2,
	});
	await post(retrying.webhook, bodyOf(tried));
	sandbox.clearFaults();
	await tally.check('Retry On Fail, the fourth of six refused twice', tried);

	const stopping = await orderFlow(rest, 'Retry from the list', credentials, remember, {
		onError: 'stopWorkflow',
		options: { concurrency: 1 },
	});
	const listed = numbersOf('LIST', 6);
	sandbox.set({ orderInfoDelayMs: HOUR_MS });
	sandbox.fault({
		kind: 'status',
		status: 400,
		path: 'orderForecast',
		bodyIncludes: 'LIST-3',
		times: 1,
	});
	const known = await executionIds(rest, stopping);
	await post(stopping.webhook, bodyOf(listed));
	await nextExecution(rest, stopping, known);
	const [failed] = await rest.listExecutions(stopping.workflow.id);
	const before = await executionIds(rest, stopping);
	await rest.retry(failed!);
	await nextExecution(rest, stopping, before);
	sandbox.clearFaults();
	sandbox.set({ orderInfoDelayMs: 0 });
	await tally.check('Retry in the list, before TW shows the orders', listed);

	const again = numbersOf('AGAIN', 3);
	await post(stopping.webhook, bodyOf(again));
	await post(stopping.webhook, bodyOf([...again, ...numbersOf('MORE', 3)]));
	await tally.check('run again with more orders', [...again, ...numbersOf('MORE', 3)]);
}
