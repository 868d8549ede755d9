/** One HTTP exchange: request and answer in memory, one time limit over all. */
import type { LookupFunction } from 'node:net';
import { clearTimeout, setImmediate, setTimeout } from 'node:timers';
import type * as Undici from 'undici';
import { LONGEST_TIMER_MS } from '../base/deadline';

export interface ExchangeRequest {
	origin: string;
	/** Path and query. */
	path: string;
	method: 'GET' | 'POST';
	headers: Record<string, string>;
	body?: string;
	/** Milliseconds from now to the last byte of the answer, connecting included. */
	timeoutMs: number;
	/** Largest answer body accepted, in bytes. */
	maxBytes: number;
	signal?: AbortSignal | undefined;
}

export interface ExchangeAnswer {
	status: number;
	/** Header names in lower case; a header sent twice keeps its first value. */
	headers: Record<string, string>;
	body: Buffer;
}

export type TransportCause = 'no-connection' | 'broken' | 'timeout' | 'too-large' | 'aborted';

/** Why there is no answer, and whether the request had started to leave. */
export class TransportError extends Error {
	constructor(
		readonly transportCause: TransportCause,
		/** False only if no byte of the request was handed to a connection. */
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
 * @throws {TransportError} for anything that prevents a whole answer
 */
export async function exchange(
	dispatcher: Undici.Dispatcher,
	request: ExchangeRequest,
): Promise<ExchangeAnswer> {
	return await new Promise((resolve, reject) => {
		let left = false;
		let controller: Undici.Dispatcher.DispatchController | undefined;
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
				const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
				resolve({ status, headers, body });
				return;
			}
			reject(error);
			// Frees the connection, or the place in the queue once it is reached
			controller?.abort(error);
		};
		const stop = (cause: TransportCause, code: string) =>
			settle(new TransportError(cause, left, code));
		const onAbort = () => stop('aborted', 'CANCELLED');
		const ms = Math.max(1, Math.min(request.timeoutMs, LONGEST_TIMER_MS));
		const timer = setTimeout(() => stop('timeout', 'DEADLINE'), ms);
		if (request.signal?.aborted) {
			onAbort();
			return;
		}
		request.signal?.addEventListener('abort', onAbort, { once: true });

		const handler: Undici.Dispatcher.DispatchHandler = {
			// undici calls this once a connection stands, right before the first byte is written
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
				// undici frees the connection just after this; resolving now would open another one
				setImmediate(settle);
			},
			onResponseError(_controller, error) {
				stop(left ? 'broken' : 'no-connection', systemCode(error));
			},
		};
		try {
			const { origin, path, method, body = null } = request;
			dispatcher.dispatch({ origin, path, method, headers: request.headers, body }, handler);
		} catch (error) {
			// undici refuses what can't be written as HTTP, such as a line break in a header
			stop('no-connection', systemCode(error));
		}
	});
}

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
	// If several addresses were tried, Node wraps their errors
	if (Array.isArray(errors) && errors.length > 0) return systemCode(errors[0]);
	return cause === undefined ? 'UNKNOWN' : systemCode(cause);
}

/** How connections to one origin are made. */
export interface Route {
	/** What shares these connections: an origin, or a name for a group of hosts. */
	target: string;
	/** Accept certificates that can't be verified. */
	ignoreSslIssues: boolean;
	/**
	 * A `write` connection is closed after one idle second: the longer it idles, the likelier the vendor
	 * closes it just as a write leaves, and then nobody knows whether it arrived.
	 */
	purpose: 'read' | 'write';
	/** The host's egress policy: a DNS look-up that refuses addresses it forbids. */
	lookup?: LookupFunction | undefined;
}

const CONNECTIONS_PER_ORIGIN = 64;
const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_MS = { read: 30_000, write: 1_000 } as const;

const dispatchers = new Map<string, Undici.Dispatcher>();

/**
 * The dispatcher for a route, made on first use and kept for the life of the process. It keeps the first
 * call's `lookup`: the policy is a setting of the host and does not change while it runs.
 */
export function dispatcherFor(route: Route): Undici.Dispatcher {
	const { target, ignoreSslIssues, purpose, lookup } = route;
	const certificates = ignoreSslIssues ? 'any-certificate' : 'verified';
	const key = `${target} ${certificates} ${purpose} ${lookup ? 'policy' : 'direct'}`;
	let dispatcher = dispatchers.get(key);
	if (!dispatcher) {
		dispatcher = open(route);
		dispatchers.set(key, dispatcher);
	}
	return dispatcher;
}

function open(route: Route): Undici.Dispatcher {
	// Loaded late: n8n loads every package at its start, and undici would take most of ours
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` would load it at the start
	const { Agent, EnvHttpProxyAgent } = require('undici') as typeof Undici;
	const tls = { rejectUnauthorized: !route.ignoreSslIssues };
	return new (isProxySet() ? EnvHttpProxyAgent : Agent)({
		connections: CONNECTIONS_PER_ORIGIN,
		pipelining: 1,
		keepAliveTimeout: IDLE_MS[route.purpose],
		// Even if the vendor's Keep-Alive hint is longer
		keepAliveMaxTimeout: IDLE_MS[route.purpose],
		// Each exchange has its own timer, which covers connecting, waiting and reading
		headersTimeout: 0,
		bodyTimeout: 0,
		connect: {
			...tls,
			timeout: CONNECT_TIMEOUT_MS,
			...(route.lookup ? { lookup: route.lookup } : {}),
		},
		requestTls: tls,
	});
}

const PROXY_SETTINGS = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'];

/** Whether requests go through a proxy, but for the hosts that NO_PROXY names. */
// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- only whether undici would find a proxy
export const isProxySet = (): boolean => PROXY_SETTINGS.some((name) => process.env[name]);

/** Closes every pooled connection; the next request opens new ones. */
export async function closePools(): Promise<void> {
	const open = [...dispatchers.values()];
	dispatchers.clear();
	await Promise.all(open.map(async (dispatcher) => await dispatcher.destroy()));
}
