/** Speaks TD's wire: posts one flat event, reads code, message and sequence_id. */
import type { LookupFunction } from 'node:net';
import * as z from 'zod/v4';
import type { Deadline } from '../deadline';
import { deliver } from '../delivery';
import {
	asFault,
	BadAnswerFault,
	Fault,
	leavesOutcomeOpen,
	RefusedFault,
	UnknownOutcomeFault,
	type VendorFacts,
} from '../errors';
import type { Route } from '../http/pool';
import { type JsonAnswer, postJson } from '../http/post-json';
import { faultForStatus } from '../http/status';
import { redactor, redactRead, vendorText } from '../redact';
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

export interface ReportOptions {
	delivery: EventDelivery;
	deadline: Deadline;
	signal?: AbortSignal | undefined;
	/** Names a wire field the way the editor shows it. */
	labelOf: (wireName: string) => string | undefined;
}

export class TdClient {
	/** Masks this partner's key in any text. */
	readonly redact: (text: string) => string;
	private readonly route: Route;
	/** With the query that holds the credentials. */
	private readonly path: string;

	/** @param lookup the host's egress policy, where it has one */
	constructor(
		readonly account: TdAccount,
		lookup?: LookupFunction,
	) {
		this.redact = redactor([account.partnerKey]);
		const { url, ignoreSslIssues } = account;
		this.route = { target: url.origin, ignoreSslIssues, purpose: 'write', lookup };
		this.path = `${url.pathname}?${new URLSearchParams(credentialQuery(account)).toString()}`;
	}

	/** Where the partner's events go; without the query that holds the credentials. */
	get address(): URL {
		return this.account.url;
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
	 * Reports one event.
	 *
	 * @param body the serialised event; each attempt sends exactly these bytes
	 * @throws a fault of errors.ts; {@link UnknownOutcomeFault} if TD may have taken it
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
		const { route, path, redact } = this;
		const answer = await postJson({ vendor: 'TD', route, path, headers: {}, body, timeoutMs });
		return readAnswer(answer, redact, labelOf);
	}
}

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
