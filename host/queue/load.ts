import { post, type HostFlow } from '../faults/flow';
import { until } from '../poll';
import { expect } from '../smoke/expect';
import { measureCpu, type CpuUse } from './cpu';
import { countExecutions, FAILED, newestFailure, newestExecutions } from './records';
import type { QueueStage } from './stage';

/** What each request to a vendor takes, in milliseconds. */
export const VENDOR_LATENCY = 200;
/** Webhooks that are on their way at a time. */
const SENDERS = 10;

/** How fast a number of webhooks were worked off. */
export interface Throughput {
	count: number;
	/** From the first webhook to the end of the last execution. */
	seconds: number;
	cpu: CpuUse;
}

/**
 * Empties the sandbox, which fills up its balance too, and makes it as slow as a vendor. Its labels are ZPL, that is text: to draw PDFs
 * would take processor time that is the vendor's, not ours.
 */
export function slowVendors({ sandbox }: QueueStage): void {
	sandbox.reset();
	sandbox.set({ labelFormat: 'zpl' });
	sandbox.fault({ kind: 'delay', path: '', ms: VENDOR_LATENCY });
}

/** Order numbers of a run; the dot keeps the first from being part of the tenth. */
export function orderNumbers(prefix: string, count: number): string[] {
	return Array.from({ length: count }, (_, i) => `${prefix}${i}.`);
}

/** Sends each order to the flow as a shop would; n8n answers before it has worked on it. */
export async function sendOrders({ webhook }: HostFlow, numbers: string[]): Promise<void> {
	const left = [...numbers];
	const sender = async () => {
		for (let no = left.shift(); no !== undefined; no = left.shift()) {
			const { status, text } = await post(webhook, { no });
			expect(status === 200, `the webhook for ${no} got ${status} ${text}`);
		}
	};
	await Promise.all(Array.from({ length: SENDERS }, sender));
}

/** Sends orders to fresh vendors and waits until all are worked off; fails if an execution does. */
export async function workOff(
	stage: QueueStage,
	flow: HostFlow,
	numbers: string[],
): Promise<Throughput> {
	const { rest } = stage.main;
	slowVendors(stage);
	const count = (status: string[]) => countExecutions(rest, flow.workflow, status);
	const [before, failed] = [await count(['success']), await count(FAILED)];
	const cpuUse = measureCpu();
	const began = Date.now();
	await sendOrders(flow, numbers);
	await until(
		`${numbers.length} executions to end`,
		async () => {
			if ((await count(FAILED)) > failed) throw new Error(await newestFailure(rest, flow.workflow));
			return (await count(['success'])) >= before + numbers.length ? true : undefined;
		},
		{ seconds: 900, every: 500 },
	);
	const cpu = cpuUse();
	// Not the time now, which would depend on how often we ask
	const newest = await newestExecutions(rest, flow.workflow, ['success']);
	const ended = Math.max(...newest.map(({ stoppedAt }) => Date.parse(stoppedAt!)));
	return { count: numbers.length, seconds: (ended - began) / 1000, cpu };
}
