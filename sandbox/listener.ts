import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Certificate } from './certificate';
import type { Clock } from './clock';
import {
	headerRecord,
	headerText,
	jsonAnswer,
	type Answer,
	type Vendor,
	type VendorRequest,
} from './exchange';
import { strike } from './faults/strike';
import type { FaultSwitch } from './faults/switch';
import type { LedgerBook, ListenerName, RequestEntry } from './ledger';

/** Large batches of tickets must fit. */
const bodyLimit = 64 * 1024 * 1024;

export interface ListenerOptions {
	name: ListenerName;
	host: string;
	/** 0 = any free port. */
	port: number;
	certificate: Certificate | undefined;
	/** Answers every path that `routes` leaves over; such requests are recorded and can be hit by faults. */
	vendor: Vendor;
	/** Adds routes of the sandbox itself. */
	routes?: (app: FastifyInstance) => void;
	ledger: LedgerBook;
	faults: FaultSwitch;
	clock: Clock;
}

/** An HTTP server on a port of its own, that is, an origin of its own. */
export interface Listener {
	/** Origin, without a slash at the end. */
	url: string;
	/** Hangs up on all clients, which must be idle; when it returns, both sides of each connection are closed. */
	hangUp(): Promise<void>;
	/** Stops at once: connections, also busy ones, are closed. */
	close(): Promise<void>;
}

/** Starts an HTTP(S) server that hands requests to a stand-in vendor and lets faults hit them. */
export async function listen(options: ListenerOptions): Promise<Listener> {
	const { name, certificate, ledger } = options;
	const connections = new Connections();
	const closing = new AbortController();
	// Each request that is held back listens to it.
	setMaxListeners(0, closing.signal);

	const app = Fastify({
		...(certificate && { https: { key: certificate.key, cert: certificate.cert } }),
		bodyLimit,
		forceCloseConnections: true,
		exposeHeadRoutes: false,
	}) as FastifyInstance;

	// Bodies stay bytes: each vendor reads them itself, and the ledger keeps what really came
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

	app.server.on('connection', (socket: Socket) => connections.add(socket, ledger.connection(name)));

	options.routes?.(app);
	app.all('*', (request, reply) => {
		reply.hijack();
		const exchange = new Exchange(request, reply, connections, options, closing.signal);
		exchange.run().catch((error: unknown) => exchange.abandon(error));
	});

	await app.listen({ host: options.host, port: options.port });
	const { port } = app.server.address() as AddressInfo;

	return {
		url: `${certificate ? 'https' : 'http'}://${options.host}:${port}`,
		hangUp: async () => await connections.hangUp(),
		close: async () => {
			closing.abort();
			connections.destroyAll();
			await app.close();
		},
	};
}

/** One vendor request from its arrival to its end. */
class Exchange {
	private readonly request: VendorRequest;
	private readonly entry: RequestEntry;

	constructor(
		incoming: FastifyRequest,
		private readonly reply: FastifyReply,
		private readonly connections: Connections,
		private readonly options: ListenerOptions,
		private readonly closing: AbortSignal,
	) {
		this.request = readRequest(incoming);
		this.entry = {
			at: new Date().toISOString(),
			listener: options.name,
			connection: connections.numberOf(incoming.raw),
			method: this.request.method,
			path: this.request.path,
			query: this.request.query,
			headers: headerRecord(this.request),
			sign: headerText(this.request, 'sign') || null,
			body: this.request.body,
			status: null,
			fault: null,
			processed: false,
			accepted: false,
		};
		options.ledger.request(this.entry);
	}

	async run(): Promise<void> {
		const { request, reply, entry } = this;
		const fault = this.options.faults.pick(request.path, request.body);
		if (fault === undefined) return this.send(await this.process());

		entry.fault = fault.kind;
		await strike(fault, {
			request,
			process: () => this.process(),
			send: (answer) => this.send(answer),
			response: reply.raw,
			reset: () => this.connections.reset(reply.request.raw),
			closing: this.closing,
		});
		if (reply.raw.headersSent) entry.status = reply.raw.statusCode;
	}

	/** Drops the connection. Unless the sandbox is closing, the cause is a defect of its own and is shown. */
	abandon(error: unknown): void {
		this.reply.raw.destroy();
		if (!this.closing.aborted) process.emitWarning(error instanceof Error ? error : String(error));
	}

	private async process(): Promise<Answer> {
		const answer = await this.answer();
		this.options.ledger.processed(this.entry, answer.accepted);
		return answer;
	}

	private async answer(): Promise<Answer> {
		try {
			return await this.options.vendor(this.request);
		} catch (error) {
			// A defect of the sandbox must be seen as one, never as something a vendor would do
			const message = `sandbox defect: ${error instanceof Error ? error.stack : String(error)}`;
			return jsonAnswer(500, { code: 500, message, data: null }, false);
		}
	}

	private async send(answer: Answer): Promise<void> {
		const response = this.reply.raw;
		const { body } = answer;
		if (response.destroyed) {
			if (typeof body === 'object' && !Buffer.isBuffer(body)) body.destroy();
			return;
		}
		this.entry.status = answer.status;
		const headers = { date: this.options.clock.dateHeader(), ...answer.headers };
		if (typeof body === 'string' || Buffer.isBuffer(body)) {
			response.writeHead(answer.status, { ...headers, 'content-length': Buffer.byteLength(body) });
			response.end(body);
			return;
		}
		response.writeHead(answer.status, headers);
		body.pipe(response);
		response.once('close', () => body.destroy());
	}
}

function readRequest(incoming: FastifyRequest): VendorRequest {
	const { url } = incoming;
	const mark = url.indexOf('?');
	return {
		method: incoming.method,
		path: mark < 0 ? url : url.slice(0, mark),
		query: mark < 0 ? '' : url.slice(mark + 1),
		headers: incoming.headers,
		body: Buffer.isBuffer(incoming.body) ? incoming.body.toString('utf8') : '',
	};
}

/**
 * The open TCP connections, found again by the client's port: under TLS a request knows only the
 * encrypted socket, and that one cannot send a reset.
 */
class Connections {
	private readonly open = new Map<number, { socket: Socket; number: number }>();

	add(socket: Socket, number: number): void {
		const port = socket.remotePort;
		if (port === undefined) return;
		this.open.set(port, { socket, number });
		socket.once('close', () => {
			if (this.open.get(port)?.socket === socket) this.open.delete(port);
		});
	}

	async hangUp(): Promise<void> {
		const sockets = [...this.open.values()].map(({ socket }) => socket);
		const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
		for (const socket of sockets) socket.end();
		await Promise.all(closed);
	}

	numberOf(request: IncomingMessage): number {
		return this.open.get(request.socket.remotePort ?? 0)?.number ?? 0;
	}

	reset(request: IncomingMessage): void {
		this.open.get(request.socket.remotePort ?? 0)?.socket.resetAndDestroy();
	}

	destroyAll(): void {
		for (const { socket } of this.open.values()) socket.destroy();
	}
}
