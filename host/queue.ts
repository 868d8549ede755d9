import type { InstalledHost } from './n8n';
import { queueChecks } from './queue/script';
import { runChecks } from './run-checks';

/** Webhooks of each act. */
const ORDERS = 500;

/**
 * n8n's queue mode on this machine: what a second worker is worth, and what a killed one leaves.
 *
 * @param args `--orders=100` for a quicker, rougher run
 */
export async function queue(host: InstalledHost, args: string[]): Promise<void> {
	const wish = args.find((arg) => arg.startsWith('--orders='))?.slice('--orders='.length);
	await runChecks('queue', host, (...stage) => queueChecks(...stage, Number(wish ?? ORDERS)));
}
