/**
 * Lets those who work on one thing begin one after another, in the order in which they asked; within
 * this process.
 */
export class Turns {
	private readonly last = new Map<string, Promise<unknown>>();

	/**
	 * @param thing what is worked on
	 * @returns what the work returns; how the work before it ended does not matter
	 */
	async take<T>(thing: string, work: () => Promise<T>): Promise<T> {
		const before = this.last.get(thing) ?? Promise.resolve();
		const mine = before.then(work, work);
		this.last.set(thing, mine);
		try {
			return await mine;
		} finally {
			if (this.last.get(thing) === mine) this.last.delete(thing);
		}
	}
}
