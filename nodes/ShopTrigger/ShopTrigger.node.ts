import {
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
	NodeOperationError,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { asFault } from '../../lib/base/errors';
import { PACE } from '../../lib/base/limits';
import { subtitleOf } from '../../lib/operation/properties';
import { PATIENCE } from '../../lib/shops/intake';
import { checkSecrets } from '../../lib/shops/secrets';
import type { Shop } from '../../lib/shops/order';
import { whenInPostgres } from '../shared/remember';
import { properties, shopChoices } from './properties';
import { receive } from './receive';

/** n8n starts, or another of its processes takes over: what is published only has to listen again. */
const UNATTENDED: readonly WorkflowActivateMode[] = ['init', 'leadershipChange'];

/**
 * The user enters the address in the shop, so there is nothing to create or remove there. But n8n asks before it
 * publishes the flow or listens, when somebody is there to correct the secret. When nobody is, a flow that does not
 * listen would lose orders.
 */
const byHand = {
	async checkExists(this: IHookFunctions) {
		if (UNATTENDED.includes(this.getActivationMode())) return true;
		const shop = this.getNodeParameter('shop') as Shop;
		const secrets = await this.getCredentials('shopWebhookApi');
		try {
			checkSecrets(shop, secrets);
		} catch (error) {
			const { message, advice } = asFault(error);
			throw new NodeOperationError(this.getNode(), message, { description: advice });
		}
		return true;
	},
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
		description:
			'Starts a workflow when something happens to an order in Shopify, WooCommerce or Stripe',
		defaults: { name: 'Shop Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'shopWebhookApi', required: true },
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

	webhookMethods = { default: byHand };

	webhook: INodeType['webhook'];

	constructor(pace = PACE, patience = PATIENCE) {
		this.webhook = async function () {
			return await receive(this, pace, patience);
		};
	}
}
