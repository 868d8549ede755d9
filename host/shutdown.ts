type Closer = () => Promise<void> | void;

/** What is running, so that it can be stopped in the opposite order, once, at any moment. */
export class Shutdown {
	private readonly closers: Closer[] = [];
	private running: Promise<void> | undefined;

	/** True from the moment on that stopping has begun: what fails then, fails because of it. */
	get hasBegun(): boolean {
		return this.running !== undefined;
	}

	add(closer: Closer): void {
		this.closers.push(closer);
	}

	/** Stops everything; a second call waits for the first. */
	run(): Promise<void> {
		this.running ??= this.closeAll();
		return this.running;
	}

	/** Stops everything and leaves when somebody asks us to end: Ctrl-C, kill, a closed terminal. */
	onSignals(exitCode: number): void {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			// At a terminal npm passes Ctrl-C on, so it comes twice; only the first one counts
			process.on(signal, () => void this.run().then(() => process.exit(exitCode)));
		}
	}

	private async closeAll(): Promise<void> {
		for (const close of this.closers.reverse()) {
			try {
				await close();
			} catch (error) {
				console.error(`While stopping: ${(error as Error).message}`);
			}
		}
	}
}
