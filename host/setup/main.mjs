import { createRequire } from 'node:module';
import { join } from 'node:path';
import { attack } from './attack.mjs';
import { build } from './build.mjs';
import { dependenciesAreCurrent, installDependencies } from './dependencies.mjs';
import { diskTrouble, requireFreeSpace } from './disk.mjs';
import { bringsNode, canRunHere, hostFor, nodeOf, nodeToFetchFor } from './hosts.mjs';
import { test } from './jest.mjs';
import typescriptFirst from './typescript-first.cjs';
import { lock, tryLock } from './lock.mjs';
import { installN8n, n8nIsInstalled } from './n8n.mjs';
import { fetchNode, nodeIsThere, otherNode, putFirst } from './node.mjs';
import { installPackage } from './package.mjs';
import { logDir, root, stateDir } from './paths.mjs';
import { runNode, SetupError, stopRunning } from './run.mjs';

const GB = 1e9;
const NODE_FLAG = '--node=';
const commands = {
	start,
	test: runTests,
	unit: (args) => runTests(['test/unit', ...args]),
	attack: (args) => runTests(args, attack),
	matrix: (args) => runProgram(['test/faults/run.cjs', 'matrix', ...args]),
	waysOut: (args) => runProgram(['test/faults/run.cjs', 'ways-out', ...args]),
	belief: (args) => runProgram(['test/faults/run.cjs', 'belief', ...args]),
	fuzz: (args) => runProgram(['--max-old-space-size=420', 'test/faults/run.cjs', 'fuzz', ...args]),
	smoke,
	flows,
	e2e,
	shots,
	faults,
	bench,
	queue,
	expressions,
	once,
	kills,
	container,
};

const TSX = 'node_modules/tsx/dist/cli.mjs';
/** Programs that make no checks to count: what Node is called with. */
const tools = {
	build: ['node_modules/gulp/bin/gulp.js', 'build'],
	sandbox: [TSX, 'sandbox/main.ts'],
	order: [TSX, 'host/demo-order.ts'],
	package: [TSX, 'scripts/check-package.ts'],
	table: [TSX, 'scripts/operations-table.ts'],
	mapping: [TSX, 'scripts/mapping-tables.ts'],
};
const counts = (name) => name !== 'start' && !(name in tools);

/**
 * @param {string[]} args the command, then what belongs to it; with `--node=24.21.0` that Node runs it
 */
export async function main([name, ...args]) {
	const command =
		commands[name] ?? (name in tools && ((more) => runProgram([...tools[name], ...more])));
	if (!command) {
		const names = Object.keys({ ...commands, ...tools });
		console.error(`Usage: node host/bootstrap.mjs ${names.join(' | ')}`);
		process.exit(1);
	}
	for (const signal of STOP_SIGNALS) process.on(signal, stopSetup);
	// npm passes signals to the shell between us only, and that keeps them to itself
	if (process.env.npm_lifecycle_event) await import('./orphan.cjs');
	try {
		const rest = args.filter((arg) => !arg.startsWith(NODE_FLAG));
		const wish = args.find((arg) => arg.startsWith(NODE_FLAG))?.slice(NODE_FLAG.length);
		const node = otherNode(wish);
		if (node) await runWith(node, [name, ...rest]);
		else await command(rest);
	} catch (error) {
		// A mistake of ours needs its stack, a message written for people does not
		const message = error.forPeople ? error.message : (diskTrouble(error) ?? error.stack);
		console.error(`\n${message}`);
		// Whoever counts checks must not take a set-up that failed for no check at all
		if (counts(name)) console.log('0 passed, 1 failed');
		process.exit(1);
	}
}

/** The same again, by a Node that is fetched if it is not there yet. */
async function runWith(node, args) {
	await exclusively(async () => {
		announce([nodePart(node)]);
		await fetchNode(node);
	});
	putFirst(node);
	beginHandOver();
	process.exitCode = await runNode(node.executable, [join(root, 'host', 'bootstrap.mjs'), ...args]);
}

/** The demo: everything running, for a person at a browser. */
async function start(args) {
	const attempt = tryLock(join(stateDir, 'start.lock'));
	if ('heldBy' in attempt) {
		throw new SetupError(
			`npm start is running here already (process ${attempt.heldBy}). Stop it there with Ctrl-C.`,
		);
	}
	const host = await prepareHost(args);
	await handOver('start.ts', 'start', host);
}

/** The demo without a person: everything is tried once and checked. */
async function smoke(args) {
	const host = await prepareHost(args);
	await handOver('smoke.ts', 'smoke', host);
}

/** The flows of workflows/, each run once as its users would. */
async function flows(args) {
	const host = await prepareHost(args);
	await handOver('flows.ts', 'flows', host, args);
}

/** The guarantees under fault: every operation on a real n8n. */
async function faults(args) {
	const host = await prepareHost(args);
	// These checks share the matrix' scenarios, which import the nodes.
	const require = createRequire(join(root, 'package.json'));
	require('tsx/cjs');
	typescriptFirst();
	beginHandOver();
	await require(join(root, 'host', 'faults.ts')).faults(host);
}

/** The same orders again and again, n8n killed in between: each order once. */
async function once(args) {
	await handOver('once.ts', 'once', await prepareHost(args), args);
}

/** n8n killed and its clock set wrong at random moments. */
async function kills(args) {
	await handOver('kills.ts', 'kills', await prepareHost(args), args);
}

/** n8n as its container runs it. */
async function container(args) {
	await handOver('container.ts', 'container', await prepareHost(args));
}

/** n8n's queue mode: throughput, and a worker killed. */
async function queue(args) {
	const host = await prepareHost(args);
	await handOver('queue.ts', 'queue', host, args);
}

/** Simple expressions: our reading compared with n8n's, engine by engine. */
async function expressions(args) {
	await handOver('expressions.ts', 'expressions', await prepareHost(args));
}

/** The editor in a browser. */
async function e2e(args) {
	await handOver('e2e.ts', 'e2e', await prepareHost(args));
}

/** The pictures of README and docs. */
async function shots(args) {
	await handOver('shots.ts', 'shots', await prepareHost(args));
}

/** Cost beside HTTP Request and beside the least possible. */
async function bench(args) {
	await handOver('../bench/main.ts', 'bench', await prepareHost(args), args);
}

/** Jest translates what it tests by itself, so nothing has to be built for it. */
async function runTests(args, run = test) {
	await prepareDependencies();
	beginHandOver();
	process.exitCode = await run(args);
}

/** A program that needs nothing but this repository's dependencies. */
async function runProgram(args) {
	await prepareDependencies();
	beginHandOver();
	process.exitCode = await runNode(process.execPath, args);
}

async function prepareDependencies() {
	await exclusively(async () => {
		announce([dependenciesPart()]);
		await installDependencies();
	});
}

/** Installs, builds and packs what is missing, and tells where it all is. */
async function prepareHost(args) {
	const wish = args.find((arg) => arg.startsWith('--host='))?.slice('--host='.length);
	const host = hostFor(wish);
	if (!canRunHere(host)) {
		throw new SetupError(
			`n8n ${host.version} needs Node ${host.node[0]}, and npm brings none for ` +
				`${process.platform}-${process.arch}: install it, then call this again.`,
		);
	}
	const node = nodeToFetchFor(host);
	return await exclusively(async () => {
		announce([
			dependenciesPart(),
			...(node ? [nodePart(node)] : []),
			[
				!n8nIsInstalled(host),
				bringsNode(host) ? `n8n ${host.version} with a Node to run it` : `n8n ${host.version}`,
				3.2,
			],
		]);
		await installDependencies();
		await build();
		if (node) await fetchNode(node);
		await installN8n(host);
		return {
			version: host.version,
			folder: host.folder,
			node: nodeOf(host),
			packageFolder: await installPackage(),
			stateDir,
			logDir,
		};
	});
}

/**
 * Says what is going to be fetched, and that there is room for it.
 *
 * @param {[missing: boolean, what: string, gigabytes: number][]} parts
 */
function announce(parts) {
	const missing = parts.filter(([isMissing]) => isMissing);
	if (missing.length === 0) return;
	const total = missing.reduce((sum, [, , gigabytes]) => sum + gigabytes, 0);

	console.log('To be fetched from the npm registry, once:');
	for (const [, what, gigabytes] of missing) console.log(`  ${what} (${gigabytes} GB on disk)`);
	console.log(
		`This takes ${total < 0.5 ? 'a moment' : 'some minutes'}. Ctrl-C is safe: the next run takes it up again.\n`,
	);
	// npm keeps a compressed copy of what it fetches
	requireFreeSpace(stateDir, total * 1.5 * GB);
}

function dependenciesPart() {
	return [!dependenciesAreCurrent(), "this repository's own dependencies", 0.5];
}

function nodePart(node) {
	return [!nodeIsThere(node), `Node ${node.version}`, 0.2];
}

/** Two set-ups at once would write into the same folders. */
async function exclusively(work) {
	const release = await lock(join(stateDir, 'setup.lock'), (pid) =>
		console.log(`Another set-up is at work here (process ${pid}); waiting for it.`),
	);
	try {
		return await work();
	} finally {
		release();
	}
}

/** From here on it is TypeScript, with the dependencies that are now there. */
async function handOver(file, name, host, args = []) {
	const tsx = createRequire(join(root, 'package.json'))('tsx/cjs/api');
	const module = tsx.require(join(root, 'host', file), import.meta.url);
	beginHandOver();
	await module[name](host, args);
}

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Leaves signals to those who take over. */
function beginHandOver() {
	for (const signal of STOP_SIGNALS) process.off(signal, stopSetup);
}

function stopSetup() {
	stopRunning();
	console.error('\nStopped. The next run takes up what is missing.');
	process.exit(130);
}
