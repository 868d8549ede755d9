'use strict';
// Runs a TypeScript program of this folder: `node test/faults/run.cjs matrix`.

require('tsx/cjs');
const { extensions } = require('node:module')._extensions
	? { extensions: require('node:module')._extensions }
	: { extensions: require.extensions };

// Node tries extensions in this order, and `TwOrder.node` must mean TwOrder.node.ts, not its codex
// TwOrder.node.json.
for (const later of ['.json', '.node']) {
	const handler = extensions[later];
	delete extensions[later];
	extensions[later] = handler;
}

require(`./${process.argv[2]}.ts`);
