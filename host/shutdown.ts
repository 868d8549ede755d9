import { HostError } from './errors';

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

	/**
	 * Stops everything; a second call waits for the first.
	 *
	 * @throws what went wrong on the way, when all that could be stopped is stopped
	 */
	run(): Promise<void> {
		this.running ??= this.closeAll();
		return this.running;
	}

	/** Stops everything and leaves when somebody asks us to end: Ctrl-C, kill, a closed terminal. */
	onSignals(exitCode: number): void {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			// At a terminal npm passes Ctrl-C on, so it comes twice; only the first one counts
			process.on(signal, () => {
				if (!this.hasBegun) console.log('\nStopping …');
				this.run().then(
					() => process.exit(exitCode),
					(error: Error) => {
						console.error(error.message);
						process.exit(1);
					},
				);
			});
		}
	}

	private async closeAll(): Promise<void> {
		const problems: string[] = [];
		for (const close of this.closers.reverse()) {
			try {
				await close();
			} catch (error) {
				problems.push((error as Error).message);
			}
		}
		if (problems.length > 0) throw new HostError(`While stopping: ${problems.join('; ')}`);
	}
}
