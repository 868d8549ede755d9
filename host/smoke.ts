import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { smokeChecks } from './smoke/script';
import { Checks } from './smoke/checks';
import type { InstalledHost } from './n8n';
import { Shutdown } from './shutdown';

/** Does what `npm start` does, without a person, and checks what comes out of it. */
export async function smoke(host: InstalledHost): Promise<void> {
	const shutdown = new Shutdown();
	shutdown.onSignals(130);
	const checks = new Checks();
	const logFile = join(host.logDir, `smoke-${process.pid}.log`);
	console.log(`Smoke test on n8n ${host.version}`);
	try {
		await smokeChecks(host, logFile, shutdown, checks);
	} catch (error) {
		if (shutdown.hasBegun) return;
		checks.fail('the smoke test comes to its end', error);
	}
	await checks.check('everything stops', () => shutdown.run());
	if (checks.failed > 0) console.log(`n8n's log: ${logFile}`);
	else rmSync(logFile, { force: true });
	console.log(checks.summary);
	process.exitCode = checks.failed > 0 ? 1 : 0;
}
