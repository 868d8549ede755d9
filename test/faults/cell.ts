/** Runs one operation under one fault in n8n's engine, and judges it by the sandbox's ledger. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isDeepStrictEqual } from 'node:util';
import { TwTrigger } from '../../nodes/TwTrigger/TwTrigger.node';
import { TwApi } from '../../credentials/TwApi.credentials';
import { type EngineRun, poll, readBinary } from '../engine/harness';
import { QUICK } from '../pace';
import type { Settings } from '../../sandbox';
import { type Bench, openBench } from '../support';
import { type CanaryScan, SECRETS } from './canaries';
import { type Column, expected, type Mode, type Places, type Target } from './columns';
import { objections, type Said, type Verdict } from './oracle';
import type { Props, Scenario } from './scenarios';
import { misfitsOf } from '../../scripts/misfits';

/** A sandbox that knows the marked secrets, and the nodes for it. */
export async function openMarkedBench(): Promise<Bench> {
	const { apiToken, apiKey, partnerKey } = SECRETS;
	return await openBench({
		credentials: { tw: { apiToken, apiKey }, td: { partnerKey } },
	});
}

/** One run of the matrix. */
export interface Trial {
	scenario: Scenario;
	column: Column;
	target: Target;
	mode: Mode;
}

export interface Judgement {
	said: Said;
	/** What is to be held against it; empty if it passed. */
	objections: string[];
}

/** What came out of a run, of a node or of a poll. */
export interface Output {
	said: Said;
	items: INodeExecutionData[];
	/** Not of a poll. */
	made?: EngineRun;
}

/**
 * Seconds. What ends by the time-out has a short one; everything else ends by itself, and its limit
 * must not matter even on a machine that is busy with other things.
 */
export const TIMEOUT = { hanging: 4, other: 60 };

/** Runs without a fault so far: the register remembers their numbers. */
let clean = 0;

/** The requests that an operation makes when all is well: each can be hit. */
export async function targetsOf(bench: Bench, scenario: Scenario): Promise<Target[]> {
	const { props, before } = await prepare(bench, scenario, `CLEAN-${(clean += 1)}`);
	const { said, items } = await run(bench, scenario, props, { timeout: TIMEOUT.other });
	if (said.message !== undefined) {
		throw new Error(`${scenario.title} fails without a fault: ${said.message} ${said.description}`);
	}
	const undescribed = undescribedIn(scenario, items);
	if (undescribed.length > 0) throw new Error(`${scenario.title}: ${undescribed.join('; ')}`);
	const { requests } = bench.sandbox.ledger();
	const paths = [...new Set(requests.slice(before).map(({ path }) => path))];
	const effectAt = paths.indexOf(scenario.effectPath ?? '');
	if (scenario.kind !== 'read' && effectAt < 0) {
		throw new Error(`${scenario.title} sends nothing to ${scenario.effectPath}`);
	}
	return paths.map((path, i) => {
		const isFile = path.startsWith('/labels/');
		const place = i < effectAt ? 'before' : 'after';
		return {
			path: isFile ? '^/labels/' : `^${path}$`,
			isFile,
			role: effectAt < 0 ? 'read' : i === effectAt ? 'effect' : place,
		};
	});
}

/** All that a column does to a scenario. */
export function trialsOf(scenario: Scenario, column: Column, targets: Target[]): Trial[] {
	const modes: Mode[] = column.sentAgain ? ['once', 'always'] : ['always'];
	// A fault of the connection hits all requests of the vendor, and the label host for itself.
	const hit = column.whole
		? targets.filter(({ isFile }, i) => i === mainTarget(targets) || (isFile && !column.warmUp))
		: targets;
	return hit
		.filter((target) => column.appliesTo?.(scenario, target) ?? true)
		.flatMap((target) => modes.map((mode) => ({ scenario, column, target, mode })));
}

/** The request that takes effect, else the first. */
function mainTarget(targets: Target[]): number {
	const effect = targets.findIndex(({ role }) => role === 'effect');
	return Math.max(0, effect);
}

/** Runs a trial in a sandbox that it has for itself meanwhile. */
export async function attempt(
	bench: Bench,
	places: Places,
	scan: CanaryScan,
	trial: Trial,
	name: string,
): Promise<Judgement> {
	const { scenario, column, target, mode } = trial;
	const { sandbox } = bench;
	const options = { timeout: column.hangs ? TIMEOUT.hanging : TIMEOUT.other };
	const { props, before } = await prepare(bench, scenario, name);
	const warmUp = column.warmUp ? await scenario.prepare(sandbox, `${name}-0`) : undefined;
	const baseUrl =
		(await column.arm({ sandbox, scenario, target, mode, places, name })) ?? undefined;
	if (warmUp) {
		await run(bench, scenario, warmUp, options);
		await sandbox.hangUp();
	}

	// Both ways in which a node can tell of a fault are used.
	const onError = mode === 'once' ? 'continueRegularOutput' : 'stopWorkflow';
	const credentials = movedTo(baseUrl, bench);
	const output = await run(bench, scenario, props, { ...options, credentials, onError, scan });
	const { said } = output;
	// A write that leaves just as its connection is being closed is honestly unknown: another column, and
	// no matter of the trial that comes next
	if (warmUp) await sandbox.hangUp();

	const ledger = sandbox.ledger();
	scan.knowSigns(ledger.requests.map(({ sign }) => sign));
	const wanted = expected(column, scenario, target, mode);
	const found = objections({
		kind: scenario.kind,
		atMostOnce: scenario.options['delivery'] === 'event-at-most-once',
		said,
		effects: scenario.effects(ledger, props),
		sends: ledger.requests
			.slice(before)
			.filter(({ path, body }) => path === scenario.effectPath && body.includes(name)).length,
		expected: scenario.tells ? ['succeeded'] : wanted,
	});
	if (said.message === undefined && !column.changesOutput) {
		found.push(...undescribedIn(scenario, output.items));
	}
	const resends = ledger.events.filter(({ orderId }) => orderId === name).map(({ raw }) => raw);
	if (new Set(resends).size > 1) found.push('resends are not the same bytes');
	found.push(...strangers(places, target, name, scan));
	if ('polluted' in {}) found.push('a member __proto__ got into every object');
	if (said.message === undefined && scenario.kind === 'read' && !column.changesOutput) {
		sandbox.clearFaults();
		const clean = await run(bench, scenario, props, { timeout: TIMEOUT.other });
		if (scenario.tells) found.push(...telling(output.items, clean.items, wanted));
		else {
			const same = isDeepStrictEqual(await essence(output.items), await essence(clean.items));
			if (!same) found.push('it put out something else than without the fault');
		}
	}
	return { said, objections: found };
}

/** Whether an operation that puts out what goes wrong has done so, and only where something did. */
function telling(
	items: readonly INodeExecutionData[],
	clean: readonly INodeExecutionData[],
	wanted: readonly Verdict[],
): string[] {
	const resultsOf = (of: readonly INodeExecutionData[]) => of.map(({ json }) => json['result']);
	const told = !isDeepStrictEqual(resultsOf(items), resultsOf(clean));
	if (told && wanted.every((verdict) => verdict === 'succeeded')) {
		return ['it tells of a fault that did no harm'];
	}
	return !told && !wanted.includes('succeeded') ? ['it does not tell of the fault'] : [];
}

/** What came out and is not as the operation describes its output, which the editor shows beforehand. */
function undescribedIn(
	{ node, parameters }: Scenario,
	items: readonly INodeExecutionData[],
): string[] {
	const value = parameters[node === 'twTrigger' ? 'event' : 'operation'] as string;
	const found = items.map(({ json }) => json);
	return misfitsOf(node, value, found);
}

/** Settings that a column may change. */
export const USUAL = {
	...{ orderInfoDelayMs: 0, labelBytes: 0, forecastCode: 200 },
	...{ forecastEnds: 0, noTime: null },
} as const satisfies Partial<Settings>;

/** Makes what the scenario needs in a sandbox that is as good as new. */
export async function prepare(
	{ sandbox }: Bench,
	scenario: Scenario,
	name: string,
): Promise<{ props: Props; before: number }> {
	sandbox.reset();
	sandbox.set(USUAL);
	const props = await scenario.prepare(sandbox, name);
	return { props, before: sandbox.ledger().requests.length };
}

interface RunOptions extends Partial<Omit<Parameters<Bench['run']>[3] & object, 'credentials'>> {
	timeout: number;
	/** Default: those that lead to the sandbox. */
	credentials?: Bench['credentials'];
	/** Searches all that the run leaves behind. */
	scan?: CanaryScan;
}

export async function run(
	bench: Bench,
	scenario: Scenario,
	props: Props,
	{ timeout, credentials = bench.credentials, scan, ...more }: RunOptions,
): Promise<Output> {
	if (scenario.node === 'twTrigger') return await runPoll(scenario, props, credentials, scan);
	const waits = 'waitForCompletion' in scenario.parameters ? { maxWait: timeout } : {};
	const options = { ...scenario.options, ...waits, timeout };
	const parameters = { ...scenario.parameters, options };
	const made = await bench.run(scenario.node, parameters, [props], { ...more, credentials });
	const place = `${scenario.title}: `;
	// The execution as n8n stores it holds items, binary names, errors, contexts and the ledger of sends.
	scan?.addValue(`${place}execution record`, made.data);
	scan?.addValue(`${place}error`, made.error);
	if (made.error) return { said: saidBy(made.error), items: [], made };
	const json = made.items[0]?.json ?? {};
	const failed = more.onError === 'continueRegularOutput' && 'error' in json;
	return { said: failed ? saidIn(json) : {}, items: made.items, made };
}

async function runPoll(
	scenario: Scenario,
	props: Props,
	credentials: Bench['credentials'],
	scan: CanaryScan | undefined,
): Promise<Output> {
	const parameters = Object.fromEntries(
		Object.entries(scenario.parameters).map(([name, value]) => [
			name,
			value === '={{ $json.name }}' ? props.name : value,
		]),
	);
	try {
		// A look that is not the first, so that an invoice is news.
		const staticData = { watches: { newInvoice: { known: [] } } };
		const options = { parameters, credentials, credentialTypes: [new TwApi()], staticData };
		const result = await poll(new TwTrigger(QUICK), options);
		scan?.addValue(`${scenario.title}: poll`, result);
		return { said: {}, items: result.items ?? [] };
	} catch (error) {
		scan?.addValue(`${scenario.title}: error`, error);
		return { said: saidBy(error as Error), items: [] };
	}
}

/** Credentials of a vendor that is at another address. */
export function movedTo(baseUrl: string | undefined, { credentials }: Bench): Bench['credentials'] {
	if (baseUrl === undefined) return credentials;
	const { twApi, tdApi } = credentials;
	return { twApi: { ...twApi, baseUrl }, tdApi: { ...tdApi, baseUrl } };
}

export const saidBy = ({
	message,
	description,
}: Error & { description?: string | null }): Said => ({
	message,
	description: description ?? '',
});

function saidIn({ error, message, details }: IDataObject): Said {
	return {
		message: error as string,
		description: message as string,
		kind: (details as IDataObject | undefined)?.['kind'] as string | undefined,
	};
}

/** What a stranger heard: nothing of a request that carries keys, no key with a file. */
function strangers({ stranger }: Places, target: Target, name: string, scan: CanaryScan): string[] {
	const heard = stranger.heard(name);
	for (const request of heard) scan.addText('what a stranger heard', request);
	return heard.length > 0 && !target.isFile ? ['a redirect was followed with credentials'] : [];
}

/** What two runs of a read must have in common. */
async function essence(items: readonly INodeExecutionData[]): Promise<unknown> {
	return await Promise.all(
		items.map(async (item) => {
			const files = Object.entries(item.binary ?? {}).map(async ([property, file]) => ({
				name: file.fileName,
				type: file.mimeType,
				bytes: (await readBinary(item, property)).length,
			}));
			return { json: item.json, files: await Promise.all(files) };
		}),
	);
}
