/** Posts JSON to a vendor and returns its answer; every failure becomes a fault of errors.ts. */
import {
	BadAnswerFault,
	BrokenFault,
	CancelledFault,
	type Fault,
	TimedOutFault,
	UnreachableFault,
} from '../base/errors';
import type { ShownRequest } from '../base/dry-run';
import { dispatcherFor, exchange, type Route, TransportError } from './exchange';
import { readJson, type JsonReading } from './read-json';

/** Largest JSON answer accepted: far above any documented one, far below what would hurt the host. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** A request as it is sent, or shown in a dry run. */
export interface Outgoing {
	/** The vendor's name for messages, e.g. `TW`. */
	vendor: string;
	/** Its target is the vendor's scheme, host and port. */
	route: Route;
	/** Path and query. */
	path: string;
	headers: Record<string, string>;
	/** JSON text, serialised only once so that every attempt is byte-identical. */
	body: string;
}

export interface JsonRequest extends Outgoing {
	timeoutMs: number;
	signal?: AbortSignal | undefined;
}

export interface JsonAnswer {
	status: number;
	headers: Record<string, string>;
	reading: JsonReading;
}

const JSON_HEADERS = {
	'content-type': 'application/json',
	accept: 'application/json',
	// A compressed answer could unpack to any size; the vendors' answers are small anyway
	'accept-encoding': 'identity',
};

const METHOD = 'POST';
const allHeaders = (own: Record<string, string>) => Object.assign({}, JSON_HEADERS, own);

/** A request as a dry run shows it. Secrets in its path and headers must be masked already. */
export const shownRequest = ({ route, path, headers, body }: Outgoing): ShownRequest => ({
	method: METHOD,
	url: `${route.target}${path}`,
	headers: allHeaders(headers),
	body,
});

/**
 * One attempt, no retry.
 *
 * @throws {UnreachableFault} if the request never left
 * @throws {BrokenFault | TimedOutFault | BadAnswerFault | CancelledFault}
 */
export async function postJson(request: JsonRequest): Promise<JsonAnswer> {
	try {
		const answer = await exchange(dispatcherFor(request.route), {
			origin: request.route.target,
			path: request.path,
			method: METHOD,
			headers: allHeaders(request.headers),
			body: request.body,
			timeoutMs: request.timeoutMs,
			maxBytes: MAX_ANSWER_BYTES,
			signal: request.signal,
		});
		const { status, headers, body } = answer;
		const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
		const reading: JsonReading = isPlain
			? readJson(body, headers['content-type'])
			: { ok: false, problem: 'it is compressed although that was not asked for' };
		return { status, headers, reading };
	} catch (error) {
		throw toFault(error, request);
	}
}

function toFault(error: unknown, { vendor, timeoutMs, route }: JsonRequest): Fault {
	if (!(error instanceof TransportError)) throw error;
	if (error.transportCause === 'aborted') return new CancelledFault();
	if (!error.left) {
		return new UnreachableFault(
			`${vendor} cannot be reached: ${connectionProblem(error.code)}`,
			`Nothing was sent. Check the base URL of the credential (${route.target}), the network of the n8n host and its proxy settings.`,
		);
	}
	switch (error.transportCause) {
		case 'timeout':
			return new TimedOutFault(
				`${vendor} did not answer within ${seconds(timeoutMs)}`,
				"Run the node again later, or raise 'Timeout' in the options.",
			);
		case 'too-large':
			return new BadAnswerFault(
				`${vendor} sent an answer larger than ${MAX_ANSWER_BYTES / 1024 / 1024} MB`,
				'Check that the base URL of the credential is the right one.',
			);
		default:
			return new BrokenFault(
				`The connection to ${vendor} broke before the answer was complete (${error.code})`,
				'Run the node again later.',
			);
	}
}

/** Seconds with at most one decimal, for messages. */
export function seconds(ms: number): string {
	return `${Math.round(ms / 100) / 10} s`;
}

/** A system code in plain words. */
export function connectionProblem(code: string): string {
	switch (code) {
		case 'ECONNREFUSED':
			return 'the host refuses the connection (ECONNREFUSED)';
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return `the host name is not known (${code})`;
		case 'UND_ERR_CONNECT_TIMEOUT':
		case 'ETIMEDOUT':
		case 'DEADLINE':
			return 'no connection in time';
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return `there is no route to the host (${code})`;
		case 'DEPTH_ZERO_SELF_SIGNED_CERT':
		case 'SELF_SIGNED_CERT_IN_CHAIN':
		case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
		case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
		case 'CERT_HAS_EXPIRED':
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
			return `its TLS certificate cannot be verified (${code})`;
		case 'UND_ERR_INVALID_ARG':
			return 'a value of the credential cannot be sent in a request header';
		case 'UNKNOWN':
			return 'the connection failed';
		default:
			return `the connection failed (${code})`;
	}
}
