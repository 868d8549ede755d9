import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { propertiesOf, subtitleOf } from '../../lib/operation-properties';
import { runOperations } from '../../lib/runner';
import { commonOptions } from '../../lib/runner-options';
import { twApiTest, twProfile } from '../shared/tw';
import { twInvoiceOperations } from './operations';

const profile = twProfile(twInvoiceOperations);

export class TwInvoice implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TW Invoice',
		name: 'twInvoice',
		icon: { light: 'file:twInvoice.svg', dark: 'file:twInvoice.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: subtitleOf('operation', profile.operations),
		description: 'Read invoices and their lines from TW',
		defaults: { name: 'TW Invoice' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'twApi', required: true, testedBy: 'twApiTest' }],
		properties: propertiesOf(profile.operations, commonOptions('TW'), 'getAll'),
	};

	methods = { credentialTest: { twApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, profile);
	}
}
