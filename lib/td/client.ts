/** Speaks TD's wire: posts one flat event, reads code, message and sequence_id. */
import type { LookupFunction } from 'node:net';
import * as z from 'zod/v4';
import { clockAhead } from '../base/clock';
import type { Deadline } from '../base/deadline';
import { deliver } from '../base/delivery';
import { type DryRun, DryRunFault } from '../base/dry-run';
import {
	asFault,
	BadAnswerFault,
	CancelledFault,
	Fault,
	leavesOutcomeOpen,
	RefusedFault,
	UnknownOutcomeFault,
	type VendorFacts,
} from '../base/errors';
import type { Limits } from '../base/limits';
import type { Route } from '../http/pool';
import { type JsonAnswer, type Outgoing, postJson, shownRequest } from '../http/post-json';
import { faultForStatus } from '../http/status';
import { MASK, masked, redactor, redactRead, vendorText } from '../base/redact';
import { credentialQuery, type TdAccount } from './account';
import { faultForCode, TD_OK } from './codes';

/** How an event is delivered; the user's choice. */
export type EventDelivery = 'event-at-least-once' | 'event-at-most-once';

const answerSchema = z.looseObject({
	code: z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]),
	message: z.string().nullish(),
	sequence_id: z.union([z.string(), z.number()]).transform(String).nullish(),
});

/** TD's answer to an event it took; further members are kept. */
export type TdAnswer = Record<string, unknown> & { code: number };

/** What of an answer is read when another execution asks for it. */
const rememberedAnswer = z.object({
	code: z.number(),
	sequence_id: z.union([z.string(), z.number()]).nullish(),
});

export const ANSWER_MEMBERS = Object.keys(rememberedAnswer.shape);

/** An answer as the register gives it back; that it stands there says that TD took the event. */
export const recallAnswer = (answer: unknown): TdAnswer =>
	rememberedAnswer.catch({ code: TD_OK }).parse(answer);

/** How TD answered an empty object, which is no event. */
export interface TdLook {
	/** HTTP status; null if no answer came. */
	status: number | null;
	/** How far this host's clock is ahead of TD's, in milliseconds; undefined if TD tells no time. */
	clockAheadMs?: number | undefined;
	/** The answer as TD sent it, the key masked; undefined if it is no JSON. */
	body?: unknown;
	/** What the answer means to a node; undefined if TD took the empty object for an event. */
	fault?: Fault;
}

export interface ReportOptions extends Limits {
	delivery: EventDelivery;
	/** Names a wire field the way the editor shows it. */
	labelOf: (wireName: string) => string | undefined;
}

export class TdClient {
	/** Masks this partner's key in any text. */
	readonly redact: (text: string) => string;
	private readonly route: Route;
	/** With the query that holds the credentials. */
	private readonly path: string;
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
	}

	/** Where the partner's events go; without the query that holds the credentials. */
	get address(): URL {
		return this.account.url;
	}

	/** Whether this client sends nothing, but shows it in a {@link DryRunFault}. */
	get isDry(): boolean {
		return this.dryRun !== undefined;
	}

	/** A client of the same partner that sends nothing. */
	dry(dryRun: DryRun): this {
		const copy = Object.create(Object.getPrototypeOf(this) as object) as this;
		return Object.assign(copy, this, { dryRun });
	}

	/**
	 * Sends an empty object, which is no event and can't be taken for one.
	 *
	 * @returns TD's word on it: a refusal, as is to be expected
	 * @throws a fault of errors.ts if TD can't be reached or does not answer as TD
	 */
	async probe(deadline: Deadline): Promise<RefusedFault | undefined> {
		try {
			await this.attempt('{}', deadline.left(), () => undefined);
			return undefined;
		} catch (error) {
			if (error instanceof RefusedFault && error.facts.code !== undefined) return error;
			throw asFault(error);
		}
	}

	/**
	 * Sends an empty object, to learn how TD answers; that it can't be reached is part of it.
	 *
	 * @throws {CancelledFault}
	 */
	async look(limits: Limits): Promise<TdLook> {
		let seen: TdLook = { status: null };
		try {
			const { redact } = this;
			await deliver('read', limits, async () => {
				seen = { status: null };
				const answer = await this.post('{}', Math.min(limits.deadline.left(), ATTEMPT_MS));
				const { status, headers, reading } = answer;
				seen = { status, clockAheadMs: clockAhead(headers, Date.now()) };
				if (reading.ok) seen.body = redactRead(reading.value, reading.text, redact);
				readAnswer(answer, redact, () => undefined);
			});
			return seen;
		} catch (error) {
			const fault = asFault(error);
			if (fault instanceof CancelledFault) throw fault;
			return { ...seen, fault };
		}
	}

	/**
	 * Reports one event.
	 *
	 * @param body the serialised event; each attempt sends exactly these bytes
	 * @throws a fault of errors.ts; {@link UnknownOutcomeFault} if TD may have taken it
	 * @throws {DryRunFault} in place of sending, if this client is for a dry run
	 */
	async report(body: string, options: ReportOptions): Promise<TdAnswer> {
		const lost: Fault[] = [];
		let attempts = 0;
		try {
			return await deliver(options.delivery, options, async () => {
				attempts++;
				const timeout = attemptTimeout(options);
				const answer = await this.attempt(body, timeout, options.labelOf).catch(asFault);
				if (!(answer instanceof Fault)) return answer;
				if (leavesOutcomeOpen(answer)) lost.push(answer);
				throw answer;
			});
		} catch (error) {
			throw toOutcome(lost[0], asFault(error), attempts, options.delivery);
		}
	}

	/** One request, not aborted by a cancel: giving it up would only lose the outcome. */
	private async attempt(
		body: string,
		timeoutMs: number,
		labelOf: ReportOptions['labelOf'],
	): Promise<TdAnswer> {
		return readAnswer(await this.post(body, timeoutMs), this.redact, labelOf);
	}

	/** Every request of this client leaves here. */
	private async post(body: string, timeoutMs: number): Promise<JsonAnswer> {
		const { route, path } = this;
		const request: Outgoing = { vendor: 'TD', route, path, headers: {}, body };
		if (this.dryRun) throw new DryRunFault(shownRequest({ ...request, path: this.shownPath() }));
		return await postJson({ timeoutMs, ...request });
	}

	/** With nothing to be seen of the credentials. */
	private shownPath(): string {
		const path = pathWith(this.account.url, masked(credentialQuery(this.account)));
		return path.replaceAll(encodeURIComponent(MASK), MASK);
	}
}

const pathWith = ({ pathname }: URL, query: Record<string, string>) =>
	`${pathname}?${new URLSearchParams(query).toString()}`;

/**
 * TD's answer to an event it took.
 *
 * @throws the fault that its code or, where there is none, its HTTP status stands for
 */
function readAnswer(
	{ status, headers, reading }: JsonAnswer,
	redact: (text: string) => string,
	labelOf: ReportOptions['labelOf'],
): TdAnswer {
	const parsed = reading.ok ? answerSchema.safeParse(reading.value) : undefined;
	const facts: VendorFacts = { httpStatus: status };
	const fail = (meaning: number) =>
		faultForStatus({ vendor: 'TD', status: meaning, headers, what: 'order event', facts });
	const isSuccess = status >= 200 && status < 300;
	if (!reading.ok || !parsed?.success) {
		throw isSuccess
			? notTd(reading.ok ? "it has no 'code'" : reading.problem, facts)
			: fail(status);
	}
	const { code, message, sequence_id: sequenceId } = parsed.data;
	facts.code = code;
	if (message) facts.vendorMessage = vendorText(message, redact);
	if (sequenceId) facts.sequenceId = redact(sequenceId);
	if (code === TD_OK) {
		if (!isSuccess) throw fail(status);
		return redactRead(parsed.data, reading.text, redact) as TdAnswer;
	}
	// A documented code says more than the HTTP status, of which nothing is documented.
	throw code >= 9000 ? faultForCode(code, namedField(facts, labelOf), facts) : fail(code);
}

/** At least once: an attempt that hangs leaves time for another. At most once: it gets all the time. */
const ATTEMPT_MS = 20_000;

function attemptTimeout({ delivery, deadline }: ReportOptions): number {
	const left = deadline.left();
	return delivery === 'event-at-most-once' ? left : Math.min(left, ATTEMPT_MS);
}

/** The field in TD's message, e.g. `order_id empty`; the message's exact form is ASSUMED. */
function namedField(
	{ vendorMessage }: VendorFacts,
	labelOf: ReportOptions['labelOf'],
): string | undefined {
	for (const word of vendorMessage?.match(/[a-z][\w.]*/gi) ?? []) {
		const label = labelOf(word.split('.').at(-1)!);
		if (label) return label;
	}
	return undefined;
}

/**
 * What becomes of an event that no attempt was answered with success: unknown if an answer was lost.
 * What TD says of a later attempt is no word on an earlier one.
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
	const why =
		delivery === 'event-at-most-once'
			? "It was sent once and not again, because 'Delivery' is At Most Once."
			: `It was sent ${times}.`;
	const later = last === lost || attempts === 1 ? '' : `; the last attempt: ${last.message}`;
	return new UnknownOutcomeFault(
		`It is unknown whether TD took the event: ${lost.message}${later}`,
		`${why} Running this item again in a new execution reports it again; TD does not document how it treats a repeated event.`,
		last.facts,
	);
}

function notTd(problem: string, facts: VendorFacts): BadAnswerFault {
	return new BadAnswerFault(
		`The answer can not be read as TD's: ${problem}`,
		'Check the region and base URL of the TD API credential, and that no proxy or login page is in between.',
		facts,
	);
}
