/** What a node gives to a run: its operations and how to reach its vendor. */
import type { LookupFunction } from 'node:net';
import type { DryRun } from '../base/dry-run';
import type { Redact } from '../base/redact';
import type { CheckContext } from '../fields/field';
import type { AnyOperation } from '../operation/operation';

export interface NodeProfile<Client extends RunClient> {
	vendor: 'TW' | 'TD';
	/** Name of the credential type. */
	credential: string;
	operations: ReadonlyArray<AnyOperation<Client>>;
	/** @throws {ValidationFault} if the credential is not usable */
	connect: (credential: unknown, lookup: LookupFunction | undefined) => Client;
}

/** What a run needs from any vendor's client. */
export interface RunClient {
	/** Masks the account's secrets. */
	redact: Redact;
	/** Where it sends to; n8n's egress policy may refuse it. */
	address: URL;
	/** For rules that depend on the account's region. */
	region?: CheckContext['region'];
	/** The same client for a dry run: it sends no write, and reads only if the dry run asks. */
	dry: (dryRun: DryRun) => this;
}
