/**
 * Hostile answers and hostile inputs through n8n's engine: `npm run test:fuzz`.
 *
 * Nothing may crash, hang, or take memory without bound, and each item must end as a result or as a
 * fault that says what happened. FUZZ_SEED repeats a run; FUZZ_COUNT, in hundreds, makes it shorter
 * or longer.
 */
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultRule } from '../../sandbox';
import { example, TW_INFO_ANSWER } from '../contract/examples';
import type { EngineRun } from '../engine/harness';
import { logLines } from '../engine/host';
import { ticket } from '../sandbox/client';
import { shopBodies } from '../unit/shops/all';
import { type Bench, openBench } from '../support';
import { hostileAnswer, hostileInput } from './hostile';
import { allScenarios, type Scenario } from './scenarios';

const COUNT = Number(process.env.FUZZ_COUNT ?? 10_000);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
/** More than there are forms of input, so that each has its turn however few items there are. */
const RUNS = 100;
/**
 * n8n's engine, and the sandbox that sends what is huge, are in this process as well. Its heap is
 * limited by the script in package.json: else this would measure how late garbage is collected.
 */
const MEMORY_LIMIT_MB = 400;
/** Far more than a run of many items takes, look-ups included: what is not done by then hangs. */
const HANGS_AFTER_MS = 120_000;
/** Runs under way at once: they wait more than they work. */
const AT_ONCE = 3;

const GO_ON = { onError: 'continueRegularOutput' } as const;

/** What became of the items, by kind of fault. */
type Tally = Map<string, number>;

async function main(): Promise<void> {
	const benches = await Promise.all(
		Array.from({ length: AT_ONCE }, () => openBench({ settings: { recordRequests: false } })),
	);
	const scenarios = allScenarios().filter(({ node }) => node !== 'twTrigger');
	console.log(`seed ${SEED}`);
	await fuzz('hostile inputs', benches, inputRuns(scenarios).slice(0, AT_ONCE));
	const memory = new MemoryWatch();
	const problems = [
		...(await fuzz('hostile inputs', benches, inputRuns(scenarios), memory)),
		...(await fuzz('hostile answers', benches, answerRuns(scenarios), memory)),
	];
	memory.stop();
	for (const bench of benches) await bench.close();

	if ('polluted' in {}) problems.push('a member __proto__ got into every object');
	const { startMb, peakMb } = memory;
	console.log(`memory: ${startMb} MB at the start, at most ${peakMb - startMb} MB more`);
	if (peakMb - startMb > MEMORY_LIMIT_MB) problems.push(`more than ${MEMORY_LIMIT_MB} MB`);
	for (const problem of problems.slice(0, 40)) console.log(`✗ ${problem}`);
	const failed = Math.min(problems.length, 2 * COUNT);
	console.log(`${2 * COUNT - failed} passed, ${failed} failed`);
	process.exitCode = failed > 0 ? 1 : 0;
}

/** Makes a run when its turn has come: what all of them hold at once would be most of the memory. */
type MakeRun = () => FuzzRun;

/** One run of many items. */
interface FuzzRun {
	scenario: Scenario;
	parameters: INodeParameters;
	items: IDataObject[];
	faults: FaultRule[];
}

async function fuzz(
	what: string,
	benches: Bench[],
	runs: readonly MakeRun[],
	memory?: MemoryWatch,
): Promise<string[]> {
	const began = performance.now();
	const tally: Tally = new Map();
	const problems: string[] = [];
	const waiting = runs.values();
	const worker = async (bench: Bench) => {
		for (const make of waiting) problems.push(...(await one(bench, make(), tally)));
	};
	await Promise.all(benches.map(worker));
	if (memory) {
		const seconds = ((performance.now() - began) / 1000).toFixed(0);
		const kinds = [...tally].sort((a, b) => b[1] - a[1]).map(([kind, n]) => `${kind} ${n}`);
		console.log(`${COUNT} ${what} in ${runs.length} runs, ${seconds} s: ${kinds.join(', ')}`);
	}
	return problems;
}

async function one(bench: Bench, run: FuzzRun, tally: Tally): Promise<string[]> {
	bench.sandbox.reset();
	for (const fault of run.faults) bench.sandbox.fault(fault);
	const { title, node } = run.scenario;
	const hung = new AbortController();
	try {
		const made = await Promise.race([
			bench.run(node as Parameters<Bench['run']>[0], run.parameters, run.items, GO_ON),
			pause(HANGS_AFTER_MS, undefined, { signal: hung.signal }).then(() => undefined),
		]);
		if (!made) return [`${title}: hangs`];
		return judge(title, made, run, tally);
	} catch (error) {
		return [`${title}: ${String(error)}`];
	} finally {
		hung.abort();
		// The log of this process would be all that grows.
		logLines.length = 0;
	}
}

function judge(title: string, made: EngineRun, { items }: FuzzRun, tally: Tally): string[] {
	const problems: string[] = [];
	if (made.error) problems.push(`${title}: ended the run: ${made.error.message}`);
	// As n8n's database gets it.
	JSON.stringify(made.data);
	for (const { json } of made.items) {
		const details = json['details'] as { kind?: string; item?: number } | undefined;
		const kind = 'error' in json ? (details?.kind ?? 'undefined') : 'result';
		tally.set(kind, (tally.get(kind) ?? 0) + 1);
		if (kind === 'result') continue;
		const { error: words, message: advice } = json as { error?: string; message?: string };
		const item = `${title} ${JSON.stringify(items[details?.item ?? 0])?.slice(0, 300)}`;
		if (kind === 'defect' || kind === 'undefined') problems.push(`${item}: ${words}`);
		if (!words?.trim()) problems.push(`${item}: no message`);
		if (!advice?.trim()) problems.push(`${item}: no advice`);
		if ((words ?? '').length > 3000) problems.push(`${item}: an endless message`);
	}
	return problems;
}

/** What one run is to have, the same for the same seed. */
const sample = <T>(of: fc.Arbitrary<T>, run: number): T[] =>
	fc.sample(of, { numRuns: COUNT / RUNS, seed: SEED + run });

// Answers ------------------------------------------------------------------------------------------

const CREATED = [{ request_id: 'R', no: 'N', errors: [], status: 1 }];
const LABEL = { no: 'N', label_url: 'http://127.0.0.1:1/label.pdf' };
const PAGE = {
	...{ current_page: 1, last_page: 1, per_page: '2', total: 1 },
	data: [{ id: 1, value: -1.5, bill_price: '-1.00' }],
};
const OK = { ok: true };

/** Right answers of TW by operation, for spoiling. */
const GOOD: Record<string, unknown> = {
	'twOrder create': CREATED,
	'twOrder buyCheapest': CREATED,
	'twOrder quote': [{ no: 'N', charge_total_amount: '9.60', errors: [] }],
	'twOrder get': example(TW_INFO_ANSWER)['data'],
	'twOrder getStatus': { request_id: 'R', no: 'N', errors: [], status: 10 },
	'twOrder getFee': {
		discounts: [{ name: 'D', amount: -1, note: '' }],
		charges: { '1Z': [{ name: 'Freight', amount: 15, note: '' }] },
		additionally_proportion: 0.04,
		additionally_amount: 0,
	},
	'twOrder getChannels': [{ code: 'UA', name: 'Ground' }],
	'twOrder delete': OK,
	'twLabel download': LABEL,
	'twLabel getUrl': LABEL,
	'twBag create': OK,
	'twBag get': { bag_no: 'N', orders: [{ no: 'N' }] },
	'twBag delete': OK,
	'twBag review': OK,
	'twInvoice getAll': PAGE,
	'twInvoice getLines': PAGE,
	'twBalance get': { balance: '10.00' },
	'twBalance checkContract': { balance: '10.00' },
};

/** TD answers all events alike, with a code and nothing else. */
function goodAnswer({ title, node, asksNoVendor }: Scenario): unknown {
	if (node === 'tdOrderEvent' || asksNoVendor) return OK;
	const good = GOOD[title.replace(/,.*/, '')];
	if (good === undefined) throw new Error(`There is no right answer to ${title}: add one to GOOD`);
	return good;
}

/** Tells the vendor which item it is asked for, so that each gets an answer of its own. */
const MARKER = '={{ JSON.stringify({ marker: $json.name }) }}';

function answerRuns(scenarios: Scenario[]): MakeRun[] {
	return Array.from({ length: RUNS }, (_, run) => () => {
		const scenario = scenarios[run % scenarios.length]!;
		const rules = sample(hostileAnswer(goodAnswer(scenario)), run);
		const names = rules.map((_rule, i) => `Z${run}X${i}Z`);
		// What is huge is rarer: a whole run of it would only measure how fast it is thrown away.
		if (rules[1]) rules[1] = { kind: 'oversize' };
		if (rules[2]) rules[2] = { kind: 'gzipBomb', bytes: 64 * 1024 * 1024 };
		const path = scenario.effectPath ?? (scenario.title === 'twOrder quote' ? 'orderTrial' : '');
		return {
			scenario,
			parameters: withOptions(scenario, { extraFields: MARKER }),
			items: names.map((name) => ({ ...PROPS, name, request_id: name, tracking_number: name })),
			faults: rules.map((rule, i) => ({ ...rule, path, bodyIncludes: names[i]!, times: 1 })),
		};
	});
}

function withOptions(
	{ parameters, options }: Pick<Scenario, 'parameters' | 'options'>,
	more: INodeParameters = {},
): INodeParameters {
	return { ...parameters, options: { ...options, timeout: 20, concurrency: 50, ...more } };
}

// Inputs -------------------------------------------------------------------------------------------

/** Parameters of which one is given the hostile value `v`, and what that is made from. */
interface InputForm {
	parameters: INodeParameters;
	values: fc.Arbitrary<unknown>;
}

/** Whatever a shop has documented, spoilt. */
const hostileDelivery = fc.oneof(...shopBodies.map(({ body }) => hostileInput(body)));

function inputsOf(scenario: Scenario): InputForm[] {
	const { parameters, kind } = scenario;
	const taking = (name: string, values: fc.Arbitrary<unknown>): InputForm => ({
		parameters: { ...parameters, [name]: HOSTILE },
		values,
	});
	const forms = Object.entries(parameters).flatMap(([name, value]) => {
		if (name === 'shopEvent') return taking(name, hostileDelivery);
		if (name === 'bodyJson' && kind === 'event') {
			const text = (value as string).slice(1).replace('{{ $json.name }}', 'O-1');
			return taking(name, hostileInput(JSON.parse(text)));
		}
		const isOfItem = typeof value === 'string' && value.includes('$json');
		return isOfItem ? taking(name, hostileInput('ORD-1')) : [];
	});
	if ('consignee_by' in parameters) {
		const { operation, product, channels } = parameters;
		const common = { operation, product, channels, waitForCompletion: false } as INodeParameters;
		const inJson = { ...common, specifyOrder: 'json', orderJson: HOSTILE };
		const ofShop = { ...common, ...PARCEL, specifyOrder: 'shop', shopOrder: HOSTILE };
		const form = { parameters: inJson, values: hostileInput(TICKET) };
		forms.push(form, form, form, { parameters: ofShop, values: hostileDelivery });
	}
	const more = hostileInput({ marker: 1, no: 'x', tickets: [], channel: 'c' });
	forms.push({ parameters: withOptions(scenario, { extraFields: HOSTILE }), values: more });
	return forms;
}

const HOSTILE = '={{ $json.v }}';
/** What operations want of an item, beside its name; nothing is prepared for them. */
const PROPS = { request_id: 'r', tracking_number: 't', bill_id: 1, from: '2025-01-01' };
/** What no shop tells. */
const PARCEL = { weightUnit: 'kg', boxLength: 30, boxWidth: 20, boxHeight: 10 };
const TICKET = ticket('ORD-1', {
	consignee: { countryCode: 'US', city: 'X', postcode: '1', address: 'Y', name: 'Z' },
});

function inputRuns(scenarios: Scenario[]): MakeRun[] {
	const forms = scenarios.flatMap((scenario) =>
		inputsOf(scenario).map((form) => ({ scenario, ...form })),
	);
	if (forms.length > RUNS) throw new Error(`${forms.length} forms of input in ${RUNS} runs`);
	return Array.from({ length: RUNS }, (_, run) => () => {
		const { scenario, parameters, values: of } = forms[run % forms.length]!;
		const values = sample(of, run);
		return {
			scenario,
			parameters: withOptions({ parameters, options: parameters['options'] as INodeParameters }),
			items: values.map((v, i) => ({ ...PROPS, name: `I-${run}-${i}`, v: v as IDataObject })),
			faults: [],
		};
	});
}

/** The most memory that the process has had. */
class MemoryWatch {
	readonly startMb = megabytes();
	peakMb = this.startMb;
	private readonly timer = setInterval(() => {
		this.peakMb = Math.max(this.peakMb, megabytes());
	}, 20);

	stop(): void {
		clearInterval(this.timer);
	}
}

function megabytes(): number {
	return Math.round(process.memoryUsage().rss / 1024 / 1024);
}

main().catch((error: unknown) => {
	console.error(error);
	console.log('0 passed, 1 failed');
	process.exit(1);
});
