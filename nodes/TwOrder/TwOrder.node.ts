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
import { loadChannels, searchChannels } from './channels';
import { twOrderOperations } from './operations';

const profile = twProfile(twOrderOperations);

export class TwOrder implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TW Order',
		name: 'twOrder',
		icon: { light: 'file:twOrder.svg', dark: 'file:twOrder.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: subtitleOf('operation', profile.operations),
		description: 'Create and follow orders at TW, the label and order platform',
		defaults: { name: 'TW Order' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'twApi', required: true, testedBy: 'twApiTest' }],
		properties: propertiesOf(profile.operations, commonOptions('TW'), 'create'),
	};

	methods = {
		credentialTest: { twApiTest },
		listSearch: { searchChannels },
		loadOptions: { loadChannels },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, profile);
	}
}
