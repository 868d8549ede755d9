import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { until } from '../poll';
import type { Shutdown } from '../shutdown';
import { startServer, type Programs } from './programs';

/**
 * Starts a fresh Redis that keeps nothing on disk; `shutdown` ends it.
 *
 * @returns n8n's settings that lead to it, by n8n's names
 */
export async function startRedis(
	{ redisServer }: Programs,
	{ folder, port, logFile }: { folder: string; port: number; logFile: string },
	shutdown: Shutdown,
): Promise<Record<string, string>> {
	mkdirSync(folder);
	const options = { port: String(port), bind: '127.0.0.1', save: '', appendonly: 'no' };
	const server = startServer(
		redisServer,
		Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
		{ folder, logFile },
	);
	shutdown.add(() => server.stop());
	await until('Redis to start', async () => ((await answers(port)) ? true : undefined));
	return { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) };
}

/** Whether Redis answers a PING. */
function answers(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		const end = (answer: boolean) => {
			socket.destroy();
			resolve(answer);
		};
		socket.once('data', (data) => end(data.toString().startsWith('+PONG')));
		socket.once('error', () => end(false));
	});
}
