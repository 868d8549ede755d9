import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { logDir, root } from './paths.mjs';
import { runNode } from './run.mjs';

/**
 * Runs the tests; its last line is the count, in a form that tools can read.
 *
 * @param {string[]} args for jest
 * @param {(report: object) => void} [tell] says more of jest's report
 * @returns {Promise<number>} the exit code
 */
export async function test(args, tell = () => {}) {
	mkdirSync(logDir, { recursive: true });
	const report = join(logDir, 'jest.json');
	rmSync(report, { force: true });

	const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	const code = await runNode(process.execPath, [jest, ...args, '--json', `--outputFile=${report}`]);
	const result = readReport(report);
	const { passed, failed, skipped } = countsOf(result);
	if (result) tell(result);
	console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
	return code || (failed > 0 ? 1 : 0);
}

function readReport(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

function countsOf(result) {
	if (!result) return { passed: 0, failed: 1, skipped: 0 };
	return {
		passed: result.numPassedTests,
		// A file that could not even be loaded counts as a failure too
		failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
		skipped: result.numPendingTests + result.numTodoTests,
	};
}
