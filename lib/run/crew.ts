/**
 * Works through a list, a bounded number at a time, in the list's order.
 *
 * @param work returns whether to begin nothing further; what is under way is awaited all the same
 */
export async function workThrough<Job>(
	jobs: readonly Job[],
	concurrency: number,
	work: (job: Job) => Promise<boolean>,
): Promise<void> {
	let next = 0;
	let stopped = false;
	const worker = async () => {
		while (next < jobs.length && !stopped) {
			const ends = await work(jobs[next++]!);
			stopped ||= ends;
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, jobs.length) }, worker));
}
