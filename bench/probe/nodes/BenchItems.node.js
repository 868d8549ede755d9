'use strict';

const { describe } = require('./describe');
const shopOrder = require('./shop-order.json');

/**
 * Puts out `count` items such as a shop's flow has them: an order, its request id, its shipment; or
 * the order as the shop itself sends it.
 */
exports.BenchItems = class {
	description = describe('BenchItems', { count: 1, of: 'bench' });

	async execute() {
		const count = this.getNodeParameter('count', 0);
		const itemOf = this.getNodeParameter('of', 0) === 'shop' ? ofShop : ofBench;
		return [
			Array.from({ length: count }, (_, i) => ({ json: itemOf(i), pairedItem: { item: 0 } })),
		];
	}
};

function ofShop(i) {
	return {
		...JSON.parse(JSON.stringify(shopOrder)),
		id: 820982911 + i,
		order_number: i,
		name: `#${i}`,
	};
}

function ofBench(i) {
	const no = `BENCH-${i}`;
	return {
		request_id: `8d0f7a52-3c1b-4f6e-9a43-${String(i).padStart(12, '0')}`,
		order: {
			no,
			product: 'UA',
			consignee: {
				countryCode: 'US',
				stateProvince: 'MN',
				city: 'Minneapolis',
				postcode: '55401',
				address: `${i} Example Street`,
				name: 'Nathan Smith',
				phone: '1-555-0100',
			},
			boxes: [{ number: 1, weight: 5, length: 20, width: 20, height: 20 }],
		},
		shipment: {
			order_id: no,
			session_id: `session-${i}`,
			account_id: `account-${i}`,
			event_time: '2026-01-31T12:00:00.000+08:00',
			terminal: { ip: '210.20.10.33' },
			logistics: {
				logistics_type: 'Standard Shipping',
				logistics_company: 'SF',
				cost: { currency: 'USD', amount_local: 10, amount_usd: 10 },
			},
		},
	};
}
