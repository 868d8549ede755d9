/**
 * Reads the answer of orderForecast, which no public page shows.
 *
 * ASSUMED: one object, a list, or a map keyed by order number; a `request_id` says that TW took the
 * order. Orders are matched by number, never by position.
 */
import { isRecord } from './envelope';

export interface AcceptedTicket {
	no: string;
	requestId: string;
	/** A state of order-states.ts, if TW gave one at once. */
	status?: number;
	/** TW's `errors` as sent. */
	errors?: unknown;
}

/** How deep a `request_id` is looked for: a list inside a member of `data` at the most. */
const DEPTH = 3;

/**
 * The orders that TW says it has taken.
 *
 * @param sent the order numbers of the request; the only one may be matched without its number
 */
export function readForecast(data: unknown, sent: readonly string[]): AcceptedTicket[] {
	const accepted: AcceptedTicket[] = [];
	collect(data, undefined, DEPTH, accepted, sent);
	return accepted;
}

function collect(
	value: unknown,
	key: string | undefined,
	depth: number,
	accepted: AcceptedTicket[],
	sent: readonly string[],
): void {
	if (Array.isArray(value)) {
		if (depth > 0) for (const entry of value) collect(entry, undefined, depth - 1, accepted, sent);
		return;
	}
	if (!isRecord(value)) return;
	const id = value['request_id'];
	if ((typeof id === 'string' && id !== '') || typeof id === 'number') {
		const no = numberOf(value['no']) ?? (sent.includes(key ?? '') ? key : onlyOne(sent));
		if (no !== undefined && sent.includes(no)) accepted.push(ticket(no, String(id), value));
		return;
	}
	if (depth === 0) return;
	for (const [name, member] of Object.entries(value)) {
		collect(member, name, depth - 1, accepted, sent);
	}
}

function ticket(no: string, requestId: string, value: Record<string, unknown>): AcceptedTicket {
	const status = value['status'];
	return {
		no,
		requestId,
		...(typeof status === 'number' ? { status } : {}),
		...(value['errors'] === undefined ? {} : { errors: value['errors'] }),
	};
}

function numberOf(no: unknown): string | undefined {
	return typeof no === 'string' || typeof no === 'number' ? String(no) : undefined;
}

function onlyOne(sent: readonly string[]): string | undefined {
	return sent.length === 1 ? sent[0] : undefined;
}
