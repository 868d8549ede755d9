import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { HostError } from '../errors';

/** Nobody who was started in a folder is still running: each of our programs works in its own. */
export function expectNobodyIn(folder: string): void {
	const left = readdirSync('/proc').filter(
		(pid) => /^\d+$/.test(pid) && read(() => readlinkSync(`/proc/${pid}/cwd`)).startsWith(folder),
	);
	if (left.length === 0) return;
	const names = left.map(
		(pid) => `${pid} ${read(() => readFileSync(`/proc/${pid}/comm`, 'utf8'))}`,
	);
	throw new HostError(`Still running: ${names.map((name) => name.trim()).join(', ')}`);
}

function read(reading: () => string): string {
	try {
		return reading();
	} catch {
		// It has ended meanwhile, or the kernel has nothing to say of it
		return '';
	}
}
