/**
 * Reads the answer of orderForecast, which no public page shows, and reads back what the register kept
 * of it.
 *
 * ASSUMED: one object, a list, or a map keyed by order number. Orders are matched by number, never by position. What
 * TW says of an order without its number may be about something else, such as a trace id.
 */
import * as z from 'zod/v4';
import { errorsText, isRecord } from '../../base/json';
import type { SentAs } from './failed';
import { numberIn, stateIn, wordsBeside } from '../wire/answers';

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

export interface AcceptedTicket extends SentAs {
	no: string;
	requestId: string;
	/** A state from states.ts, if the answer already had one. */
	status?: number | undefined;
	/** TW's `errors`, in one line. */
	errors?: string | undefined;
}

/** What TW's answer says of one order of the request. */
export interface AnsweredTicket {
	no: string;
	/** By its number; the only order of a request is matched without it. */
	isNamed: boolean;
	requestId?: string;
	/** A state from states.ts. */
	status?: number;
	/** TW's `errors` in one line; empty if there are none. */
	errors: string;
}

/** How deep to look for a `request_id`: at most in a list inside a member of `data`. */
const DEPTH = 3;

/**
 * What TW says of the orders: first what has a `request_id`, and of that first what names its order.
 *
 * @param sent the order numbers of the request
 */
export function readForecast(data: unknown, sent: readonly string[]): AnsweredTicket[] {
	const tickets = ticketsIn(data, undefined, DEPTH, sent);
	const rank = ({ requestId, isNamed }: AnsweredTicket) => (requestId ? 0 : 2) + (isNamed ? 0 : 1);
	return tickets.sort((a, b) => rank(a) - rank(b));
}

function ticketsIn(
	value: unknown,
	key: string | undefined,
	depth: number,
	sent: readonly string[],
): AnsweredTicket[] {
	if (Array.isArray(value)) {
		if (depth === 0) return [];
		return value.flatMap((entry) => ticketsIn(entry, undefined, depth - 1, sent));
	}
	if (!isRecord(value)) return [];
	// A list as an object map: its keys are places, not numbers
	const isList = Object.keys(value).every((name, i) => name === String(i));
	if (isList) return ticketsIn(Object.values(value), undefined, depth, sent);
	const ticket = ticketOf(value, key, sent);
	if (ticket?.isNamed) return [ticket];
	const isOfAnother = ticket === undefined && numberIn(value) !== undefined;
	const members = depth === 0 || isOfAnother ? [] : Object.entries(value);
	const inside = members.flatMap(([name, member]) => ticketsIn(member, name, depth - 1, sent));
	return ticket ? [ticket, ...inside] : inside;
}

/** Undefined for what is no ticket of ours, or says nothing. */
function ticketOf(
	value: Record<string, unknown>,
	key: string | undefined,
	sent: readonly string[],
): AnsweredTicket | undefined {
	const { request_id: id, errors: said } = value;
	const given = numberIn(value);
	const named = sent.find((one) => one === (given ?? key));
	const no = named ?? (given === undefined && sent.length === 1 ? sent[0] : undefined);
	if (no === undefined) return undefined;
	const requestId = typeof id === 'number' ? String(id) : id;
	const status = stateIn(value);
	const hasFailed = status !== undefined && status < 0;
	const errors =
		errorsText(said) ||
		(hasFailed || id === undefined ? errorsText(value['error']) : '') ||
		(hasFailed ? wordsBeside(value) : '');
	const ticket = {
		no,
		isNamed: named !== undefined,
		errors,
		...(status === undefined ? {} : { status }),
	};
	if (typeof requestId === 'string' && requestId !== '') return { ...ticket, requestId };
	return errors !== '' || hasFailed ? ticket : undefined;
}
