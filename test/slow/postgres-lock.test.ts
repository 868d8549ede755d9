/** A lock in PostgreSQL is waited for as long as a statement may take: ten seconds. */
import { Pool } from 'pg';
import { hasPostgres } from '../lib/register/postgres';
import { complaint } from '../observed';
import { useDatabaseOrders } from './orders';

(hasPostgres ? describe : describe.skip)('PostgreSQL', () => {
	const { create, own, sends } = useDatabaseOrders();

	it('that holds a lock: nothing is sent when the time of its statement is over', async () => {
		await create();
		const pool = new Pool({ ...(own.database.credential as object), ssl: false, max: 1 });
		const holder = await pool.connect();
		await holder.query('begin; lock table n8n_tw_td_register in access exclusive mode');
		const failed = await create({}, 'LOCK');
		holder.release(true);
		await pool.end();
		expect(complaint(failed).message).toContain('it does not answer in time');
		expect(sends('LOCK')).toBe(0);
	}, 60_000);
});
