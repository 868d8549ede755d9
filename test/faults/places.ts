/** Addresses on this machine where connecting goes wrong in a way that no HTTP server can arrange. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Something that listens until it is closed. */
export interface Place {
	url: string;
	close: () => Promise<void>;
}

/** Takes the connection and resets it as soon as the TLS handshake begins. */
export async function resetsHandshake(): Promise<Place> {
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', () => socket.resetAndDestroy());
	});
	return { url: `https://${await listening(server)}`, close: () => closed(server) };
}

/** Listens in a process of its own that takes no connection: tells its port, then sleeps until we are gone. */
const DEAF = `
	const parent = process.ppid;
	const server = require('node:net').createServer();
	server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
		require('node:fs').writeSync(1, String(server.address().port));
		const never = new Int32Array(new SharedArrayBuffer(4));
		while (process.ppid === parent) Atomics.wait(never, 0, 0, 1000);
		process.exit();
	});
`;
/** A connection to loopback stands at once or not at all; this only tells the two apart. */
const NOT_AT_ONCE_MS = 500;

/**
 * An address where a connection neither stands nor is refused: the queue of a listener that takes
 * nothing is full, so the system drops what comes.
 */
export async function neverConnects(): Promise<Place> {
	const child = spawn(process.execPath, ['-e', DEAF], { stdio: ['ignore', 'pipe', 'ignore'] });
	const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
	const port = Number(chunk.toString());
	const fillers: Socket[] = [];
	let full = false;
	while (!full) {
		const filler = connect(port, '127.0.0.1');
		filler.on('error', () => undefined);
		fillers.push(filler);
		full = !(await standsWithin(filler, NOT_AT_ONCE_MS));
	}
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () => {
			for (const filler of fillers) filler.destroy();
			child.kill('SIGKILL');
			await once(child, 'exit');
		},
	};
}

async function standsWithin(socket: Socket, ms: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const timer = setTimeout(() => resolve(false), ms);
		socket.once('connect', () => {
			clearTimeout(timer);
			resolve(true);
		});
	});
}

/** A stranger's server: keeps all it hears, so that it can be searched for what it must not hear. */
export interface Stranger extends Place {
	/** Method, path and headers of each request, as text, by the first part of the path. */
	heard: (name: string) => string[];
}

export async function stranger(): Promise<Stranger> {
	const requests = new Map<string, string[]>();
	const server = createHttpServer((request, response) => {
		const name = (request.url ?? '').split(/[/?]/)[1] ?? '';
		const text = `${request.method} ${request.url} ${JSON.stringify(request.rawHeaders)}`;
		requests.set(name, [...(requests.get(name) ?? []), text]);
		response.setHeader('content-type', 'text/html').end('<!DOCTYPE html><p>Welcome!</p>');
	});
	const url = `http://${await listening(server)}`;
	return {
		url,
		heard: (name) => requests.get(name) ?? [],
		close: () => {
			server.closeAllConnections();
			return closed(server);
		},
	};
}

async function listening(server: Server): Promise<string> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closed(server: Server): Promise<void> {
	await new Promise((resolve) => server.close(resolve));
}
