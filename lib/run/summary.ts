/** A run's outcomes at a glance, for above the node's output. */
import type { NodeExecutionHint } from 'n8n-workflow';
import { Fault } from '../base/errors';
import { isRecord } from '../base/json';
import type { Outcome, Result } from '../operation/operation';
import { outcomeOfFault, type OutcomeWord } from '../base/outcome';
import { cutTo } from '../base/redact';

/** The more a hint needs the user's attention; a warning if there is something to do. */
export type HintType = Extract<NonNullable<NodeExecutionHint['type']>, 'info' | 'warning'>;

/** An item's outcome, or how it came about. */
type Sort = OutcomeWord | 'recovered' | 'existing' | 'reported_before' | 'repeated';

/** What a summary says of one, and of several where that differs; in their order. */
const WORDS: Readonly<Record<Exclude<Sort, 'dry_run'>, [one: string, several?: string]>> = {
	completed: ['created'],
	created: ['created'],
	accepted: ['accepted by TW, not done yet'],
	deleted: ['deleted'],
	reviewed: ['approved'],
	reported: ['reported to TD'],
	recovered: ['done, as TW shows'],
	existing: [
		'was at TW already and was not sent again',
		'were at TW already and were not sent again',
	],
	reported_before: [
		'was reported to TD before and was not sent again',
		'were reported to TD before and were not sent again',
	],
	repeated: ['repeats another item', 'repeat other items'],
	skipped: ['skipped, nothing sent'],
	pending: ['still in progress at TW'],
	unfinished: ['at TW, but not followed to its end'],
	unknown: ['unknown (may have arrived)'],
	failed: ['failed'],
};

/** A person should look at these items, so they are listed. */
const TO_SEE: ReadonlySet<Sort> = new Set<Sort>(['pending', 'unfinished', 'unknown', 'failed']);
/** As it should be; a run of one such item needs no summary. */
const ORDINARY: ReadonlySet<Sort> = new Set<Sort>([
	'completed',
	'created',
	'accepted',
	'deleted',
	'reviewed',
	'reported',
]);

/** For these surely nothing was sent. */
const NOTHING_SENT: ReadonlySet<string> = new Set(['dry_run', 'skipped', 'failed']);

const MAX_ITEMS = 10;

export interface Summary {
	message: string;
	type: HintType;
}

/** An item that failed, or one output item. */
interface Counted {
	item: number;
	sort: Sort;
	/** For a dry run. */
	wouldBeSent: boolean;
}

/**
 * @param outcomes of a write's or an event's items, by n8n's index
 * @param duplicateOf items that share another item's outcome
 * @returns none for a single item that went well
 */
export function summaries(
	outcomes: ReadonlyArray<Outcome | undefined>,
	duplicateOf: ReadonlyMap<number, number>,
): Summary[] {
	const all = outcomes.flatMap((outcome, item) => countedOf(outcome, item, duplicateOf.has(item)));
	const tried = all.filter(({ sort }) => sort === 'dry_run');
	const counts = countsOf(all);
	const isOrdinary = outcomes.length === 1 && counts.every(({ sort }) => ORDINARY.has(sort));
	return [
		...(tried.length > 0 ? [dryRun(tried, all)] : []),
		...(counts.length > 0 && !isOrdinary ? [summaryOf(counts)] : []),
	];
}

function countedOf(outcome: Outcome | undefined, item: number, isDuplicate: boolean): Counted[] {
	if (outcome instanceof Fault) {
		return [{ item, sort: outcomeOfFault(outcome), wouldBeSent: false }];
	}
	return (outcome ?? []).map(({ json }) => {
		const { register } = json;
		const wouldBeSent = !isRecord(register) || register['would'] === 'send';
		return { item, sort: sortOf(json, isDuplicate), wouldBeSent };
	});
}

function sortOf(json: Result['json'], isDuplicate: boolean): Sort {
	const word = json['outcome'] as OutcomeWord;
	if (word === 'dry_run' || word === 'pending') return word;
	if (isDuplicate) return 'repeated';
	if (json['recovered'] === true) return 'recovered';
	if (json['existing'] === true) return 'existing';
	return json['reported_before'] === true ? 'reported_before' : word;
}

interface Count {
	sort: Exclude<Sort, 'dry_run'>;
	items: number[];
}

/** In the order of the words; sorts with the same words count together. */
function countsOf(all: readonly Counted[]): Count[] {
	const counts = new Map<string, Count>();
	for (const [sort, [words]] of Object.entries(WORDS) as Array<[Count['sort'], [string]]>) {
		const items = all.flatMap((one) => (one.sort === sort ? [one.item] : []));
		const count = counts.get(words) ?? { sort, items: [] };
		if (items.length > 0) counts.set(words, { ...count, items: [...count.items, ...items] });
	}
	return [...counts.values()];
}

/** E.g. `17 created. 2 done, as TW shows. 1 failed: see item 12`. */
function summaryOf(counts: readonly Count[]): Summary {
	return {
		message: counts.map(counted).join('. '),
		type: counts.some(({ sort }) => TO_SEE.has(sort)) ? 'warning' : 'info',
	};
}

function counted({ sort, items }: Count): string {
	const [one, several = one] = WORDS[sort];
	const said = `${items.length} ${items.length === 1 ? one : several}`;
	return TO_SEE.has(sort) ? `${said}: ${seeItems([...new Set(items)])}` : said;
}

function seeItems(items: readonly number[]): string {
	const shown = items.slice(0, MAX_ITEMS).join(', ');
	const more = items.length > MAX_ITEMS ? ` and ${items.length - MAX_ITEMS} more` : '';
	return `see item${items.length === 1 ? '' : 's'} ${shown}${more}`;
}

/** Longer numbers are cut; characters. */
const MAX_NAME = 40;

/**
 * A warning of numbers that a person takes for the same, each of which is sent.
 *
 * @param alikeTo by item, an earlier item whose number is alike
 * @param names by item
 */
export function alikeNames(
	alikeTo: ReadonlyMap<number, number>,
	names: ReadonlyMap<number, string>,
): Summary[] {
	if (alikeTo.size === 0) return [];
	const named = (item: number) => `'${cutTo(names.get(item)!, MAX_NAME)}' (item ${item})`;
	const pairs = [...alikeTo].map(([item, other]) => `${named(other)} and ${named(item)}`);
	const more = pairs.length > MAX_ITEMS ? ` and ${pairs.length - MAX_ITEMS} more` : '';
	return [
		{
			message: `Numbers that differ only in case, blanks or Unicode form, each sent as one of its own: ${pairs.slice(0, MAX_ITEMS).join(', ')}${more}. Check that they are not the same`,
			type: 'warning',
		},
	];
}

/** Says plainly that nothing was sent, and which items would not be sent either. */
function dryRun(tried: readonly Counted[], all: readonly Counted[]): Summary {
	const kept = tried.filter(({ wouldBeSent }) => !wouldBeSent);
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
