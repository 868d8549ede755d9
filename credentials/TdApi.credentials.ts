import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { boundTo } from '../lib/http/credential';
import { credentialQuery, readTdAccount, tdAccountLabels } from '../lib/td/account';
import { tdRegions } from '../lib/td/regions';

/** Access to TrustDecision's event API as one partner in one region. */
export class TdApi implements ICredentialType {
	name = 'tdApi';

	displayName = 'TD API';

	icon: Icon = { light: 'file:tdApi.svg', dark: 'file:tdApi.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-tw-td/n8n-nodes-tw-td#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'TD has no call that only checks a key. A successful test means that TD answers at this address; the first event will show whether code and key are right.',
			name: 'keyNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: tdAccountLabels.region,
			name: 'region',
			type: 'options',
			required: true,
			options: Object.entries(tdRegions).map(([value, { name, url, currency }]) => ({
				name,
				value,
				description: `${new URL(url).host}; amounts must be given in ${currency} too`,
			})),
			default: '',
			description: 'The TD node you were assigned. It also decides the currency TD requires.',
		},
		{
			displayName: tdAccountLabels.partnerCode,
			name: 'partnerCode',
			type: 'string',
			required: true,
			default: '',
			description: 'Assigned by TD',
		},
		// The linter does not know that this is a secret, and warns about the mask
		{
			displayName: tdAccountLabels.partnerKey,
			name: 'partnerKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Assigned by TD',
		},
		{
			displayName: tdAccountLabels.channel,
			name: 'channel',
			type: 'string',
			default: '',
			description: 'Channel identifier assigned by TD, for events without one',
		},
		{
			displayName: tdAccountLabels.baseUrl,
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://sg-event.apitd.net/order/v3',
			description:
				"Sends events to this address instead of the region's. The region still decides the currency.",
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			default: false,
			description: 'Whether to connect even if the TLS certificate cannot be verified',
		},
	];

	/** Adds partner code and key to a request of n8n's HTTP Request node. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const account = readTdAccount(credentials);
		const { url, ignoreSslIssues } = account;
		const bound = boundTo(options, url, ignoreSslIssues, this.displayName);
		return { ...bound, qs: { ...bound.qs, ...credentialQuery(account) } };
	};
}
