/** Marks a claim with its process, so that others can find out whether that process is gone. */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, networkInterfaces, uptime } from 'node:os';
import { fingerprint } from './fingerprint';

/** How far the clocks of machines that share a register may differ; milliseconds. */
const CLOCKS_MS = 5_000;

/** No claim lasts longer; one that says so was made by a clock that was ahead. Milliseconds. */
const LONGEST_CLAIM_MS = 24 * 60 * 60 * 1000;

/** Where processes see each other by their pids. Two machines, or two containers, may have one host name. */
const host = fingerprint(JSON.stringify([hostname(), ...machine()])).slice(0, 4);

/** What differs between machines and containers; where nothing does, it differs between processes. */
function machine(): string[] {
	try {
		// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- Linux alone tells this
		if (process.platform === 'linux')
			return [
				readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'),
				readlinkSync('/proc/self/ns/pid'),
			];
		const cards = Object.values(networkInterfaces()).flatMap((card = []) => card);
		const macs = cards.filter(({ internal }) => !internal).map(({ mac }) => mac);
		if (macs.length > 0) return [...new Set(macs)].sort();
	} catch {
		// Nobody can tell, so that the time decides
	}
	return [randomUUID()];
}

// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- tells our own process from others
const { pid } = process;
/** Differs between threads, and between restarts with the same pid. */
const start = fingerprint(randomUUID()).slice(0, 4);
let claims = 0;

/**
 * Unique to one claim, and names this process, and until when the claim lasts by a clock of this machine that never
 * leaps: the time since its start.
 *
 * @param ms how long it lasts
 */
export const newToken = (ms: number): string => {
	const ends = Math.ceil(uptime() + ms / 1000);
	return [host, pid, start, (claims += 1).toString(36), ends.toString(36)].join('.');
};

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
	const isGone = isProcessGone(token);
	if (isGone === true) return true;
	const ends = parseInt(token.split('.')[4] ?? '', 36);
	// Where it was made, the machine's own time decides: its clock may have leapt meanwhile
	if (isGone === false && !Number.isNaN(ends)) return uptime() > ends + CLOCKS_MS / 1000;
	return isSurelyPast(until, now) || until > now + LONGEST_CLAIM_MS;
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
