import type { InstalledHost } from '../n8n';
import { saveSandboxCredentials } from '../sandbox-credentials';
import type { Shutdown } from '../shutdown';
import type { Checks } from '../smoke/checks';
import { checkNothingLeaked } from './check-leaks';
import { checkOperations } from './check-operations';
import { buildKillStage } from './stage';

/** The faults, act by act; all of them leave their traces in one n8n, which is searched at the end. */
export async function faultChecks(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	checks: Checks,
): Promise<void> {
	const stage = await checks.check('n8n starts on a fresh user folder', () =>
		buildKillStage(host, logFile, shutdown),
	);
	if (!stage) return;
	const credentials = await saveSandboxCredentials(stage.n8n.rest, stage.sandbox);
	await checkOperations(stage, credentials, checks);
	await checkNothingLeaked(stage, checks);
}
