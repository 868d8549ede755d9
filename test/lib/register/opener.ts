/** A register at a place, made by a list of migrations: of this version of the package or of another. */
import { Pool } from 'pg';
import { PostgresDatabase } from '../../../lib/register/postgres';
import { MIGRATIONS, TABLE } from '../../../lib/register/schema';
import { SqlRegister } from '../../../lib/register/sql-register';
import { SqliteDatabase } from '../../../lib/register/sqlite';
import { claimOf } from './claim';

/** What a later version of the package could add. */
export const LATER = [
	...MIGRATIONS,
	`alter table ${TABLE} add column later text`,
	`create table ${TABLE}_later (id int); insert into ${TABLE}_later values (7)`,
];

export interface Opened {
	register: SqlRegister;
	close: () => Promise<unknown>;
}

/** @param target a file, or what leads to PostgreSQL */
export function open(target: string | object, migrations: readonly string[] = MIGRATIONS): Opened {
	if (typeof target === 'string') {
		const database = new SqliteDatabase(target, migrations);
		return { register: new SqlRegister(database), close: async () => await database.close() };
	}
	const pool = new Pool({ ...target, ssl: false });
	const register = new SqlRegister(new PostgresDatabase(pool, migrations));
	return { register, close: async () => await pool.end() };
}

export const KEYS = Array.from({ length: 50 }, (_, i) => i.toString(16).padStart(16, '0'));

/** Claims them all, and counts those that it got. */
export async function claimAll({ register }: Opened, execution = '17'): Promise<number> {
	const claims = KEYS.map(
		async (key) => await register.claim(key, claimOf({ name: `ORD-${key}`, execution })),
	);
	return (await Promise.all(claims)).filter((claimed) => 'held' in claimed).length;
}

/** As a process of its own: waits for the word, then migrates and claims at the same moment as others. */
async function asProcess(): Promise<void> {
	const [target = ''] = process.argv.slice(2);
	const opened = open(JSON.parse(target) as string | object, LATER);
	process.on('message', () => {
		void claimAll(opened, String(process.pid)).then(async (got) => {
			process.send!(got);
			await opened.close();
			process.disconnect();
		});
	});
	process.send!('ready');
}

if (process.send && process.argv[1] === __filename) void asProcess();
