/** The table of ways out, in full and as the docs show it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { told } from './columns';
import { NEXT_STEPS, type WayTrial, type Walked } from './way-cell';
import { type Way, WAYS, worstOf } from './way-judge';
import type { Row } from './way-rows';

/** A write or an event, a fault, and the owner's next step: as good as the worst of its runs. */
export interface WayCell extends Pick<WayTrial, 'column' | 'next'> {
	row: Row;
	runs: Array<WayTrial & Walked>;
}

const WIDTH = 9;
/** Columns side by side; the others follow below. */
const COLUMNS_PER_BLOCK = 14;

export const wayOf = ({ runs }: WayCell): Way => worstOf(runs.map(({ way }) => way));
export const isBad = (cell: WayCell): boolean =>
	wayOf(cell) === 'stuck' || cell.runs.some(({ isDoubled }) => isDoubled);

/** A row for each write or event and next step, a column for each fault. */
export function printWays(cells: readonly WayCell[]): void {
	const titleOf = ({ row, next }: WayCell) => `${row.title} · ${next}`;
	const titles = [...new Set(cells.map(titleOf))];
	const codes = [...new Set(cells.map(({ column }) => column.code))];
	const width = Math.max(...titles.map((title) => title.length)) + 1;
	const at = new Map(cells.map((cell) => [`${titleOf(cell)} ${cell.column.code}`, cell]));
	for (let from = 0; from < codes.length; from += COLUMNS_PER_BLOCK) {
		const block = codes.slice(from, from + COLUMNS_PER_BLOCK);
		const line = (title: string, words: string[]) =>
			console.log(`${title.padEnd(width)}${words.map((word) => word.padEnd(WIDTH)).join('')}`);
		console.log('');
		line('', block);
		for (const title of titles) {
			const made = block.map((code) => at.get(`${title} ${code}`));
			if (made.some((cell) => cell !== undefined)) line(title, made.map(wordOf));
		}
	}
}

function wordOf(cell: WayCell | undefined): string {
	if (!cell) return '-';
	return cell.runs.some(({ isDoubled }) => isDoubled) ? 'DOUBLED' : wayOf(cell);
}

export function wayLegend(cells: readonly WayCell[]): string {
	const columns = new Map(cells.map(({ column }) => [column.code, told(column)]));
	const steps = Object.entries(NEXT_STEPS).map(([name, words]) => [`· ${name}`, `then ${words}`]);
	return [
		[],
		['at once', 'the run under the fault has done it itself'],
		['new run', 'the next step has done it, once, and says what it is'],
		['clicks', 'it is said to be unknown; the way out that is named was clicked, and has done it'],
		['stuck', 'neither'],
		['-', 'the fault or the next step does not apply'],
		...steps,
		[],
		...columns,
		[],
	]
		.map(([code = '', words = '']) => `  ${code.padEnd(14)} ${words}`.trimEnd())
		.join('\n');
}

export function totals(cells: readonly WayCell[]): Record<Way | 'doubled', number> {
	const count = (way: Way) => cells.filter((cell) => wayOf(cell) === way).length;
	const doubled = cells.filter(({ runs }) => runs.some(({ isDoubled }) => isDoubled)).length;
	return {
		...(Object.fromEntries(WAYS.map((way) => [way, count(way)])) as Record<Way, number>),
		doubled,
	};
}

// For the docs ----------------------------------------------------------------------------------------

const BEGIN = '<!-- ways out: made by npm run test:ways-out -->';
const END = '<!-- /ways out -->';

const HEADINGS = {
	en: {
		row: 'Write or event',
		all: 'All of them',
		'at once': 'Done in the run itself',
		'new run': 'Done by the next run',
		clicks: 'Done by the named clicks',
		stuck: 'Stuck',
		doubled: 'Doubled',
	},
	zh: {
		row: '写入或事件',
		all: '合计',
		'at once': '本次运行即完成',
		'new run': '下一次运行完成',
		clicks: '按提示点击后完成',
		stuck: '无法继续',
		doubled: '重复',
	},
} as const;

/** A row for each write or event: how many cells end in which way. */
export function summaryOf(cells: readonly WayCell[], language: keyof typeof HEADINGS): string {
	const { row: first, all, ...words } = HEADINGS[language];
	const labels = [...new Set(cells.map(({ row }) => row.label))];
	const counts = (some: readonly WayCell[]) =>
		(Object.keys(words) as Array<keyof typeof words>).map((word) => `${totals(some)[word]}`);
	return [
		[first, ...Object.values(words)],
		['---', ...Object.values(words).map(() => '--:')],
		...labels.map((label) => [label, ...counts(cells.filter(({ row }) => row.label === label))]),
		[`**${all}**`, ...counts(cells)],
	]
		.map((line) => `| ${line.join(' | ')} |`)
		.join('\n');
}

/** Puts the summary between its marks in a page. */
export async function writeSummary(cells: readonly WayCell[], page: string): Promise<void> {
	const text = readFileSync(page, 'utf8');
	const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
	if (from < 0 || to < from) throw new Error(`${page} has no place for the table: ${BEGIN} ${END}`);
	const table = summaryOf(cells, page.includes('zh-CN') ? 'zh' : 'en');
	const fresh = `${text.slice(0, from)}${BEGIN}\n\n${table}\n\n${text.slice(to)}`;
	writeFileSync(page, await format(fresh, { ...(await resolveConfig(page)), parser: 'markdown' }));
}
