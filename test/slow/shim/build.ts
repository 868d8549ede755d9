/** Builds the disk that can be watched and spoilt (shim.c), where the machine has a compiler of C. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint } from '../../../lib/base/fingerprint';

/** What the shim is told; shim.c says what each does. Paths are whole ones. */
export interface ShimSettings {
	folder: string;
	log?: string;
	flushMs?: number;
	hang?: string;
	fail?: string;
}

/** @returns the path of the library, in the temporary folder; nothing where there is no `cc`, or no Linux */
export function buildShim(): string | undefined {
	if (process.platform !== 'linux') return undefined;
	const source = join(__dirname, 'shim.c');
	const library = join(
		tmpdir(),
		`n8n-nodes-tw-td-shim-${fingerprint(readFileSync(source, 'utf8'))}.so`,
	);
	if (existsSync(library)) return library;
	// Under another name first: several may build it at one moment
	const draft = `${library}.${process.pid}`;
	try {
		execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', draft, source, '-ldl', '-lpthread']);
		renameSync(draft, library);
		return library;
	} catch {
		return undefined;
	}
}

/** The environment of a process that is to have this disk. */
export function shimEnvironment(library: string, settings: ShimSettings): NodeJS.ProcessEnv {
	const { folder, log, flushMs, hang, fail } = settings;
	const all = {
		LD_PRELOAD: library,
		SHIM_FOLDER: folder,
		SHIM_LOG: log,
		SHIM_FLUSH_MS: flushMs?.toString(),
		SHIM_HANG: hang,
		SHIM_FAIL: fail,
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
