/**
 * Downloads a document from an address in a vendor's answer.
 *
 * Such an address is not trusted: https only, no credentials in it, none of our headers sent to it,
 * each redirect checked like the first address, and no address inside the host's own network, also behind a
 * proxy.
 */
import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { clearTimeout, setTimeout } from 'node:timers';
import type { Dispatcher } from 'undici';
import type { EgressPolicy } from '../base/egress';
import {
	BadAnswerFault,
	BrokenFault,
	CancelledFault,
	Fault,
	TimedOutFault,
	UnreachableFault,
} from '../base/errors';
import type { Limits } from '../base/limits';
import type { Deadline } from '../base/deadline';
import { isInnerAddress } from './addresses';
import { bareHost, isLoopbackHost } from './credential';
import { systemCode, dispatcherFor, isProxySet } from './exchange';
import { connectionProblem, seconds } from './post-json';
import { faultForStatus } from './status';

export interface DownloadOptions extends Pick<Limits, 'deadline' | 'signal'> {
	/** The document's name in messages, e.g. `label`. */
	what: string;
	maxBytes: number;
	ignoreSslIssues: boolean;
	/** Allows private and loopback addresses, and http to them: the vendor itself is inside. */
	innerAllowed: boolean;
	/** The host's egress policy, where it has one. */
	policy?: EgressPolicy | undefined;
}

export interface Download {
	/** The first bytes, enough to recognise the type; also part of `content`. */
	head: Buffer;
	/** The whole document; the stream fails with a Fault if it is too large or breaks off. */
	content: Readable;
	/** The announced length, in bytes. */
	length?: number;
}

const MAX_REDIRECTS = 5;
/** As far as readers of PDF look for its beginning. */
export const HEAD_BYTES = 1024;
/** Web servers read no more (RFC 9110 asks them for 8,000); characters. */
const LONGEST_ADDRESS = 8192;
/** The two of 2xx that bring a file whole: 206 brings a part of it, the others none (RFC 9110). */
const WHOLE = [200, 203];

/**
 * Opens a document for reading.
 *
 * @throws a fault of errors.ts
 */
export async function download(address: string, options: DownloadOptions): Promise<Download> {
	const dispatcher = dispatcherFor({
		target: options.innerAllowed ? 'documents, inner addresses allowed' : 'documents',
		ignoreSslIssues: options.ignoreSslIssues,
		purpose: 'read',
		lookup: guardedLookup(options),
	});
	// The limit also covers reading the body, after this function has returned
	const limit = new TimeLimit(options.deadline, options.signal);
	try {
		const response = await follow(address, dispatcher, limit.signal, options);
		return await openBody(response, limit, options);
	} catch (error) {
		limit.lift();
		throw toFault(error, limit, options);
	}
}

async function follow(
	address: string,
	dispatcher: Dispatcher,
	signal: AbortSignal,
	options: DownloadOptions,
): Promise<Dispatcher.ResponseData> {
	let url = await checkedUrl(address, undefined, signal, options);
	for (let hops = 0; ; hops++) {
		const { origin, pathname, search } = url;
		const path = `${pathname}${search}`;
		const response = await dispatcher.request({ origin, path, signal, method: 'GET' });
		const location = response.headers['location'];
		if (response.statusCode < 300 || response.statusCode >= 400 || typeof location !== 'string') {
			return response;
		}
		await response.body.dump();
		if (hops === MAX_REDIRECTS) throw refused(options.what, 'is redirected too often');
		url = await checkedUrl(location, url, signal, options);
	}
}

async function checkedUrl(
	address: string,
	base: URL | undefined,
	signal: AbortSignal,
	options: DownloadOptions,
): Promise<URL> {
	if (address.length > LONGEST_ADDRESS) {
		throw refused(options.what, `is longer than ${LONGEST_ADDRESS} characters`);
	}
	if (!URL.canParse(address, base?.href)) throw refused(options.what, 'is not a URL');
	const url = new URL(address, base);
	const host = bareHost(url.hostname);
	const inner = isLoopbackHost(host) || isInnerAddress(host);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && inner && options.innerAllowed)) {
		throw refused(options.what, 'does not begin with https://');
	}
	if (url.username || url.password) throw refused(options.what, 'holds a user name or password');
	// A literal address is never looked up, so it is checked here; names are checked in guardedLookup
	if (inner && !options.innerAllowed) throw refused(options.what, INNER);
	const reason = await options.policy?.refuses(url);
	if (reason) throw refused(options.what, `is not allowed by this n8n host (${reason})`);
	if (isProxySet() && !options.innerAllowed && isIP(host) === 0) await judge(host, signal, options);
	return url;
}

/** What a look-up says of a name that this network does not know. */
const NOT_KNOWN = ['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'];

/**
 * Looks a name up only to judge it, since a proxy connects without asking us. The proxy may get another
 * answer than we do, and in some networks it alone gets one. Then the certificate stands for the host: an
 * inner server has none for a stranger's name.
 *
 * @throws {BadAnswerFault}, or the error of the look-up
 */
async function judge(host: string, signal: AbortSignal, options: DownloadOptions): Promise<void> {
	const failure = await new Promise<unknown>((resolve) => {
		signal.addEventListener('abort', resolve, { once: true });
		guardedLookup(options)(host, { all: true }, resolve);
	});
	if (!failure) return;
	if (!NOT_KNOWN.includes(systemCode(failure))) throw failure as Error;
	if (!options.ignoreSslIssues) return;
	throw new BadAnswerFault(
		`The host of the ${options.what} is known to the proxy alone, so it may be inside your network`,
		"Nothing was fetched. Turn off 'Ignore SSL Issues' in the credential: then the host's certificate shows who it is. Or let the n8n host resolve names.",
	);
}

const INNER = "leads into the n8n host's own network";
const INNER_CODE = 'INNER_ADDRESS';

/** Checks the very addresses that will be connected to, so that a changing DNS answer gains nothing. */
function guardedLookup({ innerAllowed, policy }: DownloadOptions): LookupFunction {
	const lookup = policy?.lookup ?? systemLookup;
	return (hostname, options, callback) => {
		lookup(hostname, options, (error, addresses, family) => {
			if (error) return callback(error, addresses, family);
			const all = Array.isArray(addresses) ? addresses.map((one) => one.address) : [addresses];
			if (!innerAllowed && all.some(isInnerAddress)) {
				return callback(Object.assign(new Error(INNER), { code: INNER_CODE }), '', 0);
			}
			return callback(null, addresses, family);
		});
	};
}

async function openBody(
	response: Dispatcher.ResponseData,
	limit: TimeLimit,
	options: DownloadOptions,
): Promise<Download> {
	const { statusCode: status, headers, body } = response;
	if (status >= 200 && status < 300 && !WHOLE.includes(status)) {
		await body.dump();
		throw new BadAnswerFault(
			`The host of the ${options.what} sent no whole file (HTTP ${status})`,
			'Nothing was kept. Run the node again later; if it stays so, ask TW.',
		);
	}
	if (status < 200 || status >= 300) {
		await body.dump();
		throw faultForStatus({
			vendor: `The host of the ${options.what}`,
			status,
			headers: Object.fromEntries(
				Object.entries(headers).filter(
					(entry): entry is [string, string] => typeof entry[1] === 'string',
				),
			),
			what: options.what,
			facts: { httpStatus: status },
		});
	}
	// Without a listener, giving the body up would end the process
	body.on('error', () => undefined);
	const length = Number(headers['content-length']);
	if (length > options.maxBytes) {
		body.destroy();
		throw tooLarge(options);
	}
	const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
	let head: Buffer = Buffer.alloc(0);
	while (head.length < HEAD_BYTES) {
		const next = await chunks.next();
		if (next.done) break;
		head = Buffer.concat([head, next.value]);
	}
	if (head.length === 0) {
		throw new BadAnswerFault(
			`The ${options.what} is an empty file`,
			'Run the node again later; the vendor may not have made it yet.',
		);
	}
	const content = Readable.from(limited(head, chunks, limit, options), { objectMode: false });
	// A reader that never began has no generator to end
	content.once('close', () => {
		limit.lift();
		body.destroy();
	});
	return {
		head: head.subarray(0, HEAD_BYTES),
		content,
		...(Number.isFinite(length) ? { length } : {}),
	};
}

async function* limited(
	head: Buffer,
	rest: AsyncIterator<Buffer>,
	limit: TimeLimit,
	options: DownloadOptions,
): AsyncGenerator<Buffer> {
	try {
		let size = 0;
		for (let chunk: Buffer | undefined = head; chunk;) {
			size += chunk.length;
			if (size > options.maxBytes) throw tooLarge(options);
			yield chunk;
			const next: IteratorResult<Buffer> = await rest.next();
			chunk = next.done ? undefined : next.value;
		}
	} catch (error) {
		throw toFault(error, limit, options);
	} finally {
		// Ends the transfer if the reader stops early
		await rest.return?.();
	}
}

function refused(what: string, problem: string): BadAnswerFault {
	return new BadAnswerFault(
		`The ${what}'s address ${problem}`,
		`The file was not fetched. 'Get URL' shows the address that TW gave; ask TW if it is not right.`,
	);
}

export function tooLarge(options: Pick<DownloadOptions, 'what' | 'maxBytes'>): BadAnswerFault {
	const { what, maxBytes } = options;
	return new BadAnswerFault(
		`The ${what} is larger than ${Number((maxBytes / 1024 / 1024).toPrecision(2))} MB`,
		"Raise 'Maximum Size' in the options if you expect files of this size.",
	);
}

function toFault(error: unknown, limit: TimeLimit, options: DownloadOptions): Fault {
	if (error instanceof Fault) return error;
	if (options.signal?.aborted) return new CancelledFault();
	if (limit.signal.aborted) {
		return new TimedOutFault(
			`The ${options.what} did not arrive within ${seconds(options.deadline.totalMs)}`,
			"Run the node again later, or raise 'Timeout' in the options.",
		);
	}
	const code = systemCode(error);
	if (code === INNER_CODE) return refused(options.what, INNER);
	if (code.startsWith('UND_ERR_SOCKET') || code === 'ECONNRESET') {
		return new BrokenFault(
			`The connection to the host of the ${options.what} broke (${code})`,
			'Run the node again later.',
		);
	}
	return new UnreachableFault(
		`The host of the ${options.what} cannot be reached: ${connectionProblem(code)}`,
		'Run the node again later, or ask TW whether the address is right.',
	);
}

/**
 * A signal that stops a transfer at its deadline, or when its caller gives it up.
 *
 * `AbortSignal.any([AbortSignal.timeout(…)])` would be shorter. But Node 22 holds the timeout only weakly
 * then: after a garbage collection it never fires, and the transfer waits for ever.
 */
class TimeLimit {
	private readonly controller = new AbortController();
	private readonly timer: NodeJS.Timeout;
	private readonly stop = () => {
		this.lift();
		this.controller.abort();
	};

	/** @param given the caller's own signal */
	constructor(
		deadline: Deadline,
		private readonly given: AbortSignal | undefined,
	) {
		this.timer = setTimeout(this.stop, Math.max(1, Math.ceil(deadline.left())));
		given?.addEventListener('abort', this.stop, { once: true });
		if (given?.aborted) this.stop();
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Frees the timer and the caller's signal once the transfer has ended, well or not. */
	lift(): void {
		clearTimeout(this.timer);
		this.given?.removeEventListener('abort', this.stop);
	}
}
