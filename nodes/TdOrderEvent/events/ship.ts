/** order_ship [documented]: the order leaves for the customer. */
import { logistics } from '../../../lib/td/types';
import { event, orderId } from '../event';

export const orderShip = event({
	value: 'order_ship',
	name: 'Ship',
	action: 'Report the shipment of an order',
	description: 'Report that an order is shipped, by whom and at what cost',
	fields: { order_id: orderId, logistics },
	example: {
		order_id: 'NX348566DIHD',
		logistics: {
			logistics_type: 'Standard Shipping',
			logistics_company: 'SF',
			cost: { currency: 'USD', amount_local: 10, amount_usd: 10 },
		},
	},
});
