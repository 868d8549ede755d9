/**
 * Reads the answer of orderForecast, which no public page shows.
 *
 * ASSUMED: one object, a list, or a map keyed by order number; a `request_id` says that TW took the
 * order. Orders are matched by number, never by position.
 */
import * as z from 'zod/v4';
import { isRecord } from '../../base/json-value';
import { errorsText } from '../wire/answers';

/** What is read of an accepted ticket when another execution asks for it. */
const rememberedTicket = z.object({
	requestId: z.string().min(1),
	status: z.number().optional(),
	product: z.string().optional(),
});

export const TICKET_MEMBERS = Object.keys(rememberedTicket.shape);

/** A ticket as the register gives it back; undefined if nothing usable was kept of it. */
export function recallTicket(no: string, answer: unknown): AcceptedTicket | undefined {
	const { data } = rememberedTicket.safeParse(answer);
	return data && { no, ...data };
}

export interface AcceptedTicket {
	no: string;
	requestId: string;
	/** A state of order-states.ts, if TW gave one at once. */
	status?: number | undefined;
	/** TW's `errors` as sent. */
	errors?: unknown;
	/** The channel it was sent with; ours, not TW's. */
	product?: string | undefined;
}

/** A ticket that TW names without a request_id, and with errors or a state that says it failed. */
export interface RefusedTicket {
	no: string;
	status?: number;
	errors?: unknown;
}

export interface ForecastAnswer {
	accepted: AcceptedTicket[];
	refused: RefusedTicket[];
}

/** How deep a `request_id` is looked for: a list inside a member of `data` at the most. */
const DEPTH = 3;

/**
 * The orders that TW says it has taken, and those it says it has not.
 *
 * @param sent the order numbers of the request; the only one may be matched without its number
 */
export function readForecast(data: unknown, sent: readonly string[]): ForecastAnswer {
	const answer: ForecastAnswer = { accepted: [], refused: [] };
	collect(data, undefined, DEPTH, answer, sent);
	return answer;
}

function collect(
	value: unknown,
	key: string | undefined,
	depth: number,
	answer: ForecastAnswer,
	sent: readonly string[],
): void {
	if (Array.isArray(value)) {
		if (depth > 0) for (const entry of value) collect(entry, undefined, depth - 1, answer, sent);
		return;
	}
	if (!isRecord(value)) return;
	const named = numberOf(value['no']) ?? (sent.includes(key ?? '') ? key : onlyOne(sent));
	const no = named !== undefined && sent.includes(named) ? named : undefined;
	const { request_id: id, status, errors } = value;
	if ((typeof id === 'string' && id !== '') || typeof id === 'number') {
		if (no === undefined) return;
		const ticket: AcceptedTicket = { no, requestId: String(id) };
		if (typeof status === 'number') ticket.status = status;
		if (errors !== undefined) ticket.errors = errors;
		answer.accepted.push(ticket);
		return;
	}
	const hasFailed = typeof status === 'number' && status < 0;
	if (no !== undefined && (hasFailed || errorsText(errors) !== '')) {
		answer.refused.push(hasFailed ? { no, status, errors } : { no, errors });
		return;
	}
	if (depth === 0) return;
	for (const [name, member] of Object.entries(value)) {
		collect(member, name, depth - 1, answer, sent);
	}
}

function numberOf(no: unknown): string | undefined {
	return typeof no === 'string' || typeof no === 'number' ? String(no) : undefined;
}

function onlyOne(sent: readonly string[]): string | undefined {
	return sent.length === 1 ? sent[0] : undefined;
}
