/** Speaks TD's wire: posts one flat event, reads code, message and sequence_id. */
import type { LookupFunction } from 'node:net';
import * as z from 'zod/v4';
import type { Deadline } from '../base/deadline';
import { deliver } from '../base/delivery';
import { type DryRun, heldBack, type ShownRequest } from '../base/dry-run';
import {
	asFault,
	BadAnswerFault,
	Fault,
	leavesOutcomeOpen,
	RateLimitedFault,
	RefusedFault,
	UnknownOutcomeFault,
	type VendorFacts,
} from '../base/errors';
import type { Limits } from '../base/limits';
import type { Route } from '../http/exchange';
import { type JsonAnswer, type Outgoing, postJson, shownRequest } from '../http/post-json';
import { askRaw, type RawAnswer } from '../http/raw-answer';
import { faultForStatus, retryAfter } from '../http/status';
import { errorsText, isEmpty, isRecord } from '../base/json';
import { MASK, masked, redactor, redactRead, vendorText } from '../base/redact';
import { credentialQuery, readTdAccount, type TdAccount } from './account';
import { faultForCode, TD_OK, tdCodes } from './codes';

/** How an event is delivered; the user's choice. */
export type EventDelivery = 'event-at-least-once' | 'event-at-most-once';

/** TD's answer to an event it took; further members are kept. */
export type TdAnswer = Record<string, unknown> & { code: number };

/** The members of an answer that another execution reads. */
const rememberedAnswer = z.object({
	code: z.number(),
	sequence_id: z.union([z.string(), z.number()]).nullish(),
});

export const ANSWER_MEMBERS = Object.keys(rememberedAnswer.shape);

/** An answer as the register gives it back; that the register has it means that TD took the event. */
export const recallAnswer = (answer: unknown): TdAnswer =>
	rememberedAnswer.catch({ code: TD_OK }).parse(answer);

/** A member's name, or an index. */
type Step = string | number;

export interface ReportOptions extends Limits {
	delivery: EventDelivery;
	/** Names a place in the event, or a member whose place TD does not tell, the way the editor shows it. */
	labelOf: (path: readonly Step[]) => string | undefined;
}

export class TdClient {
	/** Masks this partner's key in any text. */
	readonly redact: (text: string) => string;
	private readonly route: Route;
	/** With the query that holds the credentials. */
	private readonly path: string;
	/** All events of this partner share the pause that TD asks one of them for. */
	private readonly lane: string;
	private dryRun: DryRun | undefined;

	/** @param lookup the host's egress policy, where it has one */
	constructor(
		readonly account: TdAccount,
		lookup?: LookupFunction,
	) {
		this.redact = redactor([account.partnerKey]);
		const { url, ignoreSslIssues } = account;
		this.route = { target: url.origin, ignoreSslIssues, purpose: 'write', lookup };
		this.path = pathWith(url, credentialQuery(account));
		this.lane = account.mark;
	}

	/** Where events go, without the query that holds the credentials. */
	get address(): URL {
		return this.account.url;
	}

	/** Decides the currency that amounts must carry. */
	get region(): TdAccount['region'] {
		return this.account.region;
	}

	/** Whether this client sends nothing: it can only {@link show} it. */
	get isDry(): boolean {
		return this.dryRun !== undefined;
	}

	/** A client of the same partner that sends nothing. */
	dry(dryRun: DryRun): this {
		const copy = Object.create(Object.getPrototypeOf(this) as object) as this;
		return Object.assign(copy, this, { dryRun });
	}

	/**
	 * Sends an empty object, which can't be taken for an event.
	 *
	 * @returns TD's refusal with a documented code, which is the expected answer
	 * @throws a fault of errors.ts if TD can't be reached or does not answer as TD
	 */
	async probe(deadline: Deadline): Promise<RefusedFault | undefined> {
		try {
			await this.attempt('{}', deadline.left(), () => undefined);
			return undefined;
		} catch (error) {
			if (error instanceof RefusedFault && isDocumented(error.facts.code)) return error;
			throw asFault(error);
		}
	}

	/**
	 * Sends an empty object to see how TD answers, or that it can't be reached.
	 *
	 * @throws {CancelledFault}
	 */
	async look(limits: Limits): Promise<RawAnswer> {
		const { redact } = this;
		const post = async () => {
			const timeout = Math.min(limits.deadline.left(), ATTEMPT_MS);
			return { answer: await this.post('{}', timeout), redact };
		};
		const read = (answer: JsonAnswer) => readAnswer(answer, redact, () => undefined);
		return await askRaw(limits, post, read, this.lane);
	}

	/**
	 * Reports one event.
	 *
	 * @param body the serialised event; each attempt sends exactly these bytes
	 * @throws a fault of errors.ts; {@link UnknownOutcomeFault} if TD may have taken it
	 */
	async report(body: string, options: ReportOptions): Promise<TdAnswer> {
		const lost: Fault[] = [];
		let attempts = 0;
		try {
			const attempt = async () => {
				attempts++;
				const timeout = attemptTimeout(options);
				const answer = await this.attempt(body, timeout, options.labelOf).catch(asFault);
				if (!(answer instanceof Fault)) return answer;
				if (leavesOutcomeOpen(answer)) lost.push(answer);
				throw answer;
			};
			return await deliver(options.delivery, options, attempt, this.lane);
		} catch (error) {
			throw toOutcome(lost[0], asFault(error), attempts, options.delivery);
		}
	}

	/** One request. A cancel does not abort it, since that would only lose the outcome. */
	private async attempt(
		body: string,
		timeoutMs: number,
		labelOf: ReportOptions['labelOf'],
	): Promise<TdAnswer> {
		return readAnswer(await this.post(body, timeoutMs), this.redact, labelOf);
	}

	/** Every request of this client leaves here. */
	private async post(body: string, timeoutMs: number): Promise<JsonAnswer> {
		if (this.dryRun) throw heldBack();
		return await postJson({ timeoutMs, ...this.outgoing(this.path, body) });
	}

	/** The request that {@link report} would send, with the credentials masked. */
	show(body: string): ShownRequest {
		const path = pathWith(this.account.url, masked(credentialQuery(this.account)));
		return shownRequest(this.outgoing(path.replaceAll(encodeURIComponent(MASK), MASK), body));
	}

	private outgoing(path: string, body: string): Outgoing {
		return { vendor: 'TD', route: this.route, path, headers: {}, body };
	}
}

/**
 * A client for a decrypted credential.
 *
 * @param lookup the host's egress policy, where it has one
 * @throws {ValidationFault} naming the credential's field
 */
export const connectTd = (credential: unknown, lookup?: LookupFunction): TdClient =>
	new TdClient(readTdAccount(credential), lookup);

const pathWith = ({ pathname }: URL, query: Record<string, string>) =>
	`${pathname}?${new URLSearchParams(query).toString()}`;

/** Codes that mean the same as the HTTP status. ASSUMED: TD documents none of them. */
const LIKE_HTTP: readonly number[] = [401, 403, 429];

/**
 * TD's answer to an event it took: HTTP 2xx and code 200, whatever stands beside it.
 *
 * Every other code is TD's own and no HTTP status. What TD documents counts over any status, since TD documents
 * no status; any other code counts unless the status says more than that TD refuses.
 *
 * @throws the fault for its code, or for its HTTP status
 */
function readAnswer(
	{ status, headers, reading }: JsonAnswer,
	redact: (text: string) => string,
	labelOf: ReportOptions['labelOf'],
): TdAnswer {
	const body = reading.ok && isRecord(reading.value) ? reading.value : undefined;
	const code = codeOf(body?.['code']);
	const facts = factsOf(status, code, body ?? {}, redact);
	const like = (meaning: number) =>
		faultForStatus({ vendor: 'TD', status: meaning, headers, what: 'order event', facts });
	const failed = status >= 200 && status < 300 ? undefined : like(status);
	const isTds = code !== undefined && code !== TD_OK && code !== status;
	if (failed && !(isTds && (failed instanceof RefusedFault || saysMore(code, failed)))) {
		throw failed;
	}
	if (!reading.ok) throw notTd(reading.problem, facts);
	if (!body || code === undefined) {
		throw notTd(
			body && 'code' in body ? "its 'code' is no whole number" : "it has no 'code'",
			facts,
		);
	}
	if (code === TD_OK) {
		const { sequence_id: id } = body;
		const answer = typeof id === 'number' ? { ...body, sequence_id: String(id) } : body;
		return redactRead({ ...answer, code }, reading.text, redact) as TdAnswer;
	}
	if (LIKE_HTTP.includes(code)) throw like(code);
	const retryAfterMs = retryAfter(headers);
	const said = retryAfterMs === undefined ? facts : { ...facts, retryAfterMs };
	throw faultForCode(code, namedField(facts, labelOf), said);
}

const isDocumented = (code: VendorFacts['code'] = '') => Object.hasOwn(tdCodes, code);

/** Whether the code says more than the status: of the pause that a status asks for, no code speaks. */
const saysMore = (code: number, failed: Fault) =>
	isDocumented(code) && !(failed instanceof RateLimitedFault);

/** A whole number, also as text. */
function codeOf(raw: unknown): number | undefined {
	const code = typeof raw === 'string' && /^(0|-?[1-9]\d*)$/.test(raw) ? Number(raw) : raw;
	return Number.isSafeInteger(code) ? (code as number) : undefined;
}

/** TD's own words, in whatever form they come. */
function factsOf(
	httpStatus: number,
	code: number | undefined,
	{ message, msg, errors, sequence_id: sequence }: Record<string, unknown>,
	redact: (text: string) => string,
): VendorFacts {
	const textOf = (said: unknown) => (typeof said === 'string' ? said : JSON.stringify(said));
	const words = (...all: unknown[]) =>
		vendorText(
			all
				.filter((said) => !isEmpty(said))
				.map(textOf)
				.join(': '),
			redact,
		);
	const vendorMessage = words(isEmpty(message) ? msg : message, errorsText(errors));
	const sequenceId = words(sequence);
	return {
		httpStatus,
		...(code === undefined ? {} : { code }),
		...(vendorMessage ? { vendorMessage } : {}),
		...(sequenceId ? { sequenceId } : {}),
	};
}

const ATTEMPT_MS = 20_000;

/** At least once: an attempt that hangs leaves time for another. At most once: it gets all the time. */
function attemptTimeout({ delivery, deadline }: ReportOptions): number {
	const left = deadline.left();
	return delivery === 'event-at-most-once' ? left : Math.min(left, ATTEMPT_MS);
}

/**
 * The field in TD's message, e.g. `payment.coupons[0].begin_time empty`. ASSUMED: `{Parameter}` is the member's
 * path in the body, however it is written, or the member's name.
 */
function namedField(
	{ vendorMessage = '' }: VendorFacts,
	labelOf: ReportOptions['labelOf'],
): string | undefined {
	for (const path of vendorMessage.match(/[a-z_]\w*([./]\w+|\[\d+\])*/gi) ?? []) {
		const steps = path.match(/\w+/g) ?? [];
		const label = labelOf(steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step)));
		if (label) return label;
	}
	return undefined;
}

/** The way out of a report at most once whose answer was lost. */
export const REPORT_AGAIN =
	"If TD may get it twice, set 'Delivery' to At Least Once and run this item again, or retry the execution with the currently saved workflow.";

/**
 * The fault of an event without a success: unknown if an answer was lost, whatever TD answered to a later
 * attempt.
 */
function toOutcome(
	lost: Fault | undefined,
	last: Fault,
	attempts: number,
	delivery: EventDelivery,
): Fault {
	if (!lost) return last;
	const times =
		attempts === 1 ? 'once' : `more than once (${attempts} times), each time with the same bytes`;
	const advice =
		delivery === 'event-at-most-once'
			? `It was sent once and not again, because 'Delivery' is At Most Once. ${REPORT_AGAIN}`
			: `It was sent ${times}. Running this item again in a new execution reports it again; TD does not document how it treats a repeated event.`;
	const later = last === lost || attempts === 1 ? '' : `; the last attempt: ${last.message}`;
	return new UnknownOutcomeFault(
		`It is unknown whether TD took the event: ${lost.message}${later}`,
		advice,
		last.facts,
	);
}

const notTd = (problem: string, facts: VendorFacts) =>
	new BadAnswerFault(
		`The answer cannot be read as TD's: ${problem}`,
		'Check the region and base URL of the TD API credential, and that no proxy or login page is in between.',
		facts,
	);
