/**
 * Hands files to n8n with as little of them in memory as n8n allows.
 *
 * In its mode `filesystem` n8n streams a file to the disk. In `database` and in memory it collects the
 * stream in pieces and joins them, which takes twice the memory; given whole, the file is there once.
 * ASSUMED: `s3` is like these. A node can't ask for the mode, but the id of a stored file begins with it
 * (tried on n8n 2.8.4 and 2.41.1; `database` on 2.41.1 alone).
 */
import type { IBinaryData } from 'n8n-workflow';
import type { Readable } from 'node:stream';
import type { OutgoingFile } from '../operation/operation';

/** n8n's `prepareBinaryData`. */
export type Prepare = (
	content: Buffer | Readable,
	name: string,
	mimeType: string,
) => Promise<IBinaryData>;

/** Up to this size a file is given whole in any mode; bytes. */
const SMALL = 1024 * 1024;

/** The most that all whole files together may take in memory; bytes. */
const MAX_HELD = 200 * 1024 * 1024;

/** Stores files, and learns from them n8n's mode, which does not change while it runs. */
export class FileStore {
	private streams: boolean | undefined;
	/** The first large file; the others wait for what it shows of n8n's mode. */
	private first: Promise<unknown> | undefined;
	private readonly memory = new MemoryBudget(MAX_HELD);

	/** @throws what reading the content throws, or n8n's own error */
	async store(file: OutgoingFile, prepare: Prepare): Promise<IBinaryData> {
		const { content, length = Infinity, name, mimeType } = file;
		const keep = async (given: Buffer | Readable) => {
			const kept = await prepare(given, name, mimeType);
			this.streams = kept.id?.startsWith('filesystem') ?? false;
			return kept;
		};
		if (Buffer.isBuffer(content)) return await keep(content);
		if (length <= SMALL) return await keep(await gather(content, length));
		while (this.streams === undefined && this.first) await this.first;
		if (this.streams === undefined) {
			const storing = keep(content);
			// A failure is its own item's
			this.first = storing.catch(() => undefined).finally(() => (this.first = undefined));
			return await storing;
		}
		if (this.streams || length === Infinity) return await keep(content);
		return await this.memory.with(length, async () => await keep(await gather(content, length)));
	}
}

/** A weighted semaphore: work waits until its share is free. */
class MemoryBudget {
	private taken = 0;
	private waiting: Array<() => void> = [];

	constructor(private readonly size: number) {}

	async with<Result>(share: number, work: () => Promise<Result>): Promise<Result> {
		// A share larger than all of it runs alone
		while (this.taken > 0 && this.taken + share > this.size) {
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
		this.taken += share;
		try {
			return await work();
		} finally {
			this.taken -= share;
			for (const resume of this.waiting.splice(0)) resume();
		}
	}
}

/** The whole of a stream whose length is known, without a second copy of it. */
async function gather(content: Readable, length: number): Promise<Buffer> {
	const whole = Buffer.allocUnsafe(length);
	let size = 0;
	for await (const chunk of content as AsyncIterable<Buffer>) size += chunk.copy(whole, size);
	return whole.subarray(0, size);
}
