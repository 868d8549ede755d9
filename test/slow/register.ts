/** Registers of these tests, and a look at their files beside the register itself. */
import { DatabaseSync } from 'node:sqlite';
import { SEND_STATES, TABLE } from '../../lib/register/schema';
import type { SqlRegister } from '../../lib/register/sql-register';
import { postgresRegister, sqliteRegister } from '../../lib/run/registers';
import type { Standing } from './history';

/** @param place a file, or the credential of a PostgreSQL */
export const registerAt = (place: string | Record<string, unknown>): SqlRegister =>
	typeof place === 'string' ? sqliteRegister(place) : postgresRegister(place);

/** As the register's keys are: 16 characters. */
export const keyAt = (i: number): string => i.toString(36).padStart(16, '0');

/** Opens the file as SQLite does that knows nothing of us, checks all of it, and tells what stands there. */
export function lookInto(file: string): { integrity: unknown; standing: Map<string, Standing> } {
	const database = new DatabaseSync(file);
	try {
		const [check] = database.prepare('pragma integrity_check').all();
		const rows = database.prepare(`select key, execution, state from ${TABLE}`).all();
		const standing = rows.map(({ key, execution, state }): [string, Standing] => [
			String(key),
			{ id: String(execution), state: SEND_STATES[Number(state)]! },
		]);
		return { integrity: check?.['integrity_check'], standing: new Map(standing) };
	} finally {
		database.close();
	}
}
