import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from './build.mjs';
import { dependenciesAreCurrent, installDependencies } from './dependencies.mjs';
import { diskTrouble, requireFreeSpace } from './disk.mjs';
import { bringsNode, canRunHere, hostFor, nodeOf } from './hosts.mjs';
import { test } from './jest.mjs';
import typescriptFirst from './typescript-first.cjs';
import { lock, tryLock } from './lock.mjs';
import { installN8n, n8nIsInstalled } from './n8n.mjs';
import { installPackage } from './package.mjs';
import { stopWithNpm } from './orphan.mjs';
import { logDir, root, stateDir } from './paths.mjs';
import { SetupError, stopRunning } from './run.mjs';

const GB = 1e9;
const commands = {
	start,
	test: runTests,
	smoke,
	flows,
	e2e,
	shots,
	faults,
	bench,
	queue,
	expressions,
	once,
};

/**
 * @param {string[]} args the command, then what belongs to it
 */
export async function main([name, ...args]) {
	const command = commands[name];
	if (!command) {
		console.error(`Usage: node host/bootstrap.mjs ${Object.keys(commands).join(' | ')}`);
		process.exit(1);
	}
	for (const signal of STOP_SIGNALS) process.on(signal, stopSetup);
	stopWithNpm();
	try {
		await command(args);
	} catch (error) {
		// A mistake of ours needs its stack, a message written for people does not
		const message = error.forPeople ? error.message : (diskTrouble(error) ?? error.stack);
		console.error(`\n${message}`);
		// Whoever counts checks must not take a set-up that failed for no check at all
		if (command !== start) console.log('0 passed, 1 failed');
		process.exit(1);
	}
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
async function runTests(args) {
	await exclusively(async () => {
		announce([[!dependenciesAreCurrent(), "this repository's own dependencies", 0.5]]);
		await installDependencies();
	});
	beginHandOver();
	process.exitCode = await test(args);
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
	return await exclusively(async () => {
		announce([
			[!dependenciesAreCurrent(), "this repository's own dependencies", 0.5],
			[
				!n8nIsInstalled(host),
				bringsNode(host) ? `n8n ${host.version} with a Node to run it` : `n8n ${host.version}`,
				3.2,
			],
		]);
		await installDependencies();
		await build();
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
	console.log('This takes some minutes. Ctrl-C is safe: the next run takes it up again.\n');
	// npm keeps a compressed copy of what it fetches
	requireFreeSpace(stateDir, total * 1.5 * GB);
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
