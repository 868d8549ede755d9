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

	/** Whether something that takes this long would still end in time. */
	allows(ms: number): boolean {
		return ms < this.left();
	}
}
