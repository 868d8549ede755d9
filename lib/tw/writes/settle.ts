/**
 * What to do about a write that failed: the delivery rule for writes in one place.
 *
 * Certain that TW did nothing ({@link wasNotDone}): it failed. Answered with 503: TW is asked, and the write may be sent
 * again if TW does not show it. Anything else leaves the outcome open: TW is asked, and what it does
 * not confirm is unknown and is never sent again. That a write failed is said only if no send of it
 * can have taken effect.
 */
import { Deadline } from '../../base/deadline';
import { waitFor } from '../../base/delivery';
import { asFault, type Fault, leavesOutcomeOpen, UnavailableFault } from '../../base/errors';
import type { Limits, Pace } from '../../base/limits';

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
	/** `isMissing`: TW was asked, and does not have it. */
	| { how: 'unknown'; finding: string; isMissing: boolean };

/** Asks TW for a write. */
export type Ask<Found> = (limits: Limits) => Promise<LookUp<Found>>;

/** How often a write is sent at the most; each time but the first after a 503. */
const MAX_SENDS = 3;

/**
 * Whether a fault says for certain that TW did nothing: the request never left, or TW refused it with
 * an HTTP status of 4xx (but 408), or with another code than 200 in words and without data.
 *
 * ASSUMED: no failure answer is documented. 200 is the only documented code of success, but no page
 * says that another one means that nothing was done.
 */
export function wasNotDone(fault: Fault): boolean {
	if (leavesOutcomeOpen(fault)) return false;
	const { httpStatus, vendorMessage, data } = fault.facts;
	const inEnvelope = httpStatus !== undefined && httpStatus < 300;
	return !inEnvelope || (vendorMessage !== undefined && data === undefined);
}

export interface SettleLimits extends Limits {
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
	ask: Ask<Found>,
	{ deadline, signal, pace, sends }: SettleLimits,
): Promise<Settled<Found>> {
	// A refusal is no word on an earlier send, which TW may have carried out and answered with 503.
	if (sends === 1 && wasNotDone(fault)) return { how: 'failed', fault };
	const pause = fault.facts.retryAfterMs ?? pace.afterUnavailable * 2 ** (sends - 1);
	const mayGoAgain =
		fault instanceof UnavailableFault &&
		fault.facts.httpStatus === 503 &&
		sends < MAX_SENDS &&
		deadline.allowsRequestAfter(pause);
	if (!mayGoAgain || !(await waited(pause, signal))) return await settleLoss(ask, { signal, pace });
	const answer = await look(ask, pace);
	if ('found' in answer) return { how: 'found', found: answer.found };
	if ('missing' in answer && !signal?.aborted) return { how: 'send-again' };
	return unknown(answer);
}

const unknown = (answer: Exclude<LookUp<unknown>, { found: unknown }>) => ({
	how: 'unknown' as const,
	finding: findingOf(answer),
	isMissing: 'missing' in answer,
});

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

/** The longest that settling a lost answer takes; milliseconds. */
export const settlingTime = ({ lookUp, secondLook }: Pace) => 2 * lookUp + secondLook;

/**
 * Settles a write of which only this is known: it left, and its answer was lost.
 *
 * @param looks 1 where TW has said how it stands, and a single look is to confirm that
 */
export async function settleLoss<Found>(
	ask: Ask<Found>,
	{ signal, pace, looks = 2 }: Pick<Limits, 'signal' | 'pace'> & { looks?: 1 | 2 },
): Promise<Exclude<Settled<Found>, { how: 'failed' | 'send-again' }>> {
	let answer = await look(ask, pace);
	const mayShowLater = 'missing' in answer || 'notShown' in answer;
	if (looks === 2 && mayShowLater && !signal?.aborted) {
		await waitFor(pace.secondLook, undefined);
		answer = await look(ask, pace);
	}
	if ('found' in answer) return { how: 'found', found: answer.found };
	return unknown(answer);
}

/** Asks with time of its own: it is what keeps the outcome from being unknown. */
async function look<Found>(ask: Ask<Found>, pace: Pace): Promise<LookUp<Found>> {
	try {
		return await ask({ deadline: Deadline.in(pace.lookUp), pace });
	} catch (error) {
		return { unclear: `TW could not be asked: ${asFault(error).message}.` };
	}
}
