/** order_chargeback [documented]: the bank takes a payment back. */
import { chargebackResult } from '../../../lib/td/types';
import { event, orderId, paymentId } from '../event';

export const orderChargeback = event({
	value: 'order_chargeback',
	name: 'Chargeback',
	action: 'Report the chargeback of an order',
	description: 'Report that a payment is disputed, and at which stage',
	fields: { order_id: orderId, payment_id: paymentId, chargeback_result: chargebackResult },
	example: {
		order_id: 'NX348566DIHD',
		payment_id: 'PAY-0001',
		chargeback_result: {
			chargeback_amount: { currency: 'USD', amount_local: 10, amount_usd: 10 },
			chargeback_reason: 'Not received',
			chargeback_process: 'need_response',
		},
	},
});
