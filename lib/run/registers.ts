/** The registers that outlast executions: in n8n's own folder, or in a database of the user's; one for all runs. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type * as Pg from 'pg';
import * as z from 'zod/v4';
import { ValidationFault } from '../base/errors';
import type { Retention } from '../operation/needs';
import { PostgresDatabase } from '../register/postgres';
import { type Database, SqlRegister } from '../register/sql-register';
import { SqliteDatabase } from '../register/sqlite';

const DEFAULT_RETENTION: Retention = { days: 180, cap: 1_000_000 };

/** Environment variables of the n8n host. */
export const RETENTION_VARIABLES = {
	days: 'N8N_TW_TD_REMEMBER_DAYS',
	cap: 'N8N_TW_TD_REMEMBER_MAX',
} as const;

/** The retention that the host is set to; what is not a number above 0 counts as not set. */
export function retentionFrom(env: NodeJS.ProcessEnv): Retention {
	const read = (name: keyof Retention) => {
		const value = Number(env[RETENTION_VARIABLES[name]]);
		return value > 0 ? value : DEFAULT_RETENTION[name];
	};
	return { days: read('days'), cap: read('cap') };
}

/** Where the register lies in n8n's own folder: `.n8n` in N8N_USER_FOLDER or the home folder, as n8n finds it. */
export function registerFile(env: NodeJS.ProcessEnv): string {
	return join(env['N8N_USER_FOLDER'] ?? homedir(), '.n8n', 'n8n-nodes-tw-td', 'register.db');
}

const opened = new Map<string, { database: Database; register: SqlRegister }>();

function openOnce(place: string, open: () => Database): SqlRegister {
	let one = opened.get(place);
	if (!one) {
		const database = open();
		opened.set(place, (one = { database, register: new SqlRegister(database) }));
	}
	return one.register;
}

/** The register in a SQLite file; made, with its folder, when the first entry is. */
export const sqliteRegister = (file: string): SqlRegister =>
	openOnce(file, () => new SqliteDatabase(file));

/** Closes files and connections; whoever asks for a register then opens it anew. */
export async function closeRegisters(): Promise<void> {
	const all = [...opened.values()];
	opened.clear();
	await Promise.all(all.map(async ({ database }) => await database.close()));
}

/** Milliseconds; a database that hangs must not hang the flow. */
const CONNECT_MS = 10_000;
const STATEMENT_MS = 10_000;
const IDLE_MS = 30_000;
/** Of the credential's 100 connections we need few: a statement takes a moment. */
const MOST_CONNECTIONS = 10;

/** n8n's credential type `postgres`; the members we read. */
const credential = z.looseObject({
	host: z.string().min(1),
	port: z.coerce.number().default(5432),
	database: z.string().min(1),
	user: z.string().min(1),
	password: z.string().default(''),
	maxConnections: z.coerce.number().default(MOST_CONNECTIONS),
	allowUnauthorizedCerts: z.boolean().default(false),
	ssl: z.enum(['allow', 'disable', 'require']).catch('disable'),
	sshTunnel: z.boolean().default(false),
});

/**
 * The register behind a credential of n8n's type `postgres`.
 *
 * @param data the decrypted credential
 * @throws {ValidationFault} for one that is not complete, or that leads through an SSH tunnel
 */
export function postgresRegister(data: unknown): SqlRegister {
	const parsed = credential.safeParse(data);
	if (!parsed.success) {
		const field = String(parsed.error.issues[0]?.path[0] ?? 'host');
		throw new ValidationFault(
			`'${field}' of the Postgres credential is empty or not usable`,
			field,
			'Open the credential and fill this field in. Nothing was sent.',
		);
	}
	if (parsed.data.sshTunnel) throw throughTunnel();
	return openOnce(JSON.stringify(parsed.data), () => new PostgresDatabase(poolOf(parsed.data)));
}

function poolOf(settings: z.infer<typeof credential>): Pg.Pool {
	// Loaded late: n8n loads every package at its start, and few flows need it
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` would load it at the start
	const { Pool } = require('pg') as typeof Pg;
	const { host, port, database, user, password, maxConnections } = settings;
	const pool = new Pool({
		...{ host, port, database, user, password },
		max: Math.max(1, Math.min(maxConnections, MOST_CONNECTIONS)),
		ssl: sslOf(settings),
		connectionTimeoutMillis: CONNECT_MS,
		statement_timeout: STATEMENT_MS,
		query_timeout: STATEMENT_MS,
		idleTimeoutMillis: IDLE_MS,
		allowExitOnIdle: true,
	});
	// An idle connection that breaks is replaced at the next use; unheard, it would end the process
	pool.on('error', () => undefined);
	return pool;
}

/** As n8n's own Postgres node reads the credential. */
function sslOf({ allowUnauthorizedCerts, ssl }: z.infer<typeof credential>): Pg.PoolConfig['ssl'] {
	return allowUnauthorizedCerts ? { rejectUnauthorized: false } : ssl !== 'disable';
}

const throughTunnel = () =>
	new ValidationFault(
		'The Postgres credential leads through an SSH tunnel, which this node does not open',
		'SSH Tunnel',
		'Use a credential that reaches the database directly, or On This n8n. Nothing was sent.',
	);
