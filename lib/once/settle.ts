/**
 * The delivery rule: what to do after a send without a success.
 *
 * If the vendor certainly did nothing, it failed. Else the vendor is asked. What it does not show may be resent
 * only if the policy allows it for that fault; otherwise the outcome is unknown, and it is never resent. A
 * send counts as failed only if none of its tries can have taken effect.
 */
import { lookUpLimits, waitFor } from '../base/delivery';
import { asFault, type Fault, NotFoundFault, RefusedFault } from '../base/errors';
import type { Limits, Pace } from '../base/limits';
import type { Evidence, Policy, Send } from './send';

type Asking<Found> = Pick<Send<Found>, 'policy' | 'ask'>;

export type Settled<Found> =
	| { how: 'failed'; fault: Fault }
	| { how: 'found'; found: Found }
	| { how: 'resend' }
	/** `isMissing`: the vendor was asked and does not have it; `wasAsked`: it gave an answer. */
	| { how: 'unknown'; finding: string; isMissing: boolean; wasAsked: boolean };

/** How often something is sent at most; before each resend the vendor is asked. */
const MAX_SENDS = 3;

/**
 * Settles one failed send. It waits as long as the vendor asks, and looks right before a resend.
 *
 * @param sends how often it was sent by now
 */
export async function settle<Found>(
	send: Asking<Found>,
	fault: Fault,
	sends: number,
	{ deadline, signal, pace }: Limits,
): Promise<Settled<Found>> {
	const { policy, ask } = send;
	// A refusal says nothing about an earlier send, which the vendor may have carried out
	if (sends === 1 && policy.freesKey(fault)) {
		const evidence = mayBeDone(send, fault) ? await look(send, pace) : undefined;
		return evidence && 'found' in evidence ? settledBy(evidence, policy) : { how: 'failed', fault };
	}
	if (!ask) return { how: 'unknown', finding: '', isMissing: false, wasAsked: false };
	const pause = fault.facts.retryAfterMs ?? pace.afterUnavailable * 2 ** (sends - 1);
	const mayResend =
		policy.mayResend(fault) && sends < MAX_SENDS && deadline.allowsRequestAfter(pause);
	if (!mayResend || !(await waited(pause, signal))) return await settleLost(send, { signal, pace });
	const evidence = await look(send, pace);
	if ('missing' in evidence && !signal?.aborted) return { how: 'resend' };
	return settledBy(evidence, policy);
}

/** Whether a deed may be refused because an earlier run, of which nothing else is left, has done it. */
export const mayBeDone = ({ policy }: Pick<Send, 'policy'>, fault: Fault): boolean =>
	policy.isDeed === true && (fault instanceof RefusedFault || fault instanceof NotFoundFault);

/** Waits; false if the user cancelled meanwhile, after which nothing is sent. */
async function waited(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
	try {
		await waitFor(ms, signal);
		return true;
	} catch {
		return false;
	}
}

/**
 * Settles a send whose answer was lost. A cancel does not end it, since only a look shows whether it took effect.
 *
 * @param looks 1 where a look only confirms what the vendor said
 */
export async function settleLost<Found>(
	send: Asking<Found>,
	{ signal, pace, looks = 2 }: Pick<Limits, 'signal' | 'pace'> & { looks?: 1 | 2 },
): Promise<Exclude<Settled<Found>, { how: 'failed' | 'resend' }>> {
	let evidence = await look(send, pace);
	const mayShowLater = 'missing' in evidence || 'notShown' in evidence;
	if (looks === 2 && mayShowLater && !signal?.aborted) {
		await waitFor(pace.secondLook, undefined);
		evidence = await look(send, pace);
	}
	return settledBy(evidence, send.policy);
}

function settledBy<Found>(evidence: Evidence<Found>, { vendor }: Policy) {
	if ('found' in evidence) return { how: 'found' as const, found: evidence.found };
	const isMissing = 'missing' in evidence;
	const wasAsked = !('unclear' in evidence);
	return { how: 'unknown' as const, finding: wordsOf(evidence, vendor), isMissing, wasAsked };
}

function wordsOf(evidence: Exclude<Evidence<unknown>, { found: unknown }>, vendor: string): string {
	if ('unclear' in evidence) return evidence.unclear;
	if ('notShown' in evidence) return evidence.notShown;
	return evidence.remark ?? `${vendor} does not show it.`;
}

async function look<Found>({ policy, ask }: Asking<Found>, pace: Pace): Promise<Evidence<Found>> {
	try {
		return await ask!(lookUpLimits({ pace }));
	} catch (error) {
		return { unclear: `${policy.vendor} could not be asked: ${asFault(error).message}.` };
	}
}
