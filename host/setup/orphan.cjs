'use strict';
const { isMainThread } = require('node:worker_threads');

// Loading this ends us when our parent is gone. Preloaded (`node --require`), it does so in our forks
// too, which Node gives the same preloads. The signal goes to ourselves, so that whoever handles
// signals at that moment handles this.
if (isMainThread) {
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
	}, 1_000).unref();
}
