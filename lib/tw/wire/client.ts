/** Speaks TW's wire: signs, posts, opens the envelope. Knows nothing of orders or labels. */
import type { LookupFunction } from 'node:net';
import { clockAhead } from '../../base/clock';
import { deliver, type DeliveryRule } from '../../base/delivery';
import { type DryRun, DryRunFault } from '../../base/dry-run';
import {
	asFault,
	AuthenticationFault,
	CancelledFault,
	type Fault,
	NotFoundFault,
	NotSentFault,
} from '../../base/errors';
import type { Limits } from '../../base/limits';
import { pathUnder } from '../../http/base-url';
import type { Route } from '../../http/pool';
import { type JsonAnswer, type Outgoing, postJson, shownRequest } from '../../http/post-json';
import { masked, redactor, redactRead, redactValue } from '../../base/redact';
import { serialise } from '../../base/safe-json';
import type { TwAccount } from './account';
import { clockAdvice } from './clock';
import { twEndpoints, type TwEndpointName, type TwReadName } from './endpoints';
import { openEnvelope } from './envelope';
import { signatureHeaders } from './signing';

/** How one call is delivered. */
export interface CallOptions extends Limits {
	rule: DeliveryRule;
	/**
	 * Give the answer as TW sent it, even if it repeats a key: only for what is used at once and never
	 * put out, such as the address of a label.
	 */
	unmasked?: boolean;
}

/** How TW answered a request, understood or not. */
export interface Look {
	/** As it would stand under 'Path Overrides'. */
	path: string;
	/** HTTP status; null if no answer came. */
	status: number | null;
	/** How far this host's clock is ahead of TW's, in milliseconds; undefined if TW tells no time. */
	clockAheadMs?: number | undefined;
	/** The answer as TW sent it, secrets masked; undefined if it is no JSON. */
	body?: unknown;
	/** `data` of a successful answer. */
	data?: unknown;
	/** Why there is none. */
	fault?: Fault;
}

/** What signs the requests of one second, and masks what an answer repeats of it. */
interface Signed {
	second: number;
	headers: Record<string, string>;
	redact: (text: string) => string;
}

export class TwClient {
	/** Masks this account's secrets in any text. */
	readonly redact: (text: string) => string;
	private readonly routes: { read: Route; write: Route };
	private signed: Signed | undefined;
	private dryRun: DryRun | undefined;

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

	/** Whether this client sends no write, but shows it in a {@link DryRunFault}. */
	get isDry(): boolean {
		return this.dryRun !== undefined;
	}

	/** A client of the same account that sends no write, and reads only if the dry run asks. */
	dry(dryRun: DryRun): this {
		const copy = Object.create(Object.getPrototypeOf(this) as object) as this;
		return Object.assign(copy, this, { dryRun });
	}

	/**
	 * Calls an endpoint and gives back the `data` of TW's answer, or the whole answer if it has none.
	 *
	 * Each attempt is signed for its own second, since TW may refuse an old time stamp.
	 *
	 * @param body an object, or one that is already serialised
	 * @throws a fault of errors.ts; for an assumed path, NotFoundFault says that it is one
	 * @throws {DryRunFault} in place of sending, if this client is for a dry run
	 */
	async call(name: TwEndpointName, body: object | string, options: CallOptions): Promise<unknown> {
		const text = typeof body === 'string' ? body : serialise(body);
		const path = this.pathOf(name);
		try {
			return await deliver(options.rule, options, async () => {
				const { answer, redact } = await this.post(path, text, options);
				const data = opened(answer, name, redact);
				if (options.unmasked || !answer.reading.ok) return data;
				// What TW repeats of our request must not reach outputs and execution records either.
				return redactRead(data, answer.reading.text, redact);
			});
		} catch (error) {
			throw error instanceof NotFoundFault
				? this.explainNotFound(error, name, pathUnder(this.account.baseUrl, path))
				: error;
		}
	}

	/**
	 * Asks an endpoint that reads, to learn how it answers rather than what.
	 *
	 * @param path another path than the endpoint's
	 * @throws {CancelledFault}; every other fault is part of what is learned
	 */
	async look(
		name: TwReadName,
		body: object,
		{ path = this.pathOf(name), ...limits }: Limits & { path?: string },
	): Promise<Look> {
		const text = serialise(body);
		let seen: Look = { path, status: null };
		try {
			const data = await deliver('read', limits, async () => {
				seen = { path, status: null };
				const { answer, redact } = await this.post(path, text, { ...limits, rule: 'read' });
				const { status, reading, headers } = answer;
				seen = { path, status, clockAheadMs: clockAhead(headers, Date.now()) };
				if (reading.ok) seen.body = redactRead(reading.value, reading.text, redact);
				return redactValue(opened(answer, name, redact), redact);
			});
			return { ...seen, data };
		} catch (error) {
			const fault = asFault(error);
			if (fault instanceof CancelledFault) throw fault;
			return { ...seen, fault };
		}
	}

	/** The endpoint's path, or what the user has entered for it. */
	pathOf(name: TwEndpointName): string {
		return this.account.paths[name] ?? twEndpoints[name].path;
	}

	/** One attempt. */
	private async post(
		path: string,
		body: string,
		options: CallOptions,
	): Promise<{ answer: JsonAnswer; redact: Signed['redact'] }> {
		const { headers, redact } = this.signedAt(Date.now());
		const isWrite = options.rule === 'write';
		const request: Outgoing = {
			vendor: 'TW',
			route: this.routes[isWrite ? 'write' : 'read'],
			path: pathUnder(this.account.baseUrl, path),
			headers,
			body,
		};
		this.holdBackInDryRun(request, options.rule);
		const answer = await postJson({
			timeoutMs: attemptTimeout(options),
			// A write in flight gets its answer: giving it up would only lose the outcome.
			signal: isWrite ? undefined : options.signal,
			...request,
		});
		return { answer, redact };
	}

	/** Every request of this client passes here right before it leaves; the signature is secret. */
	private holdBackInDryRun(request: Outgoing, rule: DeliveryRule): void {
		const { dryRun } = this;
		if (!dryRun || (dryRun.asks && rule === 'read')) return;
		if (rule === 'read') throw asksNothing();
		throw new DryRunFault(shownRequest({ ...request, headers: masked(request.headers) }));
	}

	/** A signature holds for a second, so the requests of one second share it. */
	private signedAt(nowMs: number): Signed {
		const second = Math.floor(nowMs / 1000);
		if (this.signed?.second !== second) {
			const { apiToken, apiKey } = this.account;
			const headers = signatureHeaders(this.account, nowMs);
			this.signed = { second, headers, redact: redactor([apiToken, apiKey, headers['sign']!]) };
		}
		return this.signed;
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

const asksNothing = () =>
	new NotSentFault('Nothing was asked at TW, because this is a dry run', "Turn 'Dry Run' off.");

/** Reads get a share of the deadline each, so that one lost answer leaves time for another try. */
const READ_ATTEMPT_MS = 20_000;

function attemptTimeout({ rule, deadline }: CallOptions): number {
	const left = deadline.left();
	return rule === 'write' ? left : Math.min(left, READ_ATTEMPT_MS);
}

/** The `data` of TW's answer, secrets still in it. */
function opened(answer: JsonAnswer, name: TwEndpointName, redact: Signed['redact']): unknown {
	try {
		return openEnvelope(answer, twEndpoints[name].title, redact);
	} catch (error) {
		throw explain(error as Fault, answer.headers);
	}
}

/** Puts the clock before the keys as a suspect where the answer's Date header shows that it is off. */
function explain(fault: Fault, headers: Record<string, string>): Fault {
	if (!(fault instanceof AuthenticationFault)) return fault;
	const advice = clockAdvice(headers, Date.now());
	return advice ? new AuthenticationFault(fault.message, advice, fault.facts) : fault;
}
