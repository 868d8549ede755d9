import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { type Shop, SHOPS } from '../lib/shops/order';
import { secretPlace } from '../lib/shops/webhook-pages';

const places = Object.entries(SHOPS)
	.map(([shop, name]) => `<li>${name}: ${secretPlace(shop as Shop)}</li>`)
	.join('');

/**
 * What a shop signs its webhooks with.
 *
 * It has no test: only a delivery can show whether it is the shop's, and n8n would call any test that passes a
 * successful connection. Shop Trigger refuses what is certainly no secret when its flow is published.
 */
// eslint-disable-next-line @n8n/community-nodes/credential-test-required -- see above
export class ShopWebhookApi implements ICredentialType {
	name = 'shopWebhookApi';

	// eslint-disable-next-line n8n-nodes-base/cred-class-field-display-name-missing-api -- it gives access to no API: with it the shop signs
	displayName = 'Shop Webhook Secret';

	icon: Icon = { light: 'file:shopWebhookApi.svg', dark: 'file:shopWebhookApi.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-tw-td/n8n-nodes-tw-td#credentials';

	properties: INodeProperties[] = [
		{
			displayName: `Where the secret is:<ul>${places}</ul>Whether it is the right one shows with the first delivery: one that is signed with another secret is refused, and stands among the flow's executions as failed.`,
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
