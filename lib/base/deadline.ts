/** With less time than this, a request is likelier to lose its answer than to get it. */
const LEAST_REQUEST_MS = 1_000;

/** One time limit for everything an operation does for one item. */
export class Deadline {
	private constructor(
		private readonly endsAt: number,
		/** The whole limit in milliseconds, for messages. */
		readonly totalMs: number,
	) {}

	/** @param ms milliseconds from now */
	static in(ms: number): Deadline {
		return new Deadline(performance.now() + ms, ms);
	}

	/** Milliseconds left, never below zero. */
	left(): number {
		return Math.max(0, this.endsAt - performance.now());
	}

	/** Whether something that takes this long would still end in time, with time for a request after it. */
	allowsRequestAfter(ms: number): boolean {
		return ms + Math.min(LEAST_REQUEST_MS, this.totalMs / 4) < this.left();
	}
}
