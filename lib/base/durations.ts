/** Lengths of time, in milliseconds. */
export const HOUR_MS = 60 * 60 * 1000;
export const DAY_MS = 24 * HOUR_MS;

/** A stretch of time: from the one moment on, and before the other; milliseconds since 1970 UTC. */
export interface Span {
	since?: number | undefined;
	before?: number | undefined;
}
