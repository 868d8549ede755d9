/** A database that is closed is done with its file: another one may come in the file's place. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegisterFault } from '../../../lib/base/errors';
import { SqliteDatabase } from '../../../lib/register/sqlite';
import { sqliteRegister } from '../../../lib/run/registers';
import { claimOf } from './claim';
import { removeFiles } from './places';
import type { Entry } from '../../../lib/register/register';
import { storedIn } from './tables';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-closed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterAll(removeFiles);

const count = 'select count(*) as count from n8n_tw_td_register';
/** SQLite removes it when the last one that has the file open closes it. */
const isOpen = (file: string) => existsSync(`${file}-wal`);

it.each(['a thread that rests', 'a thread at work', 'no thread yet'])(
	'with %s: answers what was asked before, refuses what is asked after, and is done',
	async (state) => {
		const file = join(mkdtempSync(join(folder, 'file-')), 'register.db');
		const database = new SqliteDatabase(file);
		const before: Array<Promise<unknown>> = [];
		if (state !== 'no thread yet') await database.query(count, []);
		if (state === 'a thread at work') {
			before.push(database.query(count, []));
			// Runs after the turn in which the thread is given its work
			await new Promise(setImmediate);
		}
		before.push(database.query(count, []));
		const closed = database.close();
		const after = database.query(count, []).catch((error: unknown) => error);
		await closed;
		expect(isOpen(file)).toBe(false);
		expect(await Promise.all(before)).toEqual(before.map(() => [{ count: 0 }]));
		expect(await after).toBeInstanceOf(RegisterFault);
		expect(String(await after)).toContain('it was closed');
		expect(isOpen(file)).toBe(false);
		await database.close();
	},
);

/** What is asked for does not matter here. */
const ANY = { key: 'key', token: 'any' } as Entry;

it('what a removed register was asked leaves the next one alone', async () => {
	const file = join(folder, 'next', 'register.db');
	const earlier = sqliteRegister(file);
	const lost = earlier.release('key', ANY);
	await removeFiles();
	const next = sqliteRegister(file);
	expect(next).not.toBe(earlier);
	await next.claim('key', claimOf());
	await lost;
	await expect(earlier.release('key', ANY)).rejects.toThrow('it was closed');
	expect(await storedIn(next)).toHaveLength(1);
});
