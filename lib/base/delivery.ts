/**
 * The delivery rules: how often a request may be sent.
 *
 * - `read`: sent again after a break, a timeout, 408, 429 and 5xx.
 * - `write`: sent again only if it never left this machine or the vendor answered 429. Everything
 *   else the caller judges (see tw/orders/create.ts); it is never sent again here.
 * - `event`: at least once, so like a read; with the user's switch at most once, so like a write.
 *
 * And how fast: a vendor that asks one request to slow down is left alone by all requests of that account.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Deadline, LONGEST_TIMER_MS } from './deadline';
import {
	asFault,
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

/** A Retry-After can be wrong, so after this long a request asks again; milliseconds. */
const LONGEST_PAUSE_MS = 30_000;

/** Until when a vendor wants to be left alone, by lane; in this process, on the clock of `performance`. */
const pausedUntil = new Map<string, number>();

/** Forgets what vendors asked for, as a new process does. */
export const forgetPauses = (): void => pausedUntil.clear();

/**
 * Sends, and resends as the rule allows, until it succeeds, attempts are used up, or the next wait
 * would leave no time for an answer. What must not be sent twice is not sent at all without time for
 * an answer: that would only make the outcome unknown.
 *
 * @param lane what the vendor counts together, such as an account: its requests share the pause that one of
 * them is asked for. '' shares none.
 * @throws the last attempt's fault, or {@link CancelledFault} if cancelled while waiting
 */
export async function deliver<T>(
	rule: DeliveryRule,
	limits: Limits,
	send: (attempt: number) => Promise<T>,
	lane = '',
): Promise<T> {
	let last: Fault | undefined;
	for (let attempt = 1; ; attempt++) {
		if (!(await hasTurn(lane, rule, limits))) throw last ?? notSent(limits.deadline, lane);
		try {
			return await send(attempt);
		} catch (error) {
			const fault = (last = asFault(error));
			const { deadline, pace, signal } = limits;
			const wait = Math.max(backOff(attempt, pace.resend), fault.facts.retryAfterMs ?? 0);
			if (fault instanceof RateLimitedFault) keepAway(lane, wait);
			const mayResend = attempt < MAX_ATTEMPTS && maySendAgain(rule, fault);
			if (!mayResend || !deadline.allowsRequestAfter(wait)) throw fault;
			await waitFor(wait, signal);
		}
	}
}

function keepAway(lane: string, ms: number): void {
	const until = performance.now() + Math.min(ms, LONGEST_PAUSE_MS);
	if (lane) pausedUntil.set(lane, Math.max(until, pausedUntil.get(lane) ?? 0));
}

/** Milliseconds; 0 if the lane is free. */
function pauseLeft(lane: string): number {
	const left = (pausedUntil.get(lane) ?? 0) - performance.now();
	if (left > 0) return left;
	pausedUntil.delete(lane);
	return 0;
}

/**
 * Waits for the end of the lane's pause, and a random moment more, so that not all begin at once. What may be
 * sent twice waits no longer than its deadline allows, since it does no harm.
 *
 * @returns false if there is no time to send then
 */
async function hasTurn(lane: string, rule: DeliveryRule, limits: Limits): Promise<boolean> {
	const { deadline, pace, signal } = limits;
	for (;;) {
		const left = pauseLeft(lane);
		const spare = deadline.spare();
		if (isOnce(rule) && spare <= left) return false;
		if (left === 0 || spare <= 0) return true;
		const more = Math.random() * Math.min(pace.resend.first, spare - left);
		await waitFor(Math.min(left + Math.max(0, more), spare), signal);
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

function notSent({ totalMs }: Deadline, lane: string): NotSentFault {
	const time = totalMs / 1000;
	return pauseLeft(lane) > 0
		? new NotSentFault(
				`It was not sent, because the vendor is receiving too many requests and asked for a pause longer than the ${time} s that it may take`,
				"Nothing took effect. Run the node again later, or lower 'Concurrency' in the options.",
			)
		: new NotSentFault(
				`It was not sent, because what came before it used up the ${time} s that it may take`,
				"Nothing took effect. Raise 'Timeout' in the options, or run the node again later.",
			);
}

/** Milliseconds to wait before the attempt after this one. */
function backOff(attempt: number, { first, longest }: Pause): number {
	const most = Math.min(longest, first * 2 ** (attempt - 1));
	return most / 2 + (Math.random() * most) / 2;
}

const cancelled = () => new CancelledFault();

/** Waits, or ends at once with {@link CancelledFault} when the signal fires. */
export async function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
	try {
		await pause(Math.min(ms, LONGEST_TIMER_MS), undefined, signal ? { signal } : {});
	} catch {
		throw cancelled();
	}
}

/** The limits of a look-up that gets time of its own, since without it an outcome would be unknown. */
export const lookUpLimits = ({ signal, pace }: Pick<Limits, 'signal' | 'pace'>): Limits => ({
	signal,
	pace,
	deadline: Deadline.in(pace.lookUp),
});

/** @returns gives the next pause, each longer than the one before, up to the longest */
export function growing({ first, longest }: Pause, factor: number): () => number {
	let next = first;
	return () => {
		const pause = next;
		next = Math.min(pause * factor, longest);
		return pause;
	};
}
