/** What an operation needs of the run it takes part in: its own words for what run/ and register/ do. */
import type { Readable } from 'node:stream';

export type { EgressPolicy } from '../base/egress';

/** A file on its way to n8n. */
export interface File {
	content: Buffer | Readable;
	/** In bytes, where it is known before the content is read. */
	length?: number | undefined;
	name: string;
	mimeType: string;
}

/**
 * How far a send has come; `sending` of a sender that is gone means: it left, its answer was lost. Of a
 * `failed` one it is certain that the vendor did nothing, so its key is free.
 */
export type SendState = 'sending' | 'accepted' | 'failed' | 'unknown';

/** How a send ends. */
export type Settlement = Exclude<SendState, 'sending'>;

/** What an entry of the register is about. */
export type EntryKind = 'order' | 'bag' | 'write' | 'event' | 'delivery' | 'memory';

/** What whoever wants a key says of itself. */
export interface Claim {
	kind: EntryKind;
	/** Tells accounts apart; a hash. */
	account: string;
	/** What the user calls it, e.g. the order number. */
	name: string;
	/** Fingerprint of what is sent. */
	body: string;
	/** n8n's id of the execution; empty in what an execution remembers for its own later tries. */
	execution: string;
	/** By then the sender has settled, or it is gone; milliseconds since 1970 UTC. */
	until: number;
	/** The members of an answer that are read later; nothing else of one outlasts the execution. */
	keeps: readonly string[];
}

/** What stands under a key. */
export interface Entry extends Omit<Claim, 'keeps'> {
	key: string;
	state: SendState;
	/** When it was claimed; milliseconds since 1970 UTC. */
	at: number;
	/** Which claim it is, of which process. */
	token: string;
	/** What of the vendor's answer is kept; of a failed one the `reason`. Checked by whoever reads it. */
	answer?: Record<string, unknown>;
}

/** The right to send. Settling or releasing does nothing once somebody else has taken over. */
export interface Held {
	settle: (state: Settlement, answer?: Record<string, unknown>) => Promise<void>;
	/** Gives the key back as if nobody had claimed it: nothing was sent. */
	release: () => Promise<void>;
}

/**
 * Remembers what was sent, so that of two who want to send the same one does.
 *
 * Every method throws a RegisterFault if the register can't be reached.
 */
export interface Register {
	/** Atomic: of any who claim a key at one moment, one gets it. What has failed stands in nobody's way. */
	claim: (key: string, claim: Claim) => Promise<{ held: Held } | { standing: Entry }>;
	/** Takes the key from an entry, unless that has changed meanwhile. Only where a double is allowed. */
	takeOver: (
		key: string,
		over: Entry,
		claim: Claim,
	) => Promise<{ held: Held } | { standing: Entry | undefined }>;
	/** Records what was found out about somebody else's send, unless the entry has changed meanwhile. */
	settle: (key: string, entry: Entry, state: Settlement) => Promise<void>;
	/** Forgets whatever stands under a key. */
	release: (key: string) => Promise<void>;
	find: (key: string) => Promise<Entry | undefined>;
	list: (wanted: Wanted) => Promise<Entry[]>;
	/**
	 * Writes an accepted entry, whatever stood there: for what is remembered beside sends. Of a `memory`
	 * the claim's `until` says how long it may be used.
	 */
	put: (key: string, claim: Claim, answer: Record<string, unknown>) => Promise<void>;
}

/** Which entries are wanted: of all that fit so many, the newest first. */
export interface Wanted {
	kind: EntryKind;
	account: string;
	state?: SendState | undefined;
	/** Of one number. */
	key?: string | undefined;
	/** Sent by this execution. */
	execution?: string | undefined;
	/** Claimed at this moment or later; milliseconds since 1970 UTC. */
	since?: number | undefined;
	/** Claimed before this moment; milliseconds since 1970 UTC. */
	before?: number | undefined;
	/** How many of the newest are left out. */
	offset?: number | undefined;
	limit: number;
}

/** How long a register remembers, and how much. */
export interface Retention {
	/** What was taken longer ago than this is forgotten. */
	days: number;
	/** With more entries than this, the oldest that were taken are forgotten. */
	cap: number;
}

/** Where sends are remembered beyond the execution. */
export type RememberPlace = 'files' | 'postgres' | 'no';

/** What one execution keeps for its later tries, at once and in memory. */
export interface Ledger {
	get: (key: string) => Send | undefined;
	set: (key: string, send: Send) => void;
	/** Forgets a send of which it is certain that the vendor did not act on it. */
	forget: (key: string) => void;
	/** The time of a run, ISO 8601, the same in every later try of it. */
	timeOf: (run: string, now: () => string) => string;
}

export interface Send {
	/** Fingerprint of the body. */
	body: string;
	state: SendState;
	/** What the vendor answered, as far as a later try needs it. */
	answer?: Record<string, unknown>;
}
