/** What is known of a delivery once the n8n that took it is gone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { keyOf } from '../../lib/once/claim';
import { TABLE } from '../../lib/register/schema';
import { closeRegisters, sqliteRegister } from '../../lib/run/registers';
import { recordTaken } from '../../lib/shops/redelivery';
import { claimOf } from '../lib/register/claim';
import { kill, killAll, start, word } from './children';
import { placeOf } from './place';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-redelivery-'));
const file = join(folder, 'register.db');
const register = sqliteRegister(file);
afterAll(async () => {
	await killAll();
	await closeRegisters();
	rmSync(folder, { recursive: true, force: true });
});

const isOurs = (place: Awaited<ReturnType<typeof placeOf>>) => typeof place === 'object';
const placed = async (id: string) => await placeOf(register, id);

it('what a process has taken counts while it lives; once it was killed, if it had lived on for long', async () => {
	const other = start('taker.ts', [file]);
	await word(other);
	expect(await placed('answered')).toBe('taken');
	expect(await placed('outlived')).toBe('taken');
	expect(await placed('under way')).toBe('in hand');

	await kill(other);
	expect(await placed('outlived')).toBe('taken');
	for (const id of ['answered', 'under way']) {
		const place = await placed(id);
		expect([id, isOurs(place)]).toEqual([id, true]);
		if (typeof place === 'object') await recordTaken(place.held, 1);
		expect([id, await placed(id)]).toEqual([id, 'taken']);
	}
}, 60_000);

describe('what a process of another machine has taken', () => {
	const MINUTE = 60_000;

	async function takenElsewhere(id: string, minutesAgo: number, state: string): Promise<void> {
		const at = Date.now() - minutesAgo * MINUTE;
		const [account, key] = ['trigger', keyOf('delivery', 'trigger', id)];
		const claim = claimOf({ kind: 'delivery', account, name: id, body: '', until: at + MINUTE });
		const claimed = await register.claim(key, { ...claim, keeps: ['outlived'] });
		if (!('held' in claimed)) throw new Error('It is taken');
		const answer = state === 'outlived' ? { outlived: true } : undefined;
		if (state !== '') await claimed.held.settle('accepted', answer);
		const database = new DatabaseSync(file);
		database
			.prepare(`update ${TABLE} set token = 'others.1.ghijkl.1', claimed_at = ? where key = ?`)
			.run(at, key);
		database.close();
	}

	it.each([
		['answered a moment ago', 0, 'accepted', 'taken'],
		['answered five minutes ago', 5, 'accepted', 'taken'],
		['answered an hour ago, and nothing since', 60, 'accepted', 'ours'],
		['answered an hour ago, and outlived', 60, 'outlived', 'taken'],
		['begun five minutes ago and never answered', 5, '', 'ours'],
	])('and %s', async (id, minutesAgo, state, expected) => {
		await takenElsewhere(id, minutesAgo, state);
		const place = await placed(id);
		expect(isOurs(place) ? 'ours' : place).toBe(expected);
	});
});
