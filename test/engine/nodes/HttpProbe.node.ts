import type {
	IExecuteFunctions,
	IHttpRequestMethods,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

/**
 * Calls a URL with n8n's own request helper and a credential, as the HTTP Request node does with a
 * predefined credential. It shows whether a credential's `authenticate` is right for users of that
 * node.
 */
export class HttpProbe implements INodeType {
	description: INodeTypeDescription;

	constructor(private readonly credentialType: string) {
		this.description = {
			displayName: 'HTTP Probe',
			name: 'httpProbe',
			group: ['transform'],
			version: 1,
			description: 'Sends a request with a credential',
			defaults: { name: 'HTTP Probe' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: this.credentialType, required: true }],
			properties: [
				{
					displayName: 'Credential Type',
					name: 'credentialType',
					type: 'hidden',
					default: this.credentialType,
				},
				{ displayName: 'Method', name: 'method', type: 'string', default: 'GET' },
				{ displayName: 'URL', name: 'url', type: 'string', default: '', required: true },
				{
					displayName: 'Body',
					name: 'body',
					type: 'string',
					default: '',
					description: 'JSON as text, sent as it stands',
				},
				{ displayName: 'File', name: 'file', type: 'boolean', default: false },
			],
		};
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			const body = this.getNodeParameter('body', item) as string;
			const file = this.getNodeParameter('file', item) as boolean;
			const answer: unknown = await this.helpers.httpRequestWithAuthentication.call(
				this,
				this.getNodeParameter('credentialType', item) as string,
				{
					method: this.getNodeParameter('method', item) as IHttpRequestMethods,
					url: this.getNodeParameter('url', item) as string,
					...(body !== '' && { body, headers: { 'content-type': 'application/json' } }),
					...(file ? { encoding: 'arraybuffer' as const } : { json: true }),
				},
			);
			output.push(
				file
					? {
							json: {},
							binary: { data: await this.helpers.prepareBinaryData(answer as Buffer, 'file.bin') },
							pairedItem: { item },
						}
					: { json: { answer: answer as INodeExecutionData['json'] }, pairedItem: { item } },
			);
		}
		return [output];
	}
}
