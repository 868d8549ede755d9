import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { PACE } from '../../lib/base/limits';
import { subtitleOf } from '../../lib/operation/properties';
import { PATIENCE } from '../../lib/shops/intake';
import { testSecret } from '../../lib/shops/secrets';
import { whenInPostgres } from '../shared/remember';
import { properties, shopChoices } from './properties';
import { receive } from './receive';

/** The user enters the address in the shop, so there is nothing to create or remove there. */
const byHand = {
	checkExists: async () => true,
	create: async () => true,
	delete: async () => true,
};

export class ShopTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Shop Trigger',
		name: 'shopTrigger',
		icon: { light: 'file:shopTrigger.svg', dark: 'file:shopTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOf('shop', shopChoices),
		description: 'Starts a workflow when something happens to an order in a shop',
		defaults: { name: 'Shop Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'shopWebhookApi', required: true, testedBy: 'shopWebhookApiTest' },
			// eslint-disable-next-line @n8n/community-nodes/valid-credential-references, @n8n/community-nodes/no-credential-reuse, n8n-nodes-base/node-class-description-credentials-name-unsuffixed -- n8n's own, for a database of the user's
			{ name: 'postgres', required: true, displayOptions: whenInPostgres },
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode: 'onReceived',
				responseData: 'noData',
			},
		],
		properties,
	};

	methods = {
		credentialTest: {
			async shopWebhookApiTest(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				const { ok, message } = testSecret(credential.data);
				return { status: ok ? 'OK' : 'Error', message };
			},
		},
	};

	webhookMethods = { default: byHand };

	webhook: INodeType['webhook'];

	constructor(pace = PACE, patience = PATIENCE) {
		this.webhook = async function () {
			return await receive(this, pace, patience);
		};
	}
}
