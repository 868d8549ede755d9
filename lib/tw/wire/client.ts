/** Speaks TW's wire: signs, posts, opens the envelope. Knows nothing about orders or labels. */
import type { LookupFunction } from 'node:net';
import { deliver, type DeliveryRule } from '../../base/delivery';
import { clockAhead, clockWords } from '../../base/clock';
import { type DryRun, heldBack, type ShownRequest } from '../../base/dry-run';
import { AuthenticationFault, type Fault, NotFoundFault } from '../../base/errors';
import type { Limits } from '../../base/limits';
import { pathUnder } from '../../http/credential';
import type { Route } from '../../http/exchange';
import { type JsonAnswer, type Outgoing, postJson, shownRequest } from '../../http/post-json';
import { askRaw, type RawAnswer } from '../../http/raw-answer';
import { masked, type Redact, redactor, redactRead, redactValue } from '../../base/redact';
import { serialise } from '../../base/json';
import { readTwAccount, type TwAccount, twAccountLabels } from './account';
import { twEndpoints, type TwEndpointName, type TwReadName } from './endpoints';
import { openEnvelope } from './envelope';
import { assumptionOf, explainNotFound } from './not-found';
import { signatureHeaders } from './signing';

/** How one call is delivered. */
export interface CallOptions extends Limits {
	rule: DeliveryRule;
	/** Leave secrets in the answer: only for what is used at once and never put out, such as a label's URL. */
	unmasked?: boolean;
	/** Only `code` 200 is a success, as for every write. */
	needsCode?: boolean;
	/** `errors` beside the data are a refusal. */
	refusesErrors?: boolean;
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
	/** All requests of this account share the pause that TW asks one of them for. */
	private readonly lane: string;
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
		this.lane = account.mark;
		this.routes = { read: { ...common, purpose: 'read' }, write: { ...common, purpose: 'write' } };
	}

	/** Where the account's requests go. */
	get address(): URL {
		return this.account.baseUrl;
	}

	/** Whether this client sends no write: it can only {@link show} it. */
	get isDry(): boolean {
		return this.dryRun !== undefined;
	}

	/** A client of the same account that sends no write, and reads only if the dry run asks. */
	dry(dryRun: DryRun): this {
		const copy = Object.create(Object.getPrototypeOf(this) as object) as this;
		return Object.assign(copy, this, { dryRun });
	}

	/**
	 * Calls an endpoint and returns the `data` of TW's answer, or the whole answer if it has none.
	 *
	 * Each attempt is signed for its own second, since TW may refuse an old time stamp.
	 *
	 * @param body an object, or one that is already serialised
	 * @throws a fault of errors.ts; NotFoundFault names what was asked for, and an assumed path
	 */
	async call(name: TwEndpointName, body: object | string, options: CallOptions): Promise<unknown> {
		const text = typeof body === 'string' ? body : serialise(body);
		const path = this.pathOf(name);
		try {
			const attempt = async () => {
				const { answer, redact } = await this.post(path, text, options);
				const { needsCode = options.rule === 'write', refusesErrors } = options;
				const data = opened(answer, name, redact, { needsCode, refusesErrors });
				if (options.unmasked || !answer.reading.ok) return data;
				// If TW repeats our secrets, they must not reach outputs and execution records
				return redactRead(data, answer.reading.text, redact);
			};
			return await deliver(options.rule, options, attempt, this.lane);
		} catch (error) {
			throw error instanceof NotFoundFault
				? explainNotFound(error, name, body, this.fullPath(name))
				: error;
		}
	}

	/** The request that {@link call} would send, with nothing to be seen of the signature. */
	show(name: TwEndpointName, body: object | string): ShownRequest {
		const text = typeof body === 'string' ? body : serialise(body);
		const request = this.outgoing(
			this.pathOf(name),
			text,
			this.signedAt(Date.now()).headers,
			'write',
		);
		return shownRequest({ ...request, headers: masked(request.headers) });
	}

	/**
	 * Asks an endpoint that reads, at this path, to learn how it answers rather than what.
	 *
	 * @throws {CancelledFault}; every other fault is part of what is learned
	 */
	async look(name: TwReadName, body: object, path: string, limits: Limits): Promise<RawAnswer> {
		const text = serialise(body);
		const post = async () => await this.post(path, text, { ...limits, rule: 'read' });
		const read = (answer: JsonAnswer, redact: Redact) =>
			redactValue(opened(answer, name, redact), redact);
		return await askRaw(limits, post, read, this.lane);
	}

	/** The endpoint's path, or the user's override. */
	pathOf(name: TwEndpointName): string {
		return this.account.paths[name] ?? twEndpoints[name].path;
	}

	/** That the path of an endpoint is assumed, and how to replace it; empty for a documented one. */
	assumption(name: TwEndpointName): string {
		return assumptionOf(name, this.fullPath(name));
	}

	private fullPath(name: TwEndpointName): string {
		return pathUnder(this.account.baseUrl, this.pathOf(name));
	}

	/** One attempt. Every request of this client leaves here. */
	private async post(
		path: string,
		body: string,
		options: CallOptions,
	): Promise<{ answer: JsonAnswer; redact: Signed['redact'] }> {
		const { headers, redact } = this.signedAt(Date.now());
		const isWrite = options.rule === 'write';
		if (this.dryRun && (isWrite || !this.dryRun.asks)) throw heldBack();
		const left = options.deadline.left();
		const answer = await postJson({
			timeoutMs: isWrite ? left : Math.min(left, READ_ATTEMPT_MS),
			// A write in flight is never given up: that would only lose its outcome
			signal: isWrite ? undefined : options.signal,
			...this.outgoing(path, body, headers, isWrite ? 'write' : 'read'),
		});
		return { answer, redact };
	}

	private outgoing(
		path: string,
		body: string,
		headers: Record<string, string>,
		purpose: 'read' | 'write',
	): Outgoing {
		const route = this.routes[purpose];
		return { vendor: 'TW', route, path: pathUnder(this.account.baseUrl, path), headers, body };
	}

	/** The requests of one second share a signature. */
	private signedAt(nowMs: number): Signed {
		const second = Math.floor(nowMs / 1000);
		if (this.signed?.second !== second) {
			const { apiToken, apiKey } = this.account;
			const headers = signatureHeaders(this.account, nowMs);
			this.signed = { second, headers, redact: redactor([apiToken, apiKey, headers['sign']!]) };
		}
		return this.signed;
	}
}

/**
 * A client for a decrypted credential.
 *
 * @param lookup the host's egress policy, where it has one
 * @throws {ValidationFault} naming the credential's field
 */
export const connectTw = (credential: unknown, lookup?: LookupFunction): TwClient =>
	new TwClient(readTwAccount(credential), lookup);

/** A read gets only a share of the deadline, so that a lost answer leaves time for another try. */
const READ_ATTEMPT_MS = 20_000;

/** The `data` of TW's answer, secrets not masked yet. */
function opened(
	answer: JsonAnswer,
	name: TwEndpointName,
	redact: Signed['redact'],
	proof: Pick<CallOptions, 'needsCode' | 'refusesErrors'> = {},
): unknown {
	try {
		return openEnvelope(answer, twEndpoints[name].title, redact, proof);
	} catch (error) {
		throw explainRefusal(error as Fault, answer.headers);
	}
}

/** A clock that is off by less is no suspect; what TW allows is not documented. Milliseconds. */
const WORTH_MENTIONING_MS = 60_000;

/** TW signs with the time, so a wrong clock, which the answer's Date header shows, looks like a wrong key. */
function explainRefusal(fault: Fault, headers: Record<string, string>): Fault {
	if (!(fault instanceof AuthenticationFault)) return fault;
	const ahead = clockAhead(headers, Date.now());
	if (ahead === undefined || Math.abs(ahead) < WORTH_MENTIONING_MS) {
		return fault.rephrased(fault.message, keysToCheck(fault));
	}
	return new AuthenticationFault(
		fault.message,
		`The clock of the n8n host is ${clockWords(ahead)} TW's, and TW's signature holds the time: set the clock first. Only if that does not help, check the keys.`,
		fault.facts,
	);
}

/** ASSUMED: TW's words for a wrong signature name it. Only the token goes into it. */
function keysToCheck({ facts: { vendorMessage = '' } }: Fault): string {
	const { username, apiKey, apiToken } = twAccountLabels;
	return /\bsign/i.test(vendorMessage)
		? `Check '${apiToken}' in the TW API credential, which makes the signature: copy it again, and check that it belongs to this '${apiKey}' and this base URL.`
		: `Check '${username}', '${apiKey}' and '${apiToken}' in the TW API credential, and that they belong to this base URL.`;
}
