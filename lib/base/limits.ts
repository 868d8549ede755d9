/** The limits for calling out and waiting, handed on through every call: until when, at what pace. */
import type { Deadline } from './deadline';

export interface Limits {
	deadline: Deadline;
	/** Fires when the user cancels the execution. */
	signal?: AbortSignal | undefined;
	pace: Pace;
}

/** Milliseconds before the first repetition, and the maximum before later ones. */
export interface Pause {
	first: number;
	longest: number;
}

/** How long to wait before a repetition; milliseconds. A part of the limits, so that tests can be quicker. */
export interface Pace {
	/** Before a resend: doubles with each attempt; half of it is waited, and a random part of the other half. */
	resend: Pause;
	/** Before a write is resent after a 503 without Retry-After; doubles with each send. */
	afterUnavailable: number;
	/** Before asking TW a second time for a write that it does not show yet. */
	secondLook: number;
	/** The longest look-up of a write whose answer was lost. */
	lookUp: number;
	/** Between two looks at an order's state. */
	poll: Pause;
	/** Between two looks at a key that another execution is sending. */
	busyKey: Pause;
	/** How long a shop's delivery waits for another one with its id. */
	sameDelivery: number;
}

/** The pace at which the nodes work. ASSUMED: no vendor documents any of it. */
export const PACE: Pace = {
	// Capped exponential back-off. The jitter is in one half: in the whole, five sends could go out at once
	resend: { first: 600, longest: 10_000 },
	afterUnavailable: 1_000,
	secondLook: 2_000,
	// Time of its own, since it keeps outcomes from being unknown
	lookUp: 10_000,
	poll: { first: 2_000, longest: 30_000 },
	busyKey: { first: 50, longest: 1_000 },
	// Shopify, the least patient shop, gives up after five seconds
	sameDelivery: 4_000,
};
