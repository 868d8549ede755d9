import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { twNode } from '../shared/tw';
import { getLines } from './operations/getLines';
import { getMany } from './operations/getMany';

/** In the order the editor lists them. */
export const twInvoiceOperations = [getLines, getMany];

const node = twNode(twInvoiceOperations, 'getAll');

export class TwInvoice extends node.Base implements INodeType {
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
}
