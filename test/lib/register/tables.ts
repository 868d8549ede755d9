/** A register's own tables, past the register. */
import { TABLE } from '../../../lib/register/schema';
import type { SqlRegister, Value } from '../../../lib/register/sql-register';

/** Carries out a statement where a register keeps its entries; nothing, where it has none yet. */
export const onTables = async (
	register: SqlRegister,
	statement: string,
	values: Value[] = [],
): Promise<unknown[]> => await register['database'].query(statement, values, true);

/** Every entry as it lies there. */
export const storedIn = async (register: SqlRegister): Promise<unknown[]> =>
	await onTables(register, `select * from ${TABLE} order by key`);

/** Forgets everything, before whatever is asked of the same file next. */
export const emptied = async (register: SqlRegister): Promise<void> =>
	void (await onTables(register, `delete from ${TABLE}`));
