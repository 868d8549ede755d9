/**
 * What this execution has sent, so that a later try of the same execution does not send it again.
 *
 * The entries live in a plain object that the host keeps with the execution (n8n's node context,
 * which survives Retry On Fail and a retry from the executions list).
 */
import { hash } from 'node:crypto';

/** How far a send has come. `sending` in a later try means: it left, and its answer was lost. */
export type SendState = 'sending' | 'accepted' | 'unknown';

export interface Send {
	/** Fingerprint of the body. */
	body: string;
	state: SendState;
	/** What the vendor answered, as far as a later try needs it. */
	answer?: Record<string, unknown>;
}

/** What the host keeps with the execution; plain JSON. */
export interface LedgerStore {
	sends?: Record<string, Send>;
	/** The time given to events of a run that have none of their own, ISO 8601, by run. */
	times?: Record<string, string>;
}

export class Ledger {
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

	/** Forgets a send of which it is certain that the vendor did not act on it. */
	forget(key: string): void {
		delete this.sends[key];
	}

	/** The time of a run, the same in every later try of it. */
	timeOf(run: string, now: () => string): string {
		return (this.times[run] ??= now());
	}
}

/** A short fingerprint of a body; equal bodies have equal fingerprints. */
export function fingerprint(body: string): string {
	return hash('sha256', body, 'base64url').slice(0, 22);
}
