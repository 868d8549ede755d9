/** The tables of the register, the same in SQLite and in PostgreSQL. */
import { DAY_MS } from '../base/durations';

/** Stored as indexes into these lists, because a million entries have them: never reorder. */
export const KINDS = ['order', 'bag', 'write', 'event', 'delivery', 'memory'] as const;
export const SEND_STATES = ['sending', 'accepted', 'failed', 'unknown'] as const;

export const COLUMNS =
	'key kind account name body execution token state answer claimed_at until parcel'.split(' ');

/** The day from which an entry's age counts; null in an entry of an older version, which counts from its claim. */
export const KEPT_FROM = 'kept_from';

export const TABLE = 'n8n_tw_td_register';
/** The days on which n8n has worked, in the order in which it has seen them; days since 1970 UTC. */
export const DAYS = `${TABLE}_days`;
/** Of version 1. */
const SWEPT = `${TABLE}_swept`;

const ORDERS = `where kind = ${KINDS.indexOf('order')}`;

/**
 * The steps from one version of the tables to the next; the database keeps the number of steps done as
 * its version. Times are in milliseconds since 1970 UTC.
 */
export const MIGRATIONS: readonly string[] = [
	`create table ${TABLE} (
		key text primary key not null, kind smallint not null, account text not null,
		name text not null, body text not null, execution text not null, token text not null,
		state smallint not null, answer text, claimed_at bigint not null, until bigint not null
	);
	create index ${TABLE}_list on ${TABLE} (account, state, claimed_at) ${ORDERS};
	create index ${TABLE}_execution on ${TABLE} (execution) ${ORDERS};
	create table ${SWEPT} (id smallint primary key not null, at bigint not null);`,
	`alter table ${TABLE} add column ${KEPT_FROM} bigint;
	create table ${DAYS} (id bigint primary key not null, day bigint not null);
	insert into ${DAYS} (id, day) select 1, at / ${DAY_MS} from ${SWEPT};
	drop table ${SWEPT};`,
	`alter table ${TABLE} add column parcel text;`,
];
