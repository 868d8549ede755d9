/** The house stands as CONTRIBUTING.md draws it: no circle, no import upward, nothing loose. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..');

describe('the linter', () => {
	const BORDER = 'import-x/no-restricted-paths';
	const LINEAR = 'house/linear-patterns';
	const unit = 'test/unit/base/redact.test.ts';
	const refused = [
		['lib/base/money.ts', "import type { Send } from '../once/send';", BORDER],
		['lib/http/read-json.ts', "import { twEndpoints } from '../tw/wire/endpoints';", BORDER],
		['lib/fields/schema.ts', "import type { Operation } from '../operation/operation';", BORDER],
		['lib/fields/layout.ts', "import type { Ticket } from '../tw/orders/ticket';", BORDER],
		['lib/fields/field.ts', "import type { INode } from 'n8n-workflow';", BORDER],
		['lib/register/schema.ts', "import type { Operation } from '../operation/operation';", BORDER],
		['lib/register/register.ts', "import type { Send } from '../once/send';", BORDER],
		['lib/once/claim.ts', "import { TW_WRITE } from '../tw/writes/policy';", BORDER],
		['lib/once/settle.ts', "import type { TdClient } from '../td/client';", BORDER],
		['lib/once/once.ts', "import { post } from '../http/post-json';", BORDER],
		['lib/once/send.ts', "import type { INode } from 'n8n-workflow';", BORDER],
		['lib/tw/wire/client.ts', "import type { Ticket } from '../orders/ticket';", BORDER],
		['lib/tw/writes/policy.ts', "import type { Ticket } from '../orders/ticket';", BORDER],
		['lib/tw/orders/quote.ts', "export { tdEvents } from '../../td/events';", BORDER],
		[
			'lib/tw/orders/info.ts',
			"import type { Operation } from '../../operation/operation';",
			BORDER,
		],
		['lib/tw/billing/balance.ts', "import type { Send } from '../../once/send';", BORDER],
		['lib/tw/bags/bag.ts', "import type { Ticket } from '../orders/ticket';", BORDER],
		['lib/td/client.ts', "import type { INode } from 'n8n-workflow';", BORDER],
		['lib/td/events.ts', "import type { ShopEvent } from '../shops/order';", BORDER],
		['lib/td/deliver.ts', "import type { Operation } from '../operation/operation';", BORDER],
		['lib/shops/order.ts', "import type { Operation } from '../operation/operation';", BORDER],
		['lib/shops/read.ts', "import { judge } from '../contract/judge';", BORDER],
		['lib/contract/judge.ts', "import type { ShopOrder } from '../shops/order';", BORDER],
		['lib/contract/report.ts', "import { runOperations } from '../run/run';", BORDER],
		['lib/contract/outline.ts', "import type { INode } from 'n8n-workflow';", BORDER],
		['lib/operation/options.ts', "import type { Report } from '../run/report';", BORDER],
		['lib/operation/operation.ts', "import type { Send } from '../once/send';", BORDER],
		['lib/operation/input.ts', "import { literal } from '../expressions/plain-json';", BORDER],
		[
			'lib/expressions/template.ts',
			"import type { Operation } from '../operation/operation';",
			BORDER,
		],
		['lib/expressions/items.ts', "import { isRecord } from '../base/json';", BORDER],
		['lib/run/run.ts', "import { twNode } from '../../nodes/shared/tw';", BORDER],
		['lib/run/profile.ts', "import type { TwClient } from '../tw/wire/client';", BORDER],
		['lib/run/plan.ts', "import type { ShopOrder } from '../shops/order';", BORDER],
		['lib/loose.ts', 'export const loose = 1;', 'no-restricted-syntax'],
		['lib/shops/order.ts', 'keyOf(kind, account, `${shop} ${id}`);', 'no-restricted-syntax'],
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
		['lib/tw/orders/label.ts', String.raw`export default /^[A-Z\s]+=?\s*$/;`, LINEAR],
		['lib/shops/shopify/values.ts', String.raw`export default /\/([^/?]+)(?:\?.*)?$/;`, LINEAR],
		['nodes/TwTrigger/events/newInvoice.ts', String.raw`export default /\s+$/;`, LINEAR],
		[
			'lib/fields/schema.ts',
			"const BLANK = '[ \\t]'; export default new RegExp(`${BLANK}+$`, 'u');",
			LINEAR,
		],
	] as const;
	const allowed = [
		['lib/once/send.ts', "import '../register/register';"],
		['lib/base/json.ts', String.raw`export default [/^\s+/, /\s+/g, /^[A-Z\s]+={0,2}$/];`],
		['lib/contract/judge.ts', "import '../tw/wire/client';"],
		['lib/contract/readers.ts', "import '../td/codes';"],
		['lib/shops/order.ts', "import '../tw/orders/ticket';"],
		['lib/operation/input.ts', "import '../fields/schema';"],
		['lib/operation/time.ts', "import 'n8n-workflow';"],
		['lib/expressions/items.ts', "import 'n8n-workflow';"],
		['lib/run/read-items.ts', "import '../expressions/items';"],
		['lib/run/run.ts', "import '../register/schema';"],
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

	it.each(rooms())('is tried at the border of lib/%s', (room) => {
		expect(refused.some(([file]) => dirname(file) === `lib/${room}`)).toBe(true);
	});

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
	const bounded = rooms().map((room) => room.split('/')[0]);
	expect(entries.map(({ name }) => name).filter((name) => !bounded.includes(name))).toEqual([]);
});

it('one word, one meaning: no two exported types share a name', () => {
	const homes = new Map<string, string[]>();
	for (const file of ['lib', 'nodes', 'credentials'].flatMap(filesIn)) {
		const place = relative(root, file);
		for (const name of exportedTypesOf(place, readFileSync(file, 'utf8')))
			homes.set(name, [...(homes.get(name) ?? []), place]);
	}
	expect(homes.size).toBeGreaterThan(100);
	expect([...homes].filter(([, places]) => places.length > 1)).toEqual([]);
});

it('the search for exported types finds each kind, once a file', () => {
	const text = `export type A = 1; export interface B {} export interface B {} export abstract class C {}
		export enum D {} export const E = 1; type F = 2; export default class G {} export type { H } from './h';`;
	expect(exportedTypesOf('a.ts', text)).toEqual(new Set(['A', 'B', 'C', 'D', 'G']));
});

const folders = ['lib', 'nodes', 'credentials', 'sandbox'];
it.each(folders)('%s has no circle, type imports included', (folder) => {
	const files = filesIn(folder);
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

/** The rooms of lib/ as the linter knows them, such as `tw/wire`. */
function rooms(): string[] {
	const config = readFileSync(join(root, 'eslint.config.mjs'), 'utf8');
	const list = /const ROOMS = \{(.*?)\n\};/s.exec(config)![1]!;
	return [...list.matchAll(/^\t'?([a-z/]+)/gm)].map(([, name]) => name!);
}

const filesIn = (folder: string): string[] =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(root, folder, name));

/** The names that a file declares as types and exports; its imports and their re-exports are no new words. */
function exportedTypesOf(path: string, text: string): Set<string> {
	const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
	const names = statements.flatMap((one) => {
		const isType =
			ts.isTypeAliasDeclaration(one) ||
			ts.isInterfaceDeclaration(one) ||
			ts.isClassDeclaration(one) ||
			ts.isEnumDeclaration(one);
		if (!isType || !one.name) return [];
		const isExported = one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
		return isExported ? [one.name.text] : [];
	});
	return new Set(names);
}

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
