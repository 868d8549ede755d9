'use strict';

const { describe } = require('./describe');

const MOST = 24;
const names = Array.from({ length: MOST }, (_, i) => `expression${i + 1}`);

/** Reads `count` parameters for every item and does nothing with them: the price of evaluation. */
exports.BenchEvaluate = class {
	description = describe('BenchEvaluate', {
		count: 1,
		...Object.fromEntries(names.map((name) => [name, ''])),
	});

	async execute() {
		const read = names.slice(0, this.getNodeParameter('count', 0));
		const items = this.getInputData();
		for (let i = 0; i < items.length; i++) {
			for (const name of read) this.getNodeParameter(name, i);
		}
		return [items];
	}
};
