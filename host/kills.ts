import { valueOf } from './arguments';
import { killsChecks } from './kills/script';
import type { InstalledHost } from './n8n';
import { runChecks } from './run-checks';

/**
 * n8n is killed and its clock set wrong at random moments, under load: nothing is doubled, nothing forgotten.
 *
 * @param args `--kills=100 --leaps=20` for more than the few of every change; `--seed=` for the same blows
 * again; `--remember=no` turns the register off, so that the checks can be seen failing
 */
export async function kills(host: InstalledHost, args: string[]): Promise<void> {
	const number = (name: string, initial: number) => Number(valueOf(args, name) ?? initial);
	const options = {
		kills: number('kills', 4),
		leaps: number('leaps', 2),
		seed: number('seed', Math.floor(Math.random() * 1e9)),
		remember: valueOf(args, 'remember') ?? 'files',
	};
	await runChecks('kills', host, (...stage) => killsChecks(...stage, options));
}
