import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IExecuteFunctions,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { propertiesOf, subtitleOf } from '../../lib/operation-properties';
import { type NodeProfile, runOperations } from '../../lib/runner';
import { commonOptions } from '../../lib/runner-options';
import { readTdAccount } from '../../lib/td/account';
import { TdClient } from '../../lib/td/client';
import { testTdCredential } from '../../lib/td/test-credential';
import { tdEventOperations } from './events';

const profile: NodeProfile<TdClient> = {
	vendor: 'TD',
	credential: 'tdApi',
	operations: tdEventOperations,
	connect: (credential, lookup) => new TdClient(readTdAccount(credential), lookup),
	region: (client) => client.account.region,
};

export class TdOrderEvent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TD Order Event',
		name: 'tdOrderEvent',
		icon: { light: 'file:tdOrderEvent.svg', dark: 'file:tdOrderEvent.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: subtitleOf('operation', profile.operations),
		description: 'Report what happens to an order to TrustDecision, for fraud prevention',
		defaults: { name: 'TD Order Event' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'tdApi', required: true, testedBy: 'tdApiTest' }],
		properties: propertiesOf(profile.operations, commonOptions('TD'), 'order_ship'),
	};

	methods = {
		credentialTest: {
			async tdApiTest(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				const { ok, message } = await testTdCredential(credential.data);
				return { status: ok ? 'OK' : 'Error', message };
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, profile);
	}
}
