/** Remembers facts beside sends, each for a time of its own. */
import type { Claim, Register } from '../operation/needs';
import { DAY_MS } from '../register/sql-register';

/** What is remembered. */
export type Facts = Record<string, unknown>;

/**
 * Remembers facts under a key, in the place of what was remembered there.
 *
 * @param of what they are about, and which execution saw them
 * @param days how long they may be used
 * @throws {RegisterFault} if the register can't be written
 */
export async function remember(
	register: Pick<Register, 'put'>,
	key: string,
	of: Pick<Claim, 'account' | 'name' | 'execution'>,
	facts: Facts,
	days: number,
): Promise<void> {
	const until = Math.ceil(Date.now() + days * DAY_MS);
	await register.put(key, { ...of, kind: 'memory', body: '', keeps: [], until }, facts);
}

/** Facts, and until when they may be used; milliseconds since 1970 UTC. */
export interface Memory {
	facts: Facts;
	until: number;
}

/**
 * What is remembered under a key; what is over is forgotten, whether or not it is still there.
 *
 * @throws {RegisterFault} if the register can't be asked
 */
export async function recall(
	register: Pick<Register, 'find'>,
	key: string,
): Promise<Memory | undefined> {
	const entry = await register.find(key);
	if (entry?.kind !== 'memory' || entry.until < Date.now()) return undefined;
	return entry.answer && { facts: entry.answer, until: entry.until };
}
