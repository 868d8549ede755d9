/**
 * What this execution has sent, so that a later try of the same execution does not send it again.
 *
 * The entries live in a plain object that the host keeps with the execution (n8n's flow context, which
 * all nodes of the execution share, and which survives Retry On Fail and a retry from the executions
 * list). Their `execution` is empty: whoever finds one is the same execution.
 */
import type { Claim, Entry, Held, Register, SendState, Wanted } from '../operation/needs';

/** What the host keeps with the execution; plain JSON. */
export type EntryStore = Record<string, Entry>;

export class ExecutionRegister implements Register {
	private claims = 0;

	/** @param entries an object that the host keeps; entries of earlier tries are in it */
	constructor(private readonly entries: EntryStore) {}

	async claim(key: string, claim: Claim): Promise<{ held: Held } | { standing: Entry }> {
		const standing = this.get(key);
		return standing ? { standing } : { held: this.hold(key, claim) };
	}

	async takeOver(key: string, _over: Entry, claim: Claim): Promise<{ held: Held }> {
		return { held: this.hold(key, claim) };
	}

	async settle(
		key: string,
		{ token }: Entry,
		state: SendState,
		answer?: Record<string, unknown>,
	): Promise<void> {
		const entry = this.get(key);
		if (entry?.token !== token) return;
		entry.state = state;
		if (answer) entry.answer = answer;
	}

	async release(key: string): Promise<void> {
		delete this.entries[key];
	}

	async find(key: string): Promise<Entry | undefined> {
		return this.get(key);
	}

	async list({
		kind,
		account,
		state,
		since = 0,
		before = Infinity,
		limit,
	}: Wanted): Promise<Entry[]> {
		return Object.values(this.entries)
			.filter((entry) => entry.kind === kind && entry.account === account)
			.filter(({ at }) => at >= since && at < before)
			.filter((entry) => !state || entry.state === state)
			.slice(0, limit);
	}

	async put(key: string, claim: Claim, answer: Record<string, unknown>): Promise<void> {
		await this.hold(key, claim).settle('accepted', answer);
	}

	private get(key: string): Entry | undefined {
		return Object.hasOwn(this.entries, key) ? this.entries[key] : undefined;
	}

	private hold(key: string, claim: Claim): Held {
		const at = Date.now();
		const token = `${at}.${(this.claims += 1)}`;
		const { kind, account, name, body, until } = claim;
		const of = { kind, account, name, body, until };
		const entry: Entry = { execution: '', key, state: 'sending', at, owner: '', token, ...of };
		this.entries[key] = entry;
		return {
			settle: async (state, answer) => await this.settle(key, entry, state, answer),
			release: async () => {
				if (this.get(key)?.token === token) delete this.entries[key];
			},
		};
	}
}
