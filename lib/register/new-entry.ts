import { randomUUID } from 'node:crypto';
import type { Claim, Entry } from '../operation/needs';
import { thisProcess } from './owner';

/** A new entry of a claim, made by this process. */
export function newEntry(key: string, claim: Claim, now: number): Entry {
	const { kind, account, name, body, execution, until } = claim;
	const token = randomUUID();
	return {
		...{ kind, account, name, body, execution, until, key },
		...{ state: 'sending', at: now, owner: thisProcess, token },
	};
}
