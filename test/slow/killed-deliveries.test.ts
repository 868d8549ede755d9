/** What is known of a delivery once the n8n that took it is gone. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { claimText, endText } from '../../lib/register/file-entry';
import { FileRegister } from '../../lib/register/file-register';
import { keyOf } from '../../lib/register/key';
import { recordTaken } from '../../lib/shops/redelivery';
import { placeOf } from './place';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-redelivery-'));
const register = new FileRegister(folder);
let other: ChildProcess | undefined;
afterAll(() => {
	other?.kill('SIGKILL');
	rmSync(folder, { recursive: true, force: true });
});

const isOurs = (place: Awaited<ReturnType<typeof placeOf>>) => typeof place === 'object';
const placed = async (id: string) => await placeOf(register, id);

it('what a process has taken counts while it lives; once it was killed, if it had lived on for long', async () => {
	other = fork(join(__dirname, 'taker.ts'), [folder], {
		execArgv: ['--require', require.resolve('tsx/cjs')],
	});
	await once(other, 'message');
	expect(await placed('answered')).toBe('taken');
	expect(await placed('outlived')).toBe('taken');
	expect(await placed('under way')).toBe('in hand');

	other.kill('SIGKILL');
	await once(other, 'exit');
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

	function takenElsewhere(id: string, minutesAgo: number, end: string): void {
		const key = keyOf('delivery', 'trigger', id);
		const at = Date.now() - minutesAgo * MINUTE;
		const claim = claimText({
			key,
			...{ kind: 'delivery', account: 'trigger', name: id, body: '', execution: '-' },
			...{
				at,
				until: at + MINUTE,
				owner: '["another-machine",1,"a"]',
				token: id,
				state: 'sending',
			},
		});
		const path = join(folder, key.slice(0, 2), key);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, claim + end);
	}

	it.each([
		['answered a moment ago', 0, 'accepted', 'taken'],
		['answered five minutes ago', 5, 'accepted', 'taken'],
		['answered an hour ago, and nothing since', 60, 'accepted', 'ours'],
		['answered an hour ago, and outlived', 60, 'outlived', 'taken'],
		['begun five minutes ago and never answered', 5, '', 'ours'],
	])('and %s', async (id, minutesAgo, state, expected) => {
		const answer = state === 'outlived' ? { outlived: true } : undefined;
		takenElsewhere(id, minutesAgo, state === '' ? '' : endText(id, 'accepted', answer));
		const place = await placed(id);
		expect(isOurs(place) ? 'ours' : place).toBe(expected);
	});
});

it('of many that find a torn entry at least one is started', async () => {
	const key = keyOf('delivery', 'trigger', 'torn');
	const path = join(folder, key.slice(0, 2), key);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, '{"kind":"deliv\n');
	const places = await Promise.all(Array.from({ length: 5 }, async () => await placed('torn')));
	expect(places.some(isOurs)).toBe(true);
});
