/** Remembers facts beside sends, each for its own time. */
import type { Claim, Register } from '../register/register';

export interface Memory {
	facts: Record<string, unknown>;
	/** When they expire; milliseconds since 1970 UTC. */
	until: number;
}

/**
 * Remembers facts under a key, instead of what was remembered there.
 *
 * @param of what they are about, and which execution saw them
 * @param until when they expire; milliseconds since 1970 UTC, a whole number
 * @throws {RegisterFault} if the register can't be written
 */
export async function remember(
	register: Pick<Register, 'put'>,
	key: string,
	of: Pick<Claim, 'account' | 'name' | 'execution'>,
	facts: Memory['facts'],
	until: number,
): Promise<void> {
	await register.put(key, { ...of, kind: 'memory', body: '', keeps: [], until }, facts);
}

/**
 * What is remembered under a key, even if its time seems over (see {@link isOver}).
 *
 * @throws {RegisterFault} if the register can't be asked
 */
export async function recall(
	register: Pick<Register, 'find'>,
	key: string,
): Promise<Memory | undefined> {
	const entry = await register.find(key);
	if (entry?.kind !== 'memory') return undefined;
	return entry.answer && { facts: entry.answer, until: entry.until };
}

/** Whether its time is over by the clock as it is now. */
export const isOver = ({ until }: Pick<Memory, 'until'>): boolean => until < Date.now();
