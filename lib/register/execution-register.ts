/**
 * Remembers what this execution has sent, so that a later try of it does not send it again. It sits in front
 * of a lasting register, if there is one; a key is claimed only when both have granted it.
 *
 * Its own entries live in a plain object that the host keeps with the execution (n8n's flow context, which
 * all nodes of the execution share, and which survives Retry On Fail and a retry from the executions list).
 * Their `execution` is empty, since only the same execution finds them.
 */
import type { Claim, Entry, Held, Register, Settlement, Wanted } from './register';
import { newToken } from '../base/owner';

/** What the host keeps with the execution; plain JSON. */
export type EntriesByKey = Record<string, Entry>;

/** Lets other requests begin while this waits. */
export type LetOthersBegin = <T>(wait: () => Promise<T>) => Promise<T>;

export class ExecutionRegister implements Register {
	/** @param entries kept by the host, with those of earlier tries */
	constructor(
		private readonly entries: EntriesByKey,
		private readonly lasting?: Register,
		private readonly meanwhile: LetOthersBegin = async (wait) => await wait(),
	) {}

	async claim(key: string, claim: Claim): Promise<{ held: Held } | { standing: Entry }> {
		const standing = this.entries[key];
		if (standing && !(await this.isOvertaken(standing, claim))) return { standing };
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
		// Our own entry's token is not the lasting register's, so look that entry up
		const isOwn = over.execution === '';
		const standing = isOwn ? await this.lasting?.find(key) : over;
		if (standing && isOwn && isOthers(standing, over)) return { standing };
		const taken = standing
			? await this.lasting?.takeOver(key, standing, claim)
			: await this.lasting?.claim(key, claim);
		if (taken && !('held' in taken)) return taken;
		return { held: this.hold(this.enter(key, claim), taken?.held) };
	}

	/** Whether another execution has meanwhile sent what an earlier try is not known to have sent: its entry counts. */
	private async isOvertaken(own: Entry, claim: Claim): Promise<boolean> {
		if (own.state === 'accepted' || own.sentBy === claim.execution) return false;
		const standing = await this.lasting?.find(own.key);
		return standing !== undefined && standing.state !== 'failed' && isOthers(standing, own);
	}

	async settle(
		key: string,
		entry: Entry,
		state: Settlement,
		answer?: Record<string, unknown>,
	): Promise<void> {
		const own = entry.execution === '' ? entry.answer : undefined;
		this.end(entry, state, answer);
		const standing = await this.inLasting(key, entry);
		if (standing) await this.lasting?.settle(key, standing, state, lasting(answer, own, standing));
	}

	async release(key: string, entry: Entry): Promise<void> {
		const standing = await this.inLasting(key, entry);
		if (standing) await this.lasting?.release(key, standing);
		this.end(entry, 'failed');
	}

	/** The lasting register's own entry of a send, which has another token than ours; unless another sender has it now. */
	private async inLasting(key: string, entry: Entry): Promise<Entry | undefined> {
		if (entry.execution !== '') return entry;
		const standing = await this.lasting?.find(key);
		return standing?.body === entry.body && !isOthers(standing, entry) ? standing : undefined;
	}

	async find(key: string): Promise<Entry | undefined> {
		return this.entries[key] ?? (await this.lasting?.find(key));
	}

	async list(wanted: Wanted): Promise<Entry[]> {
		return (await this.lasting?.list(wanted)) ?? [];
	}

	/** In the lasting register alone, where there is one: it needs no second copy here. */
	async put(
		key: string,
		claim: Claim,
		answer: Record<string, unknown>,
		over?: Entry | null,
	): Promise<boolean> {
		const own = this.entries[key];
		if (this.lasting) {
			const isPut = await this.lasting.put(key, claim, answer, over);
			// Of a node that has no lasting register: from now on that one tells
			delete this.entries[key];
			return isPut;
		}
		if (over !== undefined && own && own.token !== over?.token) return false;
		this.end(this.enter(key, claim), 'accepted', answer);
		return true;
	}

	async forgetsBefore(): Promise<number> {
		return (await this.lasting?.forgetsBefore()) ?? 0;
	}

	private enter(key: string, { keeps: _keeps, ...claim }: Claim): Entry {
		const of = { ...claim, execution: '', sentBy: claim.execution, key };
		const at = Date.now();
		const token = newToken(claim.until - at);
		return (this.entries[key] = { ...of, at, token, state: 'sending' });
	}

	private end({ key, token }: Entry, state: Settlement, answer?: Record<string, unknown>): void {
		const entry = this.entries[key];
		if (entry?.token !== token) return;
		// Frees the key, for a later try as well
		if (state === 'failed') delete this.entries[key];
		else Object.assign(entry, answer ? { state, answer } : { state });
		// No longer needed, and it may name people
		if (state === 'accepted') delete entry.bytes;
	}

	/** Settles our own entry first, since that cannot fail. */
	private hold(own: Entry, lasting: Held | undefined): Held {
		return {
			settle: async (state, answer) => {
				this.end(own, state, answer);
				const recording = async () => await lasting?.settle(state, answer);
				// After any other outcome no request may begin before it is recorded
				await (state === 'accepted' ? this.meanwhile(recording) : recording());
			},
			release: async () => {
				this.end(own, 'failed');
				await lasting?.release();
			},
		};
	}
}

/** Without what only the execution keeps of the vendor's answer, which may name people. */
function lasting(
	answer: Record<string, unknown> | undefined,
	own: Record<string, unknown> | undefined,
	standing: Entry,
): Record<string, unknown> | undefined {
	if (!answer || !own) return answer;
	const isKept = ([name]: [string, unknown]) => !(name in own) || name in (standing.answer ?? {});
	return Object.fromEntries(Object.entries(answer).filter(isKept));
}

/** Whether an entry of the lasting register is another sender's than our own one; one of an older version does not say. */
const isOthers = (standing: Entry, { sentBy = standing.execution }: Entry) =>
	standing.execution !== sentBy;
