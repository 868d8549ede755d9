import { valueOf } from './arguments';
import type { InstalledHost } from './n8n';
import { onceChecks } from './once/script';
import { runChecks } from './run-checks';

/**
 * The same orders again and again, n8n killed in between: each order once.
 *
 * @param args `--remember=no` turns the register off, so that the checks can be seen failing;
 * `--only=trigger` makes those of Shop Trigger alone, `--only=growing` those of orders that grow
 */
export async function once(host: InstalledHost, args: string[]): Promise<void> {
	const remember = valueOf(args, 'remember') ?? 'files';
	await runChecks('once', host, (...stage) =>
		onceChecks(...stage, remember, valueOf(args, 'only')),
	);
}
