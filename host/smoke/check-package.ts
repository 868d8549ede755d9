import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, sep } from 'node:path';
import { n8nCommand } from '../n8n';
import { outputPreviews } from '../../scripts/output-previews';
import { freePorts } from '../ports';
import type { Checks } from './checks';
import { expect, expectEqual } from './expect';
import type { Stage } from './stage';

interface Manifest {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
	dependencies: Record<string, string>;
}

/** What is promised in our package.json is what n8n has loaded, with our own dependencies. */
export async function checkPackage(stage: Stage, checks: Checks): Promise<void> {
	const manifestFile = join(stage.packageFolder, 'package.json');
	const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;

	const nodes = manifest.n8n.nodes.map((file) => `${manifest.name}.${typeName(file, '.node.js')}`);
	await checks.check(`n8n export:nodes lists ${nodes.join(', ')}`, async () => {
		expectAll(nodes, await exportedNodes(stage));
	});

	const credentials = manifest.n8n.credentials.map((file) => typeName(file, '.credentials.js'));
	await checks.check(`n8n offers the credential types ${credentials.join(', ')}`, async () => {
		expectAll(credentials, await stage.n8n.rest.listTypes('credentials'));
	});

	const served = 'n8n serves what the editor shows of each output before the first run';
	await checks.check(served, async () => {
		for (const [path, preview] of outputPreviews()) {
			const url = `${stage.n8n.url}/schemas/${manifest.name}.${schemaPath(path)}`;
			const answer = await fetch(url);
			expect(answer.status === 200, `HTTP ${answer.status} of ${url}`);
			expectEqual(url, JSON.stringify(await answer.json()), JSON.stringify(preview));
		}
	});

	for (const name of Object.keys(manifest.dependencies)) {
		await checks.check(`${name} is found inside our package`, () => {
			const place = realpathSync(createRequire(manifestFile).resolve(name));
			expect(place.startsWith(realpathSync(stage.packageFolder) + sep), `it is at ${place}`);
		});
	}
}

/** How the editor asks for a file of the package, e.g. `twOrder/1.0.0/get.json`. */
function schemaPath(file: string): string {
	const [, folder, rest] = /^nodes\/(\w+)\/__schema__\/v(.*)$/.exec(file)!;
	return `${folder!.charAt(0).toLowerCase()}${folder!.slice(1)}/${rest}`;
}

async function exportedNodes({ host, n8n, userFolder }: Stage): Promise<{ name: string }[]> {
	const output = join(userFolder, 'nodes.json');
	const [port, brokerPort] = await freePorts([], []);
	const place = { userFolder, port, brokerPort };
	await n8nCommand(host, place, ['export:nodes', `--output=${output}`], n8n.logFile);
	return JSON.parse(readFileSync(output, 'utf8')) as { name: string }[];
}

function expectAll(wanted: string[], found: { name: string }[]): void {
	const names = new Set(found.map(({ name }) => name));
	const missing = wanted.filter((name) => !names.has(name));
	expect(missing.length === 0, `missing: ${missing.join(', ')}`);
}

/** n8n's convention: the file TwOrder.node.js holds the type twOrder. */
function typeName(file: string, ending: string): string {
	const name = basename(file, ending);
	return name.charAt(0).toLowerCase() + name.slice(1);
}
