import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HostError } from '../errors';
import { startProgram, type RunningProcess } from '../processes';

/** Where Debian keeps each PostgreSQL's programs, which are not on the PATH. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

const run = promisify(execFile);

/** The programs of Debian's packages that queue mode needs. */
export interface Programs {
	redisServer: string;
	/** The folder with `initdb`, `postgres` and `createdb`. */
	postgresBin: string;
}

/** @throws {HostError} that says how to install what is missing */
export function findPrograms(): Programs {
	const redisServer = onPath('redis-server');
	const postgresBin = newestPostgres();
	const setpriv = onPath('setpriv');
	if (!redisServer || !postgresBin || !setpriv) {
		throw new HostError(
			'This needs Debian (or Ubuntu) with Redis and PostgreSQL:\n' +
				'  sudo apt-get install -y redis-server postgresql util-linux\n' +
				'Their services need not run: the test starts its own, on ports and in folders of its own.',
		);
	}
	return { redisServer, postgresBin };
}

function onPath(name: string): string | undefined {
	const folders = (process.env.PATH ?? '').split(':');
	return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

function newestPostgres(): string | undefined {
	if (!existsSync(POSTGRES_VERSIONS)) return undefined;
	return readdirSync(POSTGRES_VERSIONS)
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(POSTGRES_VERSIONS, version, 'bin'))
		.find((bin) => existsSync(join(bin, 'initdb')));
}

/** Who a server runs as. */
export interface ServerUser {
	uid: number;
	gid: number;
}

/** The user to run PostgreSQL as, which refuses to be run by root; undefined for ourselves. */
export async function serverUser(): Promise<ServerUser | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}

/** Starts a server that ends with us, even when we are killed outright: the kernel sees to that. */
export function startServer(
	command: string,
	args: string[],
	options: { folder: string; logFile: string; user?: ServerUser | undefined },
): RunningProcess {
	const { folder, logFile, user } = options;
	const identity = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : [];
	return startProgram('setpriv', [...identity, '--pdeathsig=SIGINT', '--', command, ...args], {
		cwd: folder,
		env: { PATH: process.env.PATH, LC_ALL: 'C' },
		logFile,
	});
}
