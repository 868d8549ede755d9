import type { InstalledHost } from '../n8n';
import type { Shutdown } from '../shutdown';
import { checkCredentials } from './check-credentials';
import { checkEgress } from './check-egress';
import { checkFailures } from './check-failures';
import { checkHttpRequest } from './check-http-request';
import { checkOperations } from './check-operations';
import { checkOrder } from './check-order';
import { checkPackage } from './check-package';
import { checkSecrets } from './check-secrets';
import { checkLists, checkTriggers } from './check-triggers';
import type { Checks } from './checks';
import { buildFlow, buildStage } from './stage';

/** The smoke test, act by act. What an act needs and did not get is not played. */
export async function smokeChecks(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	checks: Checks,
): Promise<void> {
	const stage = await checks.check('n8n starts on a fresh user folder, its owner can sign in', () =>
		buildStage(host, logFile, shutdown),
	);
	if (!stage) return;
	await checkPackage(stage, checks);

	const flow = await checks.check('the example flow is imported, its trigger listens', () =>
		buildFlow(stage),
	);
	if (!flow) return;
	await checkCredentials(stage, flow, checks);
	await checkOrder(stage, flow, checks);
	await checkFailures(stage, flow, checks);
	await checkOperations(stage, flow.credentials, checks);
	await checkLists(stage, flow.credentials, checks);
	await checkEgress(stage, checks);
	await checkTriggers(stage, flow.credentials, checks);
	await checkHttpRequest(stage, flow.credentials, checks);
	await checkSecrets(stage, flow, checks);
}
