import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { alphabetically } from '../lib/fields/labels';
import { boundTo } from '../lib/http/credential';
import { readTwAccount, twAccountLabels } from '../lib/tw/wire/account';
import { assumedEndpoints, twEndpoints } from '../lib/tw/wire/endpoints';
import { signatureHeaders } from '../lib/tw/wire/signing';

/** Access to one TW environment; TW issues a key per environment, so each needs its own credential. */
export class TwApi implements ICredentialType {
	name = 'twApi';

	displayName = 'TW API';

	icon: Icon = { light: 'file:twApi.svg', dark: 'file:twApi.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-tw-td/n8n-nodes-tw-td#credentials';

	properties: INodeProperties[] = [
		{
			displayName: twAccountLabels.baseUrl,
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://api.example.com',
			description:
				'Address of the API as TW gave it to you; TW publishes none. Use one credential per environment.',
		},
		{
			displayName: twAccountLabels.username,
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. TW0001',
			description: "Your login name in TW's order making system",
		},
		{
			displayName: twAccountLabels.apiKey,
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: "API KEY from the Open Platform of TW's order making system",
		},
		{
			displayName: twAccountLabels.apiToken,
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'API TOKEN from the same page. It signs requests and is never sent.',
		},
		{
			displayName: twAccountLabels.currency,
			name: 'currency',
			type: 'string',
			default: 'USD',
			placeholder: 'e.g. USD',
			description:
				"Currency of your account, added to outputs because TW's amounts name none. USD is an assumption; ask TW if in doubt.",
		},
		{
			displayName: twAccountLabels.timeZone,
			name: 'timeZone',
			type: 'string',
			default: 'Asia/Shanghai',
			placeholder: 'e.g. Asia/Shanghai',
			description:
				"Time zone of TW's time stamps, added to outputs because they name none. Asia/Shanghai is an assumption; ask TW if in doubt.",
		},
		{
			displayName: twAccountLabels.pathOverrides,
			name: 'pathOverrides',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Path',
			default: {},
			description:
				"Paths of endpoints whose page at TW is not public. The package's paths for them are assumptions.",
			options: [
				{
					displayName: 'Path',
					name: 'override',
					values: [
						{
							displayName: 'Endpoint',
							name: 'endpoint',
							type: 'options',
							options: assumedEndpoints
								.map((name) => ({
									name: twEndpoints[name].title,
									value: name,
									description: `Assumed: ${twEndpoints[name].path}`,
								}))
								.sort((a, b) => alphabetically(a.name, b.name)),
							default: 'orderLabel',
						},
						{
							displayName: 'Path',
							name: 'path',
							type: 'string',
							default: '',
							placeholder: 'e.g. /api/v2/orderLabel',
						},
					],
				},
			],
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			default: false,
			description: 'Whether to connect even if the TLS certificate cannot be verified',
		},
	];

	/** Signs a request of n8n's HTTP Request node. n8n may call it twice, so headers are replaced. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const account = readTwAccount(credentials);
		const { baseUrl, ignoreSslIssues } = account;
		const bound = boundTo(options, baseUrl, ignoreSslIssues, this.displayName);
		return { ...bound, headers: { ...bound.headers, ...signatureHeaders(account, Date.now()) } };
	};
}
