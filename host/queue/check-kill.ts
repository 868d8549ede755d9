import type { HostFlow } from '../faults/flow';
import { until } from '../poll';
import type { RunningProcess } from '../processes';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { expectAllOnce, outcomeOf } from './ledger';
import { orderNumbers, sendOrders, slowVendors } from './load';
import { PublicApi } from './public-api';
import { countExecutions, FAILED, OPEN } from './records';
import { openExecutions, runAgain, waitForQuiet } from './recover';
import { WORKER_CONCURRENCY, type QueueStage } from './stage';

/** One of two workers is killed half way; what it was at work on is run again from n8n's own records. */
export async function checkKill(
	stage: QueueStage,
	flow: HostFlow,
	[, victim]: RunningProcess[],
	orders: number,
	checks: Checks,
): Promise<void> {
	const { sandbox, main } = stage;
	const numbers = orderNumbers('KILL-', orders);
	slowVendors(stage);
	const failedBefore = await failures(stage, flow);
	const sent = sendOrders(flow, numbers);
	await until(
		'half of the orders',
		async () => (sandbox.ledger().counts.orders >= orders / 2 ? true : undefined),
		{ seconds: 600 },
	);
	process.kill(-victim!.pid, 'SIGKILL');
	await Promise.all([victim!.exited, sent]);

	const api = await PublicApi.open(main.rest);
	const lost = await checks.check(
		'a worker is killed: the other one does all the rest',
		async () => {
			await waitForQuiet(main.rest, flow.workflow);
			const open = await openExecutions(api, flow.workflow);
			const outcome = outcomeOf(sandbox, numbers);
			const began = open.filter(({ status }) => status === 'running').length;
			console.log(
				`    ${open.length} executions left open (${began} running, ${open.length - began} new), ` +
					`${outcome.orders} of ${orders} orders made, ${outcome.reported} told to TD`,
			);
			expect(open.length > 0, 'the worker was killed while it did nothing');
			expect(open.length <= WORKER_CONCURRENCY, 'more are open than one worker can have had');
			expectEqual('failed executions', (await failures(stage, flow)) - failedBefore, 0);
			return open;
		},
	);
	if (!lost) return;
	await checks.check(
		'the killed executions are run again: each order once, none lost',
		async () => {
			for (const execution of lost) {
				const again = await runAgain(api, execution);
				console.log(`    ${execution.id} (${execution.status}) → ${again.id} (${again.status})`);
			}
			expectAllOnce(sandbox, numbers);
			expectEqual('open executions', await countExecutions(main.rest, flow.workflow, OPEN), 0);
		},
	);
}

const failures = (stage: QueueStage, { workflow }: HostFlow) =>
	countExecutions(stage.main.rest, workflow, FAILED);
