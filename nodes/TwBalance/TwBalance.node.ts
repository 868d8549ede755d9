import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import type { Pace } from '../../lib/base/limits';
import { twNode } from '../shared/tw';
import { twBalanceOperations } from './operations';

const node = twNode(twBalanceOperations, 'get');

export class TwBalance implements INodeType {
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

	methods = node.methods;

	execute: INodeType['execute'];

	constructor(pace?: Pace) {
		this.execute = node.executeAt(pace);
	}
}
