/**
 * A disk that hangs, and a process that holds the file: a claim fails closed in its time, and what was
 * committed after that is taken back, so that the key is nobody's.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill, killAll, start, word } from './children';
import { type OtherProcess, otherProcess } from './other-process';
import { keyAt, lookInto } from './register';
import { buildShim, shimEnvironment } from './shim/build';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-hangs-'));
const shim = buildShim();
afterAll(async () => {
	await killAll();
	rmSync(folder, { recursive: true, force: true });
});

const SLOW = /the disk does not answer in time\n.*Nothing was sent/;
const BUSY = /another process has held it for too long\n.*Nothing was sent/;

/** What was refused is claimed like any other key once all is well, and what was held before is held. */
async function isWell(
	{ ask }: OtherProcess,
	file: string,
	refused: readonly number[],
): Promise<void> {
	// Answered after all that was asked before it, also after what is taken back
	for (const key of refused) expect(await ask('find', keyAt(key))).toBeUndefined();
	for (const key of refused) expect(await ask('claim', keyAt(key))).toBe('held');
	expect(await ask('claim', keyAt(1))).toBe('standing');
	await ask('close');
	const { integrity, standing } = lookInto(file);
	expect([integrity, standing.size]).toEqual(['ok', refused.length + 1]);
}

async function aDiskThatHangs(): Promise<void> {
	if (!shim) return;
	const place = join(folder, 'disk');
	mkdirSync(place);
	const file = join(place, 'register.db');
	const hang = join(folder, 'hang');
	const env = shimEnvironment(shim, { folder: place, hang });
	const one = await otherProcess(file, { env });
	expect(await one.ask('claim', keyAt(1))).toBe('held');
	writeFileSync(hang, '');
	// The first of them is in the thread, the others wait for it
	const said = await Promise.all([2, 3, 4].map(async (key) => await one.ask('claim', keyAt(key))));
	for (const words of said) expect(words).toMatch(SLOW);
	rmSync(hang);
	await isWell(one, file, [2, 3, 4]);
}

async function aProcessThatIsStopped(): Promise<void> {
	const file = join(folder, 'busy', 'register.db');
	const one = await otherProcess(file);
	expect(await one.ask('claim', keyAt(1))).toBe('held');
	const holder = start('holder.ts', [file]);
	await word(holder);
	holder.kill('SIGSTOP');
	// Asked for together they are one commit, or the second waits behind the first
	const said = await Promise.all([2, 3].map(async (key) => await one.ask('claim', keyAt(key))));
	expect(said[0]).toMatch(BUSY);
	expect([BUSY, SLOW].some((words) => words.test(said[1]!))).toBe(true);
	await kill(holder);
	await isWell(one, file, [2, 3]);
}

// Both wait for as long as a claim may take, so they wait beside each other
it('a disk that hangs, and a process that is stopped while it writes', async () => {
	await Promise.all([aDiskThatHangs(), aProcessThatIsStopped()]);
}, 60_000);
