// Preloaded into what we start (`node --import`): ends it when we are gone, however that came about.
// Our end of the pipe on its stdin closes even when we are killed outright.
import { isMainThread } from 'node:worker_threads';

// Its threads and forks are given this file too, but their stdin says nothing
if (isMainThread && process.env.LEASH === String(process.ppid)) {
	// It leads a process group of its own, with all that it has started; Windows has no such thing
	const group = process.platform === 'win32' ? process.pid : -process.pid;
	process.stdin.resume();
	process.stdin.on('error', () => {});
	process.stdin.on('close', () => {
		setTimeout(() => process.kill(group, 'SIGKILL'), 3_000).unref();
		process.kill(group, 'SIGTERM');
	});
	// An open pipe must not keep it from ending by itself
	process.stdin.unref();
}
