import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanInstall } from './npm.mjs';
import { logDir, root } from './paths.mjs';
import { step } from './progress.mjs';

/** Installs what this repository needs to build and test itself, unless it is there already. */
export async function installDependencies() {
	if (dependenciesAreCurrent()) return;
	await step("install this repository's own dependencies", () =>
		// NODE_ENV=production or a user's settings must not leave out what builds the package
		cleanInstall(root, ['--include=dev', '--include=optional'], join(logDir, 'dependencies.log')),
	);
}

/**
 * Compares the lock file with the copy of it that npm writes into node_modules when an install has
 * come to its end: so a stale install is noticed, one cut half way too, and one made by hand is
 * taken as it is.
 */
export function dependenciesAreCurrent() {
	const wanted = packagesOf(join(root, 'package-lock.json'));
	const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
	return Object.entries(wanted).every(
		([path, { version, optional, peer }]) =>
			// Optional ones may be for other platforms, and .npmrc leaves peers to the host
			path === '' || optional || peer || installed[path]?.version === version,
	);
}

function packagesOf(lockFile) {
	try {
		return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
	} catch {
		return {};
	}
}
