/** Sends a read and returns the vendor's answer whether or not we understood it, for Check Contract. */
import { clockAhead } from '../base/clock';
import { deliver } from '../base/delivery';
import { asFault, CancelledFault, type Fault } from '../base/errors';
import type { Limits } from '../base/limits';
import { type Redact, redactRead } from '../base/redact';
import type { JsonAnswer } from './post-json';

export interface RawAnswer {
	/** HTTP status; null if no answer came. */
	status: number | null;
	/** How far this host's clock is ahead of the vendor's, in milliseconds; undefined if the answer has no date. */
	clockAheadMs?: number | undefined;
	/** The whole answer, secrets masked; undefined if it is no JSON. */
	body?: unknown;
	/** The part of it that an operation would receive. */
	data?: unknown;
	/** Why there is no `data`. */
	fault?: Fault;
}

/**
 * Sends a read, repeated as delivery.ts allows for reads.
 *
 * @param read extracts `data` from an answer, with secrets masked; throws a fault if the answer reports one
 * @param lane as for {@link deliver}
 * @throws {CancelledFault}; every other fault is part of the answer
 */
export async function askRaw(
	limits: Limits,
	post: () => Promise<{ answer: JsonAnswer; redact: Redact }>,
	read: (answer: JsonAnswer, redact: Redact) => unknown,
	lane: string,
): Promise<RawAnswer> {
	let seen: RawAnswer = { status: null };
	try {
		const attempt = async () => {
			seen = { status: null };
			const { answer, redact } = await post();
			const { status, headers, reading } = answer;
			seen = { status, clockAheadMs: clockAhead(headers, Date.now()) };
			if (reading.ok) seen.body = redactRead(reading.value, reading.text, redact);
			return read(answer, redact);
		};
		const data = await deliver('read', limits, attempt, lane);
		return { ...seen, data };
	} catch (error) {
		const fault = asFault(error);
		if (fault instanceof CancelledFault) throw fault;
		return { ...seen, fault };
	}
}
