import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bringsNode, nodeOf, runsOnOurs } from './hosts.mjs';
import { fingerprint, isDone, once } from './once.mjs';
import { cleanInstall, npm } from './npm.mjs';
import { logDir } from './paths.mjs';
import { step } from './progress.mjs';
import { SetupError } from './run.mjs';

/** Whether `installN8n` has nothing to do. */
export function n8nIsInstalled(host) {
	return isDone(stampOf(host, 'native'), inputsOf(host)) && nodeOf(host) !== undefined;
}

/**
 * Installs a real n8n from its committed lock file, apart from this package's own dependencies.
 *
 * @param {import('./hosts.mjs').Host} host
 */
export async function installN8n(host) {
	if (n8nIsInstalled(host)) return;
	const inputs = inputsOf(host);

	await once(stampOf(host, 'packages'), inputs, async () => {
		mkdirSync(host.folder, { recursive: true });
		rmSync(stampOf(host, 'native'), { force: true });
		for (const file of ['package.json', 'package-lock.json']) {
			cpSync(join(host.recipe, file), join(host.folder, file));
		}
		// Marks the folder as a project of its own, so that this repository's .npmrc stays out of it
		writeFileSync(join(host.folder, '.npmrc'), '');
		const names = packageNames(host);
		await step(
			`download n8n ${host.version}`,
			() =>
				cleanInstall(
					host.folder,
					['--legacy-peer-deps=false'],
					join(logDir, `${host.version}-download.log`),
				),
			() => `${countUnpacked(host, names)} of ${names.length} packages`,
		);
	});

	const node = nodeOf(host);
	if (!node) throw new SetupError(`npm brought no Node for ${process.platform}-${process.arch}.`);
	await once(stampOf(host, 'native'), inputs, () =>
		step('make its database driver', () =>
			npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
				cwd: host.folder,
				log: join(logDir, `${host.version}-sqlite3.log`),
				env: headersOf(node),
			}),
		),
	);
}

/** Where the driver is compiled, its C headers come from the Node that will run it, not from the net. */
function headersOf(node) {
	const prefix = join(dirname(node), '..');
	return existsSync(join(prefix, 'include', 'node', 'node_api.h'))
		? { npm_config_nodedir: prefix }
		: {};
}

function stampOf(host, part) {
	return join(host.folder, `.${part}-installed`);
}

/** A lock file, platform or Node of another kind makes the install worthless. */
function inputsOf(host) {
	return fingerprint(
		readFileSync(join(host.recipe, 'package.json')),
		readFileSync(join(host.recipe, 'package-lock.json')),
		process.platform,
		process.arch,
		nodeKindOf(host),
	);
}

function nodeKindOf(host) {
	if (bringsNode(host)) return 'its own Node';
	return runsOnOurs(host) ? `Node ABI ${process.versions.modules}` : 'the Node of host/node';
}

/** How many packages are unpacked; npm makes all folders first and fills them one by one. */
function countUnpacked(host, names) {
	return names.filter((name) => existsSync(join(host.folder, 'node_modules', name, 'package.json')))
		.length;
}

function packageNames(host) {
	const { packages } = JSON.parse(readFileSync(join(host.recipe, 'package-lock.json'), 'utf8'));
	return Object.entries(packages)
		.filter(([path, { optional }]) => !optional && path.startsWith('node_modules/'))
		.map(([path]) => path.slice('node_modules/'.length));
}
