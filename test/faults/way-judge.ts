/** Whether the owner of a failed item gets out of it: by the next run, by the clicks that were named, or not. */
import type { OutcomeWord } from '../../lib/base/outcome';
import { type Said, verdictOf } from './oracle';

/** How an item ends. `at once` needs no way out: the run under the fault has done it. */
export type Way = 'at once' | 'new run' | 'clicks' | 'stuck';

/** From the best to the worst. */
export const WAYS: readonly Way[] = ['at once', 'new run', 'clicks', 'stuck'];

/** What a write or an event wants. */
export interface Wants {
	/** How often it may take effect; `makes`: once, and another run finds that it did. */
	effects: 'makes' | 'once' | 'at most once' | 'at least once';
	/** The words for a success. */
	outcomes: readonly OutcomeWord[];
	/** Order, bag or order of the event. */
	number: string;
}

/** Where things stand after a run. */
export interface Step {
	said: Said;
	outcome?: unknown;
	number?: unknown;
	/** How often the vendor took it, also if it came to nothing later. */
	taken: number;
	/** How often it stands at the vendor now. */
	stands: number;
	/** It put out something of another order. */
	isForeign?: boolean;
}

/** What a person finds when looking with Get, or asking TD. */
export type Seen = 'done' | 'not done';

/** Everything that was played of one item. */
export interface Course {
	wants: Wants;
	/** Under the fault; undefined if n8n was killed, and said nothing. */
	first: Step | undefined;
	/** After its cause was mended. */
	next?: Step;
	/** What was named was played: a look, and a last run unless the look showed that it is done. */
	clicks?: { seen?: Seen; last?: Step };
	/** The vendor never shows what it took. */
	isHidden?: boolean;
}

/** What words can tell a person to click. */
export interface Named {
	look: boolean;
	runAgain: boolean;
	sendAgain: boolean;
	atLeastOnce: boolean;
}

/** The way out that an error names, if any. */
export function wayNamedIn(said: Said): Named | undefined {
	const says = (words: RegExp) => words.test(said.description ?? '');
	const named: Named = {
		look: says(/\bGet\b(?! Status)/),
		runAgain: says(/\b(?:re-?run|(?:run|running|repeat|repeating)\b[^.]*\b(?:again|it|item)\b)/i),
		sendAgain: says(/'If Sent Before'[^.]*\bSend Again\b/),
		atLeastOnce: says(/'Delivery'[^.]*\bAt Least Once\b/),
	};
	return Object.values(named).includes(true) ? named : undefined;
}

/**
 * The words by which the owner of an item that has not ended goes on: the latest that say it is unknown. What can be
 * done only once may also be refused, truthfully, if the refusal names where to look.
 */
export function wordsToGoOnBy({ wants, first, next }: Course): Named | undefined {
	// "Failed" leads astray where it stands
	if (next && wants.effects !== 'once' && isFailed(next) && next.stands > 0) return undefined;
	const [latest] = [next, first].flatMap((step) => {
		const named = step && wayNamedIn(step.said);
		if (!named) return [];
		const isRefused = wants.effects === 'once' && isFailed(step) && named.look;
		return isRefused || verdictOf(step.said) === 'unknown' ? named : [];
	});
	return latest;
}

const isFailed = ({ said }: Step) => verdictOf(said) === 'failed';

/** Whether a run has done the item and says so: with the right word, the right number, and as the vendor has it. */
export function isDone(step: Step, wants: Wants): boolean {
	const { said, outcome, number, stands, isForeign } = step;
	return (
		verdictOf(said) === 'succeeded' &&
		!isForeign &&
		(wants.outcomes as readonly unknown[]).includes(outcome) &&
		number === wants.number &&
		(stands === 1 || (stands > 1 && wants.effects === 'at least once'))
	);
}

/** What the vendor never shows may be made twice, and can't be followed to its end: it is said to stand. */
const endsHidden = ({ said, stands }: Step, wants: Wants) =>
	stands > 0 &&
	(verdictOf(said) === 'succeeded' ||
		(verdictOf(said) === 'unfinished' && said.message!.includes(wants.number)));

export interface Ending {
	way: Way;
	/** It took effect more often than wanted. */
	isDoubled: boolean;
	/** What is to be held against it; empty if it is neither stuck nor doubled. */
	why: string[];
}

export function endingOf(course: Course): Ending {
	const { wants, first, next, clicks, isHidden = false } = course;
	const steps = [first, next, clicks?.last].filter((step) => step !== undefined);
	const mayBeMore = wants.effects === 'at least once' || (isHidden && clicks?.last !== undefined);
	const isDoubled = !mayBeMore && steps.some(({ stands }) => stands > 1);
	const { way, why } = wayOf(course, steps);
	const most = Math.max(...steps.map(({ stands }) => stands));
	return { way, isDoubled, why: isDoubled ? [...why, `it stands ${most} times`] : why };
}

function wayOf(course: Course, steps: readonly Step[]): { way: Way; why: string[] } {
	const { wants, first, next, clicks, isHidden } = course;
	const stuck = (words: string) => ({ way: 'stuck' as const, why: [words] });
	if (steps.some(({ isForeign }) => isForeign))
		return stuck('it puts out what is of another order');
	if (steps.some(isLie)) return stuck('it says done, and the vendor has nothing');
	const last = next ?? first;
	if (first && isDone(first, wants)) {
		const isSaidAgain = !next || isDone(next, wants);
		return isSaidAgain
			? { way: 'at once', why: [] }
			: stuck('the next run does not say it is done');
	}
	if (next && isDone(next, wants)) return { way: 'new run', why: [] };
	if (!wordsToGoOnBy(course)) return stuck('nothing names a way out');
	if (!clicks) return stuck('the way that is named can not be gone');
	const ends = clicks.last
		? isDone(clicks.last, wants) || (isHidden && endsHidden(clicks.last, wants))
		: clicks.seen === 'done' && last !== undefined && last.stands === 1;
	return ends ? { way: 'clicks', why: [] } : stuck('the way that is named does not end it');
}

/** Success is said of what the vendor never took. */
const isLie = ({ said, taken }: Step) => verdictOf(said) === 'succeeded' && taken === 0;

/** The worst of several ways to end. */
export const worstOf = (ways: readonly Way[]): Way =>
	WAYS[Math.max(...ways.map((way) => WAYS.indexOf(way)))]!;
