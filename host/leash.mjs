// Preloaded into n8n (`node --import`): ends it when the process that started it is gone, however
// that came about. Our end of the pipe on stdin closes even when we are killed outright.
import { isMainThread } from 'node:worker_threads';

// n8n's threads and forks are given this file too, but their stdin says nothing
if (isMainThread && process.env.LEASH === String(process.ppid)) {
	process.stdin.resume();
	process.stdin.on('error', () => {});
	process.stdin.on('close', () => {
		// Asked to end, n8n takes its task runner along; the whole group follows if it does not
		process.kill(process.pid, 'SIGTERM');
		setTimeout(() => process.kill(-process.pid, 'SIGKILL'), 10_000).unref();
	});
}
