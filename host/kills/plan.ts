/** What happens to n8n, and when: drawn at random, the same again for the same seed. */

import { DAY_MS, HOUR_MS } from '../../lib/base/durations';

/** How long the vendors take for each request, and when. */
interface Vendors {
	/** Milliseconds. */
	ms: number;
	/** Whether they work on it before that time, or after it. */
	when: 'before' | 'after';
}

export interface Kill {
	what: 'kill';
	/** When: the vendors have taken so many of the load by then, and so many milliseconds have passed since. */
	taken: number;
	ms: number;
	vendors: Vendors;
	/** Whether all is run again before the next blow, or n8n is struck at it once more. */
	settles: boolean;
}

export interface Leap extends Omit<Kill, 'what'> {
	what: 'leap';
	/** How far the clock is wrong meanwhile, in milliseconds. */
	by: number;
	/** TW takes the signature of any time, so that orders go out meanwhile; or it refuses them. */
	isTolerated: boolean;
	/** n8n is killed before the clock is right again. */
	isKilled: boolean;
}

export type Blow = Kill | Leap;

/** 180 days is what the register remembers an order for, and 7 a delivery. */
const LEAPS = [
	HOUR_MS,
	DAY_MS + HOUR_MS,
	8 * DAY_MS,
	181 * DAY_MS,
	200 * DAY_MS,
	-HOUR_MS,
	-2 * DAY_MS,
	-200 * DAY_MS,
];

/** Draws numbers from 0 to below 1 (mulberry32). */
export function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let bits = Math.imul(state ^ (state >>> 15), state | 1);
		bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
		return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Some of a list, in random order. */
export function someOf<T>(all: readonly T[], count: number, random: () => number): T[] {
	const left = [...all];
	const some = [];
	while (some.length < count && left.length > 0) {
		const [one] = left.splice(Math.floor(random() * left.length), 1);
		some.push(one!);
	}
	return some;
}

/**
 * So many kills and leaps, mixed. The longest leap is always among them, tolerated by TW.
 *
 * @param most how much of a load the vendors have at most when n8n is struck
 */
export function planOf(
	{ kills, leaps, most }: { kills: number; leaps: number; most: number },
	random: () => number,
): Blow[] {
	const from = (least: number, below: number) => Math.floor(least + random() * (below - least));
	const kill = (): Omit<Kill, 'what'> => ({
		taken: from(0, most),
		ms: from(0, 60),
		vendors: { ms: from(10, 150), when: random() < 0.7 ? 'after' : 'before' },
		settles: random() < 0.6,
	});
	const leap = (i: number): Leap => ({
		...kill(),
		what: 'leap',
		by: i === 0 ? 200 * DAY_MS : LEAPS[from(0, LEAPS.length)]!,
		isTolerated: i === 0 || random() < 0.6,
		isKilled: random() < 0.3,
	});
	const blows = [
		...Array.from({ length: kills }, (): Blow => ({ what: 'kill', ...kill() })),
		...Array.from({ length: leaps }, (_none, i): Blow => leap(i)),
	];
	return someOf(blows, blows.length, random);
}
