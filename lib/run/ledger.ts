/**
 * What this execution has sent, so that a later try of the same execution does not send it again.
 *
 * The entries live in a plain object that the host keeps with the execution (n8n's node context,
 * which survives Retry On Fail and a retry from the executions list).
 */
import type { Ledger, Send } from '../operation/needs';

/** What the host keeps with the execution; plain JSON. */
export interface LedgerStore {
	sends?: Record<string, Send>;
	/** The time given to events of a run that have none of their own, ISO 8601, by run. */
	times?: Record<string, string>;
}

export class ExecutionLedger implements Ledger {
	private readonly sends: Record<string, Send>;
	private readonly times: Record<string, string>;

	/** @param store an object that the host keeps; entries of earlier tries are in it */
	constructor(store: LedgerStore) {
		this.sends = store.sends ??= {};
		this.times = store.times ??= {};
	}

	get(key: string): Send | undefined {
		return Object.hasOwn(this.sends, key) ? this.sends[key] : undefined;
	}

	set(key: string, send: Send): void {
		this.sends[key] = send;
	}

	forget(key: string): void {
		delete this.sends[key];
	}

	timeOf(run: string, now: () => string): string {
		return (this.times[run] ??= now());
	}
}
