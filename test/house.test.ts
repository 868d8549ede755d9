/** The house stands as CONTRIBUTING.md draws it: no circle, no import upward, nothing loose. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..');

describe('the linter', () => {
	const BORDER = 'import-x/no-restricted-paths';
	const unit = 'test/unit/base/redact.test.ts';
	const refused = [
		['lib/base/money.ts', "import type { Send } from '../operation/needs';", BORDER],
		['lib/http/json.ts', "import { twEndpoints } from '../tw/wire/endpoints';", BORDER],
		['lib/operation/options.ts', "import type { Report } from '../run/report';", BORDER],
		['lib/register/key.ts', "import type { Operation } from '../operation/operation';", BORDER],
		['lib/tw/wire/client.ts', "import type { Ticket } from '../orders/ticket';", BORDER],
		['lib/tw/orders/quote.ts', "export { tdEvents } from '../../td/events';", BORDER],
		['lib/td/client.ts', "import type { INode } from 'n8n-workflow';", BORDER],
		['lib/td/events.ts', "import type { ShopEvent } from '../shops/order';", BORDER],
		['lib/run/run.ts', "import { twNode } from '../../nodes/shared/tw';", BORDER],
		['lib/loose.ts', 'export const loose = 1;', 'no-restricted-syntax'],
		[unit, "import { runNode } from '../../engine/harness';", BORDER],
		[unit, "import { useBench } from '../../support';", BORDER],
		[unit, "import { startSandbox } from '../../../sandbox';", BORDER],
		[unit, "import { listen } from '../../../sandbox/listener';", BORDER],
		[unit, "import type { WorkflowFile } from '../../../host/rest';", BORDER],
		[unit, "import { WorkflowExecute } from 'n8n-core';", BORDER],
		[unit, "import { Pool } from 'pg';", BORDER],
		[unit, "import { request } from 'undici';", BORDER],
		[unit, "import { createServer } from 'node:http';", 'no-restricted-imports'],
		[unit, "import { connect } from 'net';", 'no-restricted-imports'],
		[unit, "import { fork } from 'node:child_process';", 'no-restricted-imports'],
	] as const;
	const allowed = [
		['lib/run/run.ts', "import '../register/key';"],
		[unit, "import '../../../sandbox/tw/ticket';"],
		[unit, "import '../../../sandbox/td/events';"],
	] as const;
	let found: string[][];
	beforeAll(() => {
		const input = JSON.stringify([...refused, ...allowed]);
		const script = join(__dirname, 'lint-trials.mjs');
		const output = execFileSync(process.execPath, [script], { cwd: root, input, encoding: 'utf8' });
		found = JSON.parse(output) as string[][];
	}, 60_000);

	it.each(refused.map((trial, i) => [...trial, i] as const))(
		'refuses in %s: %s',
		(_file, _code, rule, i) => expect(found[i]).toContain(rule),
	);

	it.each(allowed.map((trial, i) => [...trial, refused.length + i] as const))(
		'lets %s: %s',
		(_file, _code, i) => expect(found[i]).toEqual([]),
	);
});

it('nothing lies loose in lib/, and each of its rooms has a border', () => {
	const entries = readdirSync(join(root, 'lib'), { withFileTypes: true });
	expect(entries.filter((entry) => !entry.isDirectory())).toEqual([]);
	const config = readFileSync(join(root, 'eslint.config.mjs'), 'utf8');
	const rooms = /const ROOMS = \{(.*?)\n\};/s.exec(config)![1]!;
	const bounded = [...rooms.matchAll(/^\t'?([a-z]+)/gm)].map(([, name]) => name);
	expect(entries.map(({ name }) => name).filter((name) => !bounded.includes(name))).toEqual([]);
});

const folders = ['lib', 'nodes', 'credentials', 'sandbox'];
it.each(folders)('%s has no circle, type imports included', (folder) => {
	const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(root, folder, name));
	expect(files.length).toBeGreaterThan(0);
	expect(circleIn(new Map(files.map((file) => [file, importsOf(file)])))).toEqual([]);
});

it('the search for circles finds one', () => {
	const graph = new Map([
		['/a', ['/b']],
		['/b', ['/c']],
		['/c', ['/b']],
	]);
	expect(circleIn(graph)).toHaveLength(3);
});

function importsOf(file: string): string[] {
	const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
	return importedFiles.flatMap(({ fileName }) => {
		if (!fileName.startsWith('.')) return [];
		const path = join(dirname(file), fileName);
		return [`${path}.ts`, join(path, 'index.ts')].filter(existsSync);
	});
}

/** The first circle, from a file back to itself; empty if there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
	const done = new Set<string>();
	const search = (file: string, path: string[]): string[] => {
		const at = path.indexOf(file);
		if (at >= 0) return [...path.slice(at), file].map((one) => relative(root, one));
		if (done.has(file)) return [];
		for (const next of graph.get(file) ?? []) {
			const circle = search(next, [...path, file]);
			if (circle.length > 0) return circle;
		}
		done.add(file);
		return [];
	};
	for (const file of graph.keys()) {
		const circle = search(file, []);
		if (circle.length > 0) return circle;
	}
	return [];
}
