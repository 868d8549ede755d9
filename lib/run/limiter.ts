/** Bounds how many jobs run at a time; a job can lend its place to another one while it waits. */
export class Limiter {
	private free: number;
	private startMore = () => {};

	/** @param size how many jobs may run at a time */
	constructor(private readonly size: number) {
		this.free = size;
	}

	/**
	 * Works through a list, in the list's order. One list at a time.
	 *
	 * @param work returns whether to start nothing further; running jobs are awaited all the same
	 * @throws the first error that `work` throws, once all running jobs have ended
	 */
	async forEach<Job>(jobs: readonly Job[], work: (job: Job) => Promise<boolean>): Promise<void> {
		const running: Array<Promise<void>> = [];
		const errors: unknown[] = [];
		let next = 0;
		const run = async (job: Job) => {
			try {
				if (await work(job)) next = jobs.length;
			} catch (error) {
				errors.push(error);
				next = jobs.length;
			}
			this.free++;
			this.startMore();
		};
		this.startMore = () => {
			while (this.free > 0 && next < jobs.length) {
				this.free--;
				// Counted before it runs: it may lend its place at once
				next++;
				running.push(run(jobs[next - 1]!));
			}
		};
		this.startMore();
		for (const one of running) await one;
		if (errors.length > 0) throw errors[0];
	}

	/** Lets another job start while this one waits for something that is no work. With a size of 1 none does. */
	async lend<T>(wait: () => Promise<T>): Promise<T> {
		const waiting = wait();
		if (this.size === 1) return await waiting;
		this.free++;
		this.startMore();
		try {
			return await waiting;
		} finally {
			// At once: other jobs may be waiting for this one
			this.free--;
		}
	}
}
