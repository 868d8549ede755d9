/**
 * The matrix of every operation and every fault, in n8n's engine: `npm run test:faults`.
 *
 * For each cell the sandbox's ledger is the judge: what the node says of a request must be what the
 * vendor has. All that the runs leave behind is searched for the secrets they were made with.
 */
import { type RequestEntry, startSandbox } from '../../sandbox';
import { logLines } from '../engine/host';
import type { Bench } from '../support';
import { CanaryScan, proveSearch } from './canaries';
import { attempt, type Judgement, openMarkedBench, targetsOf, type Trial } from './cell';
import { arranged, type Column, columns, type Mode, type Places, type Target } from './columns';
import { heldAgainst } from './oracle';
import { neverConnects, resetsHandshake, stranger } from './places';
import { allScenarios, type Scenario } from './scenarios';
import { legend, printTable } from './table';

/** Cells spend their time waiting, so many are under way at once. */
const AT_ONCE = 32;

/** One operation under one fault: passed if all its runs did. */
export interface Cell {
	scenario: Scenario;
	column: Column;
	runs: Array<Trial & Judgement>;
}

async function main(): Promise<void> {
	const began = performance.now();
	const scan = new CanaryScan();
	const restoreOutput = searchOutput(scan);
	const places = await openPlaces();
	const benches = await Promise.all(Array.from({ length: AT_ONCE }, openMarkedBench));
	const wanted = filters();

	const scenarios = allScenarios().filter(({ title }) => title.match(wanted.rows));
	const used = columns.filter(({ code }) => wanted.columns.test(code));
	const cells: Cell[] = [];
	const trials: Array<{ trial: Trial; cell: Cell }> = [];
	for (const scenario of scenarios) {
		const targets = await targetsOf(benches[0]!, scenario);
		for (const column of used) {
			const cell: Cell = { scenario, column, runs: [] };
			cells.push(cell);
			for (const trial of trialsOf(scenario, column, targets)) trials.push({ trial, cell });
		}
	}
	await proveScan(benches[0]!);

	// What takes long begins first.
	trials.sort((a, b) => cost(b.trial) - cost(a.trial));
	let next = 0;
	await Promise.all(
		benches.map(async (bench) => {
			while (next < trials.length) {
				const index = next++;
				const { trial, cell } = trials[index]!;
				const judgement = await attempt(bench, places, scan, trial, `F-${index}`);
				cell.runs.push({ ...trial, ...judgement });
			}
		}),
	);

	const untrusted = places.untrusted.ledger().counts.requests;
	for (const bench of benches) await bench.close();
	await closePlaces(places);
	restoreOutput();
	scan.addValue('log', logLines);
	report(cells, scan, untrusted, (performance.now() - began) / 1000);
}

/** The search must find key, partner key and signature in what the vendors have really received. */
async function proveScan(bench: Bench): Promise<void> {
	const received: RequestEntry[] = [];
	for (const title of ['twBalance get', 'td order_confirm']) {
		const scenario = allScenarios().find((each) => each.title === title)!;
		await targetsOf(bench, scenario);
		received.push(...bench.sandbox.ledger().requests);
	}
	const sign = received.find((request) => request.sign !== null)!.sign!;
	proveSearch(JSON.stringify(received), sign);
}

/** `node run.cjs matrix <rows> <columns>`: regular expressions, for work on single cells. */
function filters() {
	const [rows = '', codes = ''] = process.argv.slice(3);
	return { rows: new RegExp(rows), columns: new RegExp(codes) };
}

function trialsOf(scenario: Scenario, column: Column, targets: Target[]): Trial[] {
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

/** Rough order of how long a trial waits. */
function cost({ scenario, column, mode }: Trial): number {
	const polls = scenario.node === 'twTrigger' ? 2 : 1;
	return polls * (column.hangs ? 4 : mode === 'always' && column.sentAgain ? 2 : 1);
}

async function openPlaces(): Promise<Places> {
	return {
		handshake: await resetsHandshake(),
		deaf: await neverConnects(),
		stranger: await stranger(),
		untrusted: await startSandbox({ https: true }),
	};
}

async function closePlaces({ handshake, deaf, stranger: other, untrusted }: Places): Promise<void> {
	await Promise.all([handshake.close(), deaf.close(), other.close(), untrusted.close()]);
}

/** Whatever is printed meanwhile is searched as well. */
function searchOutput(scan: CanaryScan): () => void {
	const restore = [process.stdout, process.stderr].map((stream) => {
		const write = stream.write.bind(stream);
		stream.write = (chunk: string | Uint8Array, ...rest: []) => {
			scan.addText('output', Buffer.from(chunk).toString());
			return write(chunk, ...rest);
		};
		return () => (stream.write = write);
	});
	return () => restore.forEach((each) => each());
}

function report(cells: Cell[], scan: CanaryScan, untrusted: number, seconds: number): void {
	const made = cells.filter(({ runs }) => runs.length > 0);
	const bad = made.filter(({ runs }) => runs.some((run) => run.objections.length > 0));
	printTable(cells);
	console.log(legend(cells));
	for (const { scenario, column, runs } of bad) {
		for (const { target, mode, objections, said } of runs) {
			if (objections.length === 0) continue;
			const what = `${scenario.title} × ${column.code}: ${arranged(column, target, mode)}.`;
			console.log(`✗ ${what} ${heldAgainst(said, objections)}`);
		}
	}
	const leaks = scan.result();
	for (const leak of leaks.slice(0, 50)) console.log(`✗ leak: ${leak}`);
	if (untrusted > 0) console.log(`✗ ${untrusted} requests went to a host with a bad certificate`);

	const runs = made.reduce((sum, cell) => sum + cell.runs.length, 0);
	console.log(
		`${made.length} cells, ${runs} runs in ${seconds.toFixed(0)} s. ` +
			`Searched ${scan.bytes} bytes in ${scan.texts} texts for the secrets and ${scan.signCount} signatures: ${leaks.length} hits.`,
	);
	const others = [leaks.length === 0, untrusted === 0];
	const failed = bad.length + others.filter((ok) => !ok).length;
	console.log(`${made.length + others.length - failed} passed, ${failed} failed`);
	process.exitCode = failed > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
	console.error(error);
	console.log('0 passed, 1 failed');
	process.exit(1);
});
