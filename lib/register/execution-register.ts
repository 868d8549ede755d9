/**
 * What this execution has sent, so that a later try of the same execution does not send it again; in front
 * of a register that lasts, where there is one. A key is ours once both have given it.
 *
 * The own entries live in a plain object that the host keeps with the execution (n8n's flow context, which
 * all nodes of the execution share, and which survives Retry On Fail and a retry from the executions
 * list). Their `execution` is empty: whoever finds one is the same execution.
 */
import type { Claim, Entry, Held, Register, Settlement, Wanted } from '../operation/needs';
import { newToken } from '../base/owner';

/** What the host keeps with the execution; plain JSON. */
export type EntryStore = Record<string, Entry>;

/** Lets others begin while something is waited for. */
export type Meanwhile = <T>(wait: () => Promise<T>) => Promise<T>;

export class ExecutionRegister implements Register {
	/** @param entries an object that the host keeps; entries of earlier tries are in it */
	constructor(
		private readonly entries: EntryStore,
		private readonly lasting?: Register,
		private readonly meanwhile: Meanwhile = async (wait) => await wait(),
	) {}

	async claim(key: string, claim: Claim): Promise<{ held: Held } | { standing: Entry }> {
		const standing = this.entries[key];
		if (standing) return { standing };
		const own = this.enter(key, claim);
		try {
			const claimed = await this.lasting?.claim(key, claim);
			if (!claimed || 'held' in claimed) return { held: this.hold(own, claimed?.held) };
			this.end(own, 'failed');
			return claimed;
		} catch (error) {
			this.end(own, 'failed');
			throw error as Error;
		}
	}

	async takeOver(
		key: string,
		over: Entry,
		claim: Claim,
	): Promise<{ held: Held } | { standing: Entry | undefined }> {
		// An entry of this execution's has a token of its own
		const standing = over.execution === '' ? await this.lasting?.find(key) : over;
		const taken = standing
			? await this.lasting?.takeOver(key, standing, claim)
			: await this.lasting?.claim(key, claim);
		if (taken && !('held' in taken)) return taken;
		return { held: this.hold(this.enter(key, claim), taken?.held) };
	}

	async settle(key: string, entry: Entry, state: Settlement): Promise<void> {
		this.end(entry, state);
		const standing = entry.execution === '' ? await this.lasting?.find(key) : entry;
		if (standing?.body === entry.body) await this.lasting?.settle(key, standing, state);
	}

	async release(key: string): Promise<void> {
		await this.lasting?.release(key);
		delete this.entries[key];
	}

	async find(key: string): Promise<Entry | undefined> {
		return this.entries[key] ?? (await this.lasting?.find(key));
	}

	async list(wanted: Wanted): Promise<Entry[]> {
		return (await this.lasting?.list(wanted)) ?? [];
	}

	/** In the lasting one alone, where there is one: what this execution finds there needs no second copy. */
	async put(key: string, claim: Claim, answer: Record<string, unknown>): Promise<void> {
		if (this.lasting) await this.lasting.put(key, claim, answer);
		else this.end(this.enter(key, claim), 'accepted', answer);
	}

	private enter(key: string, { keeps: _keeps, ...claim }: Claim): Entry {
		const of = { ...claim, execution: '', key, at: Date.now(), token: newToken() };
		return (this.entries[key] = { ...of, state: 'sending' });
	}

	private end({ key, token }: Entry, state: Settlement, answer?: Record<string, unknown>): void {
		const entry = this.entries[key];
		if (entry?.token !== token) return;
		// Then it is free, for a later try as well
		if (state === 'failed') delete this.entries[key];
		else Object.assign(entry, answer ? { state, answer } : { state });
	}

	/** The execution first: it can not fail. */
	private hold(own: Entry, lasting: Held | undefined): Held {
		return {
			settle: async (state, answer) => {
				this.end(own, state, answer);
				const recording = async () => await lasting?.settle(state, answer);
				// After anything else nothing more may be begun
				await (state === 'accepted' ? this.meanwhile(recording) : recording());
			},
			release: async () => {
				this.end(own, 'failed');
				await lasting?.release();
			},
		};
	}
}
