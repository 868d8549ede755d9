/** Processes on one register, killed ones among them: each key is one process's. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAbandoned } from '../../lib/base/owner';
import { closeRegisters, sqliteRegister } from '../../lib/run/registers';
import { claimOf } from '../lib/register/claim';
import type { Busy } from './busy';
import { ask, kill, killAll, start, word } from './children';
import { byKey, found, historyOf, isPossible, textOf } from './history';
import { PLACES, usePlaceOf } from './places';
import { keyAt, registerAt } from './register';

const KEYS = 200;
/** How long processes ask for all there is to ask; milliseconds. */
const MIXED_MS = Number(process.env['MIXED_MS'] ?? 1_000);

afterAll(async () => {
	await killAll();
	await closeRegisters();
});

describe.each(PLACES)('%s', (name, make) => {
	const place = usePlaceOf(make);

	it('of four processes that want 200 keys at one moment, one gets each; killed, they leave them standing', async () => {
		const children = [1, 2, 3, 4].map(() =>
			start('claimer.ts', [JSON.stringify(place().at), String(KEYS)]),
		);
		await Promise.all(children.map(async (child) => await word(child)));
		const got = await Promise.all(children.map(async (child) => await ask<number[]>(child, 'go')));
		const all = got.flat().sort((a, b) => a - b);
		expect(all).toEqual(Array.from({ length: KEYS }, (_none, i) => i));

		const of = got.findIndex((keys) => keys.length > 0);
		const key = keyAt(got[of]![0]!);
		const alive = (await registerAt(place().at).find(key))!;
		expect(alive).toMatchObject({ state: 'sending', execution: String(children[of]!.pid) });
		expect(isAbandoned(alive, Date.now())).toBe(false);
		await kill(children[of]!);
		const left = (await registerAt(place().at).find(key))!;
		expect(left).toEqual(alive);
		expect(isAbandoned(left, Date.now())).toBe(true);
		await Promise.all(children.map(kill));
	}, 60_000);

	it('of three processes that claim, take over, settle and release the same keys, each is answered as by one register', async () => {
		const logs = [1, 2, 3].map((one) => join(place().folder, `mixed-${one}.log`));
		const children = logs.map((log, seed) => {
			const settings: Busy = {
				place: place().at,
				log,
				seed,
				tasks: 4,
				keys: 16,
				span: 2 ** 42,
				closes: false,
			};
			return start('busy.ts', [JSON.stringify(settings)]);
		});
		await Promise.all(children.map(async (child) => await word(child)));
		for (const child of children) child.send('go');
		await pause(MIXED_MS);
		await Promise.all(children.map(async (child) => await ask(child, 'stop')));
		const { integrity, standing } = await place().look();
		const operations = logs.flatMap((log) => historyOf(log));
		const keys = byKey(operations);
		const wrong = [...keys]
			.map(([key, ofKey]) => [...ofKey, found(key, standing.get(key) ?? null)])
			.filter((ofKey) => !isPossible(ofKey));
		if (process.env['MIXED_MS'])
			console.log(name, operations.length, 'operations', wrong.length, 'wrong');
		expect(wrong.map(textOf)[0]).toBeUndefined();
		expect(integrity).toBe('ok');
		expect(keys.size).toBe(16);
	}, 60_000);
});

describe('a process that may open no more files', () => {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-crowded-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	/** What came of its claim, and of the next one once files can be opened again. */
	function crowded(file: string, asksBefore: boolean): unknown {
		const limited = ['-c', 'ulimit -n 256 && exec "$0" "$@"', process.execPath];
		const script = ['--require', require.resolve('tsx/cjs'), join(__dirname, 'crowded.ts')];
		const all = [...limited, ...script, file, keyAt(7), String(asksBefore)];
		return JSON.parse(execFileSync('sh', all, { encoding: 'utf8' }));
	}

	it.each([
		['before its first question', false],
		['before the file is made', true],
	])('%s claims nothing, and says why', (title, asksBefore) => {
		const [first, second] = crowded(join(folder, title, 'register.db'), asksBefore) as string[];
		expect(first).toContain('EMFILE');
		expect(second).toBe('held');
	});

	it.each([false, true])(
		'takes away nobody else’s claim; it asked before: %s',
		async (asksBefore) => {
			const file = join(folder, `taken ${asksBefore}`, 'register.db');
			const register = sqliteRegister(file);
			await register.claim(keyAt(7), claimOf({ execution: '1' }));
			const [first, second] = crowded(file, asksBefore) as string[];
			if (!asksBefore) expect(first).toContain('cannot be remembered');
			expect(second).toBe('standing');
			expect(await register.find(keyAt(7))).toMatchObject({ execution: '1', state: 'sending' });
		},
	);
});

it('a claim of another machine is dead when its time is over, not before', () => {
	const now = Date.now();
	const elsewhere = { token: 'abcdef.1.ghijkl.1', until: now + 1_000 };
	expect(isAbandoned(elsewhere, now)).toBe(false);
	expect(isAbandoned({ ...elsewhere, until: now - 60_000 }, now)).toBe(true);
});
