/** Whether an item costs the same in a short list and in a long one. */
import type { ChainNode, NodeRun } from '../host/faults/flow';
import { getStatusOfEach } from './cases';
import type { Report } from './report';
import { ratioOf, spreadOf } from './rounds';
import { probe } from './speed';
import { type BenchStage, executionTime, forgetPeak, measuredFlow, memoryOf } from './stage';

const SIZES = [100, 1_000, 10_000, 50_000] as const;
const [, SHORT, , LONG] = SIZES;

interface Cost {
	/** Milliseconds. */
	time: number;
	/** Bytes. */
	peak: number;
}

/** What one size of list costs, round by round, without what n8n itself takes for such items. */
type Costs = Cost[];

/** @param rounds how often each size is run */
export async function measureSizes(
	stage: BenchStage,
	rounds: number,
	report: Report,
): Promise<void> {
	const part = 'Get Status by number of items, less a node that passes the same on';
	const costs = new Map<number, Costs>();
	const runs = await Promise.all(SIZES.map(async (size) => [size, await comparison(stage, size)]));
	for (let round = 0; round <= rounds; round++) {
		for (const [size, run] of runs as Array<[number, () => Promise<Cost>]>) {
			report.note(`${size} items, round ${round}`);
			const cost = await run();
			if (round > 0) costs.set(size, [...(costs.get(size) ?? []), cost]);
		}
	}
	const perItem = (size: number, what: keyof Cost) => costs.get(size)!.map((c) => c[what] / size);
	for (const size of SIZES) {
		const time = spreadOf(perItem(size, 'time').map((ms) => ms * 1000));
		report.add({ part, what: `time per item, ${size} items`, value: time, unit: 'µs', digits: 0 });
	}
	report.add({
		part,
		what: `time per item, ${LONG} items / ${SHORT} items`,
		value: ratioOf(perItem(LONG, 'time'), perItem(SHORT, 'time')),
		atMost: 1.2,
	});
	for (const size of SIZES.slice(2)) {
		const memory = spreadOf(perItem(size, 'peak').map((bytes) => bytes / 1024));
		const what = `peak memory per item, ${size} items`;
		report.add({ part, what, value: memory, unit: 'KB', digits: 1 });
	}
}

/** Runs our node and, beside it, one that puts out the same items. */
async function comparison(stage: BenchStage, size: number): Promise<() => Promise<Cost>> {
	const flow = async (node: ChainNode, items = size) =>
		await measuredFlow(stage, node.name, items, [node], stage.credentials);
	const ours = await flow(getStatusOfEach.ours(true));
	const pass = await flow(probe('benchPass', { contents: JSON.stringify(await sample(stage)) }));
	const collect = await flow(probe('benchCollect', {}), 1);
	const { pid } = stage.n8n.process;

	const cost = async (run: () => Promise<NodeRun[]>): Promise<Cost> => {
		// What earlier runs left behind must not count for this one
		await collect.run();
		const { now } = memoryOf(pid);
		forgetPeak(pid);
		const time = executionTime(await run());
		return { time, peak: memoryOf(pid).peak - now };
	};
	return async () => {
		const [a, b] = [await cost(ours.run), await cost(pass.run)];
		return { time: a.time - b.time, peak: a.peak - b.peak };
	};
}

/** An item as our node puts it out. */
async function sample(stage: BenchStage): Promise<unknown> {
	const node = getStatusOfEach.ours(true);
	const { run } = await measuredFlow(stage, 'Sample', 1, [node], stage.credentials);
	const [first] = await run();
	return first!.data!.main[0]![0]!.json;
}
