/** order_cancel [ASSUMED]: an order is cancelled. TD documents the name of this event only. */
import { event, orderId } from '../event';

export const orderCancel = event({
	value: 'order_cancel',
	name: 'Cancel',
	action: 'Report the cancellation of an order',
	description: 'Report that an order was cancelled',
	fields: { order_id: orderId },
	example: { order_id: 'NX348566DIHD' },
});
