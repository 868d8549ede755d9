/**
 * What to do about a write that failed: the delivery rule for writes in one place.
 *
 * Certain that TW did nothing: it failed. Answered with 503: TW is asked, and the write may be sent
 * again if TW has not done it. Anything else leaves the outcome open: TW is asked, and what it does
 * not confirm is unknown and is never sent again.
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
	/** TW could not be asked, or its answer does not tell. */
	| { unclear: Fault };

export type Settled<Found> =
	| { how: 'failed'; fault: Fault }
	| { how: 'found'; found: Found }
	| { how: 'send-again' }
	| { how: 'unknown'; finding: string };

/** A look-up after a lost answer has time of its own: it is what keeps the outcome from being unknown. */
const LOOK_UP_MS = 10_000;
/** TW may show a write only after a moment, so a look-up that finds nothing is repeated once. */
const SECOND_LOOK_AFTER_MS = 2_000;

export interface SettleLimits {
	deadline: Deadline;
	signal?: AbortSignal | undefined;
}

/**
 * Settles one failed write.
 *
 * @param ask asks TW; not given up on cancel, since it is what tells whether the write took effect
 */
export async function settleWrite<Found>(
	fault: Fault,
	ask: (limits: { deadline: Deadline }) => Promise<LookUp<Found>>,
	limits: SettleLimits,
): Promise<Settled<Found>> {
	if (!leavesOutcomeOpen(fault)) return { how: 'failed', fault };
	if (!(fault instanceof UnavailableFault) || fault.facts.httpStatus !== 503) {
		return await settleLoss(ask, limits);
	}
	const answer = await look(ask);
	if ('found' in answer) return { how: 'found', found: answer.found };
	if ('unclear' in answer) return { how: 'unknown', finding: answer.unclear.message };
	const inTime = limits.deadline.allows(fault.facts.retryAfterMs ?? 0);
	return inTime && !limits.signal?.aborted ? { how: 'send-again' } : { how: 'failed', fault };
}

/** Settles a write of which only this is known: it left, and its answer was lost. */
export async function settleLoss<Found>(
	ask: (limits: { deadline: Deadline }) => Promise<LookUp<Found>>,
	{ signal }: Pick<SettleLimits, 'signal'>,
): Promise<Exclude<Settled<Found>, { how: 'failed' | 'send-again' }>> {
	let answer = await look(ask);
	if ('missing' in answer && !signal?.aborted) {
		await waitFor(SECOND_LOOK_AFTER_MS, undefined);
		answer = await look(ask);
	}
	if ('found' in answer) return { how: 'found', found: answer.found };
	const finding =
		'unclear' in answer
			? `TW could not be asked: ${answer.unclear.message}.`
			: (answer.remark ?? 'TW does not show it.');
	return { how: 'unknown', finding };
}

async function look<Found>(
	ask: (limits: { deadline: Deadline }) => Promise<LookUp<Found>>,
): Promise<LookUp<Found>> {
	try {
		return await ask({ deadline: Deadline.in(LOOK_UP_MS) });
	} catch (error) {
		return { unclear: asFault(error) };
	}
}
