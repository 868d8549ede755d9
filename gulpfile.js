'use strict';

const { spawnSync } = require('node:child_process');
const { rmSync } = require('node:fs');
const { dest, parallel, series, src } = require('gulp');

const OUT = 'dist';

/** Starts from nothing, so that a renamed or removed node never stays in the package. */
async function clean() {
	rmSync(OUT, { recursive: true, force: true });
}

/** Compiles credentials/, nodes/ and lib/ with the compiler of this package. */
async function compile() {
	const { status } = spawnSync(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
		{ stdio: 'inherit' },
	);
	if (status !== 0) throw new Error('tsc found something to mend; its messages are above');
}

/** n8n shows the icon files that lie beside the compiled node or credential. */
function icons() {
	// encoding: false copies bytes; gulp 5 would otherwise read a PNG as UTF-8 and break it
	return src('{nodes,credentials,icons}/**/*.{svg,png}', {
		allowEmpty: true,
		base: '.',
		encoding: false,
	}).pipe(dest(OUT));
}

/** The codex (X.node.json) holds a node's categories and search words. */
function codex() {
	return src('nodes/**/*.node.json', { allowEmpty: true, base: '.' }).pipe(dest(OUT));
}

/** What n8n's editor shows of each output before the first run, made from the operations. */
async function previews() {
	const { status } = spawnSync(
		process.execPath,
		[require.resolve('tsx/cli'), 'scripts/output-previews.ts', OUT],
		{ stdio: 'inherit' },
	);
	if (status !== 0) throw new Error('The output previews could not be written');
}

exports.clean = clean;
exports.build = series(clean, compile, parallel(icons, codex, previews));
exports.default = exports.build;
