/** Which process something belongs to that others can read, and whether that process is gone. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { fingerprint } from './fingerprint';

/** Clocks of machines that share a register may differ by this much; milliseconds. */
const CLOCKS_MS = 5_000;

const host = fingerprint(hostname()).slice(0, 4);
// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- tells our own process from others
const { pid } = process;
/** Other threads and other starts of a process have another one. */
const start = fingerprint(randomUUID()).slice(0, 4);
let claims = 0;

/** Tells a claim of this process from any other claim. */
export const newToken = (): string => [host, pid, start, (claims += 1).toString(36)].join('.');

/**
 * Whether whoever claimed it has certainly ended: its time is over, or its process is gone. A process
 * of another machine can't be looked for, so there the time decides.
 *
 * @param now milliseconds since 1970 UTC
 */
export function isDead({ until, token }: { until: number; token: string }, now: number): boolean {
	return isPast(until, now) || (hasEnded(token) ?? false);
}

/** Whether a moment is over on every machine that shares the register; milliseconds since 1970 UTC. */
export const isPast = (moment: number, now: number) => now > moment + CLOCKS_MS;

/** Whether the process of a claim is gone; undefined of another machine's, which can't be looked for. */
export function hasEnded(token: string): boolean | undefined {
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
		// Not ours to signal, but there
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
