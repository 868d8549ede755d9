/** Working through jobs, a bounded number at a time. */
import { Limiter } from '../../../lib/run/limiter';

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
	const done = new Limiter(2).forEach(jobs, work);
	await new Promise(setImmediate);
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
	const done = new Limiter(2).forEach(jobs, work).then(() => (isDone = true));
	await new Promise(setImmediate);
	await end(0, true);
	expect(begun).toEqual([0, 1]);
	expect(isDone).toBe(false);
	await end(1);
	await done;
	expect(begun).toEqual([0, 1]);
});

it('is done at once where there is nothing to do', async () => {
	await new Limiter(10).forEach([], () => Promise.reject(new Error('there is no job')));
});

it('begins the next while one waits for what is no work; then there is one too many until it ends', async () => {
	const { begun, work, end } = shifts();
	const limiter = new Limiter(2);
	let recorded = () => {};
	const recording = new Promise<void>((resolve) => (recorded = resolve));
	const done = limiter.forEach([...jobs, 4], async (job) => {
		const stops = await work(job);
		if (job === 0) await limiter.lend(async () => await recording);
		if (job === 0) await work(10);
		return stops;
	});
	await new Promise(setImmediate);
	await end(0);
	expect(begun).toEqual([0, 1, 2]);
	recorded();
	await new Promise(setImmediate);
	expect(begun).toEqual([0, 1, 2, 10]);
	await end(1);
	expect(begun).toEqual([0, 1, 2, 10]);
	await end(10);
	expect(begun).toEqual([0, 1, 2, 10, 3]);
	for (const job of [2, 3, 4]) await end(job);
	await done;
});

it('of a size of one does one after another, whatever that waits for', async () => {
	const { begun, work, end } = shifts();
	const limiter = new Limiter(1);
	const done = limiter.forEach([0, 1], async (job) => await limiter.lend(() => work(job)));
	await new Promise(setImmediate);
	expect(begun).toEqual([0]);
	await end(0);
	expect(begun).toEqual([0, 1]);
	await end(1);
	await done;
});

it('begins each job once, also where one lends its place before anything else', async () => {
	const begun: number[] = [];
	const limiter = new Limiter(2);
	await limiter.forEach(jobs, async (job) => {
		begun.push(job);
		return await limiter.lend(async () => await new Promise((end) => setImmediate(end, false)));
	});
	expect(begun).toEqual(jobs);
});

it('ends with what went wrong, once all that was begun has ended', async () => {
	const { begun, work, end } = shifts();
	const done = new Limiter(2).forEach(jobs, async (job) => {
		if (job === 0) throw new Error('broken');
		return await work(job);
	});
	const said = expect(done).rejects.toThrow('broken');
	await new Promise(setImmediate);
	for (const job of begun) await end(job);
	await said;
	expect(begun.length).toBeLessThan(jobs.length);
});
