/** order_payment [documented]: the customer pays. */
import { payment } from '../../../lib/td/types';
import { event, orderId } from '../event';

export const orderPayment = event({
	value: 'order_payment',
	name: 'Payment',
	action: 'Report the payment of an order',
	description: 'Report that an order is being paid, and how',
	notice: "Leave this event out if the payment was already passed to TD's Verification API.",
	fields: { order_id: orderId, payment },
	example: {
		order_id: 'NX348566DIHD',
		payment: {
			payment_id: 'PAY-0001',
			method: 'ewallet',
			channel: 'paypal',
			amount: { currency: 'USD', amount_local: 10, amount_usd: 10 },
		},
	},
});
