/** The words of the register: what was sent, by whom, and how far it has come. */

/**
 * How far a send has come. `sending` by a dead sender means that it left and its answer was lost; `failed`
 * that the vendor certainly did nothing, so its key is free.
 */
export type SendState = 'sending' | 'accepted' | 'failed' | 'unknown';

/** How a send ends. */
export type Settlement = Exclude<SendState, 'sending'>;

/** What an entry of the register is about. */
export type EntryKind = 'order' | 'bag' | 'write' | 'event' | 'delivery' | 'memory';

/**
 * What of something larger a send takes with it, such as pieces of a shop's order: counted as gone while the entry
 * stands, and given back when it is released or has failed.
 */
export interface Parcel {
	/** Identifies the larger thing; a hash. */
	of: string;
	/** Pieces by line. */
	pieces: Readonly<Record<string, number>>;
	/** Pieces by line that somebody else had sent by then. */
	elsewhere?: Readonly<Record<string, number>>;
}

/** What a sender that wants a key says of itself. */
export interface Claim {
	kind: EntryKind;
	/** Identifies the account; a hash. */
	account: string;
	/** What the user calls it, e.g. the order number. */
	name: string;
	/** Fingerprint of what is sent. */
	body: string;
	/** What is sent, where a later try of the execution has to send the same. Until it is accepted, and nowhere else. */
	bytes?: string | undefined;
	parcel?: Parcel | undefined;
	/** n8n's id of the execution; empty in what an execution remembers for its own later tries. */
	execution: string;
	/** By then the sender has settled, or it died; milliseconds since 1970 UTC. */
	until: number;
	/** The members of an answer that are read later; nothing else of it outlasts the execution. */
	keeps: readonly string[];
}

/** What is stored under a key. */
export interface Entry extends Omit<Claim, 'keeps'> {
	key: string;
	state: SendState;
	/** When it was claimed; milliseconds since 1970 UTC. */
	at: number;
	/** Identifies the claim and its process. */
	token: string;
	/** In what an execution remembers: the id of the try that sent it. A retry from the executions list has another. */
	sentBy?: string;
	/** The part of the vendor's answer that is kept; of a failed send the `reason`. Check it before use. */
	answer?: Record<string, unknown>;
}

/** The right to send. Settling or releasing does nothing once another sender has taken over. */
export interface Held {
	settle: (state: Settlement, answer?: Record<string, unknown>) => Promise<void>;
	/** Gives the key back as if it had never been claimed: nothing was sent. */
	release: () => Promise<void>;
}

/**
 * Remembers what was sent, so that of two senders of the same thing only one sends.
 *
 * Every method throws a RegisterFault if the register can't be reached.
 */
export interface Register {
	/** Atomic: of all that claim a key at one moment, one gets it. A failed entry does not block the key. */
	claim: (key: string, claim: Claim) => Promise<{ held: Held } | { standing: Entry }>;
	/** Takes the key from an entry, unless that has changed meanwhile. Only where a double is allowed. */
	takeOver: (
		key: string,
		over: Entry,
		claim: Claim,
	) => Promise<{ held: Held } | { standing: Entry | undefined }>;
	/**
	 * Records the outcome of another sender's send, unless the entry has changed meanwhile.
	 *
	 * @param answer replaces what is kept of the vendor's answer
	 */
	settle: (
		key: string,
		entry: Entry,
		state: Settlement,
		answer?: Record<string, unknown>,
	) => Promise<void>;
	/** Forgets an entry, unless it has changed meanwhile. */
	release: (key: string, entry: Entry) => Promise<void>;
	find: (key: string) => Promise<Entry | undefined>;
	list: (wanted: Wanted) => Promise<Entry[]>;
	/**
	 * Writes an accepted entry over any other, for what is remembered besides sends. A `memory` may be used
	 * until its claim's `until`.
	 *
	 * @param over the entry that it replaces, null for none: if another one is there by now, nothing is written
	 * @returns whether it is written
	 */
	put: (
		key: string,
		claim: Claim,
		answer: Record<string, unknown>,
		over?: Entry | null,
	) => Promise<boolean>;
	/** What was to be used until a moment before this one may be forgotten, whatever the clock says now; 0 for nothing. */
	forgetsBefore: () => Promise<number>;
}

/** Which entries to list, the newest first. */
export interface Wanted {
	kind: EntryKind;
	account: string;
	state?: SendState | undefined;
	/** That of one number. */
	key?: string | undefined;
	/** Sent by this execution. */
	execution?: string | undefined;
	/** Claimed at this moment or later; milliseconds since 1970 UTC. */
	since?: number | undefined;
	/** Claimed before this moment; milliseconds since 1970 UTC. */
	before?: number | undefined;
	/** How many of the newest to leave out. */
	offset?: number | undefined;
	limit: number;
}

/** How long a register remembers, and how much. */
export interface Retention {
	/** Entries that were accepted longer ago than this are forgotten. */
	days: number;
	/** With more entries than this, the oldest accepted ones are forgotten. */
	cap: number;
}

/** Where sends are remembered beyond the execution. */
export type RememberPlace = 'files' | 'postgres' | 'no';
