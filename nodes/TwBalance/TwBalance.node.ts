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
import { twBalanceOperations } from './operations';

const profile = twProfile(twBalanceOperations);

export class TwBalance implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TW Balance',
		name: 'twBalance',
		icon: { light: 'file:twBalance.svg', dark: 'file:twBalance.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: subtitleOf('operation', profile.operations),
		description: 'Read the balance of a TW account',
		defaults: { name: 'TW Balance' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'twApi', required: true, testedBy: 'twApiTest' }],
		properties: propertiesOf(profile.operations, commonOptions('TW')),
	};

	methods = { credentialTest: { twApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, profile);
	}
}
