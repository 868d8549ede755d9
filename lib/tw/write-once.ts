/** Sends one small write (delete, bag actions) under the same rules as an order. */
import type { Deadline } from '../deadline';
import { asFault, CancelledFault, Fault, UnknownOutcomeFault } from '../errors';
import { fingerprint, type Ledger } from '../ledger';
import type { TwClient } from './client';
import { twEndpoints, type TwEndpointName } from './endpoints';
import { type LookUp, settleLoss, type Settled, settleWrite } from './settle-write';

export interface WriteOptions {
	ledger: Ledger;
	deadline: Deadline;
	signal?: AbortSignal | undefined;
	/** A retry from the executions list: ask TW before sending. */
	checkFirst: boolean;
}

/** What became of a write. */
export interface Written {
	/** `data` of TW's answer; undefined if the answer was lost or not asked for again. */
	data?: unknown;
	/** TW shows that it took effect, although we have no answer to it from this try. */
	recovered: boolean;
}

/**
 * Sends a write at most once on our own account.
 *
 * @param thing what it is about, for messages, e.g. `order ORD-0001`
 * @param ask asks TW whether it took effect; an `unclear` answer never leads to sending again
 * @throws a fault of errors.ts; {@link UnknownOutcomeFault} if it may have taken effect
 */
export async function writeOnce(
	client: TwClient,
	endpoint: TwEndpointName,
	body: object,
	thing: string,
	ask: (limits: {
		deadline: Deadline;
		signal?: AbortSignal | undefined;
	}) => Promise<LookUp<unknown>>,
	{ ledger, deadline, signal, checkFirst }: WriteOptions,
): Promise<Written> {
	const print = fingerprint(JSON.stringify(body));
	const key = `${endpoint}:${print}`;
	const earlier = ledger.get(key);
	if (earlier?.state === 'accepted') {
		return { recovered: false, ...(earlier.answer ? { data: earlier.answer['data'] } : {}) };
	}
	const settleAs = (
		settled: Exclude<Settled<unknown>, { how: 'send-again' }>,
		reason: Fault,
	): Written => {
		if (settled.how === 'found') {
			ledger.set(key, { body: print, state: 'accepted' });
			return { recovered: true };
		}
		if (settled.how === 'failed') {
			ledger.forget(key);
			throw settled.fault;
		}
		ledger.set(key, { body: print, state: 'unknown' });
		throw unknownWrite(endpoint, thing, reason, settled.finding);
	};
	if (earlier) return settleAs(await settleLoss(ask, { signal }), lostEarlier());
	if (checkFirst) {
		const answer = await ask({ deadline, signal });
		if ('found' in answer) return { recovered: true };
	}
	for (let sends = 1; ; sends++) {
		if (signal?.aborted) throw new CancelledFault();
		ledger.set(key, { body: print, state: 'sending' });
		const data = await attempt(client, endpoint, body, deadline, signal);
		if (!(data instanceof Fault)) {
			ledger.set(key, { body: print, state: 'accepted', answer: { data } });
			return { data, recovered: false };
		}
		const settled = await settleWrite(data, ask, { deadline, signal, sends });
		if (settled.how !== 'send-again') return settleAs(settled, data);
	}
}

async function attempt(
	client: TwClient,
	endpoint: TwEndpointName,
	body: object,
	deadline: Deadline,
	signal: AbortSignal | undefined,
): Promise<unknown> {
	try {
		return await client.call(endpoint, body, { rule: 'write', deadline, signal });
	} catch (error) {
		return asFault(error);
	}
}

const unknownWrite = (endpoint: TwEndpointName, thing: string, reason: Fault, finding: string) =>
	new UnknownOutcomeFault(
		`It is unknown whether TW carried out '${twEndpoints[endpoint].title}' for ${thing}: ${reason.message}`,
		`${finding} It was not sent again. Look up ${thing} at TW in a few minutes before you repeat it.`,
		reason.facts,
	);

const lostEarlier = (): Fault =>
	new UnknownOutcomeFault('an earlier try of this execution sent it and got no answer', '');
