/** What is claimed or taken over while old entries are forgotten stays. */
import { Pool } from 'pg';
import { closeRegisters } from '../../lib/run/registers';
import { DAY_MS } from '../../lib/base/durations';
import { SEND_STATES, TABLE } from '../../lib/register/schema';
import { claimOf } from '../lib/register/claim';
import { onTables, storedIn } from '../lib/register/tables';
import { until } from '../observed';
import { ask, killAll, start, word } from './children';
import { PLACES, usePlaceOf } from './places';
import { keyAt, registerAt } from './register';

afterAll(async () => {
	await killAll();
	await closeRegisters();
});

const KEYS = 1_500;
const OLD = { days: 180, cap: 1e6 };

describe.each(PLACES)('%s', (name, make) => {
	const place = usePlaceOf(make);

	/** So many entries that are to be forgotten, half of them failed, which a claim may have again. */
	async function fill(count: number): Promise<void> {
		const register = registerAt(place().at);
		await onTables(register, `delete from ${TABLE}`);
		await Promise.all(
			Array.from({ length: count }, async (_none, i) => {
				const claimed = await register.claim(keyAt(i), claimOf({ execution: 'old' }));
				if ('held' in claimed) await claimed.held.settle(i % 2 ? 'failed' : 'accepted');
			}),
		);
		await onTables(register, `update ${TABLE} set claimed_at = 1, kept_from = 1`);
	}

	it(`of ${KEYS} old keys that another process takes over meanwhile, none is forgotten`, async () => {
		await fill(KEYS);
		const other = start('overtaker.ts', [JSON.stringify(place().at), String(KEYS)]);
		await word(other);
		const taking = ask<number[]>(other, 'go');
		let taken: number[] | undefined;
		void taking.then((got) => (taken = got));
		let forgotten = 0;
		const register = registerAt(place().at);
		while (!taken) forgotten += await register.sweep(OLD, Date.now());
		const stored = (await storedIn(register)) as Array<{ key: string; execution: string }>;
		const standing = new Set(
			stored.filter(({ execution }) => execution !== 'old').map(({ key }) => key),
		);
		expect(taken.filter((i) => !standing.has(keyAt(i)))).toEqual([]);
		expect([taken.length, forgotten > 0]).toEqual([KEYS, true]);
	}, 60_000);

	(name === 'PostgreSQL' ? it : it.skip)(
		'an entry that is taken over while the sweep waits for it stays',
		async () => {
			await fill(4);
			const pool = new Pool({ ...(place().at as object), ssl: false, max: 2 });
			const holder = await pool.connect();
			const again = `update ${TABLE} set state = ${SEND_STATES.indexOf('sending')}, token = 'theirs', claimed_at = $1, kept_from = $1 where key = $2`;
			await holder.query('begin');
			await holder.query(again, [Date.now(), keyAt(0)]);
			const sweeping = registerAt(place().at).sweep(OLD, Date.now());
			const waits = `select 1 from pg_stat_activity where wait_event_type = 'Lock'`;
			let isWaiting = false;
			const look = setInterval(() => {
				void pool.query(waits).then(({ rows }) => (isWaiting ||= rows.length > 0));
			}, 20);
			await until(() => isWaiting);
			clearInterval(look);
			await holder.query('commit');
			holder.release();
			expect(await sweeping).toBe(3);
			expect(await registerAt(place().at).find(keyAt(0))).toMatchObject({ state: 'sending' });
			await pool.end();
		},
		30_000,
	);

	it('keeps what is at work however old it looks', async () => {
		const register = registerAt(place().at);
		await onTables(register, `delete from ${TABLE}`);
		for (const state of ['sending', 'unknown'] as const) {
			const claimed = await register.claim(state, claimOf());
			if (state === 'unknown' && 'held' in claimed) await claimed.held.settle(state);
		}
		expect(await register.sweep({ days: 1, cap: 1 }, Date.now() + 4_000 * DAY_MS)).toBe(0);
	});
});
