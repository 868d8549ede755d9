/** The places a register can lie at, for tests that ask the same of each. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { SEND_STATES, TABLE } from '../../lib/register/schema';
import { type Database, hasPostgres, makeDatabase } from '../lib/register/postgres';
import type { Standing } from './history';
import { closeRegisters } from '../../lib/run/registers';
import { lookInto } from './register';

type Look = ReturnType<typeof lookInto>;

export interface Place {
	/** As a process is told: a file, or the credential of a PostgreSQL. */
	at: string | Record<string, unknown>;
	/** What stands there, once no process of ours has it open. Leaves it as killed processes left it. */
	look: () => Look | Promise<Look>;
	/** Of the tests: for logs and the like. */
	folder: string;
	remove: () => void;
}

function filePlace(): Place {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-file-'));
	const own = join(folder, 'own');
	let looks = 0;
	return {
		at: join(own, 'register.db'),
		look: () => {
			// Killed before it was made
			if (!existsSync(join(own, 'register.db'))) return { integrity: 'ok', standing: new Map() };
			const copy = join(folder, `look-${(looks += 1)}`);
			cpSync(own, copy, { recursive: true });
			const all = lookInto(join(copy, 'register.db'));
			rmSync(copy, { recursive: true });
			return all;
		},
		folder,
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}

interface Row {
	key: string;
	execution: string;
	state: number;
}

/** All were killed before one of them made the tables. */
function noneIfNotMade(error: unknown): { rows: Row[] } {
	if ((error as { code?: string }).code === '42P01') return { rows: [] };
	throw error as Error;
}

async function postgresPlace(): Promise<Place> {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-file-'));
	const database: Database = await makeDatabase();
	return {
		at: database.credential,
		look: async () => {
			const pool = new Pool({ ...database.credential, ssl: false, max: 1 });
			const { rows } = await pool
				.query<Row>(`select key, execution, state from ${TABLE}`)
				.catch(noneIfNotMade);
			await pool.end();
			const standing = rows.map(({ key, execution, state }): [string, Standing] => [
				key,
				{ id: execution, state: SEND_STATES[state]! },
			]);
			return { integrity: 'ok', standing: new Map(standing) };
		},
		folder,
		remove: () => {
			database.remove();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** For `describe.each`: the name of each place this machine has, and what makes one. */
export const PLACES: Array<[string, () => Place | Promise<Place>]> = [
	['a file', filePlace],
	...(hasPostgres
		? ([['PostgreSQL', postgresPlace]] as Array<[string, () => Promise<Place>]>)
		: []),
];

/** The place of a `describe`, made before its tests, and removed after them. */
export function usePlaceOf(make: () => Place | Promise<Place>): () => Place {
	let place: Place;
	beforeAll(async () => {
		place = await make();
	}, 60_000);
	afterAll(async () => {
		await closeRegisters();
		place.remove();
	});
	return () => place;
}
