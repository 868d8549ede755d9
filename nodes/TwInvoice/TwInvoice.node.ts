import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import type { Pace } from '../../lib/base/limits';
import { twNode } from '../shared/tw';
import { twInvoiceOperations } from './operations';

const node = twNode(twInvoiceOperations, 'getAll');

export class TwInvoice implements INodeType {
	description: INodeTypeDescription = {
		...node.description,
		displayName: 'TW Invoice',
		name: 'twInvoice',
		icon: { light: 'file:twInvoice.svg', dark: 'file:twInvoice.dark.svg' },
		group: ['input'],
		subtitle: node.subtitle,
		description: 'Read invoices and their lines from TW',
		defaults: { name: 'TW Invoice' },
		usableAsTool: true,
		credentials: [{ name: 'twApi', required: true, testedBy: 'twApiTest' }],
	};

	methods = node.methods;

	execute: INodeType['execute'];

	constructor(pace?: Pace) {
		this.execute = node.executeAt(pace);
	}
}
