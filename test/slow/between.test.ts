/** What happens between the two statements of a claim must not be told as if it had stood there all along. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, SqlRegister } from '../../lib/register/sql-register';
import { SqliteDatabase } from '../../lib/register/sqlite';
import { claimOf } from '../lib/register/claim';
import { keyAt } from './register';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-between-'));
const database = new SqliteDatabase(join(folder, 'register.db'));
afterAll(async () => {
	await database.close();
	rmSync(folder, { recursive: true, force: true });
});

it('a send that fails while another one claims its key leaves the key to that one', async () => {
	const first = await new SqlRegister(database).claim(keyAt(1), claimOf());
	if (!('held' in first)) throw new Error('not held');
	const between: Database = {
		query: async (statement, values, ifExists) => {
			if (ifExists) await first.held.settle('failed');
			return await database.query(statement, values, ifExists);
		},
		close: async () => await database.close(),
	};
	const second = await new SqlRegister(between).claim(keyAt(1), claimOf({ execution: '18' }));
	expect(Object.keys(second)).toEqual(['held']);
});
