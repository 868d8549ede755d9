/** Files and tables that are not as this version of the package would make them. */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { once } from 'node:events';
import {
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { RegisterFault } from '../../../lib/base/errors';
import { MIGRATIONS, TABLE } from '../../../lib/register/schema';
import { saying } from '../../observed';
import { claimOf } from './claim';
import { claimAll, KEYS, LATER, open, type Opened } from './opener';
import { PLACES, removeUserFolder, usePlace } from './places';
import type { Entry } from '../../../lib/register/register';
import { onTables, storedIn } from './tables';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-schema-'));
const opened: Opened[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
	await Promise.all(opened.splice(0).map(async ({ close }) => await close()));
});
afterAll(removeUserFolder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newFolder = () => mkdtempSync(join(folder, 'register-'));
const newFile = () => join(newFolder(), 'register.db');
const openedAt = (...how: Parameters<typeof open>) => {
	const one = open(...how);
	opened.push(one);
	return one;
};

/** A file that is open, as it lies there; where `isKilled` with its -wal, as after a kill. */
async function copied(file: string, from: string, isKilled: boolean, close: () => unknown) {
	if (!isKilled) await close();
	for (const part of isKilled ? ['', '-wal'] : ['']) copyFileSync(from + part, file + part);
	if (isKilled) await close();
}

const made = new Map<string, Promise<string>>();
/** A file with entries. */
async function leave(file: string, isKilled: boolean, migrations = MIGRATIONS) {
	const origin = async () => {
		const [from, to] = [newFile(), newFile()];
		const one = open(from, migrations);
		await claimAll(one);
		await copied(to, from, isKilled, one.close);
		return to;
	};
	const which = `${isKilled} ${migrations.length}`;
	const known = made.get(which) ?? origin();
	made.set(which, known);
	await copied(file, await known, isKilled, () => undefined);
}

/** A database of somebody else's. */
async function makeForeign(file: string, first: string, isKilled = false) {
	const from = newFile();
	const database = new DatabaseSync(from);
	database.exec(`${first}; create table workflow_entity (id text primary key, name text);`);
	database.exec("insert into workflow_entity values ('a', 'Orders')");
	await copied(file, from, isKilled, () => database.close());
}

/** All bytes in a folder; what SQLite only calculates from them is left out, and a -wal with no commit in it. */
const bytesIn = (place: string) =>
	Object.fromEntries(
		readdirSync(place, { recursive: true, encoding: 'utf8' })
			.filter((name) => !name.endsWith('-shm') && statSync(join(place, name)).isFile())
			.filter((name) => !name.endsWith('-wal') || statSync(join(place, name)).size > 0)
			.map((name) => [
				name,
				createHash('sha256')
					.update(readFileSync(join(place, name)))
					.digest('hex'),
			]),
	);

const cutInHalf = (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2));
function blank(file: string, from: number) {
	const bytes = readFileSync(file);
	writeFileSync(file, bytes.fill(0, from, from + 4096));
}
const middle = (file: string) => Math.floor(statSync(file).size / 2 / 4096) * 4096;

const FOREIGN = 'is not a register of this package';
const DAMAGED = /damaged|malformed|not a database/;
const NEWER = 'was made by a newer version of this package. Update it on this n8n';

/** What stands where the register should, how it got there, and what the user reads. */
const ODD: Array<[string, (file: string) => unknown, string | RegExp]> = [
	["another package's register", (file) => makeForeign(file, 'pragma application_id = 7'), FOREIGN],
	["n8n's own database", (file) => makeForeign(file, 'pragma journal_mode = wal'), FOREIGN],
	[
		"n8n's own database after n8n was killed",
		(file) => makeForeign(file, 'pragma journal_mode = wal', true),
		FOREIGN,
	],
	['a text', (file) => writeFileSync(file, 'What I sent today\n'.repeat(500)), DAMAGED],
	['a word', (file) => writeFileSync(file, 'word'), DAMAGED],
	['an empty file', (file) => writeFileSync(file, ''), FOREIGN],
	['a folder', (file) => mkdirSync(file), /unable to open|I\/O/],
	['half a register', async (file) => (await leave(file, false), cutInHalf(file)), DAMAGED],
	[
		'half a register and its -wal',
		async (file) => (await leave(file, true), cutInHalf(file)),
		DAMAGED,
	],
	[
		'a register with a page of zeros in its middle',
		async (file) => (await leave(file, false), blank(file, middle(file))),
		DAMAGED,
	],
	[
		'a register that begins with zeros',
		async (file) => (await leave(file, false), blank(file, 0)),
		DAMAGED,
	],
	['a -wal without its register', async (file) => (await leave(file, true), rmSync(file)), DAMAGED],
	[
		'a -wal with an empty file',
		async (file) => (await leave(file, true), writeFileSync(file, '')),
		/damaged|not a register/,
	],
	["a later version's", async (file) => await leave(file, false, LATER), NEWER],
	["a later version's after it was killed", async (file) => await leave(file, true, LATER), NEWER],
];

describe.each(ODD)('%s in the place of the file', (_what, make, says) => {
	it('is refused in words, and left as it is', async () => {
		const file = newFile();
		await make(file);
		const before = bytesIn(join(file, '..'));
		const { register, close } = openedAt(file);
		const asked = [
			async () => await register.find(KEYS[0]!),
			async () => await register.list({ kind: 'order', account: 'acc', limit: 1 }),
			async () => await register.claim(KEYS[0]!, claimOf()),
			async () => await register.put(KEYS[0]!, claimOf({ kind: 'memory' }), {}),
			async () => await register.sweep({ days: 1, cap: 1 }, Date.now()),
		];
		for (const ask of asked) {
			const fault = (await ask().catch((error: unknown) => error)) as RegisterFault;
			expect(fault).toMatchObject({ kind: 'register', message: saying(says) });
			expect(fault.message).toContain(`What was sent cannot be remembered in ${file}: `);
			expect(fault.advice).toMatch(
				/^Nothing was sent without being remembered\. Mend that and run this item again/,
			);
		}
		await close();
		expect(bytesIn(join(file, '..'))).toEqual(before);
	});
});

describe('a file that is there no more', () => {
	const GONE = /is gone, or another one is in its place\. Put it back; or restart n8n/;
	const refuses = async ({ register }: Opened) => {
		await expect(register.find(KEYS[0]!)).rejects.toThrow(GONE);
		await expect(register.claim('new', claimOf())).rejects.toThrow(GONE);
	};

	it('is missed, and not begun anew, until it is back', async () => {
		const file = newFile();
		const one = openedAt(file);
		await claimAll(one);
		renameSync(file, `${file}.moved`);
		await refuses(one);
		expect(readdirSync(join(file, '..'))).not.toContain('register.db');
		renameSync(`${file}.moved`, file);
		expect(await claimAll(one)).toBe(0);
	});

	it('is missed where another one is in its place, and that stays as it is', async () => {
		const file = newFile();
		const one = openedAt(file);
		await claimAll(one);
		const other = newFile();
		await leave(other, false);
		renameSync(other, file);
		const before = bytesIn(join(file, '..'))['register.db'];
		await refuses(one);
		expect(bytesIn(join(file, '..'))['register.db']).toBe(before);
	});
});

describe.each(PLACES)('in %s', (name) => {
	const place = usePlace(name);
	const target = (): string | object => {
		const { postgres } = place.credentials();
		return postgres ?? newFile();
	};
	beforeEach(async () => {
		if (name === 'files') return;
		const tables = ['', '_swept', '_days', '_version', '_later'].map((part) => TABLE + part);
		// Not by a register, which refuses the tables of a later version
		const client = new Client({ ...(target() as object), ssl: false });
		await client.connect();
		await client.query(`drop table if exists ${tables.join()}`);
		await client.end();
	});
	/** What is there beside the entries; a column of a later version is known by its table. */
	const isLater = async ({ register }: Opened) =>
		(await onTables(register, `select id from ${TABLE}_later`).catch(() => [])).length > 0;

	it('tables of an earlier version are migrated, and nothing of them is lost', async () => {
		const at = target();
		const earlier = open(at);
		await claimAll(earlier);
		await earlier.register.put('memory', claimOf({ kind: 'memory' }), { ip: '210.20.10.33' });
		const before = await storedIn(earlier.register);
		await earlier.close();
		const later = openedAt(at, LATER);
		expect(await claimAll(later)).toBe(0);
		expect(await storedIn(later.register)).toEqual(
			before.map((row) => ({ ...(row as object), later: null })),
		);
		expect(await isLater(later)).toBe(true);
	});

	it.each([
		['of an earlier version', true, 0],
		['that are not there yet', false, KEYS.length],
	])(
		'tables %s are made by one of several processes, and all go on',
		async (_which, isThere, free) => {
			const at = target();
			const earlier = open(at);
			if (isThere) await claimAll(earlier);
			await earlier.close();
			for (let i = 0; i < 3; i++) {
				const execArgv = ['--require', require.resolve('tsx/cjs')];
				children.push(fork(join(__dirname, 'opener.ts'), [JSON.stringify(at)], { execArgv }));
			}
			await Promise.all(children.map(async (child) => void (await once(child, 'message'))));
			const got = children.map(async (child) => ((await once(child, 'message')) as [number])[0]);
			for (const child of children) child.send('go');
			expect((await Promise.all(got)).reduce((sum, one) => sum + one)).toBe(free);
			const later = openedAt(at, LATER);
			expect(await storedIn(later.register)).toHaveLength(KEYS.length);
			expect(await onTables(later.register, `select id from ${TABLE}_later`)).toHaveLength(1);
		},
		60_000,
	);

	it('a migration that fails changes nothing, and the next version can do it', async () => {
		const at = target();
		const earlier = open(at);
		await claimAll(earlier);
		const before = await storedIn(earlier.register);
		await earlier.close();
		const broken = openedAt(at, [...LATER, 'create nothing']);
		await expect(claimAll(broken)).rejects.toMatchObject({ kind: 'register' });
		const again = openedAt(at);
		expect([await storedIn(again.register), await isLater(again)]).toEqual([before, false]);
		expect(await claimAll(openedAt(at, LATER))).toBe(0);
	});

	it('a migration that fails at the beginning leaves nothing', async () => {
		const at = target();
		const broken = openedAt(at, [...MIGRATIONS, 'create nothing']);
		await expect(claimAll(broken)).rejects.toMatchObject({ kind: 'register' });
		if (typeof at === 'string') expect(readdirSync(join(at, '..'))).toEqual([]);
		expect(await claimAll(openedAt(at))).toBe(KEYS.length);
	});

	it('what is opened again is as it was', async () => {
		const at = target();
		const dump = async ({ register }: Opened) => [
			await storedIn(register),
			...(name === 'files'
				? await onTables(register, 'pragma user_version')
				: await onTables(register, `select * from ${TABLE}_version`)),
		];
		const first = openedAt(at);
		await claimAll(first);
		const before = await dump(first);
		for (let i = 0; i < 3; i++) expect(await claimAll(openedAt(at))).toBe(0);
		expect(await dump(first)).toEqual(before);
	});

	it('tables of a later version are refused in words, and stay as they are', async () => {
		const at = target();
		const later = openedAt(at, LATER);
		await claimAll(later);
		const before = await storedIn(later.register);
		const { register } = openedAt(at);
		const message = saying(/made by a newer version of this package\. Update/);
		for (const ask of [
			async () => await register.claim('new', claimOf()),
			async () => await register.release(KEYS[0]!, { token: 'any' } as Entry),
			async () => await register.sweep({ days: 1e-9, cap: 1 }, Date.now() + 1e9),
			async () => await register.find(KEYS[0]!),
		]) {
			await expect(ask()).rejects.toMatchObject({ kind: 'register', message });
		}
		expect(await storedIn(later.register)).toEqual(before);
	});
});
