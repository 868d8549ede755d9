/**
 * Whether an owner gets out of every fault: `npm run test:ways-out`.
 *
 * Each write and each event is run under each fault, the fault's cause is mended, and then the owner does the
 * next thing. The sandbox's ledger is the judge: the item has to end as one at the vendor that is told as what it
 * is, by that step or by the clicks that the error names. `--summary=<page>` writes the counts into a page of docs/.
 */
import { targetsOf, trialsOf } from './cell';
import { arranged } from './columns';
import { heldAgainst } from './oracle';
import { filters, openStage } from './stage';
import { NEXT_STEPS, nextSteps, walk, type WayTrial } from './way-cell';
import { wayColumns } from './way-columns';
import { rows } from './way-rows';
import { isBad, printWays, totals, type WayCell, wayLegend, writeSummary } from './way-table';

async function main(): Promise<void> {
	const began = performance.now();
	const stage = await openStage();
	const wanted = filters();
	const cells = new Map<string, WayCell>();
	const trials: WayTrial[] = [];
	for (const row of rows.filter(({ title }) => wanted.rows.test(title))) {
		const targets = await targetsOf(stage.benches[0]!, row);
		for (const column of wayColumns.filter(({ code }) => wanted.columns.test(code))) {
			for (const trial of trialsOf(row, column, targets)) {
				// What comes only once, the run itself gets over
				if (trial.mode === 'once') continue;
				trials.push(...nextSteps(trial).map((next) => ({ ...trial, scenario: row, next })));
			}
		}
	}
	trials.sort((a, b) => Number(b.column.hangs ?? false) - Number(a.column.hangs ?? false));

	await stage.each(trials, async (bench, trial, index) => {
		const walked = await walk(bench, stage.places, trial, `F-${index}`);
		if (!walked) return;
		const { scenario: row, column, next } = trial;
		const key = `${row.title} ${next} ${column.code}`;
		const cell = cells.get(key) ?? { row, column, next, runs: [] };
		cells.set(key, cell);
		cell.runs.push({ ...trial, ...walked });
	});
	await stage.close();
	await report(inOrder(cells.values()), (performance.now() - began) / 1000);
}

function inOrder(cells: Iterable<WayCell>): WayCell[] {
	const steps = Object.keys(NEXT_STEPS);
	const place = ({ row, column, next }: WayCell) =>
		(rows.indexOf(row) * steps.length + steps.indexOf(next)) * wayColumns.length +
		wayColumns.indexOf(column);
	return [...cells].sort((a, b) => place(a) - place(b));
}

async function report(cells: readonly WayCell[], seconds: number): Promise<void> {
	printWays(cells);
	console.log(wayLegend(cells));
	for (const { row, column, next, runs } of cells.filter(isBad)) {
		for (const { target, mode, way, why, said } of runs) {
			if (why.length === 0) continue;
			const what = `${row.title} × ${column.code}: ${arranged(column, target, mode)}`;
			console.log(`✗ ${way}: ${what}; then ${NEXT_STEPS[next]}. ${heldAgainst(said, why)}`);
		}
	}
	const count = totals(cells);
	const played = cells.reduce((sum, { runs }) => sum + runs.length, 0);
	console.log(`${cells.length} cells, played ${played} times in ${seconds.toFixed(0)} s`);
	console.log(
		`done in the run itself: ${count['at once']}; done at the first new run: ${count['new run']}, ` +
			`done by the named clicks: ${count.clicks}, stuck: ${count.stuck}; doubled: ${count.doubled}`,
	);
	for (const argument of process.argv.slice(3)) {
		const [, page] = /^--summary=(.+)$/.exec(argument) ?? [];
		if (page) await writeSummary(cells, page);
	}
	const failed = cells.filter(isBad).length;
	console.log(`${cells.length - failed} passed, ${failed} failed`);
	process.exitCode = failed > 0 || cells.length === 0 ? 1 : 0;
}

main().catch((error: unknown) => {
	console.error(error);
	console.log('0 passed, 1 failed');
	process.exit(1);
});
