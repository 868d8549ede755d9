/**
 * TW and TD at their fastest, as a process of its own: fixed answers over HTTPS, so that the callers
 * are what is measured. Reached directly, or over a link with a round-trip time.
 */
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { selfSigned } from '../sandbox/certificate';
import { slowLink } from './slow-link';

/** What the process tells its parent once it listens. */
export interface VendorPorts {
	port: number;
	/** The same server, further away. */
	slowPort: number;
}

/** Added round-trip time of the slow link, in milliseconds. */
export const ROUND_TRIP_MS = 25;

/** What `/counts` answers: since the last time it was asked. */
export interface Counts {
	requests: number;
	connections: number;
}

const counts: Counts = { requests: 0, connections: 0 };

type Body = Record<string, unknown> & { tickets?: Array<{ no: string }> };

/** Answers by the last part of the path; all are what the contracts document or assume. */
const answers: Record<string, (body: Body, origin: string) => unknown> = {
	orderCheck: ({ request_id }) => ({
		code: 200,
		message: 'ok',
		data: { request_id, no: 'BENCH', errors: [], status: 4 },
	}),
	orderForecast: ({ tickets = [] }) => ({
		code: 200,
		message: 'ok',
		data: tickets.map(({ no }) => ({ no, request_id: `request-${no}` })),
	}),
	orderLabel: ({ no }, origin) => ({
		code: 200,
		message: 'ok',
		data: { url: `${origin}/label/${String(no)}.pdf` },
	}),
	v3: () => ({ code: 200, message: 'success', sequence_id: '1700000000000BENCH' }),
};

function serve(request: IncomingMessage, response: ServerResponse): void {
	const path = (request.url ?? '').split('?')[0]!;
	if (path === '/counts') {
		reply(response, { ...counts });
		Object.assign(counts, { requests: 0, connections: 0 });
		return;
	}
	counts.requests++;
	if (path.startsWith('/label/')) {
		sendDocument(response);
		return;
	}
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const answer = answers[path.split('/').at(-1)!];
		const origin = `https://${request.headers.host}`;
		if (answer)
			reply(response, answer(JSON.parse(Buffer.concat(chunks).toString()) as Body, origin));
		else response.writeHead(404).end();
	});
}

function reply(response: ServerResponse, answer: unknown): void {
	const text = JSON.stringify(answer);
	response.writeHead(200, {
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(text),
	});
	response.end(text);
}

/** Size of a label, in bytes. */
export const LABEL_BYTES = 50 * 1024 * 1024;

function sendDocument(response: ServerResponse): void {
	const head = Buffer.from('%PDF-1.4\n');
	const block = Buffer.alloc(1024 * 1024, 'label ');
	response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': LABEL_BYTES });
	response.write(head);
	let left = LABEL_BYTES - head.length;
	const more = () => {
		while (left > 0) {
			const part = block.subarray(0, Math.min(block.length, left));
			left -= part.length;
			if (!response.write(part)) {
				response.once('drain', more);
				return;
			}
		}
		response.end();
	};
	more();
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

async function main(): Promise<void> {
	// Longer than any pause of a run, as a vendor behind a load balancer has it
	const server = createServer({ ...(await selfSigned()), keepAliveTimeout: 75_000 }, serve);
	server.on('connection', () => counts.connections++);
	const port = await listen(server);
	const slowPort = await listen(slowLink(port, ROUND_TRIP_MS));
	process.on('disconnect', () => process.exit());
	process.send?.({ port, slowPort } satisfies VendorPorts);
}

if (require.main === module) void main();
