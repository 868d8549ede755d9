import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import type { Pace } from '../../lib/base/limits';
import { twNode } from '../shared/tw';
import { twLabelOperations } from './operations';

const node = twNode(twLabelOperations);

export class TwLabel implements INodeType {
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

	methods = node.methods;

	execute: INodeType['execute'];

	constructor(pace?: Pace) {
		this.execute = node.executeAt(pace);
	}
}
