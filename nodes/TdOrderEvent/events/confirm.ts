/** order_confirm [documented]: the order is confirmed. TD's page does not say by whom; receipt by the buyer is ASSUMED. */
import { event, orderId } from '../event';

export const orderConfirm = event({
	value: 'order_confirm',
	name: 'Confirm',
	action: 'Report the confirmation of an order',
	description: 'Report that an order was confirmed, as by its receipt',
	fields: { order_id: orderId },
	example: { order_id: 'NX348566DIHD' },
});
