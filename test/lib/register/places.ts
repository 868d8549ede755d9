/** The places where sends are remembered, for tests that hold for each of them. */
import { userFolder } from '../../engine/environment';
import type { IDataObject } from 'n8n-workflow';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlRegister } from '../../../lib/register/sql-register';
import { storedIn } from './tables';
import { type Database, hasPostgres, makeDatabase } from './postgres';
import {
	closeRegisters,
	postgresRegister,
	registerFile,
	sqliteRegister,
} from '../../../lib/run/registers';

export type PlaceName = 'files' | 'postgres';

export const PLACES: readonly PlaceName[] = hasPostgres ? ['files', 'postgres'] : ['files'];

/** This test file's register on this n8n, if anything was ever remembered in it. */
export const ownFile = (): SqlRegister | undefined => {
	const file = registerFile(process.env);
	return existsSync(file) ? sqliteRegister(file) : undefined;
};

/** Every entry in it; undefined if there is no register. */
export async function ownEntries(): Promise<unknown[] | undefined> {
	const register = ownFile();
	return register && (await storedIn(register));
}

/** Leaves this test file's register as if nothing had ever been remembered. */
export async function removeFiles(): Promise<void> {
	await closeRegisters();
	rmSync(join(userFolder, '.n8n'), { recursive: true, force: true });
}

/** For a file of tests that starts no engine, which would remove it. */
export const removeUserFolder = () => rmSync(userFolder, { recursive: true, force: true });

/** A place for the tests of a block. PostgreSQL runs for them alone. */
export interface Place {
	register: () => SqlRegister;
	/** What a node needs to reach it, by the type of n8n's credential. */
	credentials: () => Record<string, IDataObject>;
}

export function usePlace(name: PlaceName): Place {
	let database: Database | undefined;
	beforeAll(async () => {
		if (name === 'postgres') database = await makeDatabase();
	}, 60_000);
	afterAll(async () => {
		await closeRegisters();
		await removeFiles();
		database?.remove();
	});
	return {
		register: () =>
			database ? postgresRegister(database.credential) : sqliteRegister(registerFile(process.env)),
		credentials: (): Record<string, IDataObject> =>
			database ? { postgres: database.credential as IDataObject } : {},
	};
}
