/** One time limit for everything that an operation does for one item. */

/** Node.js lets a timer of more fire at once, so nothing waits longer: nearly 25 days. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** With less time, a request is likelier to lose its answer than to get it. */
const LEAST_REQUEST_MS = 1_000;

export class Deadline {
	private constructor(
		private readonly endsAt: number,
		/** The whole limit in milliseconds, for messages. */
		readonly totalMs: number,
	) {}

	/** @param wanted milliseconds from now; {@link LONGEST_TIMER_MS} at most, so that every time left suits a timer */
	static in(wanted: number): Deadline {
		const ms = Math.min(wanted, LONGEST_TIMER_MS);
		return new Deadline(performance.now() + ms, ms);
	}

	/** Milliseconds left, never below zero. */
	left(): number {
		return Math.max(0, this.endsAt - performance.now());
	}

	/** Milliseconds until it is too late for a request; not above zero once it is. */
	spare(): number {
		return this.left() - Math.min(LEAST_REQUEST_MS, this.totalMs / 4);
	}

	/** Whether there is time for something that takes this long, and for a request after it. */
	allowsRequestAfter(ms: number): boolean {
		return ms < this.spare();
	}
}
