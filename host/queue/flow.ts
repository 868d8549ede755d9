import { createFlow, type HostFlow } from '../faults/flow';
import { createNode } from '../faults/orders';
import type { Credential, N8nRest } from '../rest';

/** The order number as the webhook brought it. */
const no = `={{ $('Webhook').item.json.body.no }}`;

/**
 * A shop's webhook, answered at once → order → label → shipment told to TD: five requests to the
 * vendors (look the order up, create it, ask for its label, fetch that, report the event).
 */
export async function createShipFlow(rest: N8nRest, credentials: Credential[]): Promise<HostFlow> {
	const chain = [
		createNode(no, { checkExisting: true }),
		{
			name: 'Label',
			type: 'n8n-nodes-tw-td.twLabel',
			typeVersion: 1,
			parameters: { operation: 'download', no },
		},
		{
			name: 'Ship',
			type: 'n8n-nodes-tw-td.tdOrderEvent',
			typeVersion: 1,
			parameters: {
				operation: 'order_ship',
				specifyBody: 'fields',
				order_id: no,
				session_id: no,
				terminal_ip: '210.20.10.33',
				logistics_logistics_company: 'UPS',
			},
		},
	];
	return await createFlow(rest, 'Order, label, event', chain, credentials, 'at once');
}
