/** order_refund [documented]: money goes back to the customer. */
import { refundResult } from '../../../lib/td/types';
import { event, orderId, paymentId } from '../event';

export const orderRefund = event({
	value: 'order_refund',
	name: 'Refund',
	action: 'Report the refund of an order',
	description: 'Report that money was refunded, and why',
	notice:
		"TD has no refund ID: two partial refunds differ only in amount and time, so map 'Event Time'.",
	fields: { order_id: orderId, payment_id: paymentId, refund_result: refundResult },
	example: {
		order_id: 'NX348566DIHD',
		payment_id: 'PAY-0001',
		refund_result: {
			refund_amount: { currency: 'USD', amount_local: 10, amount_usd: 10 },
			refund_reason: 'Damaged',
		},
	},
});
