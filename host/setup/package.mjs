import { mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { filesUnder, fingerprintOfFiles } from './files.mjs';
import { fingerprint, isDone, once } from './once.mjs';
import { npm } from './npm.mjs';
import { logDir, root, stateDir } from './paths.mjs';
import { step } from './progress.mjs';
import { SetupError, run } from './run.mjs';

const shop = join(stateDir, 'package');

/**
 * Packs this package as it would be published, and installs the tarball the way n8n installs a
 * community package: unpacked, with its run-time dependencies alone, and these in a node_modules of
 * its own. Otherwise n8n's undici and zod would be found, and a missing dependency pass unseen.
 *
 * @returns {Promise<string>} the folder, ready to be copied into a user folder of n8n
 */
export async function installPackage() {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const folder = join(shop, manifest.name);

	await once(join(shop, '.installed'), packageFingerprint(), () =>
		step('pack it and install the tarball as n8n does', async () => {
			await pack();
			await unpack(`${manifest.name}-${manifest.version}.tgz`, folder, manifest.dependencies);
			await once(dependencyStamp, JSON.stringify(manifest.dependencies), () =>
				installRuntimeDependencies(folder),
			);
		}),
	);
	for (const name of Object.keys(manifest.dependencies)) verifyResolvesInside(folder, name);
	return folder;
}

const dependencyStamp = join(shop, '.dependencies-installed');

function packageFingerprint() {
	return fingerprint(
		readFileSync(join(root, 'package.json')),
		fingerprintOfFiles(root, filesUnder(join(root, 'dist'))),
	);
}

async function pack() {
	mkdirSync(shop, { recursive: true });
	await npm(['pack', '--ignore-scripts', '--pack-destination', shop], {
		cwd: root,
		log: join(logDir, 'pack.log'),
	});
}

/** Dependencies that are still the wanted ones stay, so that a new build needs no network. */
async function unpack(tarball, folder, dependencies) {
	const keepModules = isDone(dependencyStamp, JSON.stringify(dependencies));
	mkdirSync(folder, { recursive: true });
	for (const name of readdirSync(folder)) {
		if (name === 'node_modules' && keepModules) continue;
		rmSync(join(folder, name), { recursive: true, force: true });
	}
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], {
		cwd: shop,
		log: join(logDir, 'unpack.log'),
	});
	stripManifest(join(folder, 'package.json'));
}

function stripManifest(file) {
	const manifest = JSON.parse(readFileSync(file, 'utf8'));
	for (const kind of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete manifest[kind];
	}
	writeFileSync(file, JSON.stringify(manifest, null, 2));
}

/** The flags are those of n8n's own installer. */
async function installRuntimeDependencies(folder) {
	const flags = ['--bin-links=false', '--install-strategy=shallow', '--package-lock=false'];
	const quiet = ['--audit=false', '--fund=false'];
	await npm(['install', '--ignore-scripts=true', ...flags, ...quiet], {
		cwd: folder,
		log: join(logDir, 'package-dependencies.log'),
	});
}

function verifyResolvesInside(folder, name) {
	const require = createRequire(join(folder, 'package.json'));
	const place = realpathSync(require.resolve(name));
	if (!place.startsWith(realpathSync(folder) + sep)) {
		throw new SetupError(`«${name}» was found outside the installed package, at ${place}.`);
	}
}
