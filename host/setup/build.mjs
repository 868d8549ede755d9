import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, fingerprintOfFiles } from './files.mjs';
import { once } from './once.mjs';
import { logDir, root, stateDir } from './paths.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';

const SOURCES = ['credentials', 'nodes', 'lib', 'icons'];
const SETTINGS = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'gulpfile.js'];
const SCRIPTS = ['scripts/offers.ts', 'scripts/output-previews.ts'];

/** Builds dist/, unless it was built from these very sources. */
export async function build() {
	const stamp = join(stateDir, 'stamps', 'build');
	if (!isWhole()) rmSync(stamp, { force: true });
	await once(stamp, sourceFingerprint(), () =>
		step('build the package', () =>
			run(process.execPath, [join(root, 'node_modules', 'gulp', 'bin', 'gulp.js'), 'build'], {
				cwd: root,
				log: join(logDir, 'build.log'),
			}),
		),
	);
}

/** Whether every file that package.json promises to n8n is there. */
function isWhole() {
	const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return [...n8n.nodes, ...n8n.credentials].every((file) => existsSync(join(root, file)));
}

function sourceFingerprint() {
	return fingerprintOfFiles(root, [
		...SOURCES.flatMap((folder) => filesUnder(join(root, folder))),
		...[...SETTINGS, ...SCRIPTS].map((file) => join(root, file)),
	]);
}
