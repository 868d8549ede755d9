import { execFile } from 'node:child_process';
import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../poll';
import type { Shutdown } from '../shutdown';
import { serverUser, startServer, type Programs } from './programs';

const run = promisify(execFile);

const DATABASE = 'n8n';
const USER = 'n8n';
/** A dump is a text of some megabytes. */
const LARGEST_DUMP = 2 ** 30;

/** A running PostgreSQL with a database for n8n. */
export interface Database {
	/** n8n's settings that lead to it, by n8n's names. */
	settings: Record<string, string>;
	/** All that n8n has stored, as text. */
	dump: () => Promise<string>;
}

/** Starts a fresh PostgreSQL in a folder; `shutdown` ends it. */
export async function startPostgres(
	{ postgresBin }: Programs,
	place: { folder: string; port: number; password: string; logFile: string },
	shutdown: Shutdown,
): Promise<Database> {
	const { folder, password, logFile } = place;
	const port = String(place.port);
	const passwordFile = join(folder, 'password');
	mkdirSync(folder, { mode: 0o700 });
	writeFileSync(passwordFile, password, { mode: 0o600 });
	const user = await serverUser();
	if (user) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);

	const data = join(folder, 'data');
	await run(
		join(postgresBin, 'initdb'),
		['-D', data, '-U', USER, '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8'],
		{ ...user, cwd: folder, env: { LC_ALL: 'C.UTF-8' } },
	);
	rmSync(passwordFile);
	const options = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder };
	const server = startServer(
		join(postgresBin, 'postgres'),
		['-D', data, ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
		{ folder, logFile, user },
	);
	shutdown.add(() => server.stop());

	const client = (name: string, args: string[]) =>
		run(join(postgresBin, name), [...args, DATABASE], {
			env: { PGHOST: '127.0.0.1', PGPORT: port, PGUSER: USER, PGPASSWORD: password },
			maxBuffer: LARGEST_DUMP,
		});
	await until('PostgreSQL to start', () =>
		client('createdb', []).then(
			() => true,
			() => undefined,
		),
	);
	return {
		settings: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: port,
			DB_POSTGRESDB_DATABASE: DATABASE,
			DB_POSTGRESDB_USER: USER,
			DB_POSTGRESDB_PASSWORD: password,
		},
		dump: async () => (await client('pg_dump', ['--data-only'])).stdout,
	};
}
