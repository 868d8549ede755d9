/** Which process a claim belongs to, and whether that is gone. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Entry } from '../operation/needs';

/** Clocks of machines that share a register may differ by this much; milliseconds. */
const CLOCKS_MS = 5_000;

const host = hostname();
// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- tells our own process from others
const { pid } = process;
/** Other threads and other starts of a process have another one. */
const start = randomUUID().slice(0, 8);

/** This process, as claims name it. */
export const thisProcess = JSON.stringify([host, pid, start]);

/**
 * Whether whoever claimed it has certainly ended: its time is over, or its process is gone. A process
 * of another machine can't be looked for, so there the time decides.
 *
 * @param now milliseconds since 1970 UTC
 */
export function isDead({ until, owner }: Pick<Entry, 'until' | 'owner'>, now: number): boolean {
	return isPast(until, now) || (hasEnded(owner) ?? false);
}

/** Whether a moment is over on every machine that shares the register; milliseconds since 1970 UTC. */
export const isPast = (moment: number, now: number) => now > moment + CLOCKS_MS;

/** Whether a process is gone; undefined of another machine's, which can't be looked for. */
export function hasEnded(owner: string): boolean | undefined {
	if (owner === thisProcess) return false;
	const [itsHost, itsPid] = partsOf(owner);
	if (itsHost !== host || typeof itsPid !== 'number') return undefined;
	return itsPid === pid || !isRunning(itsPid);
}

function partsOf(owner: string): unknown[] {
	try {
		const parts: unknown = JSON.parse(owner);
		return Array.isArray(parts) ? parts : [];
	} catch {
		return [];
	}
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
