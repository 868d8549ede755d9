/**
 * Whether what a vendor says is believed too readily: `npm run test:belief`.
 *
 * 20,000 answers in which no success is shown, to each kind of write and to the credential test: none may be
 * taken for one. 5,000 look-ups that are about another order: nothing may be taken over from one. BELIEF_SEED
 * repeats a run; BELIEF_SCALE, a fraction, makes it shorter.
 */
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { testTwCredential } from '../../lib/tw/wire/test-credential';
import type { FaultRule } from '../../sandbox';
import { logLines } from '../engine/host';
import { CHECK, FORECAST, INFO } from '../observed';
import type { Props } from '../operations/list';
import { QUICK } from '../pace';
import { type Bench, type nodes, openBench } from '../support';
import {
	FOREIGN,
	foreignOrder,
	NAME,
	otherNumber,
	type Asked,
	unproven,
	type Unproven,
} from './unproven';
import { type Row, rows } from './way-rows';

const SEED = Number(process.env.BELIEF_SEED ?? Date.now() % 1_000_000);
const SCALE = Number(process.env.BELIEF_SCALE ?? 1);
const RUNS = 100;
/** Runs under way at once: they wait more than they work. */
const AT_ONCE = 3;

/** What came out, and what was believed: by who believed it and of which sort, each with its first example. */
class Tally {
	asked = 0;
	readonly words = new Map<string, number>();
	private readonly believed = new Map<string, { sorts: Map<string, number>; example: string }>();

	heard(word: string): void {
		this.asked++;
		count(this.words, word);
	}

	believes(who: string, sort: string, example: string): void {
		const { sorts, example: first } = this.believed.get(who) ?? {
			sorts: new Map<string, number>(),
			example,
		};
		count(sorts, sort);
		this.believed.set(who, { sorts, example: first });
	}

	get lines(): string[] {
		return [...this.believed].map(
			([who, { sorts, example }]) => `${sum(sorts)} × ${who} (${listed(sorts)}), e.g. ${example}`,
		);
	}

	get total(): number {
		return [...this.believed.values()].reduce((all, { sorts }) => all + sum(sorts), 0);
	}
}

const count = (counts: Map<string, number>, of: string) =>
	counts.set(of, (counts.get(of) ?? 0) + 1);
const sum = (counts: Map<string, number>) => [...counts.values()].reduce((all, n) => all + n, 0);
const listed = (counts: Map<string, number>) =>
	[...counts].map(([of, times]) => `${of} ${times}`).join(', ');

type Job = (bench: Bench, tally: Tally) => Promise<void>;

async function main(): Promise<void> {
	console.log(`seed ${SEED}`);
	const benches = await Promise.all(
		Array.from({ length: AT_ONCE }, () => openBench({ settings: { recordRequests: false } })),
	);
	const failed = [
		await part(benches, 'answers in which no success is shown', 'taken for success', answerJobs()),
		await part(benches, 'look-ups of another order', 'taken over', lookUpJobs()),
	];
	for (const bench of benches) await bench.close();
	const passed = failed.filter((count) => count === 0).length;
	console.log(`${passed} passed, ${failed.length - passed} failed`);
	process.exitCode = passed < failed.length ? 1 : 0;
}

async function part(benches: Bench[], what: string, how: string, jobs: Job[]): Promise<number> {
	const began = performance.now();
	const tally = new Tally();
	const waiting = jobs.values();
	const worker = async (bench: Bench) => {
		for (const job of waiting) {
			await job(bench, tally);
			// The log of this process would be all that grows
			logLines.length = 0;
		}
	};
	await Promise.all(benches.map(worker));
	const { asked, lines, words, total } = tally;
	for (const line of lines) console.log(`✗ ${line}`);
	const seconds = ((performance.now() - began) / 1000).toFixed(0);
	console.log(`${asked} ${what}, ${seconds} s: ${total} ${how} (${listed(words)})`);
	return total;
}

/** The same for the same seed. */
const sample = <T>(of: fc.Arbitrary<T>, numRuns: number, run: number): T[] =>
	fc.sample(of, { numRuns, seed: SEED + run });

const nameOf = (run: number, i: number) => `Z${run}X${i}Z`;
/** Also of digits alone, which a vendor may take for a number. */
const lookUpName = (run: number, i: number) =>
	i % 2 === 0 ? `L${nameOf(run, i)}` : `0${1000 + run}${1000 + i}`;

async function runAll(
	bench: Bench,
	{ node, parameters, options }: Pick<Row, 'node' | 'parameters' | 'options'>,
	items: Props[],
): Promise<IDataObject[]> {
	const more: INodeParameters = { ...options, timeout: 20, concurrency: 50 };
	if ('waitForCompletion' in parameters) more['maxWait'] = 20;
	const run = await bench.run(node as keyof typeof nodes, { ...parameters, options: more }, items, {
		onError: 'continueRegularOutput',
	});
	if (run.error) throw run.error;
	if (run.items.length !== items.length) throw new Error(`${run.items.length} of ${items.length}`);
	return run.items.map(({ json }) => json);
}

async function prepared({ sandbox }: Bench, row: Row, names: string[]): Promise<Props[]> {
	return await Promise.all(names.map(async (name) => await row.prepare(sandbox, name)));
}

/** What the vendor has done so far. */
function deedsAt({ sandbox }: Bench): number {
	const { orders, deletions, bagActions, events } = sandbox.ledger().counts;
	return orders + deletions + bagActions + events;
}

// Answers ------------------------------------------------------------------------------------------

function answerJobs(): Job[] {
	const times = Math.ceil((20_000 * SCALE) / RUNS);
	const kinds = [...rows, undefined];
	return Array.from({ length: RUNS }, (_, run): Job => {
		const row = kinds[run % kinds.length];
		return async (bench, tally) => {
			bench.sandbox.reset();
			const answers = sample(unproven(row ? askedOf(row) : 'key'), times, run);
			if (row) await hearAll(bench, row, run, answers, tally);
			else await testKey(bench, answers, tally);
		};
	});
}

function askedOf({ node, effectPath }: Row): Asked {
	if (node === 'tdOrderEvent') return 'event';
	if (effectPath === FORECAST) return 'order';
	return node === 'twBag' ? 'bag deed' : 'order deed';
}

/** Each item is answered in its own way, and the vendor does nothing. */
async function hearAll(
	bench: Bench,
	row: Row,
	run: number,
	answers: Unproven[],
	tally: Tally,
): Promise<void> {
	const items = await prepared(
		bench,
		row,
		answers.map((_, i) => nameOf(run, i)),
	);
	const before = deedsAt(bench);
	for (const [i, { rule }] of answers.entries()) {
		const { name } = items[i]!;
		const aim = { path: `^${row.effectPath}$`, bodyIncludes: `"${name}"` };
		bench.sandbox.fault({ ...named(rule, name), ...aim });
	}
	const outputs = await runAll(bench, row, items);
	if (deedsAt(bench) !== before) throw new Error(`${row.title}: a request got past its answer`);
	for (const [i, json] of outputs.entries()) {
		const word = wordOf(json);
		tally.heard(word);
		const isTold = 'error' in json && ['failed', 'unknown'].includes(word);
		if (!isTold) tally.believes(row.title, answers[i]!.sort, shown(answers[i]!));
	}
}

async function testKey(bench: Bench, answers: Unproven[], tally: Tally): Promise<void> {
	for (const answer of answers) {
		bench.sandbox.clearFaults();
		bench.sandbox.fault(answer.rule);
		const { ok } = await testTwCredential(bench.credentials.twApi, Date.now(), QUICK);
		tally.heard(ok ? 'key accepted' : 'key not accepted');
		if (ok) tally.believes('credential test', answer.sort, shown(answer));
	}
}

const named = (rule: Unproven['rule'], name: string): FaultRule => ({
	...rule,
	body: rule.body.replaceAll(NAME, name),
});

const shown = ({ rule: { status, body } }: Unproven) => `HTTP ${status} ${body.slice(0, 200)}`;

// Look-ups -----------------------------------------------------------------------------------------

/** When the look-up is made. */
const MOMENTS = ['lost', 'not sent', 'run again', 'run again to wait'] as const;
type Moment = (typeof MOMENTS)[number];

function lookUpJobs(): Job[] {
	const times = Math.ceil((5_000 * SCALE) / RUNS);
	const kinds = rows
		.filter(({ provable }) => provable.length > 0)
		.flatMap((row) => MOMENTS.map((moment) => ({ row, moment })))
		.filter(({ row, moment }) => moment !== 'run again to wait' || row.title === 'twOrder create');
	return Array.from({ length: RUNS }, (_, run): Job => {
		const { row, moment } = kinds[run % kinds.length]!;
		return async (bench, tally) => await lookUp(bench, row, moment, run, times, tally);
	});
}

async function lookUp(
	bench: Bench,
	row: Row,
	moment: Moment,
	run: number,
	times: number,
	tally: Tally,
): Promise<void> {
	const { sandbox } = bench;
	sandbox.reset();
	const toWait = moment === 'run again to wait';
	const others = sample(otherNumber(!toWait), times, run);
	const names = others.map((_, i) => lookUpName(run, i));
	const items = await prepared(bench, row, names);
	const isRemoval = row.effect === 'once';

	/** Each look-up of an item shows something else; the one by request_id is asked for the state. */
	const arm = (requestIds?: string[]) => {
		for (const [i, { of }] of others.entries()) {
			const name = names[i]!;
			const no = of(name);
			// Digits have no lower case
			const shownOrder = foreignOrder(no === name ? 'ORD-1' : no, isRemoval);
			const asked = requestIds?.[i] ?? name;
			sandbox.fault({
				kind: 'rawBody',
				body: JSON.stringify({ code: 200, message: 'OK', data: shownOrder }),
				path: requestIds ? CHECK : `${INFO}|bagInfo`,
				bodyIncludes: `"${asked}"`,
			});
		}
	};
	const lose = (kind: 'resetAfterAccept' | 'resetBeforeAccept') =>
		sandbox.fault({ kind, path: `^${row.effectPath}$` });

	if (toWait) {
		const accepted = await runAll(
			bench,
			{ ...row, parameters: { ...row.parameters, waitForCompletion: false } },
			items,
		);
		arm(accepted.map((json) => json['request_id'] as string));
	} else if (moment === 'run again') {
		sandbox.fault({ kind: 'status', status: 401, path: `${INFO}|bagInfo` });
		lose('resetAfterAccept');
		await runAll(bench, row, items);
		sandbox.clearFaults();
		// Deletions are sent again, and get lost again
		lose('resetBeforeAccept');
		arm();
	} else {
		lose(moment === 'lost' ? 'resetAfterAccept' : 'resetBeforeAccept');
		arm();
	}
	const outputs = await runAll(bench, row, items);
	for (const [i, json] of outputs.entries()) {
		const word = wordOf(json);
		tally.heard(word);
		const text = JSON.stringify(json);
		const isDone = json['recovered'] === true || DONE.has(word);
		if (!isDone && !text.includes(FOREIGN)) continue;
		tally.believes(`${row.title}, ${moment}`, others[i]!.sort, text.slice(0, 200));
	}
}

/** What nobody can say while each look-up is about another order. */
const DONE: ReadonlySet<string> = new Set(['completed', 'deleted', 'created']);

const wordOf = ({ outcome }: IDataObject) => (typeof outcome === 'string' ? outcome : 'none');

main().catch((error: unknown) => {
	console.error(error);
	console.log('0 passed, 1 failed');
	process.exit(1);
});
