import type { InstalledHost } from './n8n';
import { runChecks } from './run-checks';
import { smokeChecks } from './smoke/script';

/** Does what `npm start` does, without a person, and checks what comes out of it. */
export async function smoke(host: InstalledHost): Promise<void> {
	await runChecks('smoke', host, smokeChecks);
}
