/**
 * Remembers sends in files of n8n's own folder: one file a key, created exclusively, so that of any
 * processes that want the same key one gets it. It survives a killed process; a claim is written
 * through to the disk, so it survives a power cut as well.
 */
import { constants, type Stats } from 'node:fs';
import * as fs from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { RegisterFault } from '../base/errors';
import type { Claim, Entry, Held, SendState, Wanted } from '../operation/needs';
import { claimText, endText, readEntry } from './file-entry';
import { DRAFT, draftsIn, walk } from './file-walk';
import { newEntry } from './new-entry';
import { DAY_MS, isOver, type Retention } from './retention';
import type { LastingRegister } from './store';

// With callbacks: node:fs/promises costs the loop half as much again for such small files
const writeFile = promisify(fs.writeFile) as (
	file: string | number,
	text: string,
	options: { flag?: number; flush?: boolean },
) => Promise<void>;
const open = promisify(fs.open) as (path: string, flag: string, mode: number) => Promise<number>;
const close = promisify(fs.close);
const readFile = promisify(fs.readFile) as (path: string, encoding: 'utf8') => Promise<string>;
const stat = promisify(fs.stat) as (path: string) => Promise<Stats>;
const mkdir = promisify(fs.mkdir);
const rename = promisify(fs.rename);
const unlink = promisify(fs.unlink) as (path: string) => Promise<void>;
const readdir = promisify(fs.readdir) as (path: string) => Promise<string[]>;
const rm = promisify(fs.rm) as (path: string, options: { force: boolean }) => Promise<void>;

/** Only n8n's own user may read it. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** A file without contents is waited for this long, since its process may be about to write it. */
const WRITING_MS = 2_000;

/** Adds to a file that is there, and makes none. */
const ADD = constants.O_WRONLY | constants.O_APPEND;

/** Begins the name of a day's marker, which says that what is old was swept on that day. */
const SWEPT = 'swept-';

/** 256 folders: a million keys are 4,000 files in each, and the first orders need few folders made. */
const SHARD_LETTERS = 2;

export class FileRegister implements LastingRegister {
	/** @param folder made when it is first needed */
	constructor(readonly folder: string) {}

	async claim(key: string, claim: Claim): Promise<{ held: Held } | { standing: Entry }> {
		const entry = newEntry(key, claim, Date.now());
		for (;;) {
			try {
				await this.create(this.pathOf(key), claimText(entry));
				return { held: this.hold(entry) };
			} catch (error) {
				if (codeOf(error) !== 'EEXIST') throw this.fault(error);
				const standing = await this.find(key);
				// Released between the two looks: then it is free to claim
				if (standing) return { standing };
			}
		}
	}

	/**
	 * Looks, then replaces: two that take over at the very same moment can both succeed. So this is for
	 * what may be sent twice, and never for a plain claim.
	 */
	async takeOver(
		key: string,
		over: Entry,
		claim: Claim,
	): Promise<{ held: Held } | { standing: Entry | undefined }> {
		const standing = await this.find(key);
		if (!standing) return await this.claim(key, claim);
		if (standing.token !== over.token) return { standing };
		const entry = newEntry(key, claim, Date.now());
		await this.replace(key, claimText(entry), entry.token);
		return { held: this.hold(entry) };
	}

	async settle(
		key: string,
		{ token }: Entry,
		state: Exclude<SendState, 'sending'>,
		answer?: Record<string, unknown>,
	): Promise<void> {
		// A torn file has no token: nothing can be added to it that could be read
		if (token !== '') await this.add(key, endText(token, state, answer));
	}

	async release(key: string): Promise<void> {
		try {
			await unlink(this.pathOf(key));
		} catch (error) {
			if (codeOf(error) !== 'ENOENT') throw this.fault(error);
		}
	}

	async find(key: string): Promise<Entry | undefined> {
		const path = this.pathOf(key);
		try {
			const text = await readFile(path, 'utf8');
			const changedAt = text.endsWith('\n') ? 0 : (await stat(path)).mtimeMs;
			return readEntry(key, text, changedAt, WRITING_MS);
		} catch (error) {
			if (codeOf(error) === 'ENOENT') return undefined;
			throw this.fault(error);
		}
	}

	async put(key: string, claim: Claim, answer: Record<string, unknown>): Promise<void> {
		const entry = newEntry(key, claim, Date.now());
		const text = claimText(entry) + endText(entry.token, 'accepted', answer);
		await this.replace(key, text, entry.token);
	}

	async list({
		kind,
		account,
		state,
		since = 0,
		before = Infinity,
		limit,
	}: Wanted): Promise<Entry[]> {
		let found: Entry[] = [];
		for await (const entry of this.entries()) {
			if (entry.kind !== kind || entry.account !== account) continue;
			if (state && entry.state !== state) continue;
			if (entry.at < since || entry.at >= before) continue;
			found.push(entry);
			// A register can hold far more than is wanted, and than should be in memory
			if (found.length > 2 * limit) found = oldest(found, limit);
		}
		return oldest(found, limit);
	}

	async sweep(retention: Retention, now: number): Promise<number> {
		let count = 0;
		let forgotten = 0;
		for await (const entry of this.entries()) {
			count++;
			if (!isOver(entry, retention, now)) continue;
			await this.release(entry.key);
			forgotten++;
		}
		await this.removeDrafts(now - DAY_MS);
		const surplus = count - forgotten - retention.cap;
		return surplus > 0 ? forgotten + (await this.forgetOldest(surplus)) : forgotten;
	}

	async sweepIfDue(retention: Retention, now: number): Promise<number> {
		// Of any who ask on one day, one can make the day's marker
		const marker = `${SWEPT}${Math.floor(now / DAY_MS)}`;
		try {
			await this.create(join(this.folder, marker), '');
			const names = await readdir(this.folder);
			const old = names.filter((name) => name.startsWith(SWEPT) && name !== marker);
			for (const name of old) await rm(join(this.folder, name), { force: true });
		} catch (error) {
			if (codeOf(error) === 'EEXIST') return 0;
			throw this.fault(error);
		}
		return await this.sweep(retention, now);
	}

	/** What a process left behind that was killed while it wrote; a memory's draft holds personal data. */
	private async removeDrafts(before: number): Promise<void> {
		for await (const path of draftsIn(this.folder, (error) => this.fault(error))) {
			try {
				if ((await stat(path)).mtimeMs < before) await unlink(path);
			} catch (error) {
				// It has just become an entry
				if (codeOf(error) !== 'ENOENT') throw this.fault(error);
			}
		}
	}

	private async forgetOldest(surplus: number): Promise<number> {
		const accepted: Array<{ key: string; at: number }> = [];
		for await (const { key, state, at } of this.entries()) {
			if (state === 'accepted') accepted.push({ key, at });
		}
		const leaving = oldest(accepted, surplus);
		for (const { key } of leaving) await this.release(key);
		return leaving.length;
	}

	/** All entries, one at a time. */
	private async *entries(): AsyncGenerator<Entry> {
		for await (const key of walk(this.folder, (error) => this.fault(error))) {
			const entry = await this.find(key);
			if (entry) yield entry;
		}
	}

	private pathOf(key: string): string {
		return join(this.folder, key.slice(0, SHARD_LETTERS), key);
	}

	private hold(entry: Entry): Held {
		const { key, token } = entry;
		return {
			settle: async (state, answer) => await this.settle(key, entry, state, answer),
			release: async () => {
				const standing = await this.find(key);
				if (standing?.token === token) await this.release(key);
			},
		};
	}

	/** Exclusive, and on the disk when it returns. @throws what the system says */
	private async create(path: string, text: string): Promise<void> {
		try {
			await writeNew(path, text);
		} catch (error) {
			if (codeOf(error) !== 'ENOENT') throw asThrown(error);
			await makeFolder(dirname(path));
			await writeNew(path, text);
		}
	}

	/** One small write at the end of the file, if it is there. */
	private async add(key: string, text: string): Promise<void> {
		try {
			await writeFile(this.pathOf(key), text, { flag: ADD });
		} catch (error) {
			if (codeOf(error) !== 'ENOENT') throw this.fault(error);
		}
	}

	private async replace(key: string, text: string, token: string): Promise<void> {
		const path = this.pathOf(key);
		// Beside the shards, where no walk takes it for an entry
		const draft = join(this.folder, `${token}${DRAFT}`);
		try {
			await this.create(draft, text);
			await makeFolder(dirname(path));
			await rename(draft, path);
		} catch (error) {
			throw this.fault(error);
		}
	}

	private fault(error: unknown): Error {
		const code = codeOf(error);
		if (code === undefined) return error as Error;
		return new RegisterFault(
			`What was sent can not be remembered in ${this.folder}: ${REASONS[code] ?? code}`,
			"Nothing was sent without being remembered. Mend that, or choose In PostgreSQL or No under 'Remember Orders'.",
		);
	}
}

const REASONS: Readonly<Record<string, string>> = {
	EACCES: 'n8n may not write there (EACCES)',
	EPERM: 'n8n may not write there (EPERM)',
	EROFS: 'the disk is read-only (EROFS)',
	ENOSPC: 'the disk is full (ENOSPC)',
	EDQUOT: 'the disk quota is used up (EDQUOT)',
	ENOTDIR: 'a part of this path is a file, not a folder (ENOTDIR)',
	EIO: 'the disk reports a fault (EIO)',
	EMFILE: 'too many files are open (EMFILE)',
};

function codeOf(error: unknown): string | undefined {
	const { code } = error as NodeJS.ErrnoException;
	return typeof code === 'string' ? code : undefined;
}

/** A file that was not there before, on the disk when this returns; none is left that can't be written. */
async function writeNew(path: string, text: string): Promise<void> {
	const file = await open(path, 'wx', FILE_MODE);
	try {
		await writeFile(file, text, { flush: true }).finally(async () => await close(file));
	} catch (error) {
		// Nothing was sent under it, so an empty or torn file must not stand for a send. One that could
		// not be opened is left alone: it may be somebody else's claim.
		await unlink(path).catch(() => undefined);
		throw asThrown(error);
	}
}

/** Makes a folder and those above it, if they are missing. */
async function makeFolder(path: string): Promise<void> {
	try {
		// By itself first: for a read-only disk the recursive call says that nothing is there
		await mkdir(path, { mode: FOLDER_MODE });
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return;
		if (codeOf(error) !== 'ENOENT') throw asThrown(error);
		await mkdir(path, { recursive: true, mode: FOLDER_MODE });
	}
}

/** As many of them as there may be, the oldest first; sorts the list it is given. */
function oldest<Aged extends { at: number }>(entries: Aged[], count: number): Aged[] {
	return entries.sort((one, other) => one.at - other.at).slice(0, count);
}

const asThrown = (error: unknown) => error as Error;

/** n8n's own folder: `.n8n` in N8N_USER_FOLDER or the home folder, as n8n finds it. */
export function registerFolder(env: NodeJS.ProcessEnv): string {
	return join(env['N8N_USER_FOLDER'] ?? homedir(), '.n8n', 'n8n-nodes-tw-td', 'register');
}

const opened = new Map<string, FileRegister>();

/** The register in this n8n's own folder; one for all runs. */
export function fileRegister(): FileRegister {
	// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- where n8n's folder is
	const folder = registerFolder(process.env);
	let register = opened.get(folder);
	if (!register) opened.set(folder, (register = new FileRegister(folder)));
	return register;
}
