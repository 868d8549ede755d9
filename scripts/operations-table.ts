/**
 * Writes the README's table of endpoints and events from the operations themselves.
 *
 * `tsx scripts/operations-table.ts` writes it; with `--check` it fails if the README is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { tdEvents } from '../lib/td/events';
import { twEndpoints } from '../lib/tw/wire/endpoints';
import { tdEventOperations } from '../nodes/TdOrderEvent/events';
import { tdOperations } from '../nodes/TdOrderEvent/TdOrderEvent.node.js';
import { twNodes } from './offers';

const BEGIN = '<!-- operations: made by npm run docs:table -->';
const END = '<!-- /operations -->';
const readme = join(__dirname, '..', 'README.md');

function table(): string {
	const rows = Object.values(twEndpoints).map(({ title, path, source }) => {
		const used = twNodes.flatMap(({ title: node, offers }) => {
			const names = offers.filter(({ endpoints }) => endpoints.includes(title));
			return names.length > 0 ? [`${node}: ${names.map(({ name }) => name).join(', ')}`] : [];
		});
		if (used.length === 0) throw new Error(`No operation serves '${title}'`);
		return ['TW', title, `\`${path}\``, used.join('; '), source];
	});
	for (const { title: node, offers } of twNodes) {
		// What asks the register calls nobody
		for (const { name } of offers.filter(({ endpoints }) => endpoints.length === 0)) {
			rows.push(['–', '–', '–', `${node}: ${name}`, 'what the nodes remember']);
		}
	}
	for (const [type, source] of Object.entries(tdEvents)) {
		const operation = tdEventOperations.find(({ value }) => value === type);
		if (!operation) throw new Error(`No operation reports '${type}'`);
		const names = [operation, ...tdOperations.filter(({ endpoints }) => endpoints.includes(type))];
		const used = [...new Set(names.map(({ name }) => name))].join(', ');
		rows.push(['TD', operation.name, `\`${type}\``, `TD Order Event: ${used}`, source]);
	}
	return [
		['Vendor', 'Endpoint or event', 'On the wire', 'Node: operation', 'Known from'],
		['---', '---', '---', '---', '---'],
		...rows,
	]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

async function main(): Promise<void> {
	const text = readFileSync(readme, 'utf8');
	const from = text.indexOf(BEGIN);
	const to = text.indexOf(END);
	if (from < 0 || to < from) throw new Error('README.md has no place for the table');
	const fresh = await format(`${text.slice(0, from)}${BEGIN}\n\n${table()}\n\n${text.slice(to)}`, {
		...(await resolveConfig(readme)),
		parser: 'markdown',
	});
	if (!process.argv.includes('--check')) writeFileSync(readme, fresh);
	else if (fresh !== text) {
		console.error("README.md's table is stale: run npm run docs:table");
		process.exitCode = 1;
	}
}

void main();
