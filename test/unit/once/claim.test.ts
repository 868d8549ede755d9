/** Who may send a write: what stands under its number, and what the user wants. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Settlement } from '../../../lib/register/register';
import { DryRunRegister } from '../../../lib/register/dry-run-register';
import { SqlRegister } from '../../../lib/register/sql-register';
import { type ClaimResult, claimSend } from '../../../lib/once/claim';
import { preview } from '../../../lib/once/preview';
import type { IfSentBefore, Send } from '../../../lib/once/send';
import { TW_WRITE } from '../../../lib/tw/writes/policy';
import { limits, rows } from '../tables';
import { leave, ofRun } from './left';
import { sqliteRegister } from '../../../lib/run/registers';

/** An order; one of `other` contents than what was sent. */
const sendOf = (body: string): Send => ({
	...{ kind: 'order', account: 'acc', name: 'ORD-1', key: randomUUID() },
	...{ body, keeps: ['requestId'], thing: 'order ORD-1', label: 'Order Number' },
	...{ policy: TW_WRITE, unknown: (reason) => reason },
});

/** Too short to wait for anybody. */
const SHORT_MS = 40;
const MINUTE = 60_000;

/** A run that wants to send an order, and what was left of it before. */
async function runAfter(left: string, body: string, want: string) {
	const remembered = ofRun();
	const send = sendOf(body);
	const before = { ...send, body: 'same' };
	const held = left === 'nothing' ? undefined : await leave(left, before, remembered);
	const { register } = remembered;
	const run = {
		...{ register, execution: '17', ifSentBefore: want as IfSentBefore },
		...{ checkFirst: false, limits: limits(SHORT_MS) },
		// After what was left, which may be in the same millisecond
		began: Date.now() + 1,
	};
	const looking = { ...run, register: new DryRunRegister(register) };
	return { send, run, looking, held, ...remembered };
}

/** What a claim comes to, by what is said in the tables; and what its preview must say. */
const PREVIEWED: Readonly<Record<string, string>> = {
	...{ send: 'send', output: 'output', 'ask TW': 'ask' },
	...{ 'in use': 'wait', changed: 'fail', before: 'fail' },
};
const FAULTS: Readonly<Record<string, string>> = {
	...{ 'outcome-unknown': 'in use', validation: 'changed', 'sent-before': 'before' },
};
function inWords(claimed: ClaimResult): string {
	if ('held' in claimed) return 'send';
	if ('fault' in claimed) return FAULTS[claimed.fault.kind] ?? claimed.fault.kind;
	return claimed.standing.state === 'accepted' ? 'output' : 'ask TW';
}

const cases = rows(`
	what stands                               | its body | output  | fail    | send-again
	nothing                                   | same     | send    | send    | send
	sending                                   | same     | in use  | in use  | in use
	sending                                   | other    | changed | changed | changed
	sending, its time over for 1 s            | same     | in use  | in use  | in use
	sending, its time over for 6 s            | same     | ask TW  | before  | send
	sending, its process gone                 | same     | ask TW  | before  | send
	sending, before a restart                 | same     | ask TW  | before  | send
	sending, before a restart                 | other    | changed | changed | send
	sending, on another machine               | same     | in use  | in use  | in use
	sending, on another machine, over for 6 s | same     | ask TW  | before  | send
	accepted / found                          | same     | output  | before  | send
	accepted / found                          | other    | changed | changed | send
	unknown                                   | same     | ask TW  | before  | send
	unknown                                   | other    | changed | changed | send
	failed / failed, on another machine       | same     | send    | send    | send
	failed / failed, before a restart         | other    | send    | send    | send
	failed, in this execution                 | same     | send    | send    | send
	failed, in this execution                 | other    | send    | send    | send
	accepted, nothing of it kept              | same     | output  | before  | send
	accepted, its answer strange              | same     | output  | before  | send
	accepted, its answer strange              | other    | changed | changed | send
	sending, in this execution                | same     | in use  | in use  | in use
	sending, in this execution, over for 6 s  | same     | ask TW  | ask TW  | ask TW
	unknown, in this execution                | same     | ask TW  | ask TW  | ask TW
	accepted, in this execution               | same     | output  | output  | output
	sending, in this execution                | other    | changed | changed | changed
	unknown, in this execution                | other    | changed | changed | changed
	accepted, in this execution               | other    | changed | changed | changed
`).flatMap(([left = '', body = '', ...means]) =>
	['output', 'fail', 'send-again'].map((want, i) => [left, body, want, means[i]!] as const),
);

it.each(cases)('%s, of the %s body, with %s: %s', async (left, body, want, expected) => {
	const { send, run, looking, register, files } = await runAfter(left, body, want);
	const { would } = await preview(send, looking);
	const claimed = await claimSend(send, run);
	expect([inWords(claimed), would]).toEqual([expected, PREVIEWED[expected]]);
	if (!('held' in claimed)) return;
	for (const layer of [register, files]) {
		expect(await layer.find(send.key)).toMatchObject({ state: 'sending', body });
	}
});

it.each(
	rows(`
		what stands                 | its body | with       | the claim says                     | a dry run says
		nothing                     | same     | output     | -                                  | As far as is remembered, order ORD-1 was not sent before: it would be sent.
		accepted                    | same     | output     | -                                  | Order ORD-1 was already sent BY 16. That would be output, and nothing would be sent.
		unknown                     | same     | output     | -                                  | Order ORD-1 was already sent BY 16, and its answer was lost. TW would be asked about it, and nothing would be sent.
		failed                      | other    | output     | -                                  | As far as is remembered, order ORD-1 was sent BY 16 and failed: it would be sent.
		unknown                     | same     | send-again | -                                  | Order ORD-1 was already sent BY 16. It would be sent again, and it may exist twice.
		accepted                    | same     | fail       | Order ORD-1 was already sent BY 16 | Order ORD-1 was already sent BY 16.
		accepted                    | other    | output     | Order ORD-1 was already sent BY 16 with other contents | Order ORD-1 was already sent BY 16 with other contents.
		accepted, in this execution | other    | output     | Order ORD-1 was already sent in this execution with other contents | Order ORD-1 was already sent in this execution with other contents.
		sending                     | same     | output     | Order ORD-1 is being sent BY 16, which has not ended within the time of this item | Order ORD-1 is being sent BY 16. It would be waited for, and not sent a second time.
	`),
)('%s, of the %s body, with %s: is told as it is', async (left, body, want, claim, dry) => {
	const { send, run, looking } = await runAfter(left, body, want);
	const { says } = await preview(send, looking);
	const claimed = await claimSend(send, run);
	const said = 'fault' in claimed ? claimed.fault.message : '-';
	const timeless = (text: string) =>
		text.replace(/by execution 16 (\(|at )20[\d-]{8}T[\d:.]+Z\)?/, 'BY 16');
	expect([said, says].map(timeless)).toEqual([claim, dry]);
});

it('counts as sent where something else has changed its entry', async () => {
	const left = 'accepted, changed by something else';
	const { send, run, looking } = await runAfter(left, 'same', 'output');
	expect(inWords(await claimSend(send, run))).toBe('output');
	expect(await preview(send, looking)).toMatchObject({ would: 'output' });
});

it('is sent where something else has changed its entry, if the user wants it Sent Again', async () => {
	const left = 'accepted, changed by something else';
	const { send, run, files } = await runAfter(left, 'same', 'send-again');
	expect(inWords(await claimSend(send, run))).toBe('send');
	expect(await files.find(send.key)).toMatchObject({ state: 'sending', execution: '17' });
});

describe('while another execution sends it', () => {
	/** Says when somebody has seen what stands. */
	class Watched extends SqlRegister {
		readonly seen = Promise.withResolvers<void>();
		override async claim(...[key, claim]: Parameters<SqlRegister['claim']>) {
			return await super.claim(key, claim).finally(this.seen.resolve);
		}
	}
	it.each(
		rows(`
			what becomes of that | with       | what the claim comes to
			accepted             | output     | output
			accepted             | fail       | before
			accepted             | send-again | output
			unknown              | output     | ask TW
			unknown              | send-again | send
			failed               | output     | send
			failed               | fail       | send
			released             | output     | send
			released             | fail       | send
		`),
	)('%s, with %s: %s', async (end, want, expected) => {
		const { send, run, held, files } = await runAfter('sending', 'same', want);
		const watched = new Watched(files['database']);
		const { register } = ofRun(watched);
		const waiting = claimSend(send, { ...run, register, limits: limits(MINUTE) });
		await watched.seen.promise;
		if (end === 'released') await held!.release();
		else await held!.settle(end as Settlement);
		expect(inWords(await waiting)).toBe(expected);
	});

	it('is waited for, until the user cancels: then nothing is kept', async () => {
		const { send, run, held, mine, files } = await runAfter('sending', 'same', 'output');
		const waiting = claimSend(send, { ...run, limits: limits(MINUTE, {}, AbortSignal.abort()) });
		await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
		await held!.release();
		expect([mine, await files.find(send.key)]).toEqual([{}, undefined]);
	});

	it('is not waited for if it sends other contents', async () => {
		const { send, run } = await runAfter('sending', 'other', 'output');
		// Whoever waits is cancelled at once
		const claimed = await claimSend(send, {
			...run,
			limits: limits(MINUTE, {}, AbortSignal.abort()),
		});
		expect(inWords(claimed)).toBe('changed');
	});
});

it('gives the right to one of two executions that want it at one moment', async () => {
	const { send, run, files } = await runAfter('nothing', 'same', 'output');
	const runs = [run, { ...run, ...ofRun(files) }];
	const claims = runs.map(async (one) => await claimSend(send, one));
	expect((await Promise.all(claims)).map(inWords).sort()).toEqual(['in use', 'send']);
});

it('of two executions that take over a lost one, only who has the right to it goes on', async () => {
	/** Another execution is quicker by a moment. */
	class Overtaken extends SqlRegister {
		private isFirst = true;
		override async takeOver(...[key, over, claim]: Parameters<SqlRegister['takeOver']>) {
			if (this.isFirst) await super.takeOver(key, over, { ...claim, execution: '18' });
			this.isFirst = false;
			return await super.takeOver(key, over, claim);
		}
	}
	const { send, run, files } = await runAfter('unknown', 'same', 'send-again');
	const { register } = ofRun(new Overtaken(files['database']));
	const claimed = await claimSend(send, { ...run, register });
	expect(inWords(claimed)).toBe('in use');
	expect(await files.find(send.key)).toMatchObject({ execution: '18', state: 'sending' });
});

it('is held for as long as sending and settling may take', async () => {
	const { send, run, files } = await runAfter('nothing', 'same', 'output');
	const within = limits(MINUTE);
	const now = Date.now();
	await claimSend(send, { ...run, limits: within });
	const { lookUp, secondLook } = within.pace;
	const { until } = (await files.find(send.key))!;
	expect(until).toBeGreaterThanOrEqual(now + within.deadline.left() + 2 * lookUp + secondLook);
});

it('is neither claimed nor previewed where the register cannot be reached', async () => {
	const { send, run } = await runAfter('sending', 'same', 'send-again');
	// Below a file there is no folder
	const { register, mine } = ofRun(sqliteRegister(join(__filename, 'register.db')));
	const unreachable = { ...run, register };
	await expect(claimSend(send, unreachable)).rejects.toMatchObject({ kind: 'register' });
	await expect(preview(send, unreachable)).rejects.toMatchObject({ kind: 'register' });
	expect(mine).toEqual({});
});
