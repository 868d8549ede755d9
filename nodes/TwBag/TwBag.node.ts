import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { whenInPostgres } from '../shared/remember';
import type { Pace } from '../../lib/base/limits';
import { twNode } from '../shared/tw';
import { twBagOperations } from './operations';

const node = twNode(twBagOperations);

export class TwBag implements INodeType {
	description: INodeTypeDescription = {
		...node.description,
		displayName: 'TW Bag',
		name: 'twBag',
		icon: { light: 'file:twBag.svg', dark: 'file:twBag.dark.svg' },
		group: ['input'],
		subtitle: node.subtitle,
		description: 'Consolidate T86 parcels into bags at TW',
		defaults: { name: 'TW Bag' },
		usableAsTool: true,
		credentials: [
			{ name: 'twApi', required: true, testedBy: 'twApiTest' },
			// eslint-disable-next-line @n8n/community-nodes/valid-credential-references, @n8n/community-nodes/no-credential-reuse, n8n-nodes-base/node-class-description-credentials-name-unsuffixed -- n8n's own, for a database of the user's
			{ name: 'postgres', required: true, displayOptions: whenInPostgres },
		],
	};

	methods = node.methods;

	execute: INodeType['execute'];

	constructor(pace?: Pace) {
		this.execute = node.executeAt(pace);
	}
}
