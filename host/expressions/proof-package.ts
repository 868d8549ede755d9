/** A community package with the two nodes that compare; n8n loads it beside ours. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

export const PROOF_PACKAGE = 'n8n-nodes-expression-proof';

const sources = join(__dirname, '..', '..', 'test', 'expressions');

/** The nodes take their items from a file, our reading from our package, the rest from n8n. */
const entries = {
	'ExpressionSettings.node.js': `
		exports.ExpressionSettings = require('./nodes').ExpressionSettings;`,
	'ExpressionItems.node.js': `
		const { ExpressionItems } = require('./nodes');
		const items = require('./items.json');
		exports.ExpressionItems = class extends ExpressionItems {
			constructor() { super(items); }
		};`,
	'ExpressionPairs.node.js': `
		exports.ExpressionPairs = require('./nodes').ExpressionPairs;`,
	'ExpressionProbe.node.js': `
		const { ExpressionProbe } = require('./nodes');
		const lib = (file) => require('n8n-nodes-tw-td/dist/lib/expressions/' + file + '.js');
		const ours = {
			...lib('direct-expression'),
			...lib('parameters'),
			...lib('plain-json'),
		};
		// n8n tells nobody which engine it uses: its own object is asked
		const engine = ({ workflow: { expression } }) =>
			expression.expression?.constructor.getActiveImplementation() ?? 'legacy';
		exports.ExpressionProbe = class extends ExpressionProbe {
			constructor() { super(ours, engine); }
		};`,
};

/** Writes the package to where n8n looks for community packages. */
export function placeProofPackage(userFolder: string, items: object[]): void {
	const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', PROOF_PACKAGE);
	mkdirSync(folder, { recursive: true });
	const write = (file: string, content: string) => writeFileSync(join(folder, file), content);
	for (const name of ['comparison', 'live-items', 'nodes']) {
		const source = readFileSync(join(sources, `${name}.ts`), 'utf8');
		write(`${name}.js`, translated(source));
	}
	for (const [file, content] of Object.entries(entries)) write(file, content);
	write('items.json', JSON.stringify(items));
	const n8n = { n8nNodesApiVersion: 1, nodes: Object.keys(entries), credentials: [] };
	write('package.json', JSON.stringify({ name: PROOF_PACKAGE, version: '0.0.0', n8n }));
}

function translated(source: string): string {
	const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
	return transpileModule(source, { compilerOptions }).outputText;
}
