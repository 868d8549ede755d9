'use strict';
const { _extensions: handlers } = require('node:module');

/**
 * Lets `TwOrder.node` mean TwOrder.node.ts and not the codex TwOrder.node.json beside it: Node tries
 * extensions in the order in which they are registered.
 */
module.exports = function typescriptFirst() {
	for (const later of ['.json', '.node']) {
		const handler = handlers[later];
		delete handlers[later];
		handlers[later] = handler;
	}
};
