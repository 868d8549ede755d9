/** Finds out what something is made of, by changing what goes in, one value at a time. */
import { isIP } from 'node:net';
import { differences, type Json, leavesOf, type Place, valueAt, withValue, written } from './json';

/** From what goes in to what comes out; undefined if it makes nothing of it. */
export type Reading = (given: Json) => unknown;

/** What a member is made of. */
export interface Choice {
	/** Its value is one of these, or made of all of them. */
	of: string[];
	/** These decide whether it is. */
	by: string[];
}

/** The first choice, then what is taken where that is not told. */
export type Choices = Choice[];

/** No member is read from more places than this, one after another. */
const MOST_CHOICES = 4;

/**
 * For each member of what comes out: what of `given` it depends on.
 *
 * @param isAsked which members are of interest; all if it is left out
 */
export function sourcesOf(
	reading: Reading,
	given: Json,
	isAsked: (member: string) => boolean = () => true,
): Map<string, Choices> {
	const read = remembering(reading);
	const found = new Map<string, Choices>();
	const before = read(given);
	if (before === undefined) throw new Error('The specimen itself is not read');
	for (const [member, { place, leaves }] of dependencies(read, given, before)) {
		if (isAsked(member)) found.set(member, choicesOf(read, given, place, leaves));
	}
	return found;
}

/** Members that depend on the same are tried with the same. */
function remembering(read: Reading): Reading {
	const known = new Map<string, unknown>();
	return (given) => {
		const key = JSON.stringify(given);
		if (!known.has(key)) known.set(key, attempt(read, given));
		return known.get(key);
	};
}

interface Dependency {
	/** Of the member, in what comes out. */
	place: Place;
	/** In what goes in. */
	leaves: Place[];
}

function dependencies(read: Reading, given: Json, before: unknown): Map<string, Dependency> {
	const found = new Map<string, Dependency>();
	for (const leaf of leavesOf(given)) {
		for (const other of othersOf(valueAt(given, leaf) as Json)) {
			const after = read(withValue(given, leaf, other));
			if (after === undefined) continue;
			for (const place of differences(before, after)) {
				const member = written(place, before);
				const known = found.get(member) ?? { place, leaves: [] };
				if (!known.leaves.includes(leaf)) known.leaves.push(leaf);
				found.set(member, known);
			}
		}
	}
	return found;
}

/** Takes away what a member is made of, and sees whether something else takes its place. */
function choicesOf(read: Reading, given: Json, member: Place, first: Place[]): Choices {
	const choices: Choices = [];
	const gone: Place[] = [];
	let left = given;
	let now = read(given);
	let leaves = first;
	while (leaves.length > 0 && choices.length < MOST_CHOICES) {
		const value = textOf(valueAt(now, member));
		const same = leaves.filter((leaf) => value !== null && textOf(valueAt(left, leaf)) === value);
		// A yes or no is no part of anything else
		const parts = leaves.filter((leaf) => typeof valueAt(left, leaf) !== 'boolean');
		const of = [same, parts, leaves].find((some) => some.length > 0)!;
		const by = leaves.filter((leaf) => !of.includes(leaf));
		choices.push({ of: namesOf(of, given), by: namesOf(by, given) });
		gone.push(...of);
		left = of.reduce((body, leaf) => withValue(body, leaf, null), left);
		now = read(left);
		if (now === undefined || (valueAt(now, member) ?? null) === null) break;
		leaves = leavesOf(left).filter(
			(leaf) => !gone.some((one) => isSame(one, leaf)) && decides(read, left, now, leaf, member),
		);
	}
	return choices;
}

function decides(read: Reading, given: Json, before: unknown, leaf: Place, member: Place): boolean {
	return othersOf(valueAt(given, leaf) as Json).some((other) => {
		const after = read(withValue(given, leaf, other));
		if (after === undefined) return false;
		return differences(before, after).some((place) => isSame(place, member));
	});
}

const isSame = (one: Place, other: Place) => one.join('.') === other.join('.');

const namesOf = (leaves: readonly Place[], given: Json) => [
	...new Set(leaves.map((leaf) => written(leaf, given))),
];

/** Of a single value. */
function textOf(value: unknown): string | null {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** What can not be made of the changed input says nothing of its parts. */
function attempt(read: Reading, given: Json): unknown {
	try {
		return read(given);
	} catch {
		return undefined;
	}
}

/** Other values in the form of one, and none. */
function othersOf(value: Json): Json[] {
	if (value === null) return ['2031-02-03T04:05:06Z', true, 'another', '7'];
	if (typeof value === 'boolean') return [!value, null];
	if (typeof value === 'number') return [value + 1, value - 1, null];
	return typeof value === 'string' ? [...otherTexts(value), null] : [];
}

function otherTexts(text: string): string[] {
	if (isIP(text) !== 0) return ['8.8.4.4'];
	if (/^\d{4}-\d\d-\d\dT/.test(text)) return [2018, 2032].map((year) => year + text.slice(4));
	if (/^[A-Z]{2}$/.test(text)) return [text === 'DE' ? 'FR' : 'DE'];
	if (/^[A-Za-z]{3}$/.test(text)) return [/usd/i.test(text) ? 'EUR' : 'USD', 'another'];
	if (/^-?\d+(\.\d+)?$/.test(text)) {
		const places = text.split('.')[1]?.length ?? 0;
		return [1, -1].map((more) => (Number(text) + more).toFixed(places));
	}
	if (/\d$/.test(text)) return [text.slice(0, -1) + (text.endsWith('7') ? '8' : '7'), 'another'];
	// A word of some list, where `pending` is one that all of them have
	if (/^[a-z_-]+$/.test(text)) return ['another', 'pending'];
	return [`${text} more`, 'another'];
}
