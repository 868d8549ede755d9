/** Disks of a test's own, where the machine lets us mount one. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

const canMount = (() => {
	try {
		execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' });
		return process.platform === 'linux';
	} catch {
		return false;
	}
})();

/** Needs the right to mount a disk, which a person's machine seldom gives. */
export const itMounts = canMount ? it : it.skip;

/** A disk for a folder, and what takes it away and changes it. */
export function mount(folder: string, options: string) {
	mkdirSync(folder, { recursive: true });
	const run = (program: string, ...args: string[]) =>
		execFileSync(program, args, { stdio: 'ignore' });
	run('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', folder);
	return {
		remount: (others: string) => void run('mount', '-o', `remount,${others}`, folder),
		unmount: () => void run('umount', '-l', folder),
	};
}
