import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A TCP link to a server on this machine with an added round-trip time. The handshake costs one round
 * trip as well, which loopback itself does not let us delay: the first bytes wait for it.
 *
 * @param roundTripMs milliseconds
 */
export function slowLink(port: number, roundTripMs: number): Server {
	return createServer({ noDelay: true }, (near) => {
		const far = connect({ port, host: '127.0.0.1', noDelay: true });
		carry(near, far, roundTripMs / 2, roundTripMs);
		carry(far, near, roundTripMs / 2, 0);
	});
}

function carry(from: Socket, to: Socket, delayMs: number, handshakeMs: number): void {
	const opened = performance.now();
	const queue: Array<() => void> = [];
	const later = (what: () => void) => {
		queue.push(what);
		const left = Math.max(0, opened + handshakeMs - performance.now());
		// Timers may swap places, the queue does not
		setTimeout(() => queue.shift()!(), left + delayMs);
	};
	from.on('data', (chunk) => later(() => to.write(chunk)));
	from.on('end', () => later(() => to.end()));
	from.on('error', () => to.destroy());
	from.on('close', () => later(() => to.destroy()));
}
