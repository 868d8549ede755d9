/** A dry run looks at a register and leaves it as it is, be it there or not. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Register } from '../../../lib/operation/needs';
import { FileRegister } from '../../../lib/register/file-register';
import { LookingRegister } from '../../../lib/register/looking-register';
import { closeDatabases } from '../../../lib/register/postgres-connection';
import { postgresRegister } from '../../../lib/register/postgres-register';
import { claimOf } from './claim';
import { type Database, hasPostgres, makeDatabase } from './postgres';

const KEY = 'ab'.repeat(20);
const claim = claimOf({ until: 0 });
const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-looking-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** All that a dry run may come to do. */
async function lookAt(register: Register): Promise<void> {
	const looking = new LookingRegister(register);
	const wanted = { kind: 'order', account: 'acc', limit: 10 } as const;
	expect([await looking.find(KEY), await looking.list(wanted)]).toEqual([undefined, []]);
	const { held } = await looking.claim(KEY, claim);
	await held.settle('accepted');
	await held.release();
	await looking.release(KEY);
	await looking.put(KEY, claim, { answer: 1 });
	expect(await looking.find(KEY)).toMatchObject({ state: 'accepted', answer: { answer: 1 } });
	expect(await register.find(KEY)).toBeUndefined();
}

it('files: no folder is made', async () => {
	const place = join(folder, 'register');
	await lookAt(new FileRegister(place));
	expect(existsSync(place)).toBe(false);
});

const inPostgres = hasPostgres ? describe : describe.skip;
inPostgres('PostgreSQL', () => {
	let database: Database;
	beforeAll(async () => (database = await makeDatabase()), 60_000);
	afterAll(async () => {
		await closeDatabases();
		database.remove();
	});

	it('no table is made', async () => {
		const register = postgresRegister(database.credential);
		await lookAt(register);
		const client = new Client({ ...database.credential, ssl: false });
		await client.connect();
		const tables = async () =>
			(await client.query("select 1 from pg_tables where schemaname = 'public'")).rowCount;
		expect(await tables()).toBe(0);
		await register.claim(KEY, claim);
		expect(await tables()).toBeGreaterThan(0);
		await client.end();
	});
});
