/**
 * What to do about a write that failed: the delivery rule for writes in one place.
 *
 * Certain that TW did nothing: it failed. Answered with 503: TW is asked, and the write may be sent
 * again if TW does not show it. Anything else leaves the outcome open: TW is asked, and what it does
 * not confirm is unknown and is never sent again. That a write failed is said only if no send of it
 * can have taken effect.
 */
import { Deadline } from '../deadline';
import { waitFor } from '../delivery';
import { asFault, type Fault, leavesOutcomeOpen, UnavailableFault } from '../errors';

/** What TW says of a write when asked. */
export type LookUp<Found> =
	/** It took effect. */
	| { found: Found }
	/** It did not, as far as TW shows; with a remark if there is more to say. */
	| { missing: true; remark?: string }
	/** TW does not show it, and that proves nothing; in a sentence for the user. */
	| { notShown: string }
	/** Nobody can be asked; in a sentence for the user. */
	| { unclear: string };

export type Settled<Found> =
	| { how: 'failed'; fault: Fault }
	| { how: 'found'; found: Found }
	| { how: 'send-again' }
	| { how: 'unknown'; finding: string };

/** A look-up after a lost answer has time of its own: it is what keeps the outcome from being unknown. */
const LOOK_UP_MS = 10_000;
/** TW may show a write only after a moment, so a look-up that finds nothing is repeated once. */
const SECOND_LOOK_AFTER_MS = 2_000;

/** How often a write is sent at the most; each time but the first after a 503. */
const MAX_SENDS = 3;
const PAUSE_AFTER_503_MS = 500;

export interface SettleLimits {
	deadline: Deadline;
	signal?: AbortSignal | undefined;
	/** How often the write has been sent by now. */
	sends: number;
}

/**
 * Settles one failed write. After a 503 it waits as TW asks, and looks right before the next send.
 *
 * @param ask asks TW; not given up on cancel, since it is what tells whether the write took effect
 */
export async function settleWrite<Found>(
	fault: Fault,
	ask: (limits: { deadline: Deadline }) => Promise<LookUp<Found>>,
	{ deadline, signal, sends }: SettleLimits,
): Promise<Settled<Found>> {
	// A refusal is no word on an earlier send, which TW may have carried out and answered with 503.
	if (sends === 1 && !leavesOutcomeOpen(fault)) return { how: 'failed', fault };
	const pause = fault.facts.retryAfterMs ?? PAUSE_AFTER_503_MS * 2 ** sends;
	const mayGoAgain =
		fault instanceof UnavailableFault &&
		fault.facts.httpStatus === 503 &&
		sends < MAX_SENDS &&
		deadline.allowsRequestAfter(pause);
	if (!mayGoAgain || !(await waited(pause, signal))) return await settleLoss(ask, { signal });
	const answer = await look(ask);
	if ('found' in answer) return { how: 'found', found: answer.found };
	if ('missing' in answer && !signal?.aborted) return { how: 'send-again' };
	return { how: 'unknown', finding: findingOf(answer) };
}

function findingOf(answer: Exclude<LookUp<unknown>, { found: unknown }>): string {
	if ('unclear' in answer) return answer.unclear;
	if ('notShown' in answer) return answer.notShown;
	return answer.remark ?? 'TW does not show it.';
}

/** Waits; false if the user cancelled meanwhile, after which nothing is sent. */
async function waited(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
	try {
		await waitFor(ms, signal);
		return true;
	} catch {
		return false;
	}
}

/** Settles a write of which only this is known: it left, and its answer was lost. */
export async function settleLoss<Found>(
	ask: (limits: { deadline: Deadline }) => Promise<LookUp<Found>>,
	{ signal }: Pick<SettleLimits, 'signal'>,
): Promise<Exclude<Settled<Found>, { how: 'failed' | 'send-again' }>> {
	let answer = await look(ask);
	if (('missing' in answer || 'notShown' in answer) && !signal?.aborted) {
		await waitFor(SECOND_LOOK_AFTER_MS, undefined);
		answer = await look(ask);
	}
	if ('found' in answer) return { how: 'found', found: answer.found };
	return { how: 'unknown', finding: findingOf(answer) };
}

async function look<Found>(
	ask: (limits: { deadline: Deadline }) => Promise<LookUp<Found>>,
): Promise<LookUp<Found>> {
	try {
		return await ask({ deadline: Deadline.in(LOOK_UP_MS) });
	} catch (error) {
		return { unclear: `TW could not be asked: ${asFault(error).message}.` };
	}
}
