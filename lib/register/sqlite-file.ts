/**
 * A SQLite file, in a thread of its own: its disk may be slow, and n8n's loop must not wait for that.
 * What is asked for together is committed together, and is on the disk when it is answered.
 *
 * Loads nothing else of this package, so that Node.js can run it as it stands.
 */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

export interface Plan {
	file: string;
	/** Marks a file as ours. */
	applicationId: number;
	/** What leads from one version of the tables to the next; SQLite keeps how many were carried out. */
	migrations: readonly string[];
}

/** A statement with `$1`, `$2`, … for values; one that only `looks` makes no file where there is none. */
export interface Question {
	statement: string;
	values: ReadonlyArray<string | number | null>;
	looks: boolean;
}

export type Answer = { rows: unknown[] } | { reason: string };

/** Another process's commit is waited for so long; milliseconds. */
const BUSY_MS = 8_000;
const SQLITE_BUSY = 5;

export class SqliteFile {
	private readonly plan: Plan;
	private database: DatabaseSync | undefined;
	private readonly statements = new Map<string, StatementSync>();
	/** Which file this process has opened, and which one with its last commits. */
	private known = '';
	private log = '';

	constructor(plan: Plan) {
		this.plan = plan;
	}

	/** Carries out all of them in one commit; where that fails, each alone. */
	carryOut(questions: readonly Question[]): Answer[] {
		try {
			return this.together(questions);
		} catch (error) {
			const reason = reasonOf(error as SystemError);
			// While it is open, no other file can get its number
			if (reason !== GONE) this.close();
			return questions.length === 1 || reason === BUSY
				? questions.map(() => ({ reason }))
				: questions.flatMap((question) => this.carryOut([question]));
		}
	}

	/** Leaves the file, and what is not committed undone; it is opened again when it is needed. */
	close(): void {
		this.statements.clear();
		this.database?.close();
		this.database = undefined;
	}

	private together(questions: readonly Question[]): Answer[] {
		const looks = questions.every((question) => question.looks);
		const database = this.opened(looks);
		if (!database) return questions.map(() => ({ rows: [] }));
		if (!looks) database.exec('begin immediate');
		const answers = questions.map(({ statement, values }) => {
			const named = Object.fromEntries(values.map((value, i) => [`$${i + 1}`, value]));
			return { rows: this.prepared(database, statement).all(named) };
		});
		if (!looks) database.exec('commit');
		return answers;
	}

	private prepared(database: DatabaseSync, text: string): StatementSync {
		let statement = this.statements.get(text);
		if (!statement) this.statements.set(text, (statement = database.prepare(text)));
		return statement;
	}

	private opened(looks: boolean): DatabaseSync | undefined {
		const { file } = this.plan;
		const found = identityOf(file);
		if (this.known !== '' && found !== this.known) throw new Error(GONE);
		// The last commits are in a file beside it; those of a removed one SQLite saves when it closes
		const log = identityOf(`${file}-wal`);
		if (this.database && log !== this.log) this.close();
		if (this.database) return this.database;
		if (found === '' && log !== '') throw new Error(DAMAGED);
		if (found === '' && looks) return undefined;
		if (found === '') this.make();
		return this.open();
	}

	/** Under another name first: what bears the file's name is whole at any moment. */
	private make(): void {
		const { file } = this.plan;
		makeFolder(dirname(file));
		const draft = `${file}.${randomUUID()}`;
		try {
			fs.closeSync(fs.openSync(draft, 'wx', 0o600));
			const database = new DatabaseSync(draft);
			try {
				database.exec(`pragma application_id = ${this.plan.applicationId}`);
				this.migrate(database);
				database.exec('pragma journal_mode = wal');
			} finally {
				database.close();
			}
			// SQLite has the folder on the disk before its first commit
			fs.linkSync(draft, file);
		} catch (error) {
			// Another process was quicker
			if ((error as SystemError).code !== 'EEXIST') throw error as Error;
		} finally {
			fs.rmSync(draft, { force: true });
		}
	}

	private open(): DatabaseSync {
		const { file } = this.plan;
		this.check();
		const database = (this.database = new DatabaseSync(file));
		database.exec(`pragma busy_timeout = ${BUSY_MS}; pragma synchronous = full`);
		this.migrate(database);
		this.known = identityOf(file);
		this.log = identityOf(`${file}-wal`);
		return database;
	}

	/** Only reads: SQLite tidies up what it has open for writing, be it somebody else's or damaged. */
	private check(): void {
		const { file, applicationId, migrations } = this.plan;
		// Of an empty one it deletes the last commits
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
		const { length } = this.plan.migrations;
		if (ask(database, 'user_version') === length) return;
		database.exec('begin immediate');
		const version = Number(ask(database, 'user_version'));
		for (const migration of this.plan.migrations.slice(version)) database.exec(migration);
		database.exec(`pragma user_version = ${length}; commit`);
	}
}

const BUSY = 'another process has held it for too long';
const DAMAGED = 'the file is damaged';
const FOREIGN = 'the file is not a register of this package, or is damaged';
const NEWER = 'the file was made by a newer version of this package. Update it on this n8n';
const ON_NETWORK = 'its file system can not be shared by processes, as on a network';
const GONE =
	'the file that this n8n has opened is gone, or another one is in its place. Put it back; or restart n8n, which then begins with what is there';

/** Of the system, which tells a code, or of SQLite. */
type SystemError = NodeJS.ErrnoException & { errcode?: number; errstr?: string };

const ask = (database: DatabaseSync, pragma: string): unknown =>
	Object.values(database.prepare(`pragma ${pragma}`).get() ?? {})[0];

/** In the words of the system, which adds the call and the path, or of SQLite. */
function reasonOf({ errcode = 0, errstr, code, message }: SystemError): string {
	if ((errcode & 0xff) === SQLITE_BUSY) return BUSY;
	return errstr ?? (code === undefined ? message : message.split(', ')[0]!);
}

/** Tells a file from another one of its name; empty where there is none. */
function identityOf(path: string): string {
	try {
		const { dev, ino } = fs.statSync(path, { bigint: true });
		return `${dev}.${ino}`;
	} catch (error) {
		// Its own question for that would answer the same where a part of the path is no folder
		if ((error as SystemError).code === 'ENOENT') return '';
		throw error as Error;
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

if (parentPort && (workerData as Partial<Plan> | null)?.applicationId) {
	const port = parentPort;
	const file = new SqliteFile(workerData as Plan);
	port.on('message', (questions: Question[]) => {
		if (questions.length > 0) return port.postMessage(file.carryOut(questions));
		file.close();
		return port.close();
	});
}
