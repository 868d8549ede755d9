import { execFileSync } from 'node:child_process';
import { containerChecks } from './container/script';
import { HostError } from './errors';
import type { InstalledHost } from './n8n';
import { runChecks } from './run-checks';

/** Runs n8n as its container does: a user without rights, a read-only system, a data volume. */
export async function container(host: InstalledHost): Promise<void> {
	if (process.platform !== 'linux' || process.getuid?.() !== 0 || !hasBubblewrap()) {
		throw new HostError(
			'This needs Linux, root, and bubblewrap (Debian and Ubuntu: apt-get install bubblewrap).',
		);
	}
	await runChecks('container', host, containerChecks);
}

function hasBubblewrap(): boolean {
	try {
		execFileSync('bwrap', ['--version']);
		return true;
	} catch {
		return false;
	}
}
