/**
 * Persistent connections: one dispatcher per target, TLS setting, purpose and egress policy.
 *
 * HTTP_PROXY, HTTPS_PROXY and NO_PROXY are honoured by undici's EnvHttpProxyAgent. It looks at them
 * with every request, so where no proxy is set its plain agent stands in.
 */
import type { LookupFunction } from 'node:net';
import type * as Undici from 'undici';

/** How connections to one origin are made. */
export interface Route {
	/** What shares these connections: an origin, or a name for a group of hosts. */
	target: string;
	/** Accept certificates that can't be verified. */
	ignoreSslIssues: boolean;
	/**
	 * `write` connections are given up after one idle second: the longer a connection has idled, the
	 * likelier the vendor closes it just as a write leaves, and then nobody knows if it arrived.
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
 * The dispatcher for a route, made on first use and kept for the life of the process.
 *
 * The policy's look-up function is taken from the first call: the policy is the host's setting and
 * does not change while it runs.
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
	// Loaded late: n8n loads every package at its start, and undici is most of what ours would take.
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` would load it at the start
	const { Agent, EnvHttpProxyAgent } = require('undici') as typeof Undici;
	const tls = { rejectUnauthorized: !route.ignoreSslIssues };
	return new (isProxySet() ? EnvHttpProxyAgent : Agent)({
		connections: CONNECTIONS_PER_ORIGIN,
		pipelining: 1,
		keepAliveTimeout: IDLE_MS[route.purpose],
		// A vendor's longer Keep-Alive hint is not trusted either: the limit is ours.
		keepAliveMaxTimeout: IDLE_MS[route.purpose],
		// Each exchange has one timer of its own that covers connecting, waiting and reading.
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

// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- only whether undici would find a proxy
const isProxySet = () => PROXY_SETTINGS.some((name) => process.env[name]);

/** Closes every pooled connection; the next request opens new ones. */
export async function closePools(): Promise<void> {
	const open = [...dispatchers.values()];
	dispatchers.clear();
	await Promise.all(open.map(async (dispatcher) => await dispatcher.destroy()));
}
