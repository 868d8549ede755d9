import { expressionChecks } from './expressions/script';
import type { InstalledHost } from './n8n';
import { runChecks } from './run-checks';

/** What we resolve ourselves, compared with each of n8n's own expression engines. */
export async function expressions(host: InstalledHost): Promise<void> {
	await runChecks('expressions', host, expressionChecks);
}
