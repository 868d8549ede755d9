/** Claims a key, and waits for a sender that is at work on it. */
import { waitFor } from '../base/delivery';
import type { Limits } from '../base/limits';
import type { Claim, Entry, Held, Register } from '../operation/needs';
import { isDead } from '../base/owner';

/** A key that is ours, or what stands there; `isBusy` if its sender was still at work at the end of the time. */
export type Claimed = { held: Held } | { standing: Entry; isBusy: boolean };

/** Whether a sender is at work: an earlier try of this execution is over, and so is a process that is gone. */
export const isAtWork = (entry: Entry): boolean =>
	entry.state === 'sending' && entry.execution !== '' && !isDead(entry, Date.now());

/**
 * @throws {RegisterFault} if the register can't be asked
 * @throws {CancelledFault} if cancelled while waiting
 */
export async function claimOrWait(
	register: Register,
	key: string,
	claim: Claim,
	{ deadline, signal, pace }: Limits,
): Promise<Claimed> {
	const { first, longest } = pace.busyKey;
	for (let pause = first; ; pause = Math.min(pause * 2, longest)) {
		const claimed = await register.claim(key, claim);
		if ('held' in claimed) return claimed;
		const { standing } = claimed;
		if (!isAtWork(standing)) return { standing, isBusy: false };
		if (standing.body !== '' && standing.body !== claim.body) return { standing, isBusy: false };
		if (!deadline.allowsRequestAfter(pause)) return { standing, isBusy: true };
		await waitFor(pause, signal);
	}
}
