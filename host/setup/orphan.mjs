/**
 * Ends us when npm is ended: it passes signals to the shell between us only, and that keeps them to
 * itself. The signal goes to ourselves, so that whoever handles signals at that moment handles this.
 */
export function stopWithNpm() {
	if (!process.env.npm_lifecycle_event) return;
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
	}, 1_000).unref();
}
