/** The registers of a run: what this execution has sent, and what others have, in n8n's folder or PostgreSQL. */
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type * as Pg from 'pg';
import * as z from 'zod/v4';
import { asFault, ValidationFault } from '../base/errors';
import { DryRunRegister } from '../register/dry-run-register';
import {
	type EntriesByKey,
	ExecutionRegister,
	type LetOthersBegin,
} from '../register/execution-register';
import { PostgresDatabase } from '../register/postgres';
import type { Register, RememberPlace, Retention } from '../register/register';
import { type Database, SqlRegister } from '../register/sql-register';
import { SqliteDatabase } from '../register/sqlite';
import { logDefect, type LogHost } from './defects';

/** Where n8n keeps the entries with the execution. */
const CONTEXT_MEMBER = 'twTdRegister';

/** Name of n8n's own credential type for PostgreSQL. */
const POSTGRES_CREDENTIAL = 'postgres';

const OTHER_WORKERS =
	"Orders are remembered in this n8n's own folder. n8n runs in queue mode, so workers with a folder of their own do not see them, and may send the same order again. Set 'Remember Orders' to In PostgreSQL; or, on one machine, let all workers share the folder .n8n.";

/**
 * The register at a place, opened on first use.
 *
 * @param hint says something above the node's output
 * @param meanwhile lets another item begin while one that was accepted is recorded
 */
export function registersOf(
	host: IExecuteFunctions,
	hint: (message: string) => void,
	meanwhile: LetOthersBegin,
): (place: RememberPlace) => Promise<Register> {
	return onFirstUse(openerOf(host, hint, lastingRegister, meanwhile));
}

/** The same for a dry run: they can be looked at, and nothing in them is changed or forgotten. */
export function dryRunRegistersOf(
	host: IExecuteFunctions,
	hint: (message: string) => void,
): (place: RememberPlace) => Promise<Register> {
	const open = openerOf(host, hint, registerAt);
	return onFirstUse(async (place) => new DryRunRegister(await open(place)));
}

function openerOf(
	host: IExecuteFunctions,
	hint: (message: string) => void,
	lasting: typeof registerAt,
	meanwhile?: LetOthersBegin,
): (place: RememberPlace) => Promise<Register> {
	const entries = (host.getContext('flow')[CONTEXT_MEMBER] ??= {}) as EntriesByKey;
	return async (place) => {
		if (place === 'no') return new ExecutionRegister(entries);
		if (place === 'files' && isQueueMode()) hint(OTHER_WORKERS);
		return new ExecutionRegister(entries, await lasting(host, place), meanwhile);
	};
}

function onFirstUse(
	open: (place: RememberPlace) => Promise<Register>,
): (place: RememberPlace) => Promise<Register> {
	const opened = new Map<RememberPlace, Promise<Register>>();
	return async (place) => {
		const register = opened.get(place) ?? open(place);
		opened.set(place, register);
		return await register;
	};
}

type Host = LogHost & Pick<IExecuteFunctions | IWebhookFunctions, 'getCredentials'>;
type LastingPlace = Exclude<RememberPlace, 'no'>;

/**
 * The register that outlasts executions, at its place.
 *
 * @param host a node's context: of an execution, or of a webhook that is to start one
 */
export async function lastingRegister(host: Host, place: LastingPlace): Promise<SqlRegister> {
	const register = await registerAt(host, place);
	// Beside the run: what is old can wait, and that it can't be forgotten now harms nobody
	register.sweepIfDue(retentionFrom(env), Date.now()).catch((error: unknown) => {
		const fault = asFault(error);
		host.logger.warn(`Old entries could not be forgotten: ${fault.message}`);
		logDefect(host, fault);
	});
	return register;
}

async function registerAt(host: Host, place: LastingPlace): Promise<SqlRegister> {
	if (place === 'files') return sqliteRegister(registerFile(env));
	return postgresRegister(
		await host.getCredentials<ICredentialDataDecryptedObject>(POSTGRES_CREDENTIAL),
	);
}

// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- the host's settings are there, and n8n tells its nodes by nothing else that it has workers
const { env } = process;
const isQueueMode = () => env['EXECUTIONS_MODE'] === 'queue';

const DEFAULT_RETENTION: Retention = { days: 180, cap: 1_000_000 };

/** Environment variables of the n8n host. */
export const RETENTION_VARIABLES = {
	days: 'N8N_TW_TD_REMEMBER_DAYS',
	cap: 'N8N_TW_TD_REMEMBER_MAX',
} as const;

/** A hundred years, and more entries than a disk holds: what is more means "never". */
const LONGEST_RETENTION: Retention = { days: 36_500, cap: 1e12 };

/** The host's retention; anything but a number above 0, and a number of entries below 1, counts as not set. */
export function retentionFrom(env: NodeJS.ProcessEnv): Retention {
	const read = (name: keyof Retention, least: number) => {
		const value = Number(env[RETENTION_VARIABLES[name]]);
		return value >= least ? Math.min(value, LONGEST_RETENTION[name]) : DEFAULT_RETENTION[name];
	};
	return { days: read('days', Number.MIN_VALUE), cap: read('cap', 1) };
}

/** The register's file in n8n's own folder: `.n8n` in N8N_USER_FOLDER or the home folder, as n8n finds it. */
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

/** The register in a SQLite file, which the first entry creates with its folder. */
export const sqliteRegister = (file: string): SqlRegister =>
	openOnce(file, () => new SqliteDatabase(file));

/** Closes files and connections; the next request for a register opens it anew. */
export async function closeRegisters(): Promise<void> {
	const all = [...opened.values()];
	opened.clear();
	await Promise.all(all.map(async ({ database }) => await database.close()));
}

/** Milliseconds; a database that hangs must not hang the flow. */
const CONNECT_MS = 10_000;
const STATEMENT_MS = 10_000;
const IDLE_MS = 30_000;
/** The credential's default is 100; we need few, since a statement takes a moment. */
const MOST_CONNECTIONS = 10;

/** The members we read of n8n's credential type `postgres`. */
const credential = z.looseObject({
	host: z.string().min(1),
	port: z.coerce.number().default(5432),
	database: z.string().min(1),
	user: z.string().min(1),
	password: z.string().default(''),
	maxConnections: z.coerce.number().default(MOST_CONNECTIONS),
	allowUnauthorizedCerts: z.boolean().default(false),
	// n8n's own default; a value that we do not know must not send everything in plain text
	ssl: z.enum(['allow', 'disable', 'require']).default('disable'),
	sshTunnel: z.boolean().default(false),
});

/**
 * The register behind a credential of n8n's type `postgres`.
 *
 * @param data the decrypted credential
 * @throws {ValidationFault} if it is not complete, or leads through an SSH tunnel
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
	if (parsed.data.sshTunnel) {
		throw new ValidationFault(
			'The Postgres credential leads through an SSH tunnel, which this node does not open',
			'SSH Tunnel',
			'Use a credential that reaches the database directly, or On This n8n. Nothing was sent.',
		);
	}
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
	// The next use replaces a broken idle connection; without a listener it would end the process
	pool.on('error', () => undefined);
	return pool;
}

/** As n8n's own Postgres node reads the credential. */
function sslOf({ allowUnauthorizedCerts, ssl }: z.infer<typeof credential>): Pg.PoolConfig['ssl'] {
	return allowUnauthorizedCerts ? { rejectUnauthorized: false } : ssl !== 'disable';
}
