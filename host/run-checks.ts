import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { InstalledHost } from './n8n';
import { Shutdown } from './shutdown';
import { Checks } from './smoke/checks';

/** Makes checks, act by act; what it needs and starts goes to `shutdown`. */
export type Script = (
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	checks: Checks,
) => Promise<void>;

/**
 * Plays a script to its end and reports it: a line per check, the count last. n8n's log is kept when
 * a check failed.
 *
 * @param name for the log file and the heading
 */
export async function runChecks(name: string, host: InstalledHost, script: Script): Promise<void> {
	const shutdown = new Shutdown();
	shutdown.onSignals(130);
	const checks = new Checks();
	const logFile = join(host.logDir, `${name}-${process.pid}.log`);
	console.log(`${name} on n8n ${host.version}`);
	try {
		await script(host, logFile, shutdown, checks);
	} catch (error) {
		if (shutdown.hasBegun) return;
		checks.fail(`${name} comes to its end`, error);
	}
	await checks.check('everything stops', () => shutdown.run());
	if (checks.failed > 0) console.log(`n8n's log: ${logFile}`);
	else rmSync(logFile, { force: true });
	console.log(checks.summary);
	process.exitCode = checks.failed > 0 ? 1 : 0;
}
