import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFlow, workflowsFolder } from './flow-file';
import type { Credential, WorkflowFile } from './rest';

/** A paid order as Shopify sends it, for trying the example flow. */
export const shopOrderFile = join(workflowsFolder, 'shop-order.json');

/** The members of the example order that are looked at or changed. */
export interface ExampleOrder {
	id: number;
	order_number: number;
	line_items: Array<{ quantity: number; fulfillable_quantity: number; grams: number }>;
	[member: string]: unknown;
}

/** The example order, with changes. */
export function exampleOrder(changes: Partial<ExampleOrder> = {}): ExampleOrder {
	return { ...(JSON.parse(readFileSync(shopOrderFile, 'utf8')) as ExampleOrder), ...changes };
}

/** The order's number as the example flow gives it to TW. */
export const numberAtTw = ({ order_number: number }: ExampleOrder) => `SHOP-${number}`;

/** What the example flow leaves to its user: a channel of the sandbox, and a box that the example order fits in. */
const FILLED_IN = {
	product: { __rl: true, mode: 'code', value: 'UA' },
	weightUnit: 'lb',
	boxLength: 12,
	boxWidth: 9,
	boxHeight: 6,
};

/** The example flow, filled in and ready to be created in this n8n. */
export function exampleFlow(credentials: Credential[]): WorkflowFile {
	const flow = readFlow('order-label-ship.json', credentials);
	const create = flow.nodes.find(({ name }) => name === 'Create Order');
	Object.assign(create!.parameters, FILLED_IN);
	return flow;
}

/**
 * The address on which a flow's Shop Trigger listens once the flow is switched on.
 *
 * @param url n8n's own
 * @returns undefined if the flow has none
 */
export function shopAddress(url: string, { nodes }: WorkflowFile): string | undefined {
	const trigger = nodes.find(({ type }) => type === 'n8n-nodes-tw-td.shopTrigger');
	return trigger?.webhookId && `${url}/webhook/${trigger.webhookId}/webhook`;
}
