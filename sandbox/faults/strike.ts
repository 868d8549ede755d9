import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { jsonAnswer, type Answer, type VendorRequest } from '../exchange';
import type { Fault } from './rules';

/** What a fault needs to strike. */
export interface Scene {
	request: VendorRequest;
	/** Lets the vendor work on the request (and the ledger say so). To be called once at most. */
	process: () => Promise<Answer>;
	/** Sends an answer in the orderly way. */
	send: (answer: Answer) => Promise<void>;
	/** The bare HTTP response, for what is not orderly. */
	response: ServerResponse;
	/** Resets the TCP connection. */
	reset: () => void;
	/** Aborted when the sandbox closes. */
	closing: AbortSignal;
}

/** Lets one fault hit one request. */
export async function strike(fault: Fault, scene: Scene): Promise<void> {
	const { process, send, response } = scene;

	switch (fault.kind) {
		case 'delay': {
			if (fault.when === 'before') await wait(fault.ms, undefined, { signal: scene.closing });
			const answer = await process();
			if (fault.when === 'after') await wait(fault.ms, undefined, { signal: scene.closing });
			return send(answer);
		}

		case 'hangBeforeAccept':
			return;

		case 'hangAfterAccept':
			await process();
			return;

		case 'resetBeforeAccept':
			scene.reset();
			return;

		case 'resetAfterAccept':
			await process();
			scene.reset();
			return;

		case 'resetMidBody': {
			const answer = await process();
			const body = await bodyBytes(answer);
			response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
			// Give the first half time to leave: a reset throws away what is still buffered
			response.write(half(body));
			await wait(20, undefined, { signal: scene.closing });
			scene.reset();
			return;
		}

		case 'closeIdle': {
			const answer = await process();
			closeWhenIdle(response, fault.afterMs);
			return send(answer);
		}

		case 'truncated': {
			const answer = await process();
			return send({ ...answer, body: half(await bodyBytes(answer)) });
		}

		case 'wrongContentType': {
			const answer = await process();
			return send({ ...answer, headers: { ...answer.headers, 'content-type': fault.contentType } });
		}

		case 'slowDrip': {
			const answer = await process();
			const body = await bodyBytes(answer);
			response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
			return stream(response, drip(body, fault.bytes, fault.intervalMs, scene.closing));
		}

		case 'oversize':
			if (fault.processed) await process();
			response.writeHead(200, { 'content-type': 'application/json' });
			return stream(response, endlessEnvelope(fault.bytes));

		case 'gzipBomb':
			if (fault.processed) await process();
			response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
			return stream(response, [await bombOf(fault.bytes)]);

		default:
			if (fault.processed) await process();
			return send(falseAnswer(fault, scene.request));
	}
}

function written(text: string, form: Extract<Fault, { kind: 'echo' }>['as']): string {
	switch (form) {
		case 'base64':
		case 'hex':
			return Buffer.from(text).toString(form);
		case 'url':
			return encodeURIComponent(text);
		case 'html':
			return text.replace(/[^ ]/gu, (char) => `&#x${char.codePointAt(0)!.toString(16)};`);
		case undefined:
			return text;
	}
}

type FalseAnswer = Extract<
	Fault,
	{ kind: 'status' | 'html' | 'empty' | 'wrongType' | 'redirect' | 'echo' | 'rawBody' }
>;

/** The faults that are a wrong answer in an orderly exchange. */
function falseAnswer(fault: FalseAnswer, request: VendorRequest): Answer {
	switch (fault.kind) {
		case 'status': {
			const message = `injected status ${fault.status}`;
			const answer = jsonAnswer(fault.status, { code: fault.status, message, data: null }, false);
			if (fault.body !== undefined) answer.body = fault.body;
			if (fault.retryAfter !== undefined) answer.headers['retry-after'] = String(fault.retryAfter);
			return answer;
		}

		case 'html':
			return text(fault.status, 'text/html; charset=utf-8', htmlPage);

		case 'empty':
			return text(fault.status, 'application/json', '');

		case 'wrongType':
			return jsonAnswer(200, fault.value, false);

		case 'redirect': {
			const answer = text(fault.status, 'text/plain', '');
			answer.headers['location'] = fault.location;
			return answer;
		}

		case 'echo': {
			const { method, path, query, headers } = request;
			const repeated = `${method} ${path}?${query} ${JSON.stringify(headers)}`;
			const message = `cannot handle ${written(repeated, fault.as)}`;
			return jsonAnswer(
				fault.status,
				{ code: fault.status, message, data: null, sequence_id: '' },
				false,
			);
		}

		case 'rawBody':
			return {
				...text(fault.status, fault.contentType, ''),
				body: Buffer.from(fault.body, fault.encoding),
			};
	}
}

const htmlPage =
	'<!DOCTYPE html><html><head><title>Gateway</title></head>' +
	'<body><h1>Something went wrong</h1><p>Please try again later.</p></body></html>';

function text(status: number, contentType: string, body: string): Answer {
	return { status, headers: { 'content-type': contentType }, body, accepted: false };
}

/** The whole body of an answer, also when it would be streamed. */
async function bodyBytes(answer: Answer): Promise<Buffer> {
	if (typeof answer.body === 'string') return Buffer.from(answer.body);
	if (Buffer.isBuffer(answer.body)) return answer.body;
	const chunks: Buffer[] = [];
	for await (const chunk of answer.body) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function half(body: Buffer): Buffer {
	return body.subarray(0, Math.floor(body.length / 2));
}

/**
 * Closes the connection after the answer, unless a new request has come on it in the meantime. It
 * counts as open until the client has closed its side too, that is, has noticed.
 */
function closeWhenIdle(response: ServerResponse, afterMs: number): void {
	const socket = response.socket;
	response.once('finish', () => {
		if (socket === null) return;
		let busy = false;
		const notice = () => (busy = true);
		socket.once('data', notice);
		const timer = setTimeout(() => {
			socket.off('data', notice);
			if (!busy) socket.end();
		}, afterMs);
		socket.once('close', () => clearTimeout(timer));
	});
}

async function* drip(body: Buffer, bytes: number, intervalMs: number, closing: AbortSignal) {
	for (let at = 0; at < body.length; at += bytes) {
		if (at > 0) await wait(intervalMs, undefined, { signal: closing });
		yield body.subarray(at, at + bytes);
	}
}

/** `{"code":200,…,"data":"AAAA…`: well-formed as far as a reader gets, in chunks of constant size. */
function* endlessEnvelope(bytes = Number.POSITIVE_INFINITY) {
	const start = Buffer.from('{"code":200,"message":"OK","data":"');
	const filler = Buffer.alloc(64 * 1024, 'A');
	yield start.subarray(0, bytes);
	for (let left = bytes - start.length; left > 0; left -= filler.length) {
		yield filler.subarray(0, left);
	}
}

/** Packed once for each size: it is the client that shall have work with it. */
const bombs = new Map<number, Promise<Buffer>>();

async function bombOf(bytes: number): Promise<Buffer> {
	const source = Readable.from(endlessEnvelope(bytes));
	const bomb = bombs.get(bytes) ?? buffer(source.pipe(createGzip({ level: 9 })));
	bombs.set(bytes, bomb);
	return await bomb;
}

/** Streams into the response with back-pressure; a client that leaves ends it. */
async function stream(
	response: ServerResponse,
	source: Iterable<Buffer> | AsyncIterable<Buffer>,
): Promise<void> {
	try {
		await pipeline([Readable.from(source), response]);
	} catch {
		// The client has had enough, which is what these faults are for
	}
}
