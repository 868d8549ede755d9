/** Processes on one folder, killed ones among them: each key is one process's. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileRegister } from '../../lib/register/file-register';
import { isDead } from '../../lib/register/owner';
import { claimOf } from '../lib/register/claim';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-processes-'));
const running: ChildProcess[] = [];
afterAll(() => {
	for (const child of running) child.kill('SIGKILL');
	rmSync(folder, { recursive: true, force: true });
});

const KEYS = 200;
const keyOf = (i: number) => i.toString(16).padStart(40, '0');

/** A process that claims the keys in order, and says which it got. */
function claimer(below: string, hold: boolean): ChildProcess {
	const child = fork(join(__dirname, 'claimer.ts'), [below, String(KEYS), String(hold)], {
		execArgv: ['--require', require.resolve('tsx/cjs')],
	});
	running.push(child);
	return child;
}

async function claimedBy(child: ChildProcess): Promise<number[]> {
	const [got] = (await once(child, 'message')) as [number[]];
	return got;
}

it('of four processes that want 200 keys at one moment, one gets each', async () => {
	const children = [1, 2, 3, 4].map(() => claimer(join(folder, 'race'), false));
	await Promise.all(children.map(async (child) => void (await once(child, 'message'))));
	const got = children.map(async (child) => await claimedBy(child));
	for (const child of children) child.send('go');
	const all = (await Promise.all(got)).flat();
	expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: KEYS }, (_none, i) => i));
}, 60_000);

it('a killed process leaves its claims standing, and they are known to be dead at once', async () => {
	const below = join(folder, 'killed');
	const child = claimer(below, true);
	await once(child, 'message');
	const got = claimedBy(child);
	child.send('go');
	const claimed = await got;
	expect(claimed).toHaveLength(KEYS);
	const register = new FileRegister(below);
	const alive = (await register.find(keyOf(7)))!;
	expect(alive).toMatchObject({ state: 'sending' });
	expect(isDead(alive, Date.now())).toBe(false);

	child.kill('SIGKILL');
	await once(child, 'exit');
	const left = (await register.find(keyOf(7)))!;
	expect(left).toMatchObject({ state: 'sending' });
	expect(isDead(left, Date.now())).toBe(true);
}, 60_000);

it('a process that may open no more files claims nothing, and takes away nobody else’s claim', async () => {
	const below = join(folder, 'crowded');
	const register = new FileRegister(below);
	await register.claim(keyOf(7), claimOf({ execution: '1' }));

	const limited = ['-c', 'ulimit -n 256 && exec "$0" "$@"', process.execPath];
	const script = ['--require', require.resolve('tsx/cjs'), join(__dirname, 'crowded.ts')];
	const said = execFileSync('sh', [...limited, ...script, below, keyOf(7)], { encoding: 'utf8' });
	expect(said).toContain('too many files are open (EMFILE)');
	expect(await register.find(keyOf(7))).toMatchObject({ execution: '1', state: 'sending' });
}, 60_000);

it('a claim of another machine is dead when its time is over, not before', () => {
	const now = Date.now();
	const elsewhere = { owner: JSON.stringify(['another-host', 1, 'abc']), until: now + 1_000 };
	expect(isDead(elsewhere, now)).toBe(false);
	expect(isDead({ ...elsewhere, until: now - 60_000 }, now)).toBe(true);
});
