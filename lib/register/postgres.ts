/** The register's tables in PostgreSQL, for an n8n whose workers do not share a folder. */
import type { Pool } from 'pg';
import { RegisterFault } from '../base/errors';
import { MIGRATIONS, TABLE } from './schema';
import type { Database, Value } from './sql-register';

/** Without the lock, two processes that create the tables at one moment would make each other fail. */
const BEGIN = `begin; select pg_advisory_xact_lock(hashtext('${TABLE}'));
	create table if not exists ${TABLE}_version (version int not null)`;
const VERSION = `select coalesce(max(version), 0) as version from ${TABLE}_version`;

export class PostgresDatabase implements Database {
	private tables: Promise<void> | undefined;

	constructor(
		private readonly pool: Pool,
		private readonly migrations: readonly string[] = MIGRATIONS,
	) {}

	async query(statement: string, values: Value[], ifExists = false): Promise<unknown[]> {
		try {
			if (ifExists && !this.tables) await this.pool.query(VERSION);
			await (this.tables ??= this.migrate());
			return (await this.pool.query<object>(statement, values)).rows;
		} catch (error) {
			if (ifExists && (error as { code?: unknown }).code === NO_TABLE) return [];
			// If the tables could not be created, or were dropped since, the next statement creates them
			this.tables = undefined;
			throw faultOf(error);
		}
	}

	async close(): Promise<void> {
		await this.pool.end();
	}

	private async migrate(): Promise<void> {
		const client = await this.pool.connect();
		try {
			await client.query(BEGIN);
			const { rows } = await client.query<{ version: number }>(VERSION);
			const version = rows[0]?.version ?? 0;
			const { length } = this.migrations;
			if (version > length) throw notRemembered(NEWER);
			for (const migration of this.migrations.slice(version)) await client.query(migration);
			if (version < length) await client.query(`insert into ${TABLE}_version values (${length})`);
			await client.query('commit');
			client.release();
		} catch (error) {
			client.release(true);
			throw error as Error;
		}
	}
}

const NO_TABLE = '42P01';
const NEWER = 'its tables were made by a newer version of this package. Update it on this n8n';

const notRemembered = (reason: string) => RegisterFault.at('PostgreSQL', reason);

/** Names the failure, never an address, a user or a password. */
function faultOf(error: unknown): RegisterFault {
	if (error instanceof RegisterFault) return error;
	const { code, message } = error as { code?: unknown; message?: unknown };
	if (typeof code === 'string') return notRemembered(REASONS[code] ?? `code ${code}`);
	const isLate = typeof message === 'string' && /time ?out/i.test(message);
	return notRemembered(isLate ? 'it does not answer in time' : 'the connection failed');
}

/** By code of the system or of PostgreSQL. */
const REASONS: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'the host refuses the connection (ECONNREFUSED)',
	ENOTFOUND: 'the host name is not known (ENOTFOUND)',
	EAI_AGAIN: 'the host name is not known (EAI_AGAIN)',
	ECONNRESET: 'the connection broke (ECONNRESET)',
	ETIMEDOUT: 'it does not answer in time (ETIMEDOUT)',
	'28P01': 'it refuses the password (28P01)',
	'28000': 'it refuses the user (28000)',
	'3D000': 'there is no such database (3D000)',
	'42501': 'the user lacks the right (42501)',
	'53300': 'it has too many connections (53300)',
	'53100': 'its disk is full (53100)',
	'57014': 'it does not answer in time (57014)',
	'57P01': 'it is shutting down (57P01)',
	'57P03': 'it is starting up (57P03)',
	'25006': 'it is read-only (25006)',
};
