/** A refund as TD wants it. */
export const refundOf = (amount: number, more: object = {}) => ({
	order_id: 'O-1',
	payment_id: 'P-1',
	refund_result: {
		refund_amount: { currency: 'USD', amount_local: amount, amount_usd: amount },
		refund_reason: 'Damaged',
	},
	session_id: 's-1',
	terminal: { ip: '210.20.10.33' },
	...more,
});
