import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { logDir, root } from './paths.mjs';

/** Where the tests are that wait for something slow: processes that are killed, locks, full disks. */
const SLOW = 'test/slow';

/** They wait more than they work, so they run side by side once the others have left the processor. */
const rounds = {
	fast: [`--testPathIgnorePatterns=/${SLOW}/`],
	slow: [`--roots=<rootDir>/${SLOW}`, '--maxWorkers=6'],
};

/**
 * Runs the tests; its last line is the count, in a form that tools can read.
 *
 * @param {string[]} args for jest
 * @returns {Promise<number>} the exit code
 */
export async function test(args) {
	mkdirSync(logDir, { recursive: true });
	let code = 0;
	const sum = { passed: 0, failed: 0, skipped: 0 };
	for (const [round, own] of Object.entries(rounds)) {
		const report = join(logDir, `jest-${round}.json`);
		rmSync(report, { force: true });
		// The words that were given may be those of one round only
		const how = ['--passWithNoTests', '--json', `--outputFile=${report}`];
		code = (await jest([...args, ...own, ...how])) || code;
		for (const [name, count] of Object.entries(countsOf(report))) sum[name] += count;
	}
	const { passed, failed, skipped } = sum;
	console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
	return code || (failed > 0 || passed === 0 ? 1 : 0);
}

function jest(args) {
	const script = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
	// Ctrl-C at a terminal reaches jest by itself; other ways of stopping us do not
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
		process.on(signal, () => child.kill(signal));
	return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

function countsOf(report) {
	try {
		const result = JSON.parse(readFileSync(report, 'utf8'));
		return {
			passed: result.numPassedTests,
			// A file that could not even be loaded counts as a failure too
			failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
			skipped: result.numPendingTests + result.numTodoTests,
		};
	} catch {
		return { passed: 0, failed: 1, skipped: 0 };
	}
}
