import {
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { PACE } from '../../lib/base/limits';
import { alphabetically } from '../../lib/fields/labels';
import type { AnyOperation } from '../../lib/operation/operation';
import { commonOptions } from '../../lib/operation/options';
import { propertiesOf, subtitleOf } from '../../lib/operation/properties';
import { versionsOf } from '../../lib/operation/tools';
import type { NodeProfile } from '../../lib/run/profile';
import { runOperations } from '../../lib/run/run';
import { connectTd, type TdClient } from '../../lib/td/client';
import { testTdCredential } from '../../lib/td/test-credential';
import { checkContract } from './checkContract';
import { tdEventOperations } from './events';
import { whenOnceInPostgres } from './once';
import { reportShopEvent } from './reportShopEvent';

/** In the order the editor lists them. */
export const tdOperations: ReadonlyArray<AnyOperation<TdClient>> = [
	...tdEventOperations,
	checkContract,
	reportShopEvent,
].sort((one, other) => alphabetically(one.name, other.name));

const profile: NodeProfile<TdClient> = {
	vendor: 'TD',
	credential: 'tdApi',
	operations: tdOperations,
	connect: connectTd,
};

export class TdOrderEvent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TD Order Event',
		name: 'tdOrderEvent',
		icon: { light: 'file:tdOrderEvent.svg', dark: 'file:tdOrderEvent.dark.svg' },
		group: ['output'],
		version: versionsOf(profile.operations),
		subtitle: subtitleOf('operation', profile.operations),
		description: 'Report what happens to an order to TrustDecision, for fraud prevention',
		defaults: { name: 'TD Order Event' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'tdApi', required: true, testedBy: 'tdApiTest' },
			// eslint-disable-next-line @n8n/community-nodes/valid-credential-references, @n8n/community-nodes/no-credential-reuse, n8n-nodes-base/node-class-description-credentials-name-unsuffixed -- n8n's own, for a database of the user's
			{ name: 'postgres', required: true, displayOptions: whenOnceInPostgres },
		],
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

	execute: INodeType['execute'];

	constructor(pace = PACE) {
		this.execute = async function () {
			return await runOperations(this, profile, pace);
		};
	}
}
