/** How many jobs are at work at a time. */
export class Crew {
	private readonly waiting: Array<() => void> = [];
	private free: number;

	/** @param size how many may be at work */
	constructor(private readonly size: number) {
		this.free = size;
	}

	/**
	 * Works through a list, in the list's order.
	 *
	 * @param work returns whether to begin nothing further; what is under way is awaited all the same
	 */
	async workThrough<Job>(
		jobs: readonly Job[],
		work: (job: Job) => Promise<boolean>,
	): Promise<void> {
		let stopped = false;
		const begun: Array<Promise<void>> = [];
		for (const job of jobs) {
			await this.enter();
			if (stopped) {
				this.leave();
				break;
			}
			const working = work(job)
				.then((ends) => void (stopped ||= ends))
				.finally(() => this.leave());
			// Heard at the end, with all others
			working.catch(() => (stopped = true));
			begun.push(working);
		}
		await Promise.all(begun);
	}

	/**
	 * Lets another job begin while this one waits for something that takes no part in the work. A crew of
	 * one does one job after another.
	 */
	async meanwhile<T>(wait: () => Promise<T>): Promise<T> {
		const waiting = wait();
		if (this.size === 1) return await waiting;
		this.leave();
		try {
			return await waiting;
		} finally {
			// At once: those at work may be waiting for this one
			this.free--;
		}
	}

	private async enter(): Promise<void> {
		if (this.free > 0) this.free--;
		else await new Promise<void>((enter) => this.waiting.push(enter));
	}

	private leave(): void {
		this.free++;
		const next = this.free > 0 ? this.waiting.shift() : undefined;
		if (!next) return;
		this.free--;
		next();
	}
}
