import { HOUR_MS } from '../../lib/base/durations';
import type { KillStage } from '../faults/stage';
import { executionIds, type HostFlow, nextExecution, type NodeRun, post } from '../faults/flow';
import { until } from '../poll';
import type { Credential } from '../rest';
import { expect } from '../smoke/expect';
import { webhookListens } from '../webhook';
import { bodyOf, CONCURRENCY, numbersOf, orderFlow } from './flows';
import type { Tally } from './tally';

const ORDERS = 50;
/** n8n is killed when TW has taken this many. */
const TAKEN_AT_KILL = 15;

/** n8n is killed while it sends 50 orders, started again, and the flow is run again: at once, and later. */
export async function checkKilled(
	stage: KillStage,
	credentials: Credential[],
	tally: Tally,
	remember: string,
): Promise<void> {
	const { sandbox } = stage;
	const flow = await orderFlow(stage.n8n.rest, 'Killed', credentials, remember, {
		answers: 'at once',
	});
	const numbers = numbersOf('KILLED', ORDERS);
	const taken = () => sandbox.ledger().orders.filter(({ no }) => numbers.includes(no)).length;
	sandbox.set({ orderInfoDelayMs: HOUR_MS });
	// TW needs a moment for each, so that the kill comes in the middle
	sandbox.fault({ kind: 'delay', path: 'orderForecast', ms: 150, when: 'after' });
	await post(flow.webhook, bodyOf(numbers));
	const some = async () => taken() >= TAKEN_AT_KILL || undefined;
	await until('TW to take some orders', some, { every: 5 });
	process.kill(-stage.n8n.process.pid, 'SIGKILL');
	await stage.n8n.process.exited;
	console.log(`    ${taken()} of ${ORDERS} taken when n8n was killed`);
	expect(taken() < ORDERS, 'n8n was killed too late');
	await stage.restart();
	await webhookListens(flow.webhook);
	sandbox.clearFaults();

	const early = await runAgain(stage, flow, numbers);
	await tally.check('killed, run again before TW shows the orders', numbers, early, CONCURRENCY);
	sandbox.set({ orderInfoDelayMs: 0 });
	const late = await runAgain(stage, flow, numbers);
	await tally.check('and again once TW shows them', numbers, late, 0);
}

/** The numbers of which the flow says that they are unknown. */
async function runAgain(stage: KillStage, flow: HostFlow, numbers: readonly string[]) {
	const { rest } = stage.n8n;
	const known = await executionIds(rest, flow);
	await post(flow.webhook, bodyOf(numbers));
	const { failure, runs } = await nextExecution(rest, flow, known, { seconds: 300 });
	expect(!failure, `the flow failed: ${failure?.message}`);
	return unknownIn(runs['Create']);
}

function unknownIn(runs: NodeRun[] = []): string[] {
	const items = runs.flatMap(({ data }) => data?.main[0] ?? []);
	return items.flatMap(({ json: { error } }) => {
		const match = /It is unknown whether TW created order (\S+):/.exec(
			typeof error === 'string' ? error : '',
		);
		return match ? [match[1]!] : [];
	});
}
