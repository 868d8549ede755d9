/** What is remembered of writes before a run, in registers as the nodes have them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Held } from '../../../lib/register/register';
import { type EntriesByKey, ExecutionRegister } from '../../../lib/register/execution-register';
import { newToken } from '../../../lib/base/owner';
import { TABLE } from '../../../lib/register/schema';
import type { Send } from '../../../lib/once/send';
import { emptied, onTables } from '../../lib/register/tables';
import { closeRegisters, sqliteRegister } from '../../../lib/run/registers';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-tables-'));
afterAll(async () => {
	await closeRegisters();
	rmSync(folder, { recursive: true, force: true });
});

/** A register in which nothing is remembered yet. */
function newFiles() {
	const files = sqliteRegister(join(folder, 'register.db'));
	void emptied(files);
	return files;
}

/** What an execution keeps for its later tries, before a file that all executions share. */
export function ofRun(files = newFiles()) {
	const mine: EntriesByKey = {};
	return { mine, files, register: new ExecutionRegister(mine, files) };
}
export type Remembered = ReturnType<typeof ofRun>;

/** No system counts its processes that far. */
const NOBODY = 2 ** 30;

/** Whose claim it is, where it is not this process's. */
const OTHERS: Readonly<Record<string, (parts: string[]) => string[]>> = {
	'its process gone': ([host = '']) => [host, String(NOBODY), 'start', '1'],
	'before a restart': ([host = '', pid = '']) => [host, pid, 'before', '1'],
	'on another machine': () => ['other', String(NOBODY), 'start', '1'],
};

/** What has become of an answer, where it is not what TW said. */
const ANSWERS: Readonly<Record<string, string>> = {
	'nothing of it kept': '{}',
	'its answer strange': '{"requestId":7,"product":[]}',
	'changed by something else': '{"requestId":',
};

/** What can be left; a word that means nothing would be a row that tests something else. */
const HOW =
	/^(sending|accepted|found|unknown|failed)(, (its time over for \d+ s|over for \d+ s|its process gone|before a restart|on another machine|nothing of it kept|its answer strange|changed by something else|in this execution|of another channel))*$/;

/**
 * Leaves what an earlier sender did.
 *
 * @param how its state and what else there is to say, e.g. `sending, its time over for 6 s`
 * @returns the right to the send, of an earlier execution's (16) or, `in this execution`, of an earlier try's
 */
export async function leave(
	how: string,
	send: Pick<Send, 'kind' | 'key' | 'account' | 'name' | 'body' | 'keeps'>,
	{ register, files }: Remembered,
): Promise<Held> {
	if (!HOW.test(how)) throw new Error(`Nothing can be left like this: ${how}`);
	const isMine = how.includes('in this execution');
	const over = /over for (\d+) s/.exec(how)?.[1];
	const until = Date.now() + (over === undefined ? 60_000 : Number(over) * -1_000);
	const { key, kind, account, name, body, keeps } = send;
	const claim = { kind, account, name, body, keeps, execution: isMine ? '17' : '16', until };
	const claimed = await (isMine ? register : files).claim(key, claim);
	const { held } = claimed as { held: Held };
	const [state = ''] = how.split(', ');
	if (state === 'accepted') await held.settle('accepted', { no: name, requestId: 'r' });
	if (state === 'found') await held.settle('accepted');
	if (state === 'unknown') await held.settle('unknown');
	if (state === 'failed') await held.settle('failed', { reason: 'refused, HTTP 400' });
	const set = async (column: string, value: string) =>
		await onTables(files, `update ${TABLE} set ${column} = $2 where key = $1`, [key, value]);
	for (const [what, answer] of Object.entries(ANSWERS)) {
		if (how.includes(what)) await set('answer', answer);
	}
	for (const [whose, of] of Object.entries(OTHERS)) {
		if (how.includes(whose)) await set('token', of(newToken(60_000).split('.')).join('.'));
	}
	return held;
}
