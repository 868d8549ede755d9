import type { LookupFunction } from 'node:net';

/** What a host can say about addresses it does not want called. */
export interface EgressPolicy {
	/** Resolves names, and refuses addresses that the host forbids. */
	lookup: LookupFunction;
	/** Resolves to the reason if the URL may not be called. */
	refuses: (url: URL) => Promise<string | undefined>;
}
