'use strict';

const { describe } = require('./describe');

/** Hands items on with contents of its own, as wide as those of the node it stands beside. */
exports.BenchPass = class {
	description = describe('BenchPass', { contents: '{}' });

	async execute() {
		const contents = JSON.parse(this.getNodeParameter('contents', 0));
		return [
			this.getInputData().map((_, item) => ({ json: { ...contents }, pairedItem: { item } })),
		];
	}
};
