import type { Claim, Entry, Held, Register, Wanted } from '../operation/needs';
import { newEntry } from './new-entry';

/**
 * For a dry run: a register that can be read and is not changed. Whoever claims gets an empty claim, and
 * what is put in is known for as long as this object lives.
 */
export class LookingRegister implements Register {
	private readonly own = new Map<string, Entry>();

	constructor(private readonly register: Register) {}

	async claim(_key: string, _claim: Claim): Promise<{ held: Held }> {
		return { held: NOTHING };
	}

	async takeOver(_key: string, _over: Entry, _claim: Claim): Promise<{ held: Held }> {
		return { held: NOTHING };
	}

	async settle(): Promise<void> {}

	async release(_key: string): Promise<void> {}

	async find(key: string): Promise<Entry | undefined> {
		return this.own.get(key) ?? (await this.register.find(key));
	}

	async list(wanted: Wanted): Promise<Entry[]> {
		return await this.register.list(wanted);
	}

	async put(key: string, claim: Claim, answer: Record<string, unknown>): Promise<void> {
		this.own.set(key, { ...newEntry(key, claim, Date.now()), state: 'accepted', answer });
	}
}

const NOTHING: Held = { settle: async () => {}, release: async () => {} };
