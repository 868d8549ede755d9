import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { twNode } from '../shared/tw';
import { download } from './operations/download';
import { getUrl } from './operations/getUrl';

/** In the order the editor lists them. */
export const twLabelOperations = [download, getUrl];

const node = twNode(twLabelOperations);

export class TwLabel extends node.Base implements INodeType {
	description: INodeTypeDescription = {
		...node.description,
		displayName: 'TW Label',
		name: 'twLabel',
		icon: { light: 'file:twLabel.svg', dark: 'file:twLabel.dark.svg' },
		group: ['input'],
		subtitle: node.subtitle,
		description: 'Fetch shipping labels from TW',
		defaults: { name: 'TW Label' },
		usableAsTool: true,
		credentials: [{ name: 'twApi', required: true, testedBy: 'twApiTest' }],
	};
}
