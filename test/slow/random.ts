/** Numbers that look random, the same for the same seed. */
export class Random {
	constructor(private state: number) {}

	/** From 0 up to 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number from 0 up to one less. */
	below(most: number): number {
		return Math.floor(this.next() * most);
	}

	of<T>(all: readonly T[]): T {
		return all[this.below(all.length)]!;
	}
}
