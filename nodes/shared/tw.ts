/** What all TW nodes share: description, run, credential test, and how their operations are made. */
import {
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { PACE } from '../../lib/base/limits';
import { type AnyOperation, operationsFor } from '../../lib/operation/operation';
import { commonOptions } from '../../lib/operation/options';
import { propertiesOf, subtitleOf } from '../../lib/operation/properties';
import { versionsOf } from '../../lib/operation/tools';
import type { NodeProfile } from '../../lib/run/profile';
import { runOperations } from '../../lib/run/run';
import { connectTw, type TwClient } from '../../lib/tw/wire/client';
import { twEndpoints, type TwEndpointName } from '../../lib/tw/wire/endpoints';
import { testTwCredential } from '../../lib/tw/wire/test-credential';

/** How whatever calls TW gets its client. */
export const twAccess = { credential: 'twApi', connect: connectTw };

/**
 * What the TW nodes have in common; a node's class extends `Base` and spreads `description` into its own.
 * Names, icon, subtitle and credentials are in each class, where n8n's linter looks for them.
 *
 * @param operations in the order the editor lists them
 * @param defaultOperation the one a new node starts with; the first if not given
 */
export function twNode(
	operations: ReadonlyArray<AnyOperation<TwClient>>,
	defaultOperation?: string,
) {
	const profile: NodeProfile<TwClient> = {
		...twAccess,
		vendor: 'TW',
		operations,
	};
	const methods = { credentialTest: { twApiTest } };
	return {
		subtitle: subtitleOf('operation', operations),
		description: {
			version: versionsOf(operations),
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: propertiesOf(operations, commonOptions('TW'), defaultOperation),
		} satisfies Partial<INodeTypeDescription>,
		methods,
		/** What n8n calls of a node. */
		Base: class {
			methods: INodeType['methods'] = methods;

			execute: INodeType['execute'];

			constructor(pace = PACE) {
				this.execute = async function () {
					return await runOperations(this, profile, pace);
				};
			}
		},
	};
}

/** An operation at TW. Where it is chosen, it says if the path of an endpoint is assumed. */
export const twOperation = operationsFor<TwClient, TwEndpointName>((endpoints) => ({
	endpoints: endpoints.map((name) => twEndpoints[name].title),
	caveat: endpoints.map(assumedCaveat).find(Boolean),
}));

/** n8n calls this when a user saves or tests a credential in a TW node. */
export async function twApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { ok, message } = await testTwCredential(credential.data, Date.now());
	return { status: ok ? 'OK' : 'Error', message };
}

/** Said quietly behind a description; a 404 says it aloud (wire/not-found.ts). Undefined if the path is documented. */
export const assumedCaveat = (name: TwEndpointName): string | undefined =>
	twEndpoints[name].source === 'documented'
		? undefined
		: `(path at TW assumed: ${twEndpoints[name].path})`;
