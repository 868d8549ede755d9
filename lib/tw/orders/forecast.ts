/**
 * Reads the answer of orderForecast, which no public page shows, and reads back what the register kept
 * of it.
 *
 * ASSUMED: one object, a list, or a map keyed by order number; a `request_id` means that TW took the order.
 * Orders are matched by number, never by position; a lone order needs no number.
 */
import * as z from 'zod/v4';
import { isRecord } from '../../base/json';
import { errorsText } from '../wire/answers';

/** What the register keeps of an accepted ticket, for later executions. */
const rememberedTicket = z.object({
	requestId: z.string().min(1),
	status: z.number().optional(),
	product: z.string().optional(),
});

export const REMEMBERED_TICKET_MEMBERS = Object.keys(rememberedTicket.shape);

/** A ticket as the register gives it back; undefined if nothing usable was kept of it. */
export function recallTicket(no: string, answer: unknown): AcceptedTicket | undefined {
	const { data } = rememberedTicket.safeParse(answer);
	return data && { no, ...data };
}

export interface AcceptedTicket {
	no: string;
	requestId: string;
	/** A state from states.ts, if the answer already had one. */
	status?: number | undefined;
	/** TW's `errors` as sent. */
	errors?: unknown;
	/** The channel it was sent with; ours, not TW's. */
	product?: string | undefined;
}

/** A ticket that TW names without a request_id, and with errors or a failed state. */
export interface RefusedTicket {
	no: string;
	status?: number;
	errors?: unknown;
}

export interface ForecastAnswer {
	accepted: AcceptedTicket[];
	refused: RefusedTicket[];
}

/** How deep to look for a `request_id`: at most in a list inside a member of `data`. */
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
	const { no: given, request_id: id, status, errors } = value;
	const isNamed = typeof given === 'string' || typeof given === 'number';
	const unnamed = sent.length === 1 ? sent[0] : sent.find((one) => one === key);
	const named = isNamed ? String(given) : unnamed;
	const no = sent.find((one) => one === named);
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
