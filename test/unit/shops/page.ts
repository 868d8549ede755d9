/**
 * What is expected of the bodies, as pages that a person can review at a glance: one file per aspect and
 * shop in `pages/`, made of tables with one row per body, or several.
 *
 * `UPDATE_PAGES=1 npx jest test/unit/shops` writes them; then read the difference.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Cell = string | number | boolean | null | undefined;

export interface Table {
	title: string;
	columns: readonly string[];
	rows: ReadonlyArray<readonly Cell[]>;
}

/**
 * Compares a page with its file in `pages/`.
 *
 * @param file e.g. `shopify.order.md`
 */
export function expectPage(file: string, title: string, tables: readonly Table[]): void {
	const path = join(__dirname, 'pages', file);
	const page = `# ${title}\n\n${tables.map(textOf).join('\n')}`;
	if (process.env['UPDATE_PAGES']) writeFileSync(path, page);
	expect(page).toBe(readFileSync(path, 'utf8'));
}

/** A table as prettier writes it. Where nothing is told there is nothing. */
function textOf({ title, columns, rows }: Table): string {
	const cells = [columns, ...rows.map((row) => row.map(shown))];
	const widths = columns.map((_, at) => Math.max(3, ...cells.map((row) => (row[at] ?? '').length)));
	const line = (row: readonly string[]) =>
		`| ${widths.map((width, at) => (row[at] ?? '').padEnd(width)).join(' | ')} |\n`;
	const [head = [], ...body] = cells;
	const rule = widths.map((width) => '-'.repeat(width));
	return `## ${title}\n\n${[head, rule, ...body].map(line).join('')}`;
}

function shown(cell: Cell): string {
	if (cell === true) return 'yes';
	if (cell === false) return 'no';
	return String(cell ?? '')
		.trim()
		.replaceAll('|', '\\|')
		.replace(/([*<])/g, '\\$1');
}
