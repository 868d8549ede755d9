import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { run } from './run.mjs';

/**
 * Runs npm, whatever started us.
 * npm is called as a script of this very Node: on Windows `npm` itself is a .cmd file, which Node
 * refuses to spawn without a shell.
 *
 * @param {string[]} args
 * @param {{ cwd: string, log: string, env?: NodeJS.ProcessEnv }} options
 */
export async function npm(args, options) {
	const script = npmScript();
	const env = { ...cleanEnvironment(), ...options.env };
	if (script) await run(process.execPath, [script, ...args], { ...options, env });
	else await run('npm', args, { ...options, env });
}

/**
 * Installs exactly what a lock file says, on empty ground; where there is none, npm makes one.
 * No package's scripts are run: one of n8n's would compile a Kafka client that nothing here needs.
 * npm would clear the ground too, but gives up where an install that was just killed still writes.
 *
 * @param {string} folder with package.json and, for most, package-lock.json
 * @param {string[]} flags
 * @param {string} log
 */
export async function cleanInstall(folder, flags, log) {
	const modules = join(folder, 'node_modules');
	await rm(modules, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
	const command = existsSync(join(folder, 'package-lock.json')) ? 'ci' : 'install';
	const quiet = ['--no-audit', '--no-fund'];
	await npm([command, '--ignore-scripts', ...quiet, ...flags], { cwd: folder, log });
}

/** The file that `node` runs as npm, if it can be found. */
export function npmScript() {
	const caller = process.env.npm_execpath;
	// `pnpm start` and `yarn start` set the variable too, to themselves
	if (caller && basename(caller) === 'npm-cli.js') return caller;

	const bin = dirname(process.execPath);
	return [join(bin, 'node_modules'), join(bin, '..', 'lib', 'node_modules')]
		.map((modules) => join(modules, 'npm', 'bin', 'npm-cli.js'))
		.find((path) => existsSync(path));
}

/**
 * The environment without what `npm run` adds to it: npm hands this repository's own .npmrc down as
 * variables, and they would then rule the installs of other folders too.
 */
function cleanEnvironment() {
	const ours = /^npm_(package_|lifecycle_|config_(ignore_scripts|legacy_peer_deps)$)/i;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
