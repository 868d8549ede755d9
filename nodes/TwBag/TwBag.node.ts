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
import { twBagOperations } from './operations';

const profile = twProfile(twBagOperations);

export class TwBag implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TW Bag',
		name: 'twBag',
		icon: { light: 'file:twBag.svg', dark: 'file:twBag.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: subtitleOf('operation', profile.operations),
		description: 'Consolidate T86 parcels into bags at TW',
		defaults: { name: 'TW Bag' },
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
