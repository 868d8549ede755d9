import { valueOf } from './arguments';
import { flowChecks } from './flows/script';
import type { InstalledHost } from './n8n';
import { runChecks } from './run-checks';

/**
 * Runs every flow of workflows/ on a real n8n against the sandbox, as its users would.
 *
 * @param args `--only=shopify` runs those whose file name has this in it
 */
export async function flows(host: InstalledHost, args: string[]): Promise<void> {
	const only = valueOf(args, 'only') ?? '';
	await runChecks('flows', host, (...stage) => flowChecks(...stage, only));
}
