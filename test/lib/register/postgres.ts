/** A PostgreSQL of a test file's own, where the server is installed. */
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOMES = '/usr/lib/postgresql';
const programs = existsSync(HOMES)
	? readdirSync(HOMES)
			.map((version) => join(HOMES, version, 'bin'))
			.filter((bin) => existsSync(join(bin, 'initdb')))
	: [];

/** Whether the server is installed here. */
export const hasPostgres = programs.length > 0;

export interface Database {
	/** As n8n's credential type `postgres` has it. */
	credential: Record<string, unknown>;
	start: () => Promise<void>;
	/** Stops it at once, as a crash would. */
	stop: () => void;
	remove: () => void;
}

export async function makeDatabase(): Promise<Database> {
	const bin = programs.at(-1)!;
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-postgres-'));
	const user = process.getuid?.() === 0 ? idOf('postgres') : undefined;
	if (user) chownSync(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	const as = { ...user, stdio: 'ignore' as const, cwd: folder };
	execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'tw', '--auth=trust', '--no-sync'], as);
	const port = await freePort();
	const ctl = (...args: string[]) =>
		execFileSync(join(bin, 'pg_ctl'), ['-D', data, '-w', ...args], as);
	const database: Database = {
		credential: {
			host: '127.0.0.1',
			port,
			database: 'postgres',
			user: 'tw',
			password: 'pg-secret-canary',
			ssl: 'disable',
		},
		start: async () => {
			ctl('-o', `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`, 'start');
		},
		stop: () => void ctl('-m', 'immediate', 'stop'),
		remove: () => {
			try {
				ctl('-m', 'immediate', 'stop');
			} catch {
				// It is stopped already
			}
			rmSync(folder, { recursive: true, force: true });
		},
	};
	await database.start();
	return database;
}

function idOf(name: string): { uid: number; gid: number } {
	const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as { port: number };
	await new Promise((resolve) => server.close(resolve));
	return port;
}
