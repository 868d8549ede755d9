#!/usr/bin/env node
// What `npm start`, `npm test` and `npm run smoke` call. It runs on a fresh clone, so nothing here
// or in setup/ may import a package.

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
	console.error(`This needs Node 20 or newer; here is ${process.versions.node}.`);
	process.exit(1);
}

// Not imported at the top: an old Node would fail on its syntax before saying the above
const { main } = await import('./setup/main.mjs');
await main(process.argv.slice(2));
