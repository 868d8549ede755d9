/** The register's SQLite file for n8n's own thread: queries that come while the file is busy go there together. */
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { clearTimeout, setImmediate, setTimeout } from 'node:timers';
import { Worker } from 'node:worker_threads';
import { RegisterFault } from '../base/errors';
import { MIGRATIONS } from './schema';
import type { Database, Value } from './sql-register';
import type { QueryResult, FileSetup, Query } from './sqlite-file';

/** `TWTD` in ASCII. */
const APPLICATION_ID = 0x54575444;

/** A hanging disk must not hang the flow; milliseconds. */
const PATIENCE_MS = 10_000;

interface Job {
	query: Query;
	resolve: (rows: unknown[]) => void;
	reject: (fault: RegisterFault) => void;
}

export class SqliteDatabase implements Database {
	private readonly waiting: Job[] = [];
	/** The queries that the thread is working on. */
	private running: Job[] = [];
	private thread: Worker | undefined;
	private closed: Promise<void> | undefined;
	private whenIdle: () => void = () => undefined;
	private readonly setup: FileSetup;

	/** @param file the first entry creates it with its folder */
	constructor(file: string, migrations: readonly string[] = MIGRATIONS) {
		this.setup = { file, applicationId: APPLICATION_ID, migrations };
	}

	/** Runs queries in the order of the calls, also those whose time is up. */
	async query(statement: string, values: Value[], ifExists = false): Promise<unknown[]> {
		if (this.closed) throw this.fault('it was closed');
		let timer: NodeJS.Timeout | undefined;
		const rows = new Promise<unknown[]>((resolve, reject) => {
			this.waiting.push({ query: { statement, values, ifExists }, resolve, reject });
			timer = setTimeout(() => reject(this.fault('the disk does not answer in time')), PATIENCE_MS);
			// Together with all other queries of this turn of the loop
			if (this.waiting.length === 1) setImmediate(() => this.runNext());
		});
		return await rows.finally(() => clearTimeout(timer));
	}

	/** Answers what was asked before and refuses what is asked after; the thread has ended when it resolves. */
	async close(): Promise<void> {
		await (this.closed ??= this.end());
	}

	private async end(): Promise<void> {
		if (this.running.length + this.waiting.length > 0)
			await new Promise<void>((resolve) => (this.whenIdle = resolve));
		const { thread } = this;
		if (!thread) return;
		thread.ref();
		thread.postMessage([]);
		await once(thread, 'exit');
	}

	private runNext(): void {
		if (this.running.length > 0) return;
		if (this.waiting.length === 0) return this.whenIdle();
		this.running = this.waiting.splice(0);
		this.thread ??= this.start();
		// Keeps the process alive until it has answered
		this.thread.ref();
		this.thread.postMessage(this.running.map(({ query }) => query));
	}

	private start(): Worker {
		// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- beside this file, compiled or not
		const thread = new Worker(join(__dirname, `sqlite-file${extname(__filename)}`), {
			workerData: this.setup,
			// Node.js warns of its module once in every thread
			execArgv: ['--disable-warning=ExperimentalWarning'],
		});
		let reason = 'its thread has ended';
		thread.on('message', (answers: QueryResult[]) => this.answer(answers));
		thread.on('error', ({ code, message }: NodeJS.ErrnoException) => {
			const isOld = code === 'ERR_UNKNOWN_BUILTIN_MODULE';
			reason = isOld ? 'this n8n runs on a Node.js older than 22.13' : message;
		});
		// Comes after an error as well; until then the file may be open
		thread.on('exit', () => {
			this.thread = undefined;
			this.answer(this.running.map(() => ({ reason })));
		});
		return thread;
	}

	private answer(answers: readonly QueryResult[]): void {
		const jobs = this.running.splice(0);
		this.thread?.unref();
		for (const [i, answer] of answers.entries()) {
			if ('rows' in answer) jobs[i]!.resolve(answer.rows);
			else jobs[i]!.reject(this.fault(answer.reason));
		}
		setImmediate(() => this.runNext());
	}

	private fault(reason: string): RegisterFault {
		return RegisterFault.at(this.setup.file, reason);
	}
}
