/** A dry run looks at a register and leaves it as it is, be it there or not. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { userFolder } from '../../engine/environment';
import type { Held } from '../../../lib/register/register';
import { DryRunRegister } from '../../../lib/register/dry-run-register';
import { claimOf } from './claim';
import { PLACES, removeUserFolder, usePlace } from './places';

const KEY = 'ab'.repeat(8);
const claim = claimOf({ until: 0 });

afterAll(removeUserFolder);

describe.each(PLACES)('%s', (name) => {
	const place = usePlace(name);

	/** Whether there is anything at all of a register. */
	async function isThere(): Promise<boolean> {
		const { postgres } = place.credentials();
		if (!postgres) return existsSync(join(userFolder, '.n8n'));
		const client = new Client({ ...postgres, ssl: false });
		await client.connect();
		const { rowCount } = await client.query("select 1 from pg_tables where schemaname = 'public'");
		await client.end();
		return rowCount! > 0;
	}

	it('is not made by a dry run, whatever that comes to do', async () => {
		const register = place.register();
		const looking = new DryRunRegister(register);
		const wanted = { kind: 'order', account: 'acc', limit: 10 } as const;
		expect([await looking.find(KEY), await looking.list(wanted)]).toEqual([undefined, []]);
		const { held } = (await looking.claim(KEY, claim)) as { held: Held };
		const entry = (await looking.find(KEY))!;
		await held.settle('accepted');
		await held.release();
		await looking.release(KEY, entry);
		await looking.put(KEY, claim, { answer: 1 });
		expect(await looking.find(KEY)).toMatchObject({ state: 'accepted', answer: { answer: 1 } });
		expect(await register.find(KEY)).toBeUndefined();
		expect(await isThere()).toBe(false);
		await register.claim(KEY, claim);
		expect(await isThere()).toBe(true);
	});
});
