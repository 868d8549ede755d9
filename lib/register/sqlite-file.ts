/**
 * A SQLite file, in a thread of its own, since n8n's loop must not wait for a slow disk. Queries that come
 * together are committed together, and are on the disk when they are answered.
 *
 * Imports nothing else of this package, so that Node.js can run it as it is.
 */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

export interface FileSetup {
	file: string;
	/** Marks a file as ours. */
	applicationId: number;
	/** The steps from one version of the tables to the next; SQLite keeps the number of steps done. */
	migrations: readonly string[];
}

/** A statement with `$1`, `$2`, … for values; with `ifExists` it creates no file. */
export interface Query {
	statement: string;
	values: ReadonlyArray<string | number | null>;
	ifExists: boolean;
}

export type QueryResult = { rows: unknown[] } | { reason: string };

/** The wait for another process's commit; milliseconds. */
const BUSY_MS = 8_000;
const SQLITE_BUSY = 5;

export class SqliteFile {
	private readonly setup: FileSetup;
	private database: DatabaseSync | undefined;
	private readonly statements = new Map<string, StatementSync>();
	/** The identities of the open file, and of the file with its last commits. */
	private known = '';
	private log = '';

	constructor(setup: FileSetup) {
		this.setup = setup;
	}

	/** Runs all of them in one commit; if that fails, each alone. */
	run(queries: readonly Query[]): QueryResult[] {
		try {
			return this.together(queries);
		} catch (error) {
			const reason = reasonOf(error as SystemError);
			// As long as it is open, no other file can get its inode
			if (reason !== GONE) this.close();
			return queries.length === 1 || reason === BUSY
				? queries.map(() => ({ reason }))
				: queries.flatMap((query) => this.run([query]));
		}
	}

	/** Closes the file and drops what is not committed; the next query opens it again. */
	close(): void {
		this.statements.clear();
		this.database?.close();
		this.database = undefined;
	}

	private together(queries: readonly Query[]): QueryResult[] {
		const ifExists = queries.every((query) => query.ifExists);
		const database = this.opened(ifExists);
		if (!database) return queries.map(() => ({ rows: [] }));
		if (!ifExists) database.exec('begin immediate');
		const answers = queries.map(({ statement, values }) => {
			const named = Object.fromEntries(values.map((value, i) => [`$${i + 1}`, value]));
			return { rows: this.prepared(database, statement).all(named) };
		});
		if (!ifExists) database.exec('commit');
		return answers;
	}

	private prepared(database: DatabaseSync, text: string): StatementSync {
		let statement = this.statements.get(text);
		if (!statement) this.statements.set(text, (statement = database.prepare(text)));
		return statement;
	}

	private opened(ifExists: boolean): DatabaseSync | undefined {
		const { file } = this.setup;
		const found = identityOf(file);
		if (this.known !== '' && found !== this.known) throw new Error(GONE);
		// SQLite has both files beside the register itself, wherever a link to that stands
		const [wal, shm] = SIDES.map((end) => (found === '' ? file : fs.realpathSync(file)) + end);
		for (const side of [wal!, shm!]) if (isLink(side)) throw new Error(linked(side));
		// The last commits are in the -wal file; SQLite saves those of a removed one when it closes
		const log = identityOf(wal!);
		if (this.database && log !== this.log) this.close();
		if (this.database) return this.database;
		// Another process may have made both since the first look
		if (found === '' && log !== '' && identityOf(file) === '') throw new Error(DAMAGED);
		if (found === '' && ifExists) return undefined;
		if (found === '') this.make();
		return this.open();
	}

	/** Creates it under another name first, so that the file is complete whenever it is there. */
	private make(): void {
		const { file } = this.setup;
		makeFolder(dirname(file));
		const draft = `${file}.${randomUUID()}`;
		try {
			fs.closeSync(fs.openSync(draft, 'wx', 0o600));
			const database = new DatabaseSync(draft);
			try {
				database.exec(`pragma application_id = ${this.setup.applicationId}`);
				this.migrate(database);
				database.exec('pragma journal_mode = wal');
			} finally {
				database.close();
			}
			// SQLite syncs the folder before its first commit
			fs.linkSync(draft, file);
		} catch (error) {
			// Another process was quicker
			if ((error as SystemError).code !== 'EEXIST') throw error as Error;
		} finally {
			fs.rmSync(draft, { force: true });
		}
	}

	private open(): DatabaseSync {
		const { file } = this.setup;
		this.check();
		const real = fs.realpathSync(file);
		for (const one of ['', ...SIDES]) keepFromOthers(real + one);
		if (isOurs(file)) keepFromOthers(dirname(file));
		const database = (this.database = new DatabaseSync(file));
		database.exec(`pragma busy_timeout = ${BUSY_MS}; pragma synchronous = full`);
		this.migrate(database);
		this.known = identityOf(file);
		this.log = identityOf(`${real}-wal`);
		return database;
	}

	/** Reads only: SQLite cleans up what it opens for writing, even another program's file or a damaged one. */
	private check(): void {
		const { file, applicationId, migrations } = this.setup;
		// SQLite deletes the last commits of an empty file
		if (fs.statSync(file).size === 0) throw new Error(FOREIGN);
		const database = new DatabaseSync(file, { readOnly: true });
		try {
			database.exec(`pragma busy_timeout = ${BUSY_MS}`);
			if (ask(database, 'application_id') !== applicationId) throw new Error(FOREIGN);
			if (Number(ask(database, 'user_version')) > migrations.length) throw new Error(NEWER);
			if (ask(database, 'quick_check(1)') !== 'ok') throw new Error(DAMAGED);
			if (ask(database, 'journal_mode') !== 'wal') throw new Error(ON_NETWORK);
		} finally {
			database.close();
		}
	}

	private migrate(database: DatabaseSync): void {
		const { length } = this.setup.migrations;
		if (ask(database, 'user_version') === length) return;
		database.exec('begin immediate');
		const version = Number(ask(database, 'user_version'));
		for (const migration of this.setup.migrations.slice(version)) database.exec(migration);
		database.exec(`pragma user_version = ${length}; commit`);
	}
}

/** The files that SQLite has beside the register: the last commits, and memory that processes share. */
const SIDES = ['-wal', '-shm'];

/** Another folder may be for more than the register. */
const OWN_FOLDER = 'n8n-nodes-tw-td';

const BUSY = 'another process has held it for too long';
const DAMAGED = 'the file is damaged';
const FOREIGN = 'the file is not a register of this package, or is damaged';
const NEWER = 'the file was made by a newer version of this package. Update it on this n8n';
const ON_NETWORK = 'its file system cannot be shared by processes, as on a network';
const GONE =
	'the file that this n8n has opened is gone, or another one is in its place. Put it back; or restart n8n, which then begins with what is there';

const NOWHERE =
	'it, or a folder above it, is a link that leads nowhere. Make what it leads to, or remove the link';
const linked = (path: string) =>
	`${basename(path)} is a link, and SQLite would write to what it leads to. Stop n8n, and remove the link`;

/** An error of the system, which has a code, or of SQLite. */
type SystemError = NodeJS.ErrnoException & { errcode?: number; errstr?: string };

const ask = (database: DatabaseSync, pragma: string): unknown =>
	Object.values(database.prepare(`pragma ${pragma}`).get() ?? {})[0];

/** The words of SQLite or of the system, without the call and the path that it adds. */
function reasonOf({ errcode = 0, errstr, code, message }: SystemError): string {
	if ((errcode & 0xff) === SQLITE_BUSY) return BUSY;
	return errstr ?? (code === undefined ? message : message.split(', ')[0]!);
}

/** Differs between two files of one name; empty if there is none. */
function identityOf(path: string): string {
	try {
		const { dev, ino } = fs.statSync(path, { bigint: true });
		return `${dev}.${ino}`;
	} catch (error) {
		// throwIfNoEntry: false would also hide that a part of the path is no folder
		const isMissing = (error as SystemError).code === 'ENOENT';
		if (isMissing && !leadsNowhere(path)) return '';
		throw isMissing ? new Error(NOWHERE) : (error as Error);
	}
}

const isLink = (path: string) =>
	fs.lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

const leadsNowhere = (path: string): boolean =>
	!fs.existsSync(path) && (isLink(path) || leadsNowhere(dirname(path)));

/** Whether its folder is for the register alone: it has our name, or a link of that leads to it and it holds no more. */
function isOurs(file: string): boolean {
	const folder = dirname(file);
	if (basename(folder) !== OWN_FOLDER) return false;
	if (basename(fs.realpathSync(folder)) === OWN_FOLDER) return true;
	try {
		return fs.readdirSync(folder).every((name) => name.startsWith(basename(file)));
	} catch {
		// Who may not list it cannot say
		return false;
	}
}

/** Takes the rights of all but its owner; where that is not ours to do, it stays as it is. */
function keepFromOthers(path: string): void {
	// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- Windows has other rights
	if (process.platform === 'win32') return;
	try {
		const { mode } = fs.statSync(path);
		if ((mode & 0o077) !== 0) fs.chmodSync(path, mode & 0o700);
	} catch {
		// Another's, on a disk without rights, or not there yet
	}
}

function makeFolder(folder: string): void {
	if (fs.existsSync(folder)) return;
	makeFolder(dirname(folder));
	try {
		fs.mkdirSync(folder, 0o700);
	} catch (error) {
		if ((error as SystemError).code !== 'EEXIST') throw error as Error;
	}
	syncFolder(dirname(folder));
}

/** A new name in a folder survives a power cut only once the folder is on the disk. */
function syncFolder(folder: string): void {
	// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- Windows opens no folder
	if (process.platform === 'win32') return;
	const opened = fs.openSync(folder, 'r');
	fs.fsyncSync(opened);
	fs.closeSync(opened);
}

if (parentPort && (workerData as Partial<FileSetup> | null)?.applicationId) {
	const port = parentPort;
	const file = new SqliteFile(workerData as FileSetup);
	port.on('message', (queries: Query[]) => {
		if (queries.length > 0) return port.postMessage(file.run(queries));
		file.close();
		return port.close();
	});
}
