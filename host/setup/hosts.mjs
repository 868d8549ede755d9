import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { executableIn, nodeFromNpm, nodePackageIn } from './node.mjs';
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

/** The recipes in `host/`, and the Nodes that each runs on; the first is used unless another is asked for. */
const RECIPES = { n8n: [24, Infinity], 'n8n-2.8': [22, 24] };

/** The hosts by n8n version, which the recipe alone decides. */
const HOSTS = Object.fromEntries(
	Object.entries(RECIPES).map(([recipe, node]) => {
		const manifest = JSON.parse(readFileSync(join(root, 'host', recipe, 'package.json'), 'utf8'));
		return [manifest.dependencies.n8n, { recipe, node }];
	}),
);

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
	return nodePackageIn(host.recipe) !== undefined;
}

/** Whether a Node that the host runs on is there or will be. */
export function canRunHere(host) {
	return bringsNode(host) || runsOnOurs(host) || nodeFromNpm() !== undefined;
}

/** The Node that has to be fetched for a host that brings none and does not run on ours. */
export function nodeToFetchFor(host) {
	return bringsNode(host) || runsOnOurs(host) ? undefined : nodeFromNpm();
}

/**
 * The Node that runs an installed host: the one it brings along, else our own if it runs on that, else
 * one that is fetched.
 *
 * @param {Host} host
 * @returns {string | undefined} the executable, if it is there
 */
export function nodeOf(host) {
	const name = nodePackageIn(host.recipe);
	if (!name && runsOnOurs(host)) return process.execPath;
	const executable = name ? executableIn(host.folder, name) : nodeFromNpm()?.executable;
	return executable && existsSync(executable) ? executable : undefined;
}

/** Whether the Node that runs us can run the host too. */
export function runsOnOurs({ node: [first, last] }) {
	const major = Number(process.versions.node.split('.')[0]);
	return major >= first && major <= last;
}
