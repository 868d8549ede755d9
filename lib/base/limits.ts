/** What everybody who calls out or waits is given, and hands on: until when, and at what pace. */
import type { Deadline } from './deadline';

export interface Limits {
	deadline: Deadline;
	/** Fires when the user cancels the execution. */
	signal?: AbortSignal | undefined;
	pace: Pace;
}

/** Milliseconds before the first repetition, and the most before any later one. */
export interface Pause {
	first: number;
	longest: number;
}

/**
 * How long is waited before the same is tried, or asked, once more; milliseconds. A part of the limits,
 * so that tests need not wait as long as vendors must be waited for.
 */
export interface Pace {
	/** Before a request is sent again: doubles with each attempt; a random part of it is waited. */
	resend: Pause;
	/** Before a write is sent again after a 503 without Retry-After; doubles with each send. */
	afterUnavailable: number;
	/** Before TW is asked a second time for a write that it does not show: it may do so only after a moment. */
	secondLook: number;
	/** How long one look-up of a write may take whose answer was lost. */
	lookUp: number;
	/** Between two questions how far an order is. */
	poll: Pause;
	/** Between two looks at a key of the register that somebody else is sending. */
	busyKey: Pause;
	/** How long a shop's delivery waits for another one of the same id. */
	sameDelivery: number;
}

/** The pace at which the nodes work. ASSUMED: no vendor documents any of it. */
export const PACE: Pace = {
	// Capped exponential back-off with full jitter, as in the AWS SDK's standard mode
	resend: { first: 600, longest: 10_000 },
	afterUnavailable: 1_000,
	secondLook: 2_000,
	// It is what keeps an outcome from being unknown, so it has time of its own
	lookUp: 10_000,
	poll: { first: 2_000, longest: 30_000 },
	busyKey: { first: 50, longest: 1_000 },
	// Shopify, the least patient shop, gives up after five seconds
	sameDelivery: 4_000,
};
