/**
 * The matrix of every operation and every fault, in n8n's engine: `npm run test:faults`.
 *
 * For each cell the sandbox's ledger is the judge: what the node says of a request must be what the
 * vendor has. All that the runs leave behind is searched for the secrets they were made with.
 */
import type { RequestEntry } from '../../sandbox';
import { logLines } from '../engine/host';
import type { Bench } from '../support';
import { CanaryScan, proveSearch } from './canaries';
import { attempt, type Judgement, targetsOf, type Trial, trialsOf } from './cell';
import { arranged, type Column, columns } from './columns';
import { heldAgainst } from './oracle';
import { allScenarios, type Scenario } from './scenarios';
import { filters, openStage } from './stage';
import { legend, printTable } from './table';

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
	const stage = await openStage();
	const { benches, places } = stage;
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
	await stage.each(trials, async (bench, { trial, cell }, index) => {
		const judgement = await attempt(bench, places, scan, trial, `F-${index}`);
		cell.runs.push({ ...trial, ...judgement });
	});

	const untrusted = places.untrusted.ledger().counts.requests;
	await stage.close();
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

/** Rough order of how long a trial waits. */
function cost({ scenario, column, mode }: Trial): number {
	const polls = scenario.node === 'twTrigger' ? 2 : 1;
	return polls * (column.hangs ? 4 : mode === 'always' && column.sentAgain ? 2 : 1);
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
