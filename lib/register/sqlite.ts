/** The register's SQLite file as n8n's own thread sees it: what is asked for while the file is at work goes there together. */
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { clearTimeout, setImmediate, setTimeout } from 'node:timers';
import { Worker } from 'node:worker_threads';
import { RegisterFault } from '../base/errors';
import { MIGRATIONS } from './schema';
import type { Database, Value } from './sql-register';
import type { Answer, Plan, Question } from './sqlite-file';

/** `TWTD` in ASCII. */
const APPLICATION_ID = 0x54575444;

/** A disk that hangs must not hang the flow; milliseconds. */
const PATIENCE_MS = 10_000;

interface Job {
	question: Question;
	resolve: (rows: unknown[]) => void;
	reject: (fault: RegisterFault) => void;
}

export class SqliteDatabase implements Database {
	private waiting: Job[] = [];
	/** Those that the thread is at work on. */
	private asked: Job[] = [];
	private thread: Worker | undefined;
	private readonly plan: Plan;

	/** @param file made, with its folder, when the first entry is */
	constructor(file: string, migrations: readonly string[] = MIGRATIONS) {
		this.plan = { file, applicationId: APPLICATION_ID, migrations };
	}

	/** In the order of the questions, also where nobody waits for the answer any more. */
	async ask(statement: string, values: Value[], looks = false): Promise<unknown[]> {
		let timer: NodeJS.Timeout | undefined;
		const rows = new Promise<unknown[]>((resolve, reject) => {
			this.waiting.push({ question: { statement, values, looks }, resolve, reject });
			timer = setTimeout(() => reject(this.fault('the disk does not answer in time')), PATIENCE_MS);
			// With all that is asked for in this turn of the loop
			if (this.waiting.length === 1) setImmediate(() => this.askNext());
		});
		return await rows.finally(() => clearTimeout(timer));
	}

	async close(): Promise<void> {
		const { thread } = this;
		if (!thread) return;
		this.thread = undefined;
		thread.ref();
		thread.postMessage([]);
		await once(thread, 'exit');
	}

	private askNext(): void {
		if (this.asked.length > 0 || this.waiting.length === 0) return;
		this.asked = this.waiting;
		this.waiting = [];
		this.thread ??= this.start();
		// Somebody waits for it: the process stays as long
		this.thread.ref();
		this.thread.postMessage(this.asked.map(({ question }) => question));
	}

	private start(): Worker {
		// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- beside this file, compiled or not
		const thread = new Worker(join(__dirname, `sqlite-file${extname(__filename)}`), {
			workerData: this.plan,
			// Node.js calls its module experimental, once in every thread
			execArgv: ['--disable-warning=ExperimentalWarning'],
		});
		const lose = (reason: string) => {
			if (this.thread !== thread) return;
			this.thread = undefined;
			this.answer(this.asked.map(() => ({ reason })));
		};
		thread.on('message', (answers: Answer[]) => this.answer(answers));
		thread.on('error', ({ code, message }: NodeJS.ErrnoException) =>
			lose(
				code === 'ERR_UNKNOWN_BUILTIN_MODULE'
					? 'this n8n runs on a Node.js older than 22.13'
					: message,
			),
		);
		thread.on('exit', () => lose('its thread has ended'));
		return thread;
	}

	private answer(answers: readonly Answer[]): void {
		const jobs = this.asked;
		this.asked = [];
		this.thread?.unref();
		for (const [i, answer] of answers.entries()) {
			if ('rows' in answer) jobs[i]!.resolve(answer.rows);
			else jobs[i]!.reject(this.fault(answer.reason));
		}
		setImmediate(() => this.askNext());
	}

	private fault(reason: string): RegisterFault {
		return RegisterFault.at(this.plan.file, reason);
	}
}
