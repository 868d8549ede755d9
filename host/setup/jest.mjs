import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { logDir, root } from './paths.mjs';

/**
 * Runs the tests; its last line is the count, in a form that tools can read.
 *
 * @param {string[]} args for jest
 * @returns {Promise<number>} the exit code
 */
export async function test(args) {
	mkdirSync(logDir, { recursive: true });
	const report = join(logDir, 'jest.json');
	rmSync(report, { force: true });

	const code = await jest([...args, '--json', `--outputFile=${report}`]);
	const { passed, failed, skipped } = countsOf(report);
	console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
	return code || (failed > 0 ? 1 : 0);
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
