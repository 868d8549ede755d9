/**
 * A shop delivers again what it believes to be lost. The register knows what n8n has taken, and that
 * starts nothing twice. Anything in doubt is started again: the rest of the flow is safe to repeat, and a
 * lost order is not.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Limits } from '../base/limits';
import { compareAmounts } from '../base/money';
import { isProcessGone, isSurelyPast } from '../base/owner';
import { claimOrWait, isAtWork, keyOf } from '../once/claim';
import type { Claim, Entry, Held, Register } from '../register/register';

/** n8n stores an execution within a moment; a claim that is older has failed. Milliseconds. */
const STARTING_MS = 60_000;

/** By then nearly every execution is over; if n8n was killed during one, then before. Milliseconds. */
const EXECUTION_MS = 10 * 60_000;

/** The answer of an entry whose n8n has outlived the execution. */
const OUTLIVED = { outlived: true };

export type DeliveryClaim =
	/** We start it, and record whether n8n took it. */
	| { held: Held }
	/** n8n took it before. */
	| 'taken'
	/** Another execution is starting it at this moment. */
	| 'in hand';

/**
 * Claims a delivery, or an event that counts once for its order, to see whether it is to be started.
 *
 * @param trigger tells apart the triggers that get the shop's deliveries
 * @param id the shop's id of the delivery, or the event's name
 * @param kind how long it is remembered: a `delivery` for a week, an `event` as long as an order
 * @param limits how long to wait for another one of the same id
 * @param sum of an event that counts again if its sum has grown since; a decimal
 * @throws {RegisterFault} if the register can't be asked
 */
export async function claimDelivery(
	register: Register,
	trigger: string,
	id: string,
	kind: 'delivery' | 'event',
	limits: Limits,
	sum = '',
): Promise<DeliveryClaim> {
	const key = keyOf(kind, trigger, id);
	const claim = (): Claim => ({
		kind,
		account: trigger,
		name: id,
		// A shop may word the same event differently when it delivers again; the id is what counts
		body: sum,
		keeps: Object.keys(OUTLIVED),
		// n8n gives an execution its number only after the node has let the delivery in
		execution: 'not started yet',
		until: Date.now() + STARTING_MS,
	});
	for (;;) {
		const claimed = await claimOrWait(register, key, claim, limits);
		if ('held' in claimed) return claimed;
		const { standing } = claimed;
		if (isAtWork(standing, claim().execution)) return 'in hand';
		const isMore = sum !== '' && standing.body !== '' && compareAmounts(sum, standing.body) > 0;
		if (!isMore && isTaken(standing, Date.now())) return 'taken';
		const over = await register.takeOver(key, standing, claim());
		if ('held' in over) return over;
		// Another one of the same id was quicker: wait for its outcome
	}
}

/**
 * Records that n8n took it, and once more when n8n has outlived the execution: from then on it counts
 * for ever, even after n8n has been restarted.
 *
 * @param ms how long n8n has to live on
 * @throws {RegisterFault} if it can't be recorded
 */
export async function recordTaken(held: Held, ms = EXECUTION_MS): Promise<void> {
	await held.settle('accepted');
	// Nothing waits for this, not even the end of n8n
	await pause(ms, undefined, { ref: false });
	await held.settle('accepted', OUTLIVED);
}

/**
 * Whether n8n is known to have taken it. A process that has ended may have been killed during the
 * execution. A process of another machine can't be looked up, but would have recorded that it outlived it.
 */
function isTaken({ state, token, at, answer }: Entry, now: number): boolean {
	if (state !== 'accepted') return false;
	if (answer?.['outlived'] === true) return true;
	return !(isProcessGone(token) ?? isSurelyPast(at + STARTING_MS + EXECUTION_MS, now));
}
