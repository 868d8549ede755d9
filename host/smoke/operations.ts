/** Every operation of every node, with parameters that the sandbox accepts. */

/** One node of the chain. */
export interface OperationCall {
	/** Node type without the package's name. */
	type: string;
	operation: string;
	parameters: Record<string, unknown>;
}

/** Where an operation's output can be found by those after it. */
const outputOf = (call: string, member: string) => `={{ $('${call}').first().json.${member} }}`;

/** Name of a node in the chain. */
export const nameOf = ({ type, operation }: OperationCall) => `${type} ${operation}`;

const order = (no: string) => ({
	specifyOrder: 'fields',
	no,
	consignee_by: 'warehouse',
	consignee_warehouse: 'MSP1',
	boxes: { item: [{ number: 1, weight: 5, length: 20, width: 20, height: 20 }] },
});
const channel = { product: { __rl: true, mode: 'code', value: 'UA' } };
const tw = (type: string, operation: string, parameters: object = {}): OperationCall => ({
	type,
	operation,
	parameters: { ...parameters },
});
const basics = { specifyBody: 'fields', session_id: 'visit-1', terminal_ip: '192.0.2.33' };
const td = (operation: string, parameters: object = {}): OperationCall => ({
	type: 'tdOrderEvent',
	operation,
	parameters: { ...basics, order_id: 'ALL-1', ...parameters },
});
const money = (prefix: string) => ({
	[`${prefix}_currency`]: 'USD',
	[`${prefix}_amount_local`]: 10,
});

/** In an order in which each finds what it needs. */
export const operationCalls: OperationCall[] = [
	tw('twOrder', 'quote', { ...order('ALL-1'), channels: ['UA', 'UW'] }),
	tw('twOrder', 'create', { ...order('ALL-1'), ...channel }),
	tw('twOrder', 'getStatus', { request_id: outputOf('twOrder create', 'request_id') }),
	tw('twOrder', 'get', { no: 'ALL-1' }),
	tw('twOrder', 'getFee', { tracking_number: outputOf('twOrder create', 'tracking_number') }),
	tw('twOrder', 'getChannels', { returnAll: true }),
	tw('twOrder', 'buyCheapest', { ...order('ALL-2'), channels: ['UA', 'UW'] }),
	tw('twOrder', 'getManyRemembered', { state: 'all', returnAll: true }),
	tw('twLabel', 'download', { no: 'ALL-1' }),
	tw('twLabel', 'getUrl', { no: 'ALL-1, ALL-2' }),
	tw('twBag', 'create', { bag_no: 'BAG-1', nos: 'ALL-1, ALL-2' }),
	tw('twBag', 'get', { bag_no: 'BAG-1' }),
	tw('twBag', 'delete', { bag_no: 'BAG-1' }),
	tw('twInvoice', 'getAll', { from: '2025-07-01', to: '2025-09-30', returnAll: true }),
	tw('twInvoice', 'getLines', { bill_id: outputOf('twInvoice getAll', 'id'), limit: 5 }),
	tw('twBalance', 'get'),
	tw('twBalance', 'checkContract', {
		orderNumber: 'ALL-1',
		requestId: outputOf('twOrder create', 'request_id'),
		invoicesSince: '2025-07-01',
	}),
	td('order_modify', { order_order_id: 'ALL-1' }),
	td('order_cancel'),
	td('order_payment', {
		payment_payment_id: 'PAY-1',
		payment_method: 'ewallet',
		payment_channel: 'paypal',
		...money('payment_amount'),
	}),
	td('order_payment_result', { payment_id: 'PAY-1', payment_result_is_payment_success: true }),
	td('order_ship', { logistics_logistics_company: 'UPS' }),
	td('order_confirm'),
	td('order_return'),
	td('order_refund', { payment_id: 'PAY-1', ...money('refund_result_refund_amount') }),
	td('order_chargeback', {
		payment_id: 'PAY-1',
		chargeback_result_chargeback_reason: 'Not received',
		...money('chargeback_result_chargeback_amount'),
	}),
	{
		type: 'tdOrderEvent',
		operation: 'reportShopEvent',
		parameters: {
			shopEvent: JSON.stringify({
				event: 'order_refunded',
				shop: 'shopify',
				order: {
					id: 'ALL-1',
					currency: 'USD',
					device: { ip: '210.20.10.33', session: 'visit-1' },
					refunds: [{ id: 'R-1', amount: '4.00' }],
				},
			}),
		},
	},
	{ type: 'tdOrderEvent', operation: 'checkContract', parameters: {} },
	tw('twOrder', 'delete', { no: 'ALL-2' }),
];

/** A reviewed bag can't be dissolved, so it is one of its own. */
export const reviewCalls: OperationCall[] = [
	tw('twBag', 'create', { bag_no: 'BAG-2', nos: 'ALL-1' }),
	tw('twBag', 'review', { bag_no: 'BAG-2' }),
];
