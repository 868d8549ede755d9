/** The matrix as a table: a row for each operation, a column for each fault. */
import { told } from './columns';
import type { Cell } from './matrix';
import { SAYS, type Verdict, verdictOf } from './oracle';

const LETTERS: Record<Verdict, string> = {
	succeeded: 's',
	failed: 'f',
	unknown: 'u',
	unfinished: 'p',
};
const WIDTH = 6;
/** Columns side by side; the others follow below. */
const COLUMNS_PER_BLOCK = 20;

export function printTable(cells: readonly Cell[]): void {
	const rows = [...new Set(cells.map(({ scenario }) => scenario.title))];
	const codes = [...new Set(cells.map(({ column }) => column.code))];
	const titleWidth = Math.max(...rows.map((title) => title.length)) + 1;
	const at = new Map(cells.map((cell) => [`${cell.scenario.title} ${cell.column.code}`, cell]));
	for (let from = 0; from < codes.length; from += COLUMNS_PER_BLOCK) {
		const block = codes.slice(from, from + COLUMNS_PER_BLOCK);
		console.log(`\n${' '.repeat(titleWidth)}${block.map((code) => code.padEnd(WIDTH)).join('')}`);
		for (const title of rows) {
			const marks = block.map((code) => mark(at.get(`${title} ${code}`)!).padEnd(WIDTH));
			console.log(`${title.padEnd(titleWidth)}${marks.join('')}`);
		}
		const passed = block.map((code) => {
			const column = cells.filter((cell) => cell.column.code === code && cell.runs.length > 0);
			return `${column.filter((cell) => !isBad(cell)).length}`.padEnd(WIDTH);
		});
		console.log(`${'passed'.padEnd(titleWidth)}${passed.join('')}`);
	}
}

export function legend(cells: readonly Cell[]): string {
	const columns = new Map(cells.map(({ column }) => [column.code, told(column)]));
	const verdicts = Object.keys(LETTERS) as Verdict[];
	const rows = [
		[],
		...verdicts.map((verdict) => [LETTERS[verdict], `the node says that ${SAYS[verdict]}`]),
		['X', 'that is not what the vendor has, or not what was expected'],
		['-', 'the fault does not apply'],
		[],
		...columns,
		[],
	];
	return rows
		.map(([code = '', words = '']) => `  ${code.padEnd(WIDTH)} ${words}`.trimEnd())
		.join('\n');
}

const isBad = ({ runs }: Cell) => runs.some(({ objections }) => objections.length > 0);

function mark(cell: Cell): string {
	if (cell.runs.length === 0) return '-';
	const said = [...new Set(cell.runs.map(({ said }) => LETTERS[verdictOf(said)]))].sort().join('');
	return isBad(cell) ? `X${said}` : said;
}
