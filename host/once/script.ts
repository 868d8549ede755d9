import type { InstalledHost } from '../n8n';
import { saveSandboxCredentials } from '../sandbox-credentials';
import type { Shutdown } from '../shutdown';
import type { Checks } from '../smoke/checks';
import { buildKillStage } from '../faults/stage';
import { checkDeliveries } from './check-deliveries';
import { checkGrowing } from './check-growing';
import { checkKilled } from './check-killed';
import { checkRetries } from './check-retries';
import { checkShopTrigger } from './check-shop-trigger';
import { checkTwoMains } from './check-two-mains';
import { Tally } from './tally';

/**
 * @param remember what the nodes are told to remember orders in; the checks fail with `no`
 * @param only `trigger` for the checks of Shop Trigger alone, `growing` for those of orders that grow
 */
export async function onceChecks(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	checks: Checks,
	remember: string,
	only: string | undefined,
): Promise<void> {
	const stage = await checks.check('n8n starts on a fresh user folder', () =>
		buildKillStage(host, logFile, shutdown),
	);
	if (!stage) return;
	if (only !== 'growing') await checkShopTrigger(stage, checks);
	if (only === 'trigger') return;
	const credentials = await saveSandboxCredentials(stage.n8n.rest, stage.sandbox);
	if (only === 'growing') return await checkGrowing(stage, credentials, checks, remember);
	const tally = new Tally(stage.sandbox, checks);
	await checkDeliveries(stage, credentials, tally, remember);
	await checkRetries(stage, credentials, tally, remember);
	await checkTwoMains(stage, credentials, tally, remember, { logFile, shutdown });
	await checkKilled(stage, credentials, tally, remember);
	await checkGrowing(stage, credentials, checks, remember);
	tally.print();
}
