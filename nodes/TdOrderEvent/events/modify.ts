/** order_modify [documented]: an order is changed after it was placed. */
import { order } from '../../../lib/td/types';
import { event } from '../event';

export const orderModify = event({
	value: 'order_modify',
	name: 'Modify',
	action: 'Report the modification of an order',
	description: 'Report that an order was changed, with its new contents',
	fields: { order },
	example: {
		order: {
			order_id: 'NX348566DIHD',
			amount: { currency: 'USD', amount_local: 10, amount_usd: 10 },
		},
	},
});
