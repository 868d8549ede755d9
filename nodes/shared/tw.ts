/** What every TW node shares: the account, the client, the credential test. */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import type { AnyOperation } from '../../lib/operation';
import type { NodeProfile } from '../../lib/runner';
import { readTwAccount } from '../../lib/tw/account';
import { TwClient } from '../../lib/tw/client';
import { twEndpoints, type TwEndpointName } from '../../lib/tw/endpoints';
import { testTwCredential } from '../../lib/tw/test-credential';

/** What a node with these operations is to the runner. */
export function twProfile(
	operations: ReadonlyArray<AnyOperation<TwClient>>,
): NodeProfile<TwClient> {
	return {
		vendor: 'TW',
		credential: 'twApi',
		operations,
		connect: (credential, lookup) => new TwClient(readTwAccount(credential), lookup),
	};
}

/** n8n calls it when a credential is saved or tested in a TW node. */
export async function twApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { ok, message } = await testTwCredential(credential.data, Date.now());
	return { status: ok ? 'OK' : 'Error', message };
}

/** The panel's word on an endpoint whose path and body are assumed; undefined if it is documented. */
export function assumedNotice(name: TwEndpointName): string | undefined {
	const { source, title, path } = twEndpoints[name];
	return source === 'documented'
		? undefined
		: `TW's page for '${title}' is not public, so its path (${path}) and body are assumed. If TW answers "not found", ask TW for the path and enter it under 'Path Overrides' in the credential.`;
}
