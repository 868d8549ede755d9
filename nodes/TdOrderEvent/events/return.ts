/** order_return [ASSUMED]: an order comes back. TD documents the name of this event only. */
import { event, orderId } from '../event';

export const orderReturn = event({
	value: 'order_return',
	name: 'Return',
	action: 'Report the return of an order',
	description: 'Report that an order was returned',
	notice:
		"TD documents this event by name only: order_id is ASSUMED to be all it asks for. Add what you have agreed with TD under 'Additional Fields (JSON)' in the options.",
	fields: {
		order_id: orderId,
	},
	example: { order_id: 'NX348566DIHD' },
});
