/** order_return [ASSUMED]: an order comes back. TD documents the name of this event only. */
import { event, orderId } from '../event';

export const orderReturn = event({
	value: 'order_return',
	name: 'Return',
	action: 'Report the return of an order',
	description: 'Report that an order was returned',
	fields: { order_id: orderId },
	example: { order_id: 'NX348566DIHD' },
});
