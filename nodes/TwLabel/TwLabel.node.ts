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
import { twLabelOperations } from './operations';

const profile = twProfile(twLabelOperations);

export class TwLabel implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TW Label',
		name: 'twLabel',
		icon: { light: 'file:twLabel.svg', dark: 'file:twLabel.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: subtitleOf('operation', profile.operations),
		description: 'Fetch shipping labels from TW',
		defaults: { name: 'TW Label' },
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
