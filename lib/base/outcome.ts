/**
 * The member `outcome` of every output item of a write or an event, error items of Continue on Fail
 * included: one word, the same in all nodes.
 *
 * Other members say how the outcome came about: `existing` (it was there before, sent by another
 * execution or made elsewhere, and nothing was sent now), `recovered` (it was sent, the answer was lost,
 * and the vendor shows it), `reported_before` (TD took the event in another execution). Flows depend on
 * the words, so never rename one.
 */
import { type Fault, DefectFault, UnfinishedFault, UnknownOutcomeFault } from './errors';

/** Every word, with its meaning for the person who reads it. */
export const outcomes = {
	accepted: 'The vendor took it and is not done with it; it was not waited for',
	completed: 'TW has made the order: its tracking numbers and charges are there',
	created: 'It was made',
	deleted: 'It is deleted',
	dry_run: 'Nothing was sent: the item shows what would have been',
	failed: 'It did not take effect',
	pending: 'The vendor took it, and it was not completed within the time to wait',
	reported: 'TD took the event',
	reviewed: 'It was approved',
	skipped: 'There was nothing to send for this item, and the item says why',
	unfinished:
		'It stands at the vendor, but what was to follow (waiting, reading it) did not succeed',
	unknown: 'It was sent, and nobody can say whether it took effect',
} as const;

export type OutcomeWord = keyof typeof outcomes;

/** The word for an item that failed. */
export function outcomeOfFault(fault: Fault): 'failed' | 'unfinished' | 'unknown' {
	if (fault instanceof UnfinishedFault) return 'unfinished';
	// A defect may come after it took effect
	if (fault instanceof UnknownOutcomeFault || fault instanceof DefectFault) return 'unknown';
	return 'failed';
}

/** Whether an item with this outcome stands for something that took effect at the vendor. */
export const tookEffect = (outcome: unknown): boolean =>
	outcome !== 'dry_run' && outcome !== 'skipped';
