/**
 * Remembers sends in a table of PostgreSQL, for an n8n whose workers do not share a folder. Of any that
 * insert the same key at one moment, the database lets one.
 */
import type * as Pg from 'pg';
import type { Claim, Entry, Held, SendState, Wanted } from '../operation/needs';
import { newEntry } from './new-entry';
import { databaseFault, poolFor } from './postgres-connection';
import { DAY_MS, forgottenBefore, type Retention } from './retention';
import type { LastingRegister } from './store';

const TABLE = 'n8n_tw_td_register';

/** Two that make the table at one moment would fail each other without the lock. */
const MAKE_TABLE = `
	select pg_advisory_xact_lock(hashtext('${TABLE}'));
	create table if not exists ${TABLE} (
		key text primary key, kind text not null, account text not null, name text not null,
		body text not null, execution text not null, owner text not null, token text not null,
		state text not null, answer jsonb, claimed_at timestamptz not null, until timestamptz not null
	);
	create index if not exists ${TABLE}_list on ${TABLE} (kind, account, claimed_at);
	create table if not exists ${TABLE}_swept (id int primary key, at timestamptz not null)`;

const COLUMNS =
	'key, kind, account, name, body, execution, owner, token, state, answer, claimed_at, until';

const REPLACE = `on conflict (key) do update set body = excluded.body,
	execution = excluded.execution, owner = excluded.owner, token = excluded.token,
	state = excluded.state, answer = excluded.answer, claimed_at = excluded.claimed_at,
	until = excluded.until`;

export class PostgresRegister implements LastingRegister {
	private table: Promise<void> | undefined;

	constructor(private readonly pool: Pg.Pool) {}

	/**
	 * If the connection breaks after the insert left, the key may stand although it is not held. Nothing
	 * is sent then; whoever finds it once its time is over asks the vendor.
	 */
	async claim(key: string, claim: Claim): Promise<{ held: Held } | { standing: Entry }> {
		const entry = newEntry(key, claim, Date.now());
		for (;;) {
			if (await this.insert(entry, 'on conflict (key) do nothing'))
				return { held: this.hold(entry) };
			const standing = await this.find(key);
			// Released between the two statements: then it is free to claim
			if (standing) return { standing };
		}
	}

	async takeOver(
		key: string,
		over: Entry,
		claim: Claim,
	): Promise<{ held: Held } | { standing: Entry | undefined }> {
		const entry = newEntry(key, claim, Date.now());
		const { token } = over;
		const isOurs = await this.insert(entry, `${REPLACE} where ${TABLE}.token = $13`, [token]);
		return isOurs ? { held: this.hold(entry) } : { standing: await this.find(key) };
	}

	async settle(
		key: string,
		{ token }: Entry,
		state: Exclude<SendState, 'sending'>,
		answer?: Record<string, unknown>,
	): Promise<void> {
		await this.run(
			`update ${TABLE} set state = $3, answer = coalesce($4, answer) where key = $1 and token = $2`,
			[key, token, state, answer ? JSON.stringify(answer) : null],
		);
	}

	async release(key: string): Promise<void> {
		await this.run(`delete from ${TABLE} where key = $1`, [key]);
	}

	async find(key: string): Promise<Entry | undefined> {
		const [row] = await this.look(`select ${COLUMNS} from ${TABLE} where key = $1`, [key]);
		return row && entryOf(row);
	}

	async put(key: string, claim: Claim, answer: Record<string, unknown>): Promise<void> {
		const entry: Entry = { ...newEntry(key, claim, Date.now()), state: 'accepted', answer };
		await this.insert(entry, REPLACE);
	}

	async list({ kind, account, state, since, before, limit }: Wanted): Promise<Entry[]> {
		const rows = await this.look(
			`select ${COLUMNS} from ${TABLE} where kind = $1 and account = $2
			and ($3::text is null or state = $3) and ($4::timestamptz is null or claimed_at < $4)
			and ($6::timestamptz is null or claimed_at >= $6)
			order by claimed_at limit $5`,
			[
				kind,
				account,
				state ?? null,
				before === undefined ? null : new Date(before),
				Number.isFinite(limit) ? limit : null,
				since === undefined ? null : new Date(since),
			],
		);
		return rows.map(entryOf);
	}

	async sweep(retention: Retention, now: number): Promise<number> {
		const old = await this.run(
			`delete from ${TABLE} where case kind
				when 'memory' then until < $3
				when 'delivery' then claimed_at < $2
				else state = 'accepted' and claimed_at < $1 end`,
			[
				new Date(forgottenBefore('order', retention, now)),
				new Date(forgottenBefore('delivery', retention, now)),
				new Date(now),
			],
		);
		const surplus = await this.run(
			`delete from ${TABLE} where key in (
				select key from ${TABLE} where state = 'accepted' order by claimed_at
				limit greatest(0, (select count(*) from ${TABLE}) - $1))`,
			[retention.cap],
		);
		return (old.rowCount ?? 0) + (surplus.rowCount ?? 0);
	}

	async sweepIfDue(retention: Retention, now: number): Promise<number> {
		const due = await this.run(
			`insert into ${TABLE}_swept as swept values (1, $1)
			on conflict (id) do update set at = excluded.at where swept.at < $2`,
			[new Date(now), new Date(now - DAY_MS)],
		);
		return due.rowCount === 1 ? await this.sweep(retention, now) : 0;
	}

	private async insert(entry: Entry, onConflict: string, more: unknown[] = []): Promise<boolean> {
		const { key, kind, account, name, body, execution, owner, token, state, answer } = entry;
		const { rowCount } = await this.run(
			`insert into ${TABLE} (${COLUMNS})
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ${onConflict}`,
			[
				...[key, kind, account, name, body, execution, owner, token, state],
				answer ? JSON.stringify(answer) : null,
				new Date(entry.at),
				new Date(entry.until),
				...more,
			],
		);
		return rowCount === 1;
	}

	private hold(entry: Entry): Held {
		const { key, token } = entry;
		return {
			settle: async (state, answer) => await this.settle(key, entry, state, answer),
			release: async () => {
				await this.run(`delete from ${TABLE} where key = $1 and token = $2`, [key, token]);
			},
		};
	}

	/** What stands in the table. Where there is none yet nothing stands, and none is made. */
	private async look(statement: string, values: unknown[]): Promise<Row[]> {
		try {
			return (await this.pool.query<Row>(statement, values)).rows;
		} catch (error) {
			if (isNoTable(error)) return [];
			throw databaseFault(error);
		}
	}

	/** One statement; the table is made before the first. @throws {RegisterFault} */
	private async run(statement: string, values: unknown[]): Promise<Pg.QueryResult<Row>> {
		try {
			this.table ??= this.pool.query(MAKE_TABLE).then(() => undefined);
			// A database that could not be asked is asked again by the next statement
			this.table.catch(() => (this.table = undefined));
			await this.table;
			return await this.pool.query<Row>(statement, values);
		} catch (error) {
			// The table was dropped meanwhile: it is made again
			if (isNoTable(error)) this.table = undefined;
			throw databaseFault(error);
		}
	}
}

const isNoTable = (error: unknown) => (error as { code?: unknown }).code === '42P01';

interface Row extends Omit<Entry, 'at' | 'until' | 'answer'> {
	answer: Record<string, unknown> | null;
	claimed_at: Date;
	until: Date;
}

function entryOf({ claimed_at: at, until, answer, ...rest }: Row): Entry {
	const entry: Entry = { ...rest, at: at.getTime(), until: until.getTime() };
	return answer ? { ...entry, answer } : entry;
}

const opened = new WeakMap<Pg.Pool, PostgresRegister>();

/**
 * The register behind a credential of n8n's type `postgres`; one for all runs.
 *
 * @throws {ValidationFault} for a credential that can't be used
 */
export function postgresRegister(credential: unknown): PostgresRegister {
	const pool = poolFor(credential);
	let register = opened.get(pool);
	if (!register) opened.set(pool, (register = new PostgresRegister(pool)));
	return register;
}
