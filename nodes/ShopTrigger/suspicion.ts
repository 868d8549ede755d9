/**
 * Which deliveries with a wrong signature the flow's owner is told of. Anybody can send one, so they must not
 * fill the list of executions; a shop whose secret is not the one in n8n has nothing else to send.
 */
import { DAY_MS, HOUR_MS } from '../../lib/base/durations';

/** Until when nobody is told, by trigger and secret; milliseconds since 1970 UTC. */
const quietUntil = new Map<string, number>();

const keepQuiet = (key: string, until: number) =>
	quietUntil.set(key, Math.max(until, quietUntil.get(key) ?? 0));

/**
 * A genuine delivery came: the secret is right, and for an hour a wrong signature is somebody else's.
 *
 * @param key of the trigger and its secret, so that a corrected secret begins anew
 */
export function noteGenuine(key: string, nowMs: number): void {
	keepQuiet(key, nowMs + HOUR_MS);
}

/** Whether the owner is to be told of a wrong signature: once a day at most. */
export function isToBeTold(key: string, nowMs: number): boolean {
	if (nowMs < (quietUntil.get(key) ?? 0)) return false;
	keepQuiet(key, nowMs + DAY_MS);
	return true;
}
