/** Whose claim it is: machines and containers with one host name are two, and a clock that leaps takes nothing from a living process. */
import { execFileSync, spawn } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAbandoned, isProcessGone } from '../../lib/base/owner';
import { closeRegisters } from '../../lib/run/registers';
import { DAY_MS } from '../../lib/base/durations';
import { claimOf } from '../lib/register/claim';
import { kill, killAll, start, word, ask } from './children';
import { PLACES, usePlaceOf } from './places';
import { keyAt, registerAt } from './register';

afterAll(async () => {
	await killAll();
	await closeRegisters();
});

/** Whether a process may have pids of its own here, as one in a container has. */
const canUnshare = (() => {
	try {
		execFileSync('unshare', ['--pid', '--fork', '--mount-proc', 'true'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
})();

describe.each(PLACES)('%s', (_name, make) => {
	const place = usePlaceOf(make);

	(canUnshare ? it : it.skip)(
		'a container of the same host name is another owner, and its living process is not taken for gone',
		async () => {
			const container = spawn(
				'unshare',
				[
					...['--pid', '--fork', '--mount-proc', '--kill-child', process.execPath],
					...['--require', require.resolve('tsx/cjs'), join(__dirname, 'claimer.ts')],
					...[JSON.stringify(place().at), '1'],
				],
				{ stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
			);
			try {
				await word(container);
				expect(await ask(container, 'go')).toEqual([0]);
				const entry = (await registerAt(place().at).find(keyAt(0)))!;
				// In its container it is process 1, which runs here, too, and 1 is no process of ours
				expect([entry.execution, hostname()]).toEqual(['1', hostname()]);
				expect(isProcessGone(entry.token)).toBeUndefined();
				expect(isAbandoned(entry, Date.now())).toBe(false);
				// Nobody here can see that it is gone: the time decides
				await kill(container);
				expect(isAbandoned(entry, Date.now())).toBe(false);
				expect(isAbandoned(entry, entry.until + 6_000)).toBe(true);
			} finally {
				await kill(container);
			}
		},
		60_000,
	);

	it.each([200, -200, 20_000, -20_000])(
		'a clock that leaps %i days takes nothing from a living process, and frees what a dead one had',
		async (days) => {
			const key = keyAt(days + 50_000);
			const now = Date.now() + days * DAY_MS;
			const other = start('claimer.ts', [JSON.stringify(place().at), '2']);
			await word(other);
			const register = registerAt(place().at);
			await register.release(keyAt(1), (await register.find(keyAt(1))) ?? ({ token: '' } as never));
			expect(await ask(other, 'go')).toContain(1);
			const entry = (await register.find(keyAt(1)))!;
			await register.claim(key, claimOf());
			const own = (await register.find(key))!;
			expect([entry, own].map((one) => isAbandoned(one, now))).toEqual([false, false]);
			await kill(other);
			expect([entry, own].map((one) => isAbandoned(one, now))).toEqual([true, false]);
		},
		60_000,
	);

	it('a claim of a clock that leapt and came back does not hold its number for as long', async () => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 200 * DAY_MS);
		await registerAt(place().at).claim(keyAt(77), claimOf());
		jest.restoreAllMocks();
		const own = (await registerAt(place().at).find(keyAt(77)))!;
		expect(isAbandoned(own, Date.now())).toBe(false);
		const elsewhere = { ...own, token: 'abcdef.1.ghijkl.1.zzzzzz' };
		expect(isAbandoned(elsewhere, Date.now())).toBe(true);
	});

	it('the time of a living process is over when the machine says so', async () => {
		await registerAt(place().at).claim(keyAt(78), claimOf({ until: Date.now() - 6_000 }));
		expect(isAbandoned((await registerAt(place().at).find(keyAt(78)))!, 0)).toBe(true);
	});
});
