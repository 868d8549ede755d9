/** The node beside HTTP Request, a bare pool and n8n's price of evaluation, in the same rounds. */
import type { ChainNode } from '../host/faults/flow';
import { cases, type Case, getStatusOfEach } from './cases';
import type { Report } from './report';
import { measureRounds, ratioOf, type Rounds, spreadOf, type Subject } from './rounds';
import { type BenchStage, executionTime, measuredFlow, wholeTime } from './stage';
import { ROUND_TRIP_MS } from './vendor';
import type { Vendor } from './vendor-process';

/** How much of each thing is measured. */
export interface Scale {
	rounds: number;
	items: number;
	/** Words of the names of the cases to measure. */
	named: string;
}

/** Within this of the bare pool, nothing much is left to win. */
const NEAR_THE_LIMIT = 1.2;

export async function measureSpeed(
	stage: BenchStage,
	vendor: Vendor,
	scale: Scale,
	report: Report,
): Promise<void> {
	const batching = await bestBatching(stage, vendor, scale, report);
	for (const each of cases.filter(({ name }) => name.includes(scale.named))) {
		report.note(`${each.name}: ${scale.rounds} rounds of ${scale.items} items`);
		const subjects = await subjectsOf(each, stage, vendor, scale.items, batching);
		reportCase(each, await measureRounds(subjects, scale.rounds), report);
	}
}

/** HTTP Request's batching, tuned: the quickest of several sizes; one millisecond is its least pause. */
async function bestBatching(
	stage: BenchStage,
	vendor: Vendor,
	{ items }: Scale,
	report: Report,
): Promise<object> {
	const settings = [10, 25, 50, 100, 250].map((batchSize) => ({ batchSize, batchInterval: 1 }));
	const subjects: Subject[] = [];
	for (const batch of settings) {
		const node = getStatusOfEach.peer(vendor.origin, { batch });
		subjects.push(await subject(String(batch.batchSize), node, stage, items));
	}
	const costs = await measureRounds(subjects, 1);
	const [best] = [...costs].sort(([, [a = 0]], [, [b = 0]]) => a - b);
	const batchSize = Number(best![0]);
	report.note(`HTTP Request is quickest with batches of ${batchSize}`);
	return { batch: { batchSize, batchInterval: 1 } };
}

async function subjectsOf(
	{ ours, peer, call, expressions, between, isEvaluated, isOfShop }: Case,
	stage: BenchStage,
	vendor: Vendor,
	items: number,
	batching: object,
): Promise<Subject[]> {
	const { origin } = vendor;
	const quick: Record<string, ChainNode> = {
		...(!isEvaluated && { direct: ours(true) }),
		pool: probe('benchPool', { origin, ...call }),
	};
	const slow: Record<string, ChainNode> = {
		...(expressions.length > 0 && {
			evaluated: ours(isEvaluated === true),
			evaluation: evaluate(expressions),
		}),
		defaults: peer(origin),
		tuned: peer(origin, batching),
	};
	// With many expressions an item takes so long that fewer of them tell as much; with far fewer, opening
	// the connections, which is done once per run, would be a tenth of what each of them costs
	const fewer = Math.ceil(expressions.length > 3 ? items * 0.4 : items);
	const withItems = async (nodes: Record<string, ChainNode>, count: number) =>
		await Promise.all(
			Object.entries(nodes).map(
				async ([name, node]) => await subject(name, node, stage, count, { between, isOfShop }),
			),
		);
	return [...(await withItems(quick, items)).map(steadied), ...(await withItems(slow, fewer))];
}

/**
 * A run of a quick one is over before the machine's other work averages out, and its first one after
 * a pause opens connections: of three runs in a row the middle cost counts.
 */
function steadied({ name, measure }: Subject): Subject {
	const costs = async () => [await measure(), await measure(), await measure()];
	return { name, measure: async () => spreadOf(await costs()).median };
}

/** A node with a number of items; its cost is that of one of them. */
async function subject(
	name: string,
	node: ChainNode,
	stage: BenchStage,
	items: number,
	{ between = [], isOfShop }: Pick<Case, 'between' | 'isOfShop'> = {},
): Promise<Subject> {
	const chain = [...between, node];
	const { run } = await measuredFlow(stage, name, items, chain, stage.credentials, isOfShop);
	return { name, measure: async () => executionTime(await run()) / items };
}

function evaluate(expressions: string[]): ChainNode {
	const named: Record<string, string> = {};
	expressions.forEach((expression, i) => (named[`expression${i + 1}`] = expression));
	return probe('benchEvaluate', { count: expressions.length, ...named });
}

/** One of the benchmark's own nodes. */
export function probe(type: string, parameters: Record<string, unknown>): ChainNode {
	return { name: 'Probe', type: `n8n-nodes-bench.${type}`, typeVersion: 1, parameters };
}

function reportCase(
	{ name, expressions, atLeast, isEvaluated }: Case,
	costs: Rounds,
	report: Report,
): void {
	const of = (subject: string) => costs.get(subject)!;
	const part = `${name}${expressions.length > 1 ? `: ${expressions.length} expressions` : ''}`;
	const add = (what: string, over: number[], under: number[], goal: object = {}) =>
		report.add({ part, what, value: ratioOf(over, under), ...goal });

	if (!isEvaluated) {
		const direct = expressions.length > 0 ? ', resolved directly' : '';
		add(`HTTP Request at its defaults / ours${direct}`, of('defaults'), of('direct'), {
			...(atLeast?.direct && { atLeast: atLeast.direct }),
		});
		add(`HTTP Request, batches tuned / ours${direct}`, of('tuned'), of('direct'));
		add(`ours${direct} / bare pool`, of('direct'), of('pool'), { atMost: NEAR_THE_LIMIT });
	}
	if (expressions.length > 0) {
		add('HTTP Request at its defaults / ours, evaluated', of('defaults'), of('evaluated'), {
			...(atLeast?.evaluated && { atLeast: atLeast.evaluated }),
		});
		add('HTTP Request, batches tuned / ours, evaluated', of('tuned'), of('evaluated'));
		const share = of('evaluation').map((cost) => cost / expressions.length);
		const limit = of('pool').map((pool, round) => pool + share[round]!);
		add('ours, evaluated / (bare pool + one evaluation)', of('evaluated'), limit);
		add('one evaluation / one call of the bare pool', share, of('pool'));
	}
	report.note(
		[...costs]
			.map(([subject, [first = 0]]) => `${subject} ${(first * 1000).toFixed(0)} µs`)
			.join(', '),
	);
}

/** With a round trip on the way: our ten at a time, and HTTP Request in a loop of ten. */
export async function measureFarAway(
	stage: BenchStage,
	vendor: Vendor,
	{ rounds }: Scale,
	report: Report,
): Promise<void> {
	const items = 200;
	const loop: ChainNode = {
		name: 'Loop Over Items',
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
		parameters: { batchSize: 10, options: {} },
	};
	const peer: ChainNode = {
		...getStatusOfEach.peer(vendor.slowOrigin),
		afterOutput: 1,
		backTo: loop.name,
	};
	const flows = {
		ours: [getStatusOfEach.ours(true)],
		loop: [loop, peer],
	};
	const subjects: Subject[] = [];
	for (const [name, chain] of Object.entries(flows)) {
		const { run } = await measuredFlow(stage, name, items, chain, stage.slowCredentials);
		subjects.push({ name, measure: async () => wholeTime(await run()) });
	}
	report.note(`${ROUND_TRIP_MS} ms away: ${rounds} rounds of ${items} items`);
	const costs = await measureRounds(subjects, rounds);
	report.add({
		part: `Get Status at ${ROUND_TRIP_MS} ms round-trip time`,
		what: 'ours, ten at a time / HTTP Request in loops of ten',
		value: ratioOf(costs.get('ours')!, costs.get('loop')!),
		atMost: 0.4,
	});
}
