/** What became of a run's items at a glance, for above the node's output. */
import { Fault } from '../base/errors';
import { isRecord } from '../base/json-value';
import type { Outcome, Result } from '../operation/operation';
import { outcomeOfFault, type OutcomeWord } from '../operation/outcome';
import type { HintType } from './hints';

/** What an item is counted as: its outcome, or how that came about. */
type Sort = OutcomeWord | 'recovered' | 'existing' | 'reported_before' | 'repeated';

/** In the words of a summary and in their order. */
const WORDS: Readonly<Record<Exclude<Sort, 'dry_run'>, string>> = {
	completed: 'made',
	created: 'made',
	accepted: 'accepted',
	deleted: 'deleted',
	reviewed: 'reviewed',
	reported: 'reported',
	recovered: 'recovered',
	existing: 'existing',
	reported_before: 'reported before',
	repeated: 'the same as another item',
	skipped: 'skipped',
	pending: 'pending',
	unfinished: 'unfinished',
	unknown: 'unknown',
	failed: 'failed',
};

/** What a person should look at, so its items are named. */
const TO_SEE: ReadonlySet<string> = new Set(['pending', 'unfinished', 'unknown', 'failed']);
/** What is as it should be: of one such item alone nothing is said. */
const ORDINARY: ReadonlySet<string> = new Set([
	'made',
	'accepted',
	'deleted',
	'reviewed',
	'reported',
]);

/** Of these it is certain that nothing was sent. */
const NOTHING_SENT: ReadonlySet<string> = new Set(['dry_run', 'skipped', 'failed']);

/** A list in a hint ends here. */
const MAX_ITEMS = 10;

export interface Summary {
	message: string;
	type: HintType;
}

/** What is counted: an item that failed, or each of what an item has put out. */
interface Counted {
	item: number;
	sort: Sort;
	/** For a dry run. */
	wouldBeSent: boolean;
}

/**
 * @param outcomes of a write's or an event's items, by n8n's index
 * @param sameAs items that share another item's outcome
 * @returns what is to be said; nothing of a single item with which all is well
 */
export function summaries(
	outcomes: ReadonlyArray<Outcome | undefined>,
	sameAs: ReadonlyMap<number, number>,
): Summary[] {
	const all = outcomes.flatMap((outcome, item) => countedOf(outcome, item, sameAs.has(item)));
	const tried = all.filter(({ sort }) => sort === 'dry_run');
	const counts = countsOf(all);
	const isCalm = outcomes.length === 1 && counts.every(({ word }) => ORDINARY.has(word));
	return [
		...(tried.length > 0 ? [dryRun(tried, all)] : []),
		...(counts.length > 0 && !isCalm ? [summaryOf(counts)] : []),
	];
}

function countedOf(outcome: Outcome | undefined, item: number, isTwin: boolean): Counted[] {
	if (outcome instanceof Fault) {
		return [{ item, sort: outcomeOfFault(outcome), wouldBeSent: false }];
	}
	return (outcome ?? []).map(({ json }) => {
		const { register } = json;
		const wouldBeSent = !isRecord(register) || register['would'] === 'send';
		return { item, sort: sortOf(json, isTwin), wouldBeSent };
	});
}

function sortOf(json: Result['json'], isTwin: boolean): Sort {
	const word = json['outcome'] as OutcomeWord;
	if (word === 'dry_run' || word === 'pending') return word;
	if (isTwin) return 'repeated';
	if (json['recovered'] === true) return 'recovered';
	if (json['existing'] === true) return 'existing';
	return json['reported_before'] === true ? 'reported_before' : word;
}

interface Count {
	word: string;
	items: number[];
}

/** In the order of the words. */
function countsOf(all: readonly Counted[]): Count[] {
	return [...new Set(Object.values(WORDS))].flatMap((word) => {
		const items = all.flatMap(({ sort, item }) =>
			sort !== 'dry_run' && WORDS[sort] === word ? [item] : [],
		);
		return items.length > 0 ? [{ word, items }] : [];
	});
}

/** E.g. `17 made, 2 recovered, 1 unknown: see item 12`. */
function summaryOf(counts: readonly Count[]): Summary {
	const well = counts.filter(({ word }) => !TO_SEE.has(word));
	const toSee = counts.filter(({ word }) => TO_SEE.has(word));
	const named = toSee
		.map((count) => `${told(count)}: ${seeItems([...new Set(count.items)])}`)
		.join('; ');
	return {
		message: [...well.map(told), named].filter(Boolean).join(', '),
		type: toSee.length > 0 ? 'warning' : 'info',
	};
}

const told = ({ word, items }: Count) => `${items.length} ${word}`;

function seeItems(items: readonly number[]): string {
	const shown = items.slice(0, MAX_ITEMS).join(', ');
	const more = items.length > MAX_ITEMS ? ` and ${items.length - MAX_ITEMS} more` : '';
	return `see item${items.length === 1 ? '' : 's'} ${shown}${more}`;
}

/** Says plainly that nothing was sent, and of which items nothing would be. */
function dryRun(tried: readonly Counted[], all: readonly Counted[]): Summary {
	const kept = tried.filter(({ wouldBeSent }) => !wouldBeSent);
	// Beside them others may have been sent
	const isAll = all.every(({ sort }) => NOTHING_SENT.has(sort));
	const items = new Set(tried.map(({ item }) => item)).size;
	const whose = isAll ? '' : ` for ${items} item${items === 1 ? '' : 's'}`;
	const rest = kept.length > 0 ? `, ${kept.length} would not: ${seeItems(itemsOf(kept))}` : '';
	return {
		message: `Dry Run: nothing was sent${whose}. ${tried.length - kept.length} would be sent${rest}`,
		type: 'warning',
	};
}

const itemsOf = (some: readonly Counted[]) => [...new Set(some.map(({ item }) => item))];
