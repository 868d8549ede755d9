/** What is remembered of writes before a run, in registers as the nodes have them. */
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Held } from '../../../lib/operation/needs';
import { type EntryStore, ExecutionRegister } from '../../../lib/register/execution-register';
import { FileRegister } from '../../../lib/register/file-register';
import { LayeredRegister } from '../../../lib/register/layers';
import { thisProcess } from '../../../lib/register/owner';
import type { Mark } from '../../../lib/tw/writes/claim';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What an execution keeps for its later tries, before files that all executions share. */
export function ofRun(files = new FileRegister(mkdtempSync(join(folder, 'register-')))) {
	const mine: EntryStore = {};
	return { mine, files, register: new LayeredRegister(new ExecutionRegister(mine), files) };
}
export type Remembered = ReturnType<typeof ofRun>;

/** No system counts its processes that far. */
const NOBODY = 2 ** 30;

/** The process of a claim that is not this one. */
const OWNERS: Readonly<Record<string, () => unknown[]>> = {
	'its process gone': () => [hostname(), NOBODY, 'start'],
	'before a restart': () => [hostname(), process.pid, 'an earlier start'],
	'on another machine': () => ['another machine', NOBODY, 'start'],
};

/** What can be left; a word that means nothing would be a row that tests something else. */
const HOW =
	/^(sending|accepted|found|unknown|torn|empty)(, (its time over for \d+ s|over for \d+ s|its process gone|before a restart|on another machine|long ago|in this execution|of another channel))*$/;

/**
 * Leaves what an earlier sender did.
 *
 * @param how its state and what else there is to say, e.g. `sending, its time over for 6 s`
 * @returns the right to the send, of an earlier execution's (16) or, `in this execution`, of an earlier try's
 */
export async function leave(
	how: string,
	mark: Mark,
	{ register, files }: Remembered,
): Promise<Held> {
	if (!HOW.test(how)) throw new Error(`Nothing can be left like this: ${how}`);
	const isMine = how.includes('in this execution');
	const over = /over for (\d+) s/.exec(how)?.[1];
	const until = Date.now() + (over === undefined ? 60_000 : Number(over) * -1_000);
	const { key, kind, account, name, body } = mark;
	const claim = { kind, account, name, body, execution: isMine ? '17' : '16', until };
	const claimed = await (isMine ? register : files).claim(key, claim);
	const { held } = claimed as { held: Held };
	const [state = ''] = how.split(', ');
	if (state === 'accepted') await held.settle('accepted', { no: name, requestId: 'r' });
	if (state === 'found') await held.settle('accepted');
	if (state === 'unknown') await held.settle('unknown');
	const path = join(files.folder, key.slice(0, 2), key);
	const text = readFileSync(path, 'utf8');
	if (state === 'torn') writeFileSync(path, text.slice(0, 40));
	if (state === 'empty') writeFileSync(path, '');
	if (how.includes('long ago')) utimesSync(path, new Date(0), new Date(0));
	for (const [whose, owner] of Object.entries(OWNERS)) {
		if (!how.includes(whose)) continue;
		const other = JSON.stringify(JSON.stringify(owner()));
		writeFileSync(path, text.replace(JSON.stringify(thisProcess), other));
	}
	return held;
}
