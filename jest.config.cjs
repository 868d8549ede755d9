'use strict';

/** TypeScript itself takes seven seconds longer for all tests on a fresh clone. */
const swc = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } };

/**
 * The thread of a register runs its file by Node.js itself, which has to be told so before 22.18. It then
 * looks for a module type, and the package names none.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
const stripsTypes = major > 22 || (major === 22 && minor >= 18);
process.env.NODE_OPTIONS = [
	...(process.env.NODE_OPTIONS ? [process.env.NODE_OPTIONS] : []),
	'--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
	...(stripsTypes ? [] : ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']),
].join(' ');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	setupFiles: ['<rootDir>/test/fast-check.ts'],
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	// The real hosts under .host and the build hold packages of their own
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.host/'],
	// Each file is translated alone, as isolatedModules in tsconfig.json asks; `npm run typecheck` checks types
	transform: { '^.+\\.ts$': ['@swc/jest', swc] },
	// With two copies of n8n-workflow `instanceof NodeApiError` is false in one of them
	moduleNameMapper: {
		'^n8n-workflow$': require.resolve('n8n-workflow'),
		// Where tsx runs the file, Node.js would take the codex file beside a node for it without the ending
		'^(\\.{1,2}/.*\\.node)\\.js$': '$1',
	},
	testSequencer: '<rootDir>/test/slow-last.cjs',
	// More than most machines have cores: many tests wait for a moment
	maxWorkers: 4,
	testTimeout: 20_000,
	restoreMocks: true,
};
