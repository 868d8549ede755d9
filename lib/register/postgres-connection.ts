/** Connections to PostgreSQL by n8n's own credential: one pool for each, kept for the life of the process. */
import type * as Pg from 'pg';
import * as z from 'zod/v4';
import { RegisterFault, ValidationFault } from '../base/errors';
import { fingerprint } from '../base/fingerprint';

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

const pools = new Map<string, Pg.Pool>();

/**
 * The pool for a credential, opened on first use.
 *
 * @param data a decrypted credential of n8n's type `postgres`
 * @throws {ValidationFault} for one that is not complete, or that leads through an SSH tunnel
 */
export function poolFor(data: unknown): Pg.Pool {
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
	const key = fingerprint(JSON.stringify(parsed.data));
	let pool = pools.get(key);
	if (!pool) pools.set(key, (pool = open(parsed.data)));
	return pool;
}

function open(settings: z.infer<typeof credential>): Pg.Pool {
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

/** A fault for what went wrong at the database; never with an address, a user or a password. */
export function databaseFault(error: unknown): RegisterFault {
	const { code, message } = error as { code?: unknown; message?: unknown };
	const reason =
		(typeof code === 'string' && REASONS[code]) ||
		(typeof code === 'string' ? `code ${code}` : timedOut(message));
	return new RegisterFault(
		`What was sent can not be remembered in PostgreSQL: ${reason}`,
		"Nothing was sent without being remembered. See to the database or its credential, then run this item again; or choose another 'Remember Orders'.",
	);
}

const timedOut = (message: unknown) =>
	typeof message === 'string' && /time ?out/i.test(message)
		? 'it does not answer in time'
		: 'the connection failed';

/** Codes of the system and of PostgreSQL. */
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

/** Closes every connection; the next statement opens new ones. */
export async function closeDatabases(): Promise<void> {
	const open = [...pools.values()];
	pools.clear();
	await Promise.all(open.map(async (pool) => await pool.end()));
}
