/**
 * A shop delivers again what it believes to be lost. The register knows what n8n has taken: that starts
 * nothing a second time. Whatever is in doubt is started again, since what comes behind is safe to
 * repeat and a lost order is not.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Limits } from '../base/limits';
import type { Claim, Entry, EntryKind, Held, Register } from '../operation/needs';
import { claimOrWait } from '../once/claim';
import { keyOf } from '../register/key';
import { hasEnded, isPast } from '../base/owner';

/** n8n stores an execution within a moment; a claim that is older has failed. Milliseconds. */
const STARTING_MS = 60_000;

/**
 * An execution is over by then, with hardly an exception: if n8n was killed in the middle of it, then
 * before. Milliseconds.
 */
const EXECUTION_MS = 10 * 60_000;

/** What an entry holds whose n8n has lived on for so long. */
const OUTLIVED = { outlived: true };

/** n8n gives an execution its number only after the node has let the delivery in. */
const NO_EXECUTION_YET = 'not started yet';

export type Place =
	/** It is for us to start, and to say whether n8n took it. */
	| { held: Held }
	/** n8n has taken it before. */
	| 'taken'
	/** The same is being taken at this moment. */
	| 'in hand';

/**
 * Finds out whether a delivery is to be started, or an event that counts once for its order.
 *
 * @param trigger tells the triggers apart that get the shop's deliveries
 * @param id the shop's id of the delivery, or the event's name
 * @param kind how long it is remembered: a `delivery` for a week, an `event` as long as an order
 * @param limits how long another one of the same id is waited for
 * @throws {RegisterFault} if the register can't be asked
 */
export async function placeOf(
	register: Register,
	trigger: string,
	id: string,
	kind: 'delivery' | 'event',
	limits: Limits,
): Promise<Place> {
	const key = keyOf(kind, trigger, id);
	for (;;) {
		const claim = claimOf(kind, trigger, id);
		const claimed = await claimOrWait(register, key, claim, limits);
		if ('held' in claimed) return claimed;
		const { standing, isBusy } = claimed;
		if (isBusy) return 'in hand';
		if (isTaken(standing, Date.now())) return 'taken';
		const over = await register.takeOver(key, standing, claimOf(kind, trigger, id));
		if ('held' in over) return over;
		// Another one of the same id was quicker: what becomes of that is waited for
	}
}

const claimOf = (kind: EntryKind, trigger: string, id: string): Claim => ({
	kind,
	account: trigger,
	name: id,
	// A shop may write the same event in other words when it delivers again; the id is what counts
	body: '',
	keeps: Object.keys(OUTLIVED),
	execution: NO_EXECUTION_YET,
	until: Date.now() + STARTING_MS,
});

/**
 * Records that n8n took what is held, and once more when n8n has outlived it: from then on it counts for
 * ever, also after n8n has been started anew.
 *
 * @param ms how long n8n has to live on
 * @throws {RegisterFault} if it can't be recorded
 */
export async function recordTaken(held: Held, ms = EXECUTION_MS): Promise<void> {
	await held.settle('accepted');
	// Nothing waits for this, n8n's own end neither
	await pause(ms, undefined, { ref: false });
	await held.settle('accepted', OUTLIVED);
}

/**
 * Whether n8n is known to have taken it. A process that is gone may have been killed in the middle of
 * the execution. One of another machine can't be looked for; but it would have said that it lives on.
 */
function isTaken({ state, token, at, answer }: Entry, now: number): boolean {
	if (state !== 'accepted') return false;
	if (answer?.['outlived'] === true) return true;
	return !(hasEnded(token) ?? isPast(at + STARTING_MS + EXECUTION_MS, now));
}
