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
import { DAY_MS } from '../base/durations';
import { COLUMNS, DAYS, KEPT_FROM, KINDS, SEND_STATES, TABLE } from './schema';

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

const STORED = [...COLUMNS, KEPT_FROM];
const VALUES = COLUMNS.map((_name, i) => `$${i + 1}`);
const CLAIMED_AT = `cast($${COLUMNS.indexOf('claimed_at') + 1} as bigint)`;
/** Never before a day that n8n has seen: by a clock that is behind, a new entry would be old once that is right again. */
const LATEST = `(select case when max(day) * ${DAY_MS} > ${CLAIMED_AT} then max(day) * ${DAY_MS} else ${CLAIMED_AT} end from ${DAYS})`;
const INSERT = `insert into ${TABLE} (${STORED.join()}) values (${VALUES.join()}, ${LATEST})
	on conflict (key) do update set ${STORED.map((name) => `${name} = excluded.${name}`).join()}`;
const CLAIM = `${INSERT} where ${TABLE}.state = ${placeOf('failed')} returning key`;
const TAKE_OVER = `${INSERT} where ${TABLE}.token = $${COLUMNS.length + 1} returning key`;
const SELECT = `select ${COLUMNS.join()} from ${TABLE}`;
const FIND = `${SELECT} where key = $1`;
/** A settled entry needs no `until`. */
const SETTLE = `update ${TABLE} set state = $3, answer = coalesce($4, answer), until = 0 where key = $1 and token = $2`;
const DELETE = `delete from ${TABLE} where key`;
const RELEASE = `${DELETE} = $1 and token = $2`;

const SETTLED = `state in (${placeOf('accepted')}, ${placeOf('failed')})`;
/** A memory lasts as long as its claim said. */
const FROM = `coalesce(${KEPT_FROM}, claimed_at)`;
const OLD = `case kind when ${KINDS.indexOf('memory')} then ${FROM} - claimed_at + until < $1
	when ${KINDS.indexOf('delivery')} then ${FROM} < $2 else ${SETTLED} and ${FROM} < $3 end`;
const NEWEST_FIRST = 'order by claimed_at desc, key desc';
const TOO_MANY = `select kind from ${TABLE} group by kind having count(*) > $1`;
const NEWEST_TOO_MANY = `select kind, claimed_at, key from ${TABLE} where kind = $2
	${NEWEST_FIRST} limit 1 offset $1`;

const LAST_ID = `(select coalesce(max(id), 0) from ${DAYS})`;
const SEE_DAY = `insert into ${DAYS} (id, day) select ${LAST_ID} + 1, cast($1 as bigint)
	where not exists (select 1 from ${DAYS} where id = ${LAST_ID} and day = $1)
	on conflict (id) do nothing returning id`;
const LAST_DAYS = `select day from ${DAYS} order by id desc limit $1`;

/**
 * So many days in a row n8n must have seen, on each of which an entry was too old, before that is forgotten: a clock
 * that leaps, and is set right within a week of work, forgets nothing.
 */
const AGREEING_DAYS = 7;

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
		const taken = await this.query(TAKE_OVER, [...valuesOf(entry), token]);
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
		await this.query(SETTLE, [key, token, placeOf(state), text]);
	}

	async release(key: string, { token }: Entry): Promise<void> {
		await this.query(RELEASE, [key, token]);
	}

	async find(key: string): Promise<Entry | undefined> {
		return (await this.query(FIND, [key], true)).map(entryOf)[0];
	}

	async put(
		key: string,
		claim: Claim,
		answer: Record<string, unknown>,
		over?: Entry | null,
	): Promise<boolean> {
		const values = valuesOf({ ...newEntry(key, claim), state: 'accepted', answer });
		// No entry has an empty token
		if (over !== undefined)
			return (await this.query(TAKE_OVER, [...values, over?.token ?? ''])).length > 0;
		await this.query(INSERT, values);
		return true;
	}

	/**
	 * Reads an index for each wanted state, and takes the newest of all. Of one moment they come by key: PostgreSQL
	 * would give them in another order for each part, and the parts would not make up the whole.
	 */
	async list({ state, ...wanted }: Wanted): Promise<Entry[]> {
		const { account, since = 0, before = NO_END, offset = 0, limit, key, execution } = wanted;
		const selects = (state ? [state] : SEND_STATES).map((one) => selectOf(wanted, one));
		const rows = await this.query(
			`${selects.join(' union all ')} ${NEWEST_FIRST} limit $4 offset $5`,
			[
				...[account, Math.ceil(since), Math.ceil(before), Math.min(limit, NO_END), offset],
				key ?? execution ?? '',
			],
			true,
		);
		return rows.map(entryOf);
	}

	/**
	 * Forgets what is too old, or too much of its kind; never a `sending` or `unknown` entry, since its send may
	 * have taken effect. Deliveries are forgotten after a week in any state, a `memory` when its own time is
	 * over.
	 *
	 * @param now milliseconds since 1970 UTC
	 * @returns the number of forgotten entries
	 */
	async sweep({ days, cap }: Retention, now: number): Promise<number> {
		const ago = (some: number) => Math.floor(now - some * DAY_MS);
		let count = await this.forget(OLD, [now, ago(Math.min(days, DELIVERY_DAYS)), ago(days)]);
		const most = Math.floor(cap);
		for (const row of await this.query(TOO_MANY, [most])) {
			const { kind } = row as { kind: number };
			const [newest] = await this.query(NEWEST_TOO_MANY, [most, kind]);
			if (!newest) continue;
			const tooMany = `${SETTLED} and kind = $1 and (claimed_at, key) <= ($2, $3)`;
			count += await this.forget(tooMany, Object.values(newest as Record<string, Value>));
		}
		return count;
	}

	/**
	 * {@link sweep} once on each day of work, by the earliest of the last days that n8n has seen: a clock that
	 * leaps ahead forgets nothing, and one that was ahead holds up nothing.
	 *
	 * @param now milliseconds since 1970 UTC
	 */
	async sweepIfDue(retention: Retention, now: number): Promise<number> {
		const isNew = await this.query(SEE_DAY, [Math.floor(now / DAY_MS)]);
		const before = isNew.length === 0 ? 0 : await this.forgetsBefore();
		return before === 0 ? 0 : await this.sweep(retention, before);
	}

	async forgetsBefore(): Promise<number> {
		const rows = await this.query(LAST_DAYS, [AGREEING_DAYS], true);
		if (rows.length < AGREEING_DAYS) return 0;
		const days = rows.map((row) => Number((row as { day: unknown }).day));
		return Math.min(...days) * DAY_MS;
	}

	private async isClaimed(entry: Entry): Promise<boolean> {
		try {
			return (await this.query(CLAIM, valuesOf(entry))).length > 0;
		} catch (error) {
			// It may be in the table although its answer was lost; nothing was sent, so take it back
			this.query(RELEASE, [entry.key, entry.token], true).catch(() => undefined);
			throw error as Error;
		}
	}

	private hold({ key, token }: Entry, { keeps }: Claim): Held {
		return {
			settle: async (state, answer) => {
				const text = answer ? JSON.stringify(kept(answer, [...keeps, 'reason'])) : null;
				await this.query(SETTLE, [key, token, placeOf(state), text]);
			},
			release: async () => void (await this.query(RELEASE, [key, token])),
		};
	}

	private async query(statement: string, values: Value[], ifExists?: boolean): Promise<unknown[]> {
		return await this.database.query(statement, values.map(withoutNul), ifExists);
	}

	private async forget(which: string, values: Value[]): Promise<number> {
		const some = `select key from ${TABLE} where ${which} limit ${AT_ONCE}`;
		for (let count = 0; ;) {
			// Says it twice: PostgreSQL finds the keys, waits for whoever takes one over, and asks only the second again
			const gone = await this.query(`${DELETE} in (${some}) and ${which} returning key`, values);
			count += gone.length;
			if (gone.length < AT_ONCE) return count;
		}
	}
}

/** PostgreSQL takes no NUL, and Node.js 22 reads a text of SQLite only as far as the first. */
const withoutNul = (value: Value) =>
	typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;

/** With an execution, `account || ''` keeps SQLite from the index by state: the one by execution is shorter. */
function selectOf({ kind, key, execution }: Omit<Wanted, 'state'>, state: Entry['state']): string {
	const account = execution === undefined ? 'account' : `account || ''`;
	const only = key !== undefined ? 'key' : execution !== undefined ? 'execution' : `''`;
	return `select * from (${SELECT} where kind = ${KINDS.indexOf(kind)} and ${account} = $1
		and state = ${placeOf(state)} and claimed_at >= $2 and claimed_at < $3 and ${only} = $6
		${NEWEST_FIRST} limit cast($4 as bigint) + cast($5 as bigint)) as one_state`;
}

function newEntry(key: string, { keeps: _keeps, ...claim }: Claim): Entry {
	const at = Date.now();
	return { ...claim, key, state: 'sending', at, token: newToken(claim.until - at) };
}

/** In the order of the columns. */
function valuesOf({ key, kind, account, name, body, state, answer, ...entry }: Entry): Value[] {
	const { execution, token, at, until, parcel } = entry;
	const [text, contents] = [answer, parcel].map((one) => (one ? JSON.stringify(one) : null));
	const [kindPlace, statePlace] = [KINDS.indexOf(kind), placeOf(state)];
	const of = [key, kindPlace, account, name, body, execution, token, statePlace];
	return [...of, text ?? null, at, until, contents ?? null];
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
	...{ claimed_at: number, until: number, parcel: text },
});

const pieces = z.record(z.string(), z.number());
const storedParcel = z.object({ of: z.string(), pieces, elsewhere: pieces.optional() });

/** A row that something else has changed becomes `unknown`, which frees nothing: the vendor is asked. */
function entryOf(row: unknown): Entry {
	const { claimed_at: at, kind, state, answer, parcel, ...entry } = stored.parse(row);
	const known = parsed(answer);
	const contents = storedParcel.safeParse(parsed(parcel)).data;
	return {
		...{ kind: KINDS[kind] ?? 'write', state: SEND_STATES[state] ?? 'unknown', at, ...entry },
		...(isRecord(known) ? { answer: known } : {}),
		...(contents ? { parcel: contents } : {}),
	};
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
