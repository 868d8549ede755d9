'use strict';
// Runs a TypeScript program of this folder: `node test/faults/run.cjs matrix`.

require('tsx/cjs');

// Node tries extensions in this order, and `TwOrder.node` has to mean TwOrder.node.ts, not the codex
// TwOrder.node.json beside it.
const handlers = require('node:module')._extensions;
for (const later of ['.json', '.node']) {
	const handler = handlers[later];
	delete handlers[later];
	handlers[later] = handler;
}

require(`./${process.argv[2]}.ts`);
