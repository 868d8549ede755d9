import { createServer, type Server } from 'node:net';

/** Ports that one would like to have, the dearest first. */
export type Wishes = (number | undefined)[];

/**
 * Free TCP ports on loopback, no two the same.
 *
 * @param wishes one list for each port; without wishes, or if all are taken, any free port
 */
export async function freePorts<const T extends Wishes[]>(
	...wishes: T
): Promise<{ [K in keyof T]: number }> {
	const held: Server[] = [];
	try {
		// Each is held until all are chosen, otherwise one could be chosen twice
		for (const each of wishes) held.push(await holdFirst([...each, 0]));
		return held.map(portOf) as { [K in keyof T]: number };
	} finally {
		await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
	}
}

async function holdFirst(ports: Wishes): Promise<Server> {
	for (const port of ports) {
		const server = port === undefined ? undefined : await hold(port);
		if (server) return server;
	}
	throw new Error('No TCP port is free on 127.0.0.1');
}

function hold(port: number): Promise<Server | undefined> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, '127.0.0.1', () => resolve(server));
	});
}

function portOf(server: Server): number {
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('not a TCP server');
	return address.port;
}
