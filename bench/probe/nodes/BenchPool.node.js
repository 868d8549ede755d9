'use strict';

const { createRequire } = require('node:module');
const { join } = require('node:path');
const { describe } = require('./describe');

// The very undici that the package under test brings
const require2 = createRequire(join(__dirname, '..', '..', 'n8n-nodes-tw-td', 'package.json'));

const bodies = {
	status: ({ request_id }) => ({ request_id }),
	forecast: ({ order }) => ({ tickets: [order] }),
	event: ({ shipment }) => shipment,
	shop: ({ name, shipping_address: to, line_items, current_subtotal_price }) => ({
		tickets: [
			{
				no: name.slice(1),
				product: 'UA',
				consignee: {
					name: to.name,
					address: to.address1,
					city: to.city,
					stateProvince: to.province_code,
					postcode: to.zip,
					countryCode: to.country_code,
					phone: to.phone,
				},
				boxes: [
					{
						number: 1,
						weight: line_items.reduce((sum, line) => sum + line.grams * line.quantity, 0) / 1000,
						length: 30,
						width: 20,
						height: 10,
						declaredValue: Number(current_subtotal_price),
					},
				],
			},
		],
	}),
};

/** A bare undici pool: sends each item's body and reads the answer, nothing else. */
exports.BenchPool = class {
	description = describe('BenchPool', { origin: '', path: '', body: 'status', concurrency: 10 });

	async execute() {
		const read = (name) => this.getNodeParameter(name, 0);
		const pool = poolFor(read('origin'), read('concurrency'));
		const bodyOf = bodies[read('body')];
		const path = read('path');
		const headers = { 'content-type': 'application/json' };
		const items = this.getInputData();
		const output = [];
		let next = 0;
		const send = async () => {
			while (next < items.length) {
				const item = next++;
				const body = JSON.stringify(bodyOf(items[item].json));
				const answer = await pool.request({ path, method: 'POST', headers, body });
				output[item] = { json: await answer.body.json(), pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: read('concurrency') }, send));
		return [output];
	}
};

const pools = new Map();

function poolFor(origin, connections) {
	const key = `${origin} ${connections}`;
	if (!pools.has(key)) {
		const { Pool } = require2('undici');
		const settings = { connections, pipelining: 1, connect: { rejectUnauthorized: false } };
		pools.set(key, new Pool(origin, settings));
	}
	return pools.get(key);
}
