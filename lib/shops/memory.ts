/** Remembers facts beside sends, each for its own time. */
import type { Claim, Entry, Register } from '../register/register';

export interface Memory {
	facts: Record<string, unknown>;
	/** When they expire; milliseconds since 1970 UTC, a whole number. */
	until: number;
}

/** Each that fails is another worker's success; with as many workers as this, one may overwrite another. */
const MOST_TRIES = 100;

/**
 * Remembers facts under a key, instead of what was remembered there.
 *
 * @param of what they are about, and which execution saw them
 * @param next makes them of what is there; again, if another worker has changed that meanwhile. Undefined leaves it
 * @throws {RegisterFault} if the register can't be asked or written
 */
export async function remember(
	register: Pick<Register, 'find' | 'put'>,
	key: string,
	of: Pick<Claim, 'account' | 'name' | 'execution'>,
	next: (known: Memory | undefined) => Promise<Memory | undefined>,
): Promise<void> {
	for (let tries = 1; ; tries++) {
		const entry = await register.find(key);
		const memory = await next(memoryOf(entry));
		if (!memory) return;
		const { facts, until } = memory;
		const claim: Claim = { ...of, kind: 'memory', body: '', keeps: [], until };
		const over = tries < MOST_TRIES ? (entry ?? null) : undefined;
		if (await register.put(key, claim, facts, over)) return;
	}
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
	return memoryOf(await register.find(key));
}

function memoryOf(entry: Entry | undefined): Memory | undefined {
	if (entry?.kind !== 'memory') return undefined;
	return entry.answer && { facts: entry.answer, until: entry.until };
}

/** Whether its time is over by the clock as it is now. */
export const isOver = ({ until }: Pick<Memory, 'until'>): boolean => until < Date.now();
