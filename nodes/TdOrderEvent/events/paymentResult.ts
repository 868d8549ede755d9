/** order_payment_result [documented]: the payment provider has answered. */
import { paymentResult } from '../../../lib/td/types';
import { event, orderId, paymentId } from '../event';

export const orderPaymentResult = event({
	value: 'order_payment_result',
	name: 'Payment Result',
	action: 'Report the payment result of an order',
	description: 'Report whether a payment succeeded',
	notice: "Leave this event out if the payment result was already passed to TD's Verification API.",
	fields: { order_id: orderId, payment_id: paymentId, payment_result: paymentResult },
	example: {
		order_id: 'NX348566DIHD',
		payment_id: 'PAY-0001',
		payment_result: { is_payment_success: true, is_3ds_used: false },
	},
});
