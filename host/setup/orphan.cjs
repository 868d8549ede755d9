'use strict';
const { isMainThread } = require('node:worker_threads');

// Preloaded into what shares our terminal (`runNode`); its threads and forks are given this file too
if (isMainThread && process.env.LEASH === String(process.ppid)) watch();

/**
 * Ends us when npm is ended: it passes signals to the shell between us only, and that keeps them to
 * itself.
 */
exports.stopWithNpm = function stopWithNpm() {
	if (process.env.npm_lifecycle_event) watch();
};

/** The signal goes to ourselves, so that whoever handles signals at that moment handles this. */
function watch() {
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
	}, 1_000).unref();
}
