import { faultChecks } from './faults/script';
import type { InstalledHost } from './n8n';
import { runChecks } from './run-checks';

/** Every operation under one fault of each class on a real n8n. */
export async function faults(host: InstalledHost): Promise<void> {
	await runChecks('faults', host, faultChecks);
}
