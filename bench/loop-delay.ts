/**
 * A process of register.ts: remembers orders, ten at a time, on a disk whose flush takes long, and tells
 * how late its own loop was meanwhile. With the file in a thread of its own, as it is; or in this one.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Claim } from '../lib/register/register';
import { MIGRATIONS } from '../lib/register/schema';
import { type Database, SqlRegister, type Value } from '../lib/register/sql-register';
import { SqliteDatabase } from '../lib/register/sqlite';
import { SqliteFile } from '../lib/register/sqlite-file';

const [file = '', where = '', orders = '0'] = process.argv.slice(2);

/** The same file without a thread: what is asked for in one turn of the loop is committed together. */
class OnThisThread implements Database {
	private readonly sqlite = new SqliteFile({ file, applicationId: 1, migrations: MIGRATIONS });
	private waiting: Array<{ statement: string; values: Value[]; tell: (rows: unknown[]) => void }> =
		[];

	async query(statement: string, values: Value[]): Promise<unknown[]> {
		return await new Promise((tell) => {
			if (this.waiting.push({ statement, values, tell }) === 1) setImmediate(() => this.commit());
		});
	}

	async close(): Promise<void> {
		this.sqlite.close();
	}

	private commit(): void {
		const all = this.waiting;
		this.waiting = [];
		const queries = all.map(({ statement, values }) => ({ statement, values, ifExists: false }));
		for (const [i, answer] of this.sqlite.run(queries).entries()) {
			if (!('rows' in answer)) throw new Error(answer.reason);
			all[i]!.tell(answer.rows);
		}
	}
}

const claimOf = (name: string): Claim => ({
	...{ kind: 'order', account: 'Qm9vdGhz', name, body: 'fingerprint', keeps: [] },
	...{ execution: '1', until: Date.now() + 60_000 },
});

async function main(): Promise<void> {
	const database = where === 'thread' ? new SqliteDatabase(file) : new OnThisThread();
	const register = new SqlRegister(database);
	await register.claim('first', claimOf('first'));
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	let next = 0;
	const place = async () => {
		while (next < Number(orders)) {
			const name = `ORD-${next++}`;
			const claimed = await register.claim(name, claimOf(name));
			if ('held' in claimed) await claimed.held.settle('accepted');
		}
	};
	await Promise.all(Array.from({ length: 10 }, place));
	delay.disable();
	process.send!({ p99: delay.percentile(99) / 1e6, most: delay.max / 1e6 });
	await database.close();
	process.disconnect();
}

void main();
