import { valueOf } from './arguments';
import type { InstalledHost } from './n8n';
import { queueChecks } from './queue/script';
import { runChecks } from './run-checks';

/** Webhooks of each act. */
const ORDERS = 500;

/**
 * n8n's queue mode on this machine: what a second worker is worth, and what a killed one leaves.
 *
 * @param args `--orders=100` for a quicker, rougher run; `--engine=legacy` for workers that evaluate
 * expressions with that engine of n8n instead of its default, and take less of the processor
 */
export async function queue(host: InstalledHost, args: string[]): Promise<void> {
	const orders = Number(valueOf(args, 'orders') ?? ORDERS);
	const engine = valueOf(args, 'engine');
	const only = valueOf(args, 'only');
	await runChecks('queue', host, (...stage) => queueChecks(...stage, { orders, engine, only }));
}
