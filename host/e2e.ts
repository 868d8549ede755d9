import { browserChecks } from './browser/script';
import type { InstalledHost } from './n8n';
import { runChecks } from './run-checks';

/** Uses the editor in a browser as a new user would, and checks what is seen. */
export async function e2e(host: InstalledHost): Promise<void> {
	await runChecks('e2e', host, browserChecks);
}
