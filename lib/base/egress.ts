/** The host's rules on which addresses may be called. */
import type { LookupFunction } from 'node:net';

export interface EgressPolicy {
	/** Resolves names, and refuses addresses that the host forbids. */
	lookup: LookupFunction;
	/** Resolves to the reason if the URL may not be called. */
	refuses: (url: URL) => Promise<string | undefined>;
}
