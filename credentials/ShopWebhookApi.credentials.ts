import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** What a shop signs its webhooks with. */
export class ShopWebhookApi implements ICredentialType {
	name = 'shopWebhookApi';

	// eslint-disable-next-line n8n-nodes-base/cred-class-field-display-name-missing-api -- it gives access to no API: with it the shop signs
	displayName = 'Shop Webhook Secret';

	icon: Icon = { light: 'file:shopWebhookApi.svg', dark: 'file:shopWebhookApi.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-tw-td/n8n-nodes-tw-td#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'Where the secret is: <b>Shopify</b>: Settings → Notifications → Webhooks, below the list; for webhooks of an app, its client secret • <b>Stripe</b>: Workbench → Webhooks → the endpoint → Signing secret (<code>whsec_…</code>) • <b>WooCommerce</b>: Settings → Advanced → Webhooks → the webhook → Secret, which you may choose',
			name: 'whereNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'What the shop signs with now',
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Also accepted, while you change the secret: put the old one here before the shop gets a new one, and clear it once the shop signs with the new one',
		},
	];
}
