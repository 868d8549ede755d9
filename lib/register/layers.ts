/**
 * The execution's own memory in front of one that lasts: what this execution has sent is answered from
 * the first, what another has sent from the second. A key is ours once both have given it.
 */
import type { Claim, Entry, Held, Register, SendState, Wanted } from '../operation/needs';

export class LayeredRegister implements Register {
	constructor(
		private readonly own: Register,
		private readonly lasting: Register,
	) {}

	async claim(key: string, claim: Claim): Promise<{ held: Held } | { standing: Entry }> {
		const first = await this.own.claim(key, claim);
		if ('standing' in first) return first;
		try {
			const second = await this.lasting.claim(key, claim);
			if ('held' in second) return { held: both(first.held, second.held) };
			await first.held.release();
			return second;
		} catch (error) {
			await first.held.release();
			throw asThrown(error);
		}
	}

	async takeOver(
		key: string,
		over: Entry,
		claim: Claim,
	): Promise<{ held: Held } | { standing: Entry | undefined }> {
		// An entry of this execution's has a token of its own
		const standing = over.execution === '' ? await this.lasting.find(key) : over;
		const second = standing
			? await this.lasting.takeOver(key, standing, claim)
			: await this.lasting.claim(key, claim);
		if (!('held' in second)) return second;
		const first = await this.own.takeOver(key, over, claim);
		return 'held' in first ? { held: both(first.held, second.held) } : second;
	}

	async settle(
		key: string,
		entry: Entry,
		state: Exclude<SendState, 'sending'>,
		answer?: Record<string, unknown>,
	): Promise<void> {
		await this.own.settle(key, entry, state, answer);
		const standing = entry.execution === '' ? await this.lasting.find(key) : entry;
		if (standing && standing.body === entry.body) {
			await this.lasting.settle(key, standing, state, answer);
		}
	}

	async release(key: string): Promise<void> {
		await this.lasting.release(key);
		await this.own.release(key);
	}

	/** In the lasting one alone: what this execution finds there needs no second copy. */
	async put(key: string, claim: Claim, answer: Record<string, unknown>): Promise<void> {
		await this.lasting.put(key, claim, answer);
	}

	async list(wanted: Wanted): Promise<Entry[]> {
		return await this.lasting.list(wanted);
	}

	async find(key: string): Promise<Entry | undefined> {
		return (await this.own.find(key)) ?? (await this.lasting.find(key));
	}
}

/** What both layers hold. The execution first: it can not fail. */
const both = (own: Held, lasting: Held): Held => ({
	settle: async (state, answer) => {
		await own.settle(state, answer);
		await lasting.settle(state, answer);
	},
	release: async () => {
		await own.release();
		await lasting.release();
	},
});

const asThrown = (error: unknown) => error as Error;
