/** Speaks TW's wire: signs, posts, opens the envelope. Knows nothing of orders or labels. */
import type { LookupFunction } from 'node:net';
import type { Deadline } from '../deadline';
import { deliver, type DeliveryRule } from '../delivery';
import { AuthenticationFault, type Fault, NotFoundFault } from '../errors';
import { pathUnder } from '../http/base-url';
import type { Route } from '../http/pool';
import { postJson } from '../http/post-json';
import { MASK, redactor, redactRead } from '../redact';
import { serialise } from '../safe-json';
import type { TwAccount } from './account';
import { clockAdvice } from './clock';
import { twEndpoints, type TwEndpointName } from './endpoints';
import { openEnvelope } from './envelope';
import { signatureHeaders } from './signing';

/** How one call is delivered. */
export interface CallOptions {
	rule: DeliveryRule;
	deadline: Deadline;
	signal?: AbortSignal | undefined;
	/**
	 * Give the answer as TW sent it, even if it repeats a key: only for what is used at once and never
	 * put out, such as the address of a label.
	 */
	unmasked?: boolean;
}

export class TwClient {
	/** Masks this account's secrets in any text. */
	readonly redact: (text: string) => string;
	private readonly routes: { read: Route; write: Route };
	private signed: { second: number; headers: Record<string, string> } | undefined;

	/** @param lookup the host's egress policy, where it has one */
	constructor(
		readonly account: TwAccount,
		lookup?: LookupFunction,
	) {
		this.redact = redactor([account.apiToken, account.apiKey]);
		const { baseUrl, ignoreSslIssues } = account;
		const common = { target: baseUrl.origin, ignoreSslIssues, lookup };
		this.routes = { read: { ...common, purpose: 'read' }, write: { ...common, purpose: 'write' } };
	}

	/** Where the account's requests go. */
	get address(): URL {
		return this.account.baseUrl;
	}

	/**
	 * Calls an endpoint and gives back the `data` of TW's answer, or the whole answer if it has none.
	 *
	 * Each attempt is signed anew, since TW may refuse an old time stamp.
	 *
	 * @param body an object, or one that is already serialised
	 * @throws a fault of errors.ts; for an assumed path, NotFoundFault says that it is one
	 */
	async call(name: TwEndpointName, body: object | string, options: CallOptions): Promise<unknown> {
		const { account } = this;
		const text = typeof body === 'string' ? body : serialise(body);
		const path = pathUnder(account.baseUrl, account.paths[name] ?? twEndpoints[name].path);
		const isWrite = options.rule === 'write';
		try {
			return await deliver(options.rule, options, async () => {
				const headers = this.headersAt(Date.now());
				const redact = (answer: string) => this.redact(answer).replaceAll(headers['sign']!, MASK);
				const answer = await postJson({
					vendor: 'TW',
					route: this.routes[isWrite ? 'write' : 'read'],
					path,
					headers,
					body: text,
					timeoutMs: attemptTimeout(options),
					// A write in flight gets its answer: giving it up would only lose the outcome.
					signal: isWrite ? undefined : options.signal,
				});
				try {
					// What TW repeats of our request must not reach outputs and execution records either.
					const data = openEnvelope(answer, twEndpoints[name].title, redact);
					if (options.unmasked || !answer.reading.ok) return data;
					return redactRead(data, answer.reading.text, redact);
				} catch (error) {
					throw explain(error as Fault, answer.headers);
				}
			});
		} catch (error) {
			throw error instanceof NotFoundFault ? this.explainNotFound(error, name, path) : error;
		}
	}

	/** A signature holds for a second, so the requests of one second share it. */
	private headersAt(nowMs: number): Record<string, string> {
		const second = Math.floor(nowMs / 1000);
		if (this.signed?.second !== second) {
			this.signed = { second, headers: signatureHeaders(this.account, nowMs) };
		}
		return this.signed.headers;
	}

	/** An assumed path may simply be wrong, and the person in the editor can mend that. */
	private explainNotFound(fault: NotFoundFault, name: TwEndpointName, path: string): NotFoundFault {
		if (twEndpoints[name].source === 'documented') return fault;
		return new NotFoundFault(
			fault.message,
			`Check the number. If it is right: the path ${path} is an assumption, because TW's page for '${twEndpoints[name].title}' is not public. Ask TW for the right one and enter it under 'Path Overrides' in the TW API credential.`,
			fault.facts,
		);
	}
}

/** Reads get a share of the deadline each, so that one lost answer leaves time for another try. */
const READ_ATTEMPT_MS = 20_000;

function attemptTimeout({ rule, deadline }: CallOptions): number {
	const left = deadline.left();
	return rule === 'write' ? left : Math.min(left, READ_ATTEMPT_MS);
}

/** Puts the clock before the keys as a suspect where the answer's Date header shows that it is off. */
function explain(fault: Fault, headers: Record<string, string>): Fault {
	if (!(fault instanceof AuthenticationFault)) return fault;
	const advice = clockAdvice(headers['date'], Date.now());
	return advice ? new AuthenticationFault(fault.message, advice, fault.facts) : fault;
}
