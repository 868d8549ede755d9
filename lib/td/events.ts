/** TD's nine events and how sure we are of what they carry. */

/**
 * `documented`: the event's own page was read. `assumed`: TD lists the name only, and that order_id is
 * all it asks for is our working assumption.
 */
export const tdEvents = {
	order_modify: 'documented',
	order_cancel: 'assumed',
	order_payment: 'documented',
	order_payment_result: 'documented',
	order_ship: 'documented',
	order_confirm: 'documented',
	order_return: 'assumed',
	order_refund: 'documented',
	order_chargeback: 'documented',
} as const;

export type TdEventType = keyof typeof tdEvents;
