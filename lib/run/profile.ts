/** What a node is to a run. */
import type { LookupFunction } from 'node:net';
import type { DryRun } from '../base/dry-run';
import type { Surroundings } from '../operation/fields/model';
import type { AnyOperation } from '../operation/operation';

export interface NodeProfile<Client extends RunClient> {
	vendor: 'TW' | 'TD';
	/** Name of the credential type. */
	credential: string;
	operations: ReadonlyArray<AnyOperation<Client>>;
	/** @throws {ValidationFault} for a credential that is not usable */
	connect: (credential: unknown, lookup: LookupFunction | undefined) => Client;
	/** Where the vendor's rules depend on the account. */
	region?: (client: Client) => Surroundings['region'];
}

/** What a run needs of any vendor's client. */
export interface RunClient {
	/** Masks the account's secrets in a text. */
	redact: (text: string) => string;
	/** Where it sends to; the host may have a word on that. */
	address: URL;
	/** The same client for a dry run: it sends no write, but throws what it would send. */
	dry: (dryRun: DryRun) => this;
}
