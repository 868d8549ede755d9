/** The register that outlasts executions: rows of a database, in SQL that SQLite and PostgreSQL share. */
import * as z from 'zod/v4';
import { isRecord } from '../base/json';
import type {
	Claim,
	Entry,
	Held,
	Register,
	Retention,
	SendState,
	Settlement,
	Wanted,
} from './register';
import { newToken } from '../base/owner';
import { COLUMNS, KINDS, SEND_STATES, SWEPT, TABLE } from './schema';

const placeOf = (state: SendState) => SEND_STATES.indexOf(state);

export type Value = string | number | null;

/** Holds the tables, and creates them before the first statement. Every failure is a RegisterFault. */
export interface Database {
	/**
	 * Runs one statement with `$1`, `$2`, … for values, whole or not at all.
	 *
	 * @param ifExists creates no tables: without them the statement does nothing and has no rows
	 * @returns its rows, those of a `returning` clause too
	 */
	query: (statement: string, values: Value[], ifExists?: boolean) => Promise<unknown[]>;
	close: () => Promise<void>;
}

const INSERT = `insert into ${TABLE} (${COLUMNS.join()}) values (${COLUMNS.map((_name, i) => `$${i + 1}`).join()})
	on conflict (key) do update set ${COLUMNS.map((name) => `${name} = excluded.${name}`).join()}`;
const CLAIM = `${INSERT} where ${TABLE}.state = ${placeOf('failed')} returning key`;
const TAKE_OVER = `${INSERT} where ${TABLE}.token = $${COLUMNS.length + 1} returning key`;
const SELECT = `select ${COLUMNS.join()} from ${TABLE}`;
const FIND = `${SELECT} where key = $1`;
/** A settled entry needs no `until`. */
const SETTLE = `update ${TABLE} set state = $3, answer = coalesce($4, answer), until = 0 where key = $1 and token = $2`;
const DELETE = `delete from ${TABLE} where key`;
const RELEASE = `${DELETE} = $1 and token = $2`;

const SETTLED = `state in (${placeOf('accepted')}, ${placeOf('failed')})`;
const OLD = `case kind when ${KINDS.indexOf('memory')} then until < $1
	when ${KINDS.indexOf('delivery')} then claimed_at < $2 else ${SETTLED} and claimed_at < $3 end`;
const NEWEST_TOO_MANY = `select claimed_at, key from ${TABLE} where (select count(*) from ${TABLE}) > $1
	order by claimed_at desc, key desc limit 1 offset $1`;
const SWEEP = `insert into ${SWEPT} (id, at) values (1, $1)
	on conflict (id) do update set at = excluded.at where ${SWEPT}.at < $2 returning id`;

export const DAY_MS = 24 * 60 * 60 * 1000;

/** No shop delivers again later: Stripe, the most patient, gives up after three days. */
const DELIVERY_DAYS = 7;

/** The most that one statement forgets, so that no claim waits long behind it. */
const AT_ONCE = 500;

/** Members that are read later are shorter: an id, a code, a reason; characters. */
const MAX_KEPT = 300;

/** Larger than any time and any number of entries. */
const NO_END = 2 ** 50;

export class SqlRegister implements Register {
	constructor(private readonly database: Database) {}

	async claim(key: string, claim: Claim): Promise<{ held: Held } | { standing: Entry }> {
		const entry = newEntry(key, claim);
		for (;;) {
			if (await this.isClaimed(entry)) return { held: this.hold(entry, claim) };
			const standing = await this.find(key);
			// Otherwise it was released or failed between the two statements, and is free to claim
			if (standing && standing.state !== 'failed') return { standing };
		}
	}

	async takeOver(
		key: string,
		{ token }: Entry,
		claim: Claim,
	): Promise<{ held: Held } | { standing: Entry | undefined }> {
		const entry = newEntry(key, claim);
		const taken = await this.database.query(TAKE_OVER, [...valuesOf(entry), token]);
		if (taken.length > 0) return { held: this.hold(entry, claim) };
		return { standing: await this.find(key) };
	}

	async settle(
		key: string,
		{ token }: Entry,
		state: Settlement,
		answer?: Record<string, unknown>,
	): Promise<void> {
		const text = answer ? JSON.stringify(answer) : null;
		await this.database.query(SETTLE, [key, token, placeOf(state), text]);
	}

	async release(key: string, { token }: Entry): Promise<void> {
		await this.database.query(RELEASE, [key, token]);
	}

	async find(key: string): Promise<Entry | undefined> {
		return (await this.database.query(FIND, [key], true)).map(entryOf)[0];
	}

	async put(key: string, claim: Claim, answer: Record<string, unknown>): Promise<void> {
		const entry: Entry = { ...newEntry(key, claim), state: 'accepted', answer };
		await this.database.query(INSERT, valuesOf(entry));
	}

	/** Reads an index for each wanted state, and takes the newest of all. */
	async list({ state, ...wanted }: Wanted): Promise<Entry[]> {
		const { account, since = 0, before = NO_END, offset = 0, limit, key, execution } = wanted;
		const selects = (state ? [state] : SEND_STATES).map((one) => selectOf(wanted, one));
		const rows = await this.database.query(
			`${selects.join(' union all ')} order by claimed_at desc limit $4 offset $5`,
			[
				...[account, Math.ceil(since), Math.ceil(before), Math.min(limit, NO_END), offset],
				key ?? execution ?? '',
			],
			true,
		);
		return rows.map(entryOf);
	}

	/**
	 * Forgets what is too old or too much; never a `sending` or `unknown` entry, since its send may have
	 * taken effect. Deliveries are forgotten after a week in any state, a `memory` when its own time is
	 * over.
	 *
	 * @param now milliseconds since 1970 UTC
	 * @returns the number of forgotten entries
	 */
	async sweep({ days, cap }: Retention, now: number): Promise<number> {
		const ago = (some: number) => Math.floor(now - some * DAY_MS);
		const old = await this.forget(OLD, [now, ago(Math.min(days, DELIVERY_DAYS)), ago(days)]);
		const [newest] = await this.database.query(NEWEST_TOO_MANY, [Math.floor(cap)]);
		if (!newest) return old;
		const tooMany = `${SETTLED} and (claimed_at, key) <= ($1, $2)`;
		return old + (await this.forget(tooMany, Object.values(newest as Record<string, Value>)));
	}

	/** {@link sweep}, unless a process has done so in the last day. */
	async sweepIfDue(retention: Retention, now: number): Promise<number> {
		const due = await this.database.query(SWEEP, [now, now - DAY_MS]);
		return due.length > 0 ? await this.sweep(retention, now) : 0;
	}

	private async isClaimed(entry: Entry): Promise<boolean> {
		try {
			return (await this.database.query(CLAIM, valuesOf(entry))).length > 0;
		} catch (error) {
			// It may be in the table although its answer was lost; nothing was sent, so take it back
			this.database.query(RELEASE, [entry.key, entry.token], true).catch(() => undefined);
			throw error as Error;
		}
	}

	private hold({ key, token }: Entry, { keeps }: Claim): Held {
		return {
			settle: async (state, answer) => {
				const text = answer ? JSON.stringify(kept(answer, [...keeps, 'reason'])) : null;
				await this.database.query(SETTLE, [key, token, placeOf(state), text]);
			},
			release: async () => void (await this.database.query(RELEASE, [key, token])),
		};
	}

	private async forget(which: string, values: Value[]): Promise<number> {
		const some = `select key from ${TABLE} where ${which} limit ${AT_ONCE}`;
		for (let count = 0; ;) {
			const gone = await this.database.query(`${DELETE} in (${some}) returning key`, values);
			count += gone.length;
			if (gone.length < AT_ONCE) return count;
		}
	}
}

/** With an execution, `account || ''` keeps SQLite from the index by state: the one by execution is shorter. */
function selectOf({ kind, key, execution }: Omit<Wanted, 'state'>, state: Entry['state']): string {
	const account = execution === undefined ? 'account' : `account || ''`;
	const only = key !== undefined ? 'key' : execution !== undefined ? 'execution' : `''`;
	return `select * from (${SELECT} where kind = ${KINDS.indexOf(kind)} and ${account} = $1
		and state = ${placeOf(state)} and claimed_at >= $2 and claimed_at < $3 and ${only} = $6
		order by claimed_at desc limit cast($4 as bigint) + cast($5 as bigint)) as one_state`;
}

function newEntry(key: string, { keeps: _keeps, ...claim }: Claim): Entry {
	return { ...claim, key, state: 'sending', at: Date.now(), token: newToken() };
}

/** In the order of the columns. */
function valuesOf({ key, kind, account, name, body, state, answer, ...entry }: Entry): Value[] {
	const { execution, token, at, until } = entry;
	const text = answer ? JSON.stringify(answer) : null;
	const [kindPlace, statePlace] = [KINDS.indexOf(kind), placeOf(state)];
	const all = [key, kindPlace, account, name, body, execution, token, statePlace, text, at, until];
	// PostgreSQL takes no NUL
	return all.map((value) => (typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value));
}

/** The members that are read later; the rest of a vendor's answer may name people. */
function kept(answer: Record<string, unknown>, members: string[]): Record<string, unknown> {
	const isKept = ([name, value]: [string, unknown]) =>
		members.includes(name) &&
		(typeof value === 'string' ? value.length <= MAX_KEPT : typeof value !== 'object');
	return Object.fromEntries(Object.entries(answer).filter(isKept));
}

const text = z.string().catch('');
// PostgreSQL gives large numbers as text
const number = z.coerce.number().catch(0);
const stored = z.object({
	...{ key: text, account: text, name: text, body: text, execution: text, token: text },
	...{ kind: z.number().catch(-1), state: z.number().catch(-1), answer: text },
	...{ claimed_at: number, until: number },
});

/** A row that something else has changed becomes `unknown`, which frees nothing: the vendor is asked. */
function entryOf(row: unknown): Entry {
	const { claimed_at: at, kind, state, answer, ...entry } = stored.parse(row);
	const known = parsed(answer);
	return {
		...{ kind: KINDS[kind] ?? 'write', state: SEND_STATES[state] ?? 'unknown', at, ...entry },
		...(isRecord(known) ? { answer: known } : {}),
	};
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
