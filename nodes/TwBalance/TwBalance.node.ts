import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { twNode } from '../shared/tw';
import { checkContract } from './operations/checkContract';
import { get } from './operations/get';

/** In the order the editor lists them. */
export const twBalanceOperations = [checkContract, get];

const node = twNode(twBalanceOperations, 'get');

export class TwBalance extends node.Base implements INodeType {
	description: INodeTypeDescription = {
		...node.description,
		displayName: 'TW Balance',
		name: 'twBalance',
		icon: { light: 'file:twBalance.svg', dark: 'file:twBalance.dark.svg' },
		group: ['input'],
		subtitle: node.subtitle,
		description: 'Read the balance of a TW account',
		defaults: { name: 'TW Balance' },
		usableAsTool: true,
		credentials: [{ name: 'twApi', required: true, testedBy: 'twApiTest' }],
	};
}
