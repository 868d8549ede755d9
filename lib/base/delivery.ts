/**
 * The delivery rules: how often a request may be sent.
 *
 * - `read`: sent again after a break, a timeout, 408, 429 and 5xx.
 * - `write`: sent again only if it never left this machine or the vendor answered 429. Everything
 *   else the caller judges (see tw/orders/create.ts); it is never sent again here.
 * - `event`: at least once, so like a read; with the user's switch at most once, so like a write.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Deadline } from './deadline';
import {
	BrokenFault,
	CancelledFault,
	type Fault,
	NotSentFault,
	RateLimitedFault,
	TimedOutFault,
	UnavailableFault,
	UnreachableFault,
} from './errors';
import type { Limits, Pause } from './limits';

/** The rule a request is sent under. */
export type DeliveryRule = 'read' | 'write' | 'event-at-least-once' | 'event-at-most-once';

const MAX_ATTEMPTS = 5;

/**
 * Sends, and resends as the rule allows, until it succeeds, attempts are used up, or the next wait
 * would leave no time for an answer. What must not be sent twice is not sent at all without time for
 * an answer: that would only make the outcome unknown.
 *
 * @throws the last attempt's fault, or {@link CancelledFault} if cancelled while waiting
 */
export async function deliver<T>(
	rule: DeliveryRule,
	limits: Limits,
	send: (attempt: number) => Promise<T>,
): Promise<T> {
	if (isOnce(rule) && !limits.deadline.allowsRequestAfter(0)) throw outOfTime(limits.deadline);
	for (let attempt = 1; ; attempt++) {
		try {
			return await send(attempt);
		} catch (error) {
			const fault = error as Fault;
			if (attempt >= MAX_ATTEMPTS || !maySendAgain(rule, fault)) throw fault;
			const wait = fault.facts.retryAfterMs ?? backOff(attempt, limits.pace.resend);
			if (!limits.deadline.allowsRequestAfter(wait)) throw fault;
			await waitFor(wait, limits.signal);
		}
	}
}

function maySendAgain(rule: DeliveryRule, fault: unknown): boolean {
	// After these two the vendor certainly did not act on the request
	if (fault instanceof UnreachableFault) return true;
	if (fault instanceof RateLimitedFault && fault.facts.data === undefined) return true;
	const isOpen = [BrokenFault, TimedOutFault, UnavailableFault].some((one) => fault instanceof one);
	return isOpen && !isOnce(rule);
}

const isOnce = (rule: DeliveryRule) => rule === 'write' || rule === 'event-at-most-once';

const outOfTime = ({ totalMs }: Deadline) =>
	new NotSentFault(
		`It was not sent, because what came before it used up the ${totalMs / 1000} s that it may take`,
		"Nothing took effect. Raise 'Timeout' in the options, or run the node again later.",
	);

/** Milliseconds to wait before the attempt after this one. */
const backOff = (attempt: number, { first, longest }: Pause) =>
	Math.random() * Math.min(longest, first * 2 ** (attempt - 1));

const cancelled = () => new CancelledFault();

/** Waits, or ends at once with {@link CancelledFault} when the signal fires. */
export async function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
	try {
		await pause(ms, undefined, signal ? { signal } : {});
	} catch {
		throw cancelled();
	}
}
