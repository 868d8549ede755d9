/** Working through jobs, a bounded number at a time. */
import { workThrough } from '../../../lib/run/crew';

/** Work whose ends are in the test's hands. */
function shifts() {
	const begun: number[] = [];
	const ends = new Map<number, (stop: boolean) => void>();
	return {
		begun,
		work: async (job: number) => {
			begun.push(job);
			return await new Promise<boolean>((resolve) => ends.set(job, resolve));
		},
		end: async (job: number, stop = false) => {
			ends.get(job)!(stop);
			await new Promise(setImmediate);
		},
	};
}

const jobs = [0, 1, 2, 3];

it('has no more under way than allowed, and begins the next in order', async () => {
	const { begun, work, end } = shifts();
	const done = workThrough(jobs, 2, work);
	expect(begun).toEqual([0, 1]);
	await end(1);
	expect(begun).toEqual([0, 1, 2]);
	await end(0);
	expect(begun).toEqual([0, 1, 2, 3]);
	await end(2);
	await end(3);
	await done;
});

it('begins nothing after a stop, and waits for what is under way', async () => {
	const { begun, work, end } = shifts();
	let isDone = false;
	const done = workThrough(jobs, 2, work).then(() => (isDone = true));
	await end(0, true);
	expect(begun).toEqual([0, 1]);
	expect(isDone).toBe(false);
	await end(1);
	await done;
	expect(begun).toEqual([0, 1]);
});

it('is done at once where there is nothing to do', async () => {
	await workThrough([], 10, () => Promise.reject(new Error('there is no job')));
});
