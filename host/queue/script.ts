import type { InstalledHost } from '../n8n';
import { saveSandboxCredentials } from '../sandbox-credentials';
import type { Shutdown } from '../shutdown';
import type { Checks } from '../smoke/checks';
import { webhookListens } from '../webhook';
import { checkDefaults } from './check-defaults';
import { checkKill } from './check-kill';
import { checkOnce } from './check-once';
import { checkSecrets } from './check-secrets';
import { checkThroughput } from './check-throughput';
import { createShipFlow } from './flow';
import { buildQueueStage } from './stage';

export interface QueueWish {
	/** Webhooks of each act. */
	orders: number;
	/** The workers' expression engine, as N8N_EXPRESSION_ENGINE names it; n8n's default without one. */
	engine: string | undefined;
	/** Only the acts of this name: `once`, or `speed`; all without one. */
	only: string | undefined;
}

/** Queue mode, act by act. */
export async function queueChecks(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	checks: Checks,
	{ orders, engine, only }: QueueWish,
): Promise<void> {
	const stage = await checks.check('PostgreSQL, Redis, a main and a webhook process start', () =>
		buildQueueStage(host, logFile, shutdown, engine),
	);
	if (!stage) return;
	const { rest } = stage.main;
	const credentials = await saveSandboxCredentials(rest, stage.sandbox);
	const atMain = await createShipFlow(rest, credentials);
	// The main process answers webhooks too; all of these go to the other one
	const webhook = atMain.webhook.replace(rest.url, stage.webhookUrl);
	await webhookListens(webhook);
	const flow = { ...atMain, webhook };

	// Comes first: once a worker without the check for stalled jobs has run, Redis keeps it off for 24 days
	if (only !== 'once') await checkDefaults(stage, flow, checks);
	if (only !== 'speed') await checkOnce(stage, credentials, checks, shutdown);
	if (only === 'once') return;
	const workers = await checkThroughput(stage, flow, orders, checks);
	await checkKill(stage, flow, workers, orders, checks);
	await checkSecrets(stage, flow.workflow.id, checks);
}
