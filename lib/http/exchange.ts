/** One HTTP exchange: a request with a body in memory, an answer in memory, one time limit over all. */
import { clearTimeout, setImmediate, setTimeout } from 'node:timers';
import type { Dispatcher } from 'undici';

export interface ExchangeRequest {
	origin: string;
	/** Path and query. */
	path: string;
	method: 'GET' | 'POST';
	headers: Record<string, string>;
	body?: string;
	/** Limit in milliseconds from now to the last byte of the answer, connecting included. */
	timeoutMs: number;
	/** Largest answer body accepted, in bytes. */
	maxBytes: number;
	/** Gives the exchange up. */
	signal?: AbortSignal | undefined;
}

export interface ExchangeAnswer {
	status: number;
	/** Header names in lower case; a header sent twice keeps its first value. */
	headers: Record<string, string>;
	body: Buffer;
}

export type TransportCause = 'no-connection' | 'broken' | 'timeout' | 'too-large' | 'aborted';

/** Why there is no answer, and whether the request had begun to leave. */
export class TransportError extends Error {
	constructor(
		readonly transportCause: TransportCause,
		/** False only if not one byte of the request was handed to a connection. */
		readonly left: boolean,
		/** The system's code, such as ECONNREFUSED; never a URL or a header. */
		readonly code: string,
	) {
		super(`${transportCause} (${code})`);
		this.name = 'TransportError';
	}
}

/**
 * Sends a request once and collects its answer. Redirects are not followed.
 *
 * @throws {TransportError} for everything that prevents a whole answer.
 */
export async function exchange(
	dispatcher: Dispatcher,
	request: ExchangeRequest,
): Promise<ExchangeAnswer> {
	return await new Promise((resolve, reject) => {
		let left = false;
		let controller: Dispatcher.DispatchController | undefined;
		let settled = false;
		let status = 0;
		let headers: Record<string, string> = {};
		let size = 0;
		const chunks: Buffer[] = [];

		const settle = (error?: TransportError) => {
			if (settled) return;
			settled = true;
			clearTimeout(timer);
			request.signal?.removeEventListener('abort', onAbort);
			if (!error) {
				resolve({
					status,
					headers,
					body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks),
				});
				return;
			}
			reject(error);
			// Frees the connection, or the place in the queue once it is reached.
			controller?.abort(error);
		};
		const stop = (cause: TransportCause, code: string) =>
			settle(new TransportError(cause, left, code));
		const onAbort = () => stop('aborted', 'CANCELLED');
		const timer = setTimeout(() => stop('timeout', 'DEADLINE'), Math.max(1, request.timeoutMs));
		if (request.signal?.aborted) {
			onAbort();
			return;
		}
		request.signal?.addEventListener('abort', onAbort, { once: true });

		const handler: Dispatcher.DispatchHandler = {
			// undici calls this when a connection stands and right before the first byte is written.
			onRequestStart(started) {
				controller = started;
				if (settled) {
					started.abort(new TransportError('aborted', false, 'GIVEN_UP'));
					return;
				}
				left = true;
			},
			onResponseStart(_controller, statusCode, rawHeaders) {
				status = statusCode;
				headers = firstValues(rawHeaders);
			},
			onResponseData(_controller, chunk) {
				size += chunk.length;
				if (size > request.maxBytes) stop('too-large', 'ANSWER_TOO_LARGE');
				else chunks.push(chunk);
			},
			onResponseEnd() {
				// undici marks the connection free just after this; answering earlier opens another one.
				setImmediate(settle);
			},
			onResponseError(_controller, error) {
				stop(left ? 'broken' : 'no-connection', systemCode(error));
			},
		};
		try {
			dispatcher.dispatch(
				{
					origin: request.origin,
					path: request.path,
					method: request.method,
					headers: request.headers,
					body: request.body ?? null,
				},
				handler,
			);
		} catch (error) {
			// undici refuses what can't be written as HTTP, such as a line break in a header.
			stop('no-connection', systemCode(error));
		}
	});
}

/** undici gives the names in lower case. */
function firstValues(raw: Record<string, string | string[] | undefined>): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const name of Object.keys(raw)) {
		const value = raw[name];
		const first = Array.isArray(value) ? value[0] : value;
		if (first !== undefined) headers[name] = first;
	}
	return headers;
}

/** The short code of a system or undici error; 'UNKNOWN' if it has none. */
export function systemCode(error: unknown): string {
	if (typeof error !== 'object' || error === null) return 'UNKNOWN';
	const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
	if (typeof code === 'string') return code;
	// Several addresses tried: Node wraps their errors.
	if (Array.isArray(errors) && errors.length > 0) return systemCode(errors[0]);
	return cause === undefined ? 'UNKNOWN' : systemCode(cause);
}
