import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { whenInPostgres } from '../shared/remember';
import { twNode } from '../shared/tw';
import { loadChannels, searchChannels } from './channels';
import { buyCheapest } from './operations/buyCheapest';
import { create } from './operations/create';
import { remove } from './operations/delete';
import { get } from './operations/get';
import { getChannels } from './operations/getChannels';
import { getManyRemembered } from './operations/getManyRemembered';
import { getFee } from './operations/getFee';
import { getStatus } from './operations/getStatus';
import { quote } from './operations/quote';

/** In the order the editor lists them. */
export const twOrderOperations = [
	buyCheapest,
	create,
	remove,
	get,
	getFee,
	getChannels,
	getManyRemembered,
	getStatus,
	quote,
];

const node = twNode(twOrderOperations, 'create');

export class TwOrder extends node.Base implements INodeType {
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

	override methods = {
		...node.methods,
		listSearch: { searchChannels },
		loadOptions: { loadChannels },
	};
}
