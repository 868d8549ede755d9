/** Plays a power cut: makes of what the shim has noted the folder as a disk may have it afterwards. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Random } from '../random';

/** One thing that was done to the folder. */
export interface Deed {
	what: 'open' | 'mkdir' | 'link' | 'unlink' | 'write' | 'truncate' | 'flush';
	inode: string;
	/** Where it was written, or the new length; bytes. */
	at: number;
	path: string;
	bytes: Buffer;
}

/** Reads the shim's log. */
export function readDeeds(log: string): Deed[] {
	const all = readFileSync(log);
	const deeds: Deed[] = [];
	for (let from = 0; from < all.length;) {
		const end = all.indexOf('\n', from);
		const [what, inode, at, length, path] = all.toString('utf8', from, end).split('\t');
		const bytes = all.subarray(end + 1, end + 1 + Number(length));
		deeds.push({ what, inode, at: Number(at), path, bytes } as Deed);
		from = end + 1 + bytes.length;
	}
	return deeds;
}

/** What a file holds, or is to hold. */
interface File {
	flushed: Buffer;
	/** What came since: a disk may have any of it, in any order. */
	later: Deed[];
}

/** A name that comes or goes. */
type Naming = [path: string, file: File | 'folder' | undefined];

/** Any of these, or all, or none: how much a disk has of what was not flushed is up to it. */
function some<T>(all: readonly T[], random: Random): T[] {
	const share = random.of([0, 0.2, 0.5, 0.9, 1]);
	return all.filter(() => random.next() < share);
}

/** A disk on which all that is done is done in memory, so that its power can be cut at any moment. */
export class Disk {
	private readonly files = new Map<string, File>();
	private readonly names = new Map<string, File | 'folder'>();
	/** The names that are on the disk for certain, and those that have changed since, by their folder. */
	private readonly flushed = new Map<string, File | 'folder'>();
	private readonly later = new Map<string, Naming[]>();

	/** @param folder the shim's; it is there from the start */
	constructor(private readonly folder: string) {}

	do(deed: Deed): void {
		const { what, inode, path } = deed;
		if (what === 'open' && !this.names.has(path)) {
			const file: File = { flushed: Buffer.alloc(0), later: [] };
			this.files.set(inode, file);
			this.name(path, file);
		} else if (what === 'mkdir') this.name(path, 'folder');
		else if (what === 'link') this.name(path, this.files.get(inode));
		else if (what === 'unlink') this.name(path, undefined);
		else if (what === 'flush') this.flush(deed);
		else if (what !== 'open') this.files.get(inode)?.later.push(deed);
	}

	/** Writes the folder to another place as it may be after the power was cut now. */
	cut(to: string, random: Random): void {
		mkdirSync(to, { recursive: true });
		const names = new Map(this.flushed);
		for (const changes of this.later.values())
			for (const [path, file] of some(changes, random)) put(names, path, file);
		for (const [path, file] of [...names].sort(([a], [b]) => a.localeCompare(b))) {
			const place = join(to, relative(this.folder, path));
			// A folder that is not there takes its files with it
			const isThere = dirname(path) === this.folder || names.has(dirname(path));
			if (!isThere) continue;
			if (file === 'folder') mkdirSync(place);
			else writeFileSync(place, contents(file, some(file.later, random), random));
		}
	}

	private name(path: string, file: File | 'folder' | undefined): void {
		put(this.names, path, file);
		const folder = dirname(path);
		this.later.set(folder, [...(this.later.get(folder) ?? []), [path, file]]);
	}

	private flush({ inode, path }: Deed): void {
		if (path === this.folder || this.names.get(path) === 'folder') {
			for (const change of this.later.get(path) ?? []) put(this.flushed, ...change);
			this.later.delete(path);
			return;
		}
		const file = this.files.get(inode);
		if (file) Object.assign(file, { flushed: contents(file, file.later), later: [] });
	}
}

function put(names: Map<string, File | 'folder'>, ...[path, file]: Naming): void {
	if (file) names.set(path, file);
	else names.delete(path);
}

/** @param random if given, a write may be torn: a disk writes by the sector of 512 bytes */
function contents({ flushed }: File, deeds: readonly Deed[], random?: Random): Buffer {
	const sizes = deeds.map(({ what, at, bytes }) => (what === 'truncate' ? at : at + bytes.length));
	const most = Math.max(flushed.length, ...sizes);
	// Flushing what fits needs no copy
	const all = random || most > flushed.length ? Buffer.alloc(most) : flushed;
	if (all !== flushed) flushed.copy(all);
	let { length } = flushed;
	for (const { what, at, bytes } of deeds) {
		if (what === 'truncate') all.fill(0, (length = at));
		else length = Math.max(length, at + bytes.length);
		if (random && random.next() < 0.3) {
			const half = random.below(bytes.length / 512) * 512;
			if (random.next() < 0.5) bytes.copy(all, at, 0, half);
			else bytes.copy(all, at + half, half);
		} else bytes.copy(all, at);
	}
	return all.subarray(0, length);
}
