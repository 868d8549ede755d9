'use strict';

const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { describe } = require('./describe');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** Frees what earlier executions have left in memory. */
exports.BenchCollect = class {
	description = describe('BenchCollect', {});

	async execute() {
		collect();
		return [this.getInputData()];
	}
};
