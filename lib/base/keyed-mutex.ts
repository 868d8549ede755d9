/** Lets work on the same key run one after another, in the order of the calls, within this process. */
export class KeyedMutex {
	private readonly last = new Map<string, Promise<unknown>>();

	/** @returns what the work returns; a failure of the work before it does not matter */
	async run<T>(key: string, work: () => Promise<T>): Promise<T> {
		const before = this.last.get(key) ?? Promise.resolve();
		const mine = before.then(work, work);
		this.last.set(key, mine);
		try {
			return await mine;
		} finally {
			if (this.last.get(key) === mine) this.last.delete(key);
		}
	}
}
