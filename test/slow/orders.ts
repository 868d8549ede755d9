/** Orders that are to be remembered where that fails. */
import type { INodeParameters } from 'n8n-workflow';
import { closeRegisters } from '../../lib/run/registers';
import { type Database, makeDatabase } from '../lib/register/postgres';
import { removeFiles } from '../lib/register/places';
import { FORECAST, requestsTo } from '../observed';
import { createParameters, useBench } from '../support';

/** A sandbox, and orders created there. */
export function useOrders() {
	const bench = useBench();
	// What a test has done to the folder must not be known any more
	beforeEach(removeFiles);
	beforeEach(() => bench.sandbox.reset());
	return {
		bench,
		create: async (more: INodeParameters = {}, no = 'ORD-1', credentials = {}) =>
			await bench.run(
				'twOrder',
				createParameters({ waitForCompletion: false, ...more }),
				[{ no }],
				{
					credentials: { ...bench.credentials, ...credentials },
				},
			),
		/** How often an order reached TW. */
		sends: (no = '') =>
			requestsTo(bench.sandbox, FORECAST).filter(({ body }) => body.includes(no)).length,
	};
}

/** The same, remembered in a PostgreSQL server that the tests have for themselves. */
export function useDatabaseOrders() {
	const { create, ...rest } = useOrders();
	const own = {} as { database: Database };
	beforeAll(async () => {
		own.database = await makeDatabase();
	}, 60_000);
	afterAll(async () => {
		await closeRegisters();
		own.database.remove();
	});
	return {
		...rest,
		own,
		create: async (options: INodeParameters = {}, no?: string, more: object = {}) =>
			await create({ remember: 'postgres', options }, no, {
				postgres: { ...own.database.credential, ...more },
			}),
	};
}
