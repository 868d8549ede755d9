/** A list of named checks, each reported in one line as it is made. */
export class Checks {
	passed = 0;
	failed = 0;

	/**
	 * Makes a check; it fails by throwing.
	 *
	 * @returns what the check has found; undefined if it failed
	 */
	async check<T>(title: string, make: () => Promise<T> | T): Promise<T | undefined> {
		try {
			const found = await make();
			this.passed++;
			console.log(`  ✓ ${title}`);
			return found;
		} catch (error) {
			this.fail(title, error);
			return undefined;
		}
	}

	/** Counts a check as failed. */
	fail(title: string, error: unknown): void {
		this.failed++;
		console.log(`  ✗ ${title}`);
		const message = error instanceof Error ? error.message : String(error);
		for (const line of message.split('\n')) console.log(`      ${line}`);
	}

	/** The counts, in a form that tools can read. */
	get summary(): string {
		return `${this.passed} passed, ${this.failed} failed`;
	}
}
