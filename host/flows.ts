import { flowChecks } from './flows/script';
import type { InstalledHost } from './n8n';
import { runChecks } from './run-checks';

/** Runs every flow of workflows/ on a real n8n against the sandbox, as its users would. */
export async function flows(host: InstalledHost): Promise<void> {
	await runChecks('flows', host, flowChecks);
}
