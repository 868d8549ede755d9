/** Marks a claim with its process, so that others can find out whether that process is gone. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { fingerprint } from './fingerprint';

/** How far the clocks of machines that share a register may differ; milliseconds. */
const CLOCKS_MS = 5_000;

const host = fingerprint(hostname()).slice(0, 4);
// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- tells our own process from others
const { pid } = process;
/** Differs between threads, and between restarts with the same pid. */
const start = fingerprint(randomUUID()).slice(0, 4);
let claims = 0;

/** Unique to one claim, and names this process. */
export const newToken = (): string => [host, pid, start, (claims += 1).toString(36)].join('.');

/**
 * Whether the claimant has certainly ended: its time is over, or its process is gone. A process on
 * another machine can't be looked up, so there the time decides.
 *
 * @param now milliseconds since 1970 UTC
 */
export function isAbandoned(
	{ until, token }: { until: number; token: string },
	now: number,
): boolean {
	return isSurelyPast(until, now) || (isProcessGone(token) ?? false);
}

/** Whether a moment is over by the clock of every machine; milliseconds since 1970 UTC. */
export const isSurelyPast = (moment: number, now: number) => now > moment + CLOCKS_MS;

/** Whether a claim's process is gone; undefined if it ran on another machine, where it can't be looked up. */
export function isProcessGone(token: string): boolean | undefined {
	const [itsHost, itsPid, itsStart] = token.split('.');
	if (itsHost !== host) return undefined;
	return Number(itsPid) === pid ? itsStart !== start : !isRunning(Number(itsPid));
}

function isRunning(other: number): boolean {
	try {
		// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- signal 0 only asks whether a process is there
		process.kill(other, 0);
		return true;
	} catch (error) {
		// It is there, but we may not signal it
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
