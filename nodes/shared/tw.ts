/** What every TW node shares: the account, the client, the credential test. */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { PACE } from '../../lib/base/limits';
import type { AnyOperation } from '../../lib/operation/operation';
import { commonOptions } from '../../lib/operation/options';
import { propertiesOf, subtitleOf } from '../../lib/operation/properties';
import type { NodeProfile } from '../../lib/run/profile';
import { runOperations } from '../../lib/run/run';
import { readTwAccount } from '../../lib/tw/wire/account';
import { TwClient } from '../../lib/tw/wire/client';
import { twEndpoints, type TwEndpointName } from '../../lib/tw/wire/endpoints';
import { testTwCredential } from '../../lib/tw/wire/test-credential';

/**
 * What the TW nodes have in common; a node's class spreads it into its own description.
 *
 * What n8n's linter reads in a class it must find there literally: names, icon, subtitle, credentials.
 *
 * @param operations in the order the editor lists them
 * @param defaultOperation what a new node starts with; the first if not given
 */
export function twNode(
	operations: ReadonlyArray<AnyOperation<TwClient>>,
	defaultOperation?: string,
) {
	const profile: NodeProfile<TwClient> = {
		vendor: 'TW',
		credential: 'twApi',
		operations,
		connect: (credential, lookup) => new TwClient(readTwAccount(credential), lookup),
	};
	return {
		subtitle: subtitleOf('operation', operations),
		description: {
			version: 1,
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: propertiesOf(operations, commonOptions('TW'), defaultOperation),
		} satisfies Partial<INodeTypeDescription>,
		methods: { credentialTest: { twApiTest } },
		executeAt: (pace = PACE): INodeType['execute'] =>
			async function () {
				return await runOperations(this, profile, pace);
			},
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
