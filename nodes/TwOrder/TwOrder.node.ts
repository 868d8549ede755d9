import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { whenInPostgres } from '../shared/remember';
import type { Pace } from '../../lib/base/limits';
import { twNode } from '../shared/tw';
import { loadChannels, searchChannels } from './channels';
import { twOrderOperations } from './operations';

const node = twNode(twOrderOperations, 'create');

export class TwOrder implements INodeType {
	description: INodeTypeDescription = {
		...node.description,
		displayName: 'TW Order',
		name: 'twOrder',
		icon: { light: 'file:twOrder.svg', dark: 'file:twOrder.dark.svg' },
		group: ['output'],
		subtitle: node.subtitle,
		description: 'Create and follow orders at TW, the label and order platform',
		defaults: { name: 'TW Order' },
		usableAsTool: true,
		credentials: [
			{ name: 'twApi', required: true, testedBy: 'twApiTest' },
			// eslint-disable-next-line @n8n/community-nodes/valid-credential-references, @n8n/community-nodes/no-credential-reuse, n8n-nodes-base/node-class-description-credentials-name-unsuffixed -- n8n's own, for a database of the user's
			{ name: 'postgres', required: true, displayOptions: whenInPostgres },
		],
	};

	methods = {
		...node.methods,
		listSearch: { searchChannels },
		loadOptions: { loadChannels },
	};

	execute: INodeType['execute'];

	constructor(pace?: Pace) {
		this.execute = node.executeAt(pace);
	}
}
