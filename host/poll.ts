import { setTimeout as sleep } from 'node:timers/promises';
import { HostError } from './errors';

/**
 * Asks again until there is an answer.
 *
 * @param what completes "Waited 30 s for …"
 * @param ask answers undefined while the condition does not hold
 */
export async function until<T>(
	what: string,
	ask: () => Promise<T | undefined>,
	{ seconds = 30, every = 100 } = {},
): Promise<T> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new HostError(`Waited ${seconds} s for ${what}`);
		await sleep(every);
	}
}
