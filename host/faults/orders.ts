import type { ChainNode } from './flow';

/** A node that creates a small order to a warehouse. */
export function createNode(no: string, options: Record<string, unknown>): ChainNode {
	return {
		name: 'Create',
		type: 'n8n-nodes-tw-td.twOrder',
		typeVersion: 1,
		parameters: {
			operation: 'create',
			specifyOrder: 'fields',
			no,
			product: { __rl: true, mode: 'code', value: 'UA' },
			consignee_by: 'warehouse',
			consignee_warehouse: 'MSP1',
			boxes_by: 'fields',
			boxes: { item: [{ number: 1, weight: 5, length: 20, width: 20, height: 20 }] },
			waitForCompletion: false,
			options,
		},
	};
}
