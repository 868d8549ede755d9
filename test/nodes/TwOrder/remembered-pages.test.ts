/** The orders that the register remembers are read page by page, each once. */
import { listAll } from '../../../lib/tw/orders/entries';
import type { Entry, Wanted } from '../../../lib/register/register';
import { TABLE } from '../../../lib/register/schema';
import { PLACES, usePlace } from '../../lib/register/places';
import { emptied, onTables } from '../../lib/register/tables';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => await bench.sandbox.reset());

/** Several pages, and more than one page of the latest moment. */
const MANY = 5_000;
const OF_ONE_MOMENT = 1_200;

describe.each(PLACES)('of many orders of a few moments, remembered in %s', (remember) => {
	const place = usePlace(remember);
	let of: { account: string; at: number };
	beforeEach(async () => {
		await emptied(place.register());
		const parameters = createParameters({ remember, waitForCompletion: false });
		const credentials = { ...bench.credentials, ...place.credentials() };
		await bench.run('twOrder', parameters, [{ no: '0' }], { credentials });
		const entries = await onTables(
			place.register(),
			`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MANY - 1})
			insert into ${TABLE} (key, kind, account, name, body, execution, token, state, answer, claimed_at, until)
			select key || i, kind, account, i, body, execution, token, i % 4, answer,
				claimed_at - i / ${OF_ONE_MOMENT}, until
			from ${TABLE}, n returning account, claimed_at`,
		);
		const [{ account, claimed_at }] = entries as [{ account: string; claimed_at: unknown }];
		of = { account, at: Number(claimed_at) };
	});

	const numbers = async (
		more: Partial<Wanted> = {},
		...[limit = Infinity, offset = 0]: number[]
	) => {
		const wanted = { kind: 'order', account: of.account, ...more } as const;
		const all = await listAll(place.register(), wanted, limit, offset, () => true);
		return all.map(({ name }: Entry) => name);
	};

	it('all are listed once', async () => {
		const all = await numbers();
		expect([all.length, new Set(all).size]).toEqual([MANY, MANY]);
	});

	it('parts make up the whole', async () => {
		const parts: string[] = [];
		for (let from = 0; from < MANY; from += 500) parts.push(...(await numbers({}, 500, from)));
		expect(new Set(parts).size).toBe(MANY);
	});

	it('all are listed once where the time asked for ends with the latest moment', async () => {
		expect(new Set(await numbers({ before: of.at + 1 })).size).toBe(MANY);
	});
});
