import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { whenInPostgres } from '../shared/remember';
import { twNode } from '../shared/tw';
import { create } from './operations/create';
import { remove } from './operations/delete';
import { get } from './operations/get';
import { review } from './operations/review';

/** In the order the editor lists them. */
export const twBagOperations = [create, remove, get, review];

const node = twNode(twBagOperations);

export class TwBag extends node.Base implements INodeType {
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
}
