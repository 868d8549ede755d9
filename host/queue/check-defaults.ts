import type { HostFlow } from '../faults/flow';
import { until } from '../poll';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { orderNumbers, sendOrders, slowVendors } from './load';
import { countExecutions, newestExecutions, OPEN } from './records';
import { WORKER_CONCURRENCY, type QueueStage, type WorkerSettings } from './stage';

const ORDERS = 20;

/** n8n's defaults are ten to thirty times as long: 60, 10 and 30 seconds. */
const SOONER: WorkerSettings = {
	QUEUE_WORKER_LOCK_DURATION: '5000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '1000',
};

/**
 * Why docs/scaling.md wants the check for stalled jobs off: with it on, as n8n does by default, a killed
 * worker's executions end as failed, and what they began with is gone from n8n's record.
 */
export async function checkDefaults(
	stage: QueueStage,
	flow: HostFlow,
	checks: Checks,
): Promise<void> {
	const { sandbox, main } = stage;
	slowVendors(stage);
	const survivor = await stage.startWorker(SOONER);
	const victim = await stage.startWorker(SOONER);
	const sent = sendOrders(flow, orderNumbers('DEFAULT-', ORDERS));
	await until('some orders', async () =>
		sandbox.ledger().counts.orders >= WORKER_CONCURRENCY ? true : undefined,
	);
	process.kill(-victim.pid, 'SIGKILL');
	await Promise.all([victim.exited, sent]);

	await checks.check(`with n8n's defaults, a killed execution's input is lost`, async () => {
		const failed = await until(
			'all executions to end',
			async () => {
				const open = await countExecutions(main.rest, flow.workflow, OPEN);
				return open > 0 ? undefined : await newestExecutions(main.rest, flow.workflow, ['error']);
			},
			{ seconds: 180, every: 500 },
		);
		const kept = await Promise.all(failed.map(({ id }) => main.rest.executionData(id)));
		const withInput = kept.filter((data) => beginsWith(data).length > 0);
		console.log(`    ${failed.length} failed, ${withInput.length} of them with the order in it`);
		expect(failed.length > 0, 'the worker was killed while it did nothing');
		expectEqual('executions that still have their input', withInput.length, 0);
	});
	await survivor.stop();
}

/** The nodes that an execution has yet to run, with their input; a retry begins with them. */
function beginsWith(data: unknown): unknown[] {
	return (data as { executionData: { nodeExecutionStack: unknown[] } }).executionData
		.nodeExecutionStack;
}
