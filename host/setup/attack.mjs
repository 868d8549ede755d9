import { relative } from 'node:path';
import { attacks } from '../../test/attacks.mjs';
import { test } from './jest.mjs';
import { root } from './paths.mjs';

/**
 * Runs the tests that attack the product, and prints what was tried, how often, and what held.
 *
 * @param {string[]} args for jest
 * @returns {Promise<number>} the exit code
 */
export async function attack(args) {
	const files = [...new Set(attacks.flatMap(({ files }) => files))];
	return await test(['--runTestsByPath', ...files, ...args], (report) => {
		const tests = report.testResults.flatMap(({ name, assertionResults }) =>
			assertionResults.map((one) => ({ ...one, file: relative(root, name).replaceAll('\\', '/') })),
		);
		console.log(`\n${table(attacks.map((row) => lineOf(row, tests)))}`);
	});
}

function lineOf({ tried, files, named = /^/ }, tests) {
	// What this machine can't try is skipped, and not tried
	const own = tests.filter(
		({ file, fullName, status }) =>
			files.includes(file) && named.test(fullName) && status !== 'pending',
	);
	const count = (some) => some.reduce((sum, { title }) => sum + timesOf(title), 0);
	const held = own.filter(({ status }) => status === 'passed');
	// A row whose tests were renamed away must show
	return [tried, own.length === 0 ? 'never' : count(own), count(held)];
}

/** A test that tries many at once says so in its title, as in `50,000 pairs`. */
function timesOf(title) {
	const said = /\b([\d,]+) (?:pairs|times|texts)\b/.exec(title);
	return said ? Number(said[1].replaceAll(',', '')) : 1;
}

function table(rows) {
	const lines = [['What was tried', 'How often', 'Held'], ...rows].map((row) => row.map(String));
	const widths = [0, 1, 2].map((at) => Math.max(...lines.map((line) => line[at].length)));
	return lines
		.map(([what, often, held]) =>
			[what.padEnd(widths[0]), often.padStart(widths[1]), held.padStart(widths[2])].join('  '),
		)
		.join('\n');
}
