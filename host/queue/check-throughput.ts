import { availableParallelism } from 'node:os';
import type { HostFlow } from '../faults/flow';
import type { RunningProcess } from '../processes';
import type { Checks } from '../smoke/checks';
import { expect } from '../smoke/expect';
import { expectAllOnce } from './ledger';
import { orderNumbers, workOff, type Throughput } from './load';
import { NO_STALLED_CHECK, type QueueStage } from './stage';

const WARM_UP = 40;
/** What two workers have to be worth. */
const WANTED = 1.7;
/** On a machine that is busier than this, the processor sets the pace and the workers do not. */
const TOO_BUSY = 0.8;

/**
 * The same load for one worker and for two. One worker is measured before and after, half of it each,
 * so that a machine that gets faster or slower meanwhile does not favour either.
 *
 * @returns the two workers, running
 */
export async function checkThroughput(
	stage: QueueStage,
	flow: HostFlow,
	orders: number,
	checks: Checks,
): Promise<RunningProcess[]> {
	const measure = async (what: string, prefix: string, count: number) => {
		const numbers = orderNumbers(prefix, count);
		const run = await workOff(stage, flow, numbers);
		tell(what, run);
		await checks.check(`${count} webhooks: each an order, a label and an event`, () =>
			expectAllOnce(stage.sandbox, numbers),
		);
		return run;
	};
	const first = await newWorker(stage, flow, 'WARM-1-');
	const before = await measure('one worker, first half', 'ONE-A-', orders / 2);
	const second = await newWorker(stage, flow, 'WARM-2-');
	const two = await measure('two workers', 'TWO-', orders);
	await second.stop();
	const after = await measure('one worker, second half', 'ONE-B-', orders / 2);

	const one = { count: orders, seconds: before.seconds + after.seconds };
	const ratio = rate(two) / rate(one);
	const cpu = Math.max(...[before, two, after].map(({ cpu }) => cpu.machine));
	const title = `two workers do ${ratio.toFixed(2)} times as much as one`;
	if (cpu > TOO_BUSY) {
		console.log(
			`  – void, not measured: ${title}, but the machine was ${percent(cpu)} busy, and above ` +
				`${percent(TOO_BUSY)} it is the processor that is measured`,
		);
	} else {
		await checks.check(`${title} (wanted: ${WANTED})`, () => expect(ratio >= WANTED, 'too little'));
	}
	return [first, await newWorker(stage, flow, 'WARM-3-')];
}

/** A worker that has loaded and compiled what the flow needs. */
async function newWorker(
	stage: QueueStage,
	flow: HostFlow,
	prefix: string,
): Promise<RunningProcess> {
	const worker = await stage.startWorker(NO_STALLED_CHECK);
	await workOff(stage, flow, orderNumbers(prefix, WARM_UP));
	return worker;
}

const rate = ({ count, seconds }: Pick<Throughput, 'count' | 'seconds'>) => count / seconds;
const percent = (share: number) => `${Math.round(share * 100)} %`;

function tell(what: string, run: Throughput): void {
	const { machine, ours } = run.cpu;
	const each = (ours * availableParallelism() * run.seconds) / run.count;
	console.log(
		`    ${what}: ${run.count} in ${run.seconds.toFixed(1)} s, ${rate(run).toFixed(2)} a second; ` +
			`processor ${percent(machine)} busy, ${percent(ours)} with this: ${each.toFixed(2)} s for each`,
	);
}
