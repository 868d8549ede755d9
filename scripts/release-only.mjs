/**
 * Lets nothing but the release workflow publish, and only the version that its tag names: by then CI
 * has passed. npm calls this before it publishes, unless it is told to ignore scripts, as .npmrc does;
 * `provenance` in package.json then stops it, because npm can prove no origin outside CI.
 */
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const { GITHUB_ACTIONS, GITHUB_REF_TYPE, GITHUB_REF_NAME } = process.env;
const isRelease =
	GITHUB_ACTIONS === 'true' && GITHUB_REF_TYPE === 'tag' && GITHUB_REF_NAME === `v${version}`;

if (!isRelease) {
	console.error(
		`Version ${version} is published by .github/workflows/release.yml alone: push the tag v${version}.`,
	);
	process.exitCode = 1;
}
