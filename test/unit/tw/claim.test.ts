/** Who may send a write: what stands under its number, and what the user wants. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Settlement } from '../../../lib/operation/needs';
import { LookingRegister } from '../../../lib/run/looking-register';
import { SqlRegister } from '../../../lib/register/sql-register';
import {
	type Claimed,
	claimWrite,
	foresee,
	type IfSentBefore,
	type Mark,
} from '../../../lib/tw/writes/claim';
import { limits, rows } from '../tables';
import { leave, ofRun } from './left';
import { sqliteRegister } from '../../../lib/run/registers';

/** An order; one of `other` contents than what was sent. */
const markOf = (body: string): Mark => ({
	...{ kind: 'order', account: 'acc', name: 'ORD-1', key: randomUUID() },
	...{ body, keeps: ['requestId'], thing: 'order ORD-1', label: 'Order Number' },
});

/** A run that wants to send an order, and what was left of it before. */
async function runAfter(left: string, body: string, want: string) {
	const remembered = ofRun();
	const mark = markOf(body);
	const held = left === 'nothing' ? undefined : await leave(left, markFor(mark), remembered);
	const { register } = remembered;
	const run = { register, execution: '17', ifSentBefore: want as IfSentBefore };
	return { mark, run, held, ...remembered };
}
const markFor = (mark: Mark): Mark => ({ ...mark, body: 'same' });

/** What a claim comes to, by what is said in the tables; and what a dry run must foresee for it. */
const FORESEEN: Readonly<Record<string, string>> = {
	...{ send: 'send', output: 'output', 'ask TW': 'ask' },
	...{ 'in use': 'wait', changed: 'fail', before: 'fail' },
};
const FAULTS: Readonly<Record<string, string>> = {
	...{ 'outcome-unknown': 'in use', validation: 'changed', 'sent-before': 'before' },
};
function inWords(claimed: Claimed): string {
	if ('held' in claimed) return 'send';
	if ('fault' in claimed) return FAULTS[claimed.fault.kind] ?? claimed.fault.kind;
	return claimed.standing.state === 'accepted' ? 'output' : 'ask TW';
}

/** Too short to wait for anybody. */
const SHORT_MS = 40;
const MINUTE = 60_000;

const cases = rows(`
	what stands                               | its body | output  | fail    | send-again
	nothing                                   | same     | send    | send    | send
	sending                                   | same     | in use  | in use  | send
	sending                                   | other    | changed | changed | send
	sending, its time over for 1 s            | same     | in use  | in use  | send
	sending, its time over for 6 s            | same     | ask TW  | before  | send
	sending, its process gone                 | same     | ask TW  | before  | send
	sending, before a restart                 | same     | ask TW  | before  | send
	sending, before a restart                 | other    | changed | changed | send
	sending, on another machine               | same     | in use  | in use  | send
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
	sending, in this execution                | same     | ask TW  | ask TW  | ask TW
	unknown, in this execution                | same     | ask TW  | ask TW  | ask TW
	accepted, in this execution               | same     | output  | output  | output
	sending, in this execution                | other    | changed | changed | changed
	unknown, in this execution                | other    | changed | changed | changed
	accepted, in this execution               | other    | changed | changed | changed
`).flatMap(([left = '', body = '', ...means]) =>
	['output', 'fail', 'send-again'].map((want, i) => [left, body, want, means[i]!] as const),
);

it.each(cases)('%s, of the %s body, with %s: %s', async (left, body, want, expected) => {
	const { mark, run, register, files } = await runAfter(left, body, want);
	const foreseen = await foresee(mark, { ...run, register: new LookingRegister(register) });
	const claimed = await claimWrite(mark, run, limits(SHORT_MS));
	expect([inWords(claimed), foreseen.would]).toEqual([expected, FORESEEN[expected]]);
	if (!('held' in claimed)) return;
	for (const layer of [register, files]) {
		expect(await layer.find(mark.key)).toMatchObject({ state: 'sending', body });
	}
});

it.each(
	rows(`
		what stands                 | its body | with       | the claim says                     | a dry run says
		nothing                     | same     | output     | -                                  | As far as is remembered, order ORD-1 was not sent before: it would be sent.
		accepted                    | same     | output     | -                                  | Order ORD-1 was already sent BY 16. That would be output, and nothing be sent.
		unknown                     | same     | output     | -                                  | Order ORD-1 was already sent BY 16, and its answer was lost. TW would be asked for it, and nothing be sent.
		failed                      | other    | output     | -                                  | As far as is remembered, order ORD-1 was sent BY 16 and failed: it would be sent.
		unknown                     | same     | send-again | -                                  | Order ORD-1 was already sent BY 16. It would be sent again, and may exist twice.
		accepted                    | same     | fail       | Order ORD-1 was already sent BY 16 | Order ORD-1 was already sent BY 16.
		accepted                    | other    | output     | Order ORD-1 was already sent BY 16 with other contents | Order ORD-1 was already sent BY 16 with other contents.
		accepted, in this execution | other    | output     | Order ORD-1 was already sent in this execution with other contents | Order ORD-1 was already sent in this execution with other contents.
		sending                     | same     | output     | Order ORD-1 is being sent BY 16, which has not ended within the time of this item | Order ORD-1 is being sent BY 16. It would be waited for, and not be sent a second time.
	`),
)('%s, of the %s body, with %s: is told as it is', async (left, body, want, claim, dry) => {
	const { mark, run } = await runAfter(left, body, want);
	const { says } = await foresee(mark, run);
	const claimed = await claimWrite(mark, run, limits(SHORT_MS));
	const said = 'fault' in claimed ? claimed.fault.message : '-';
	const timeless = (text: string) =>
		text.replace(/by execution 16 (\(|at )20[\d-]{8}T[\d:.]+Z\)?/, 'BY 16');
	expect([said, says].map(timeless)).toEqual([claim, dry]);
});

it('counts as sent where something else has changed its entry', async () => {
	const { mark, run } = await runAfter('accepted, changed by something else', 'same', 'output');
	expect(inWords(await claimWrite(mark, run, limits()))).toBe('output');
	expect(await foresee(mark, run)).toMatchObject({ would: 'output' });
});

it('is sent where something else has changed its entry, if the user wants it Sent Again', async () => {
	const left = 'accepted, changed by something else';
	const { mark, run, files } = await runAfter(left, 'same', 'send-again');
	expect(inWords(await claimWrite(mark, run, limits()))).toBe('send');
	expect(await files.find(mark.key)).toMatchObject({ state: 'sending', execution: '17' });
});

describe('while another execution sends it', () => {
	it.each(
		rows(`
			what becomes of that | with       | what the claim comes to
			accepted             | output     | output
			accepted             | fail       | before
			accepted             | send-again | send
			unknown              | output     | ask TW
			failed               | output     | send
			failed               | fail       | send
			released             | output     | send
			released             | fail       | send
		`),
	)('%s, with %s: %s', async (end, want, expected) => {
		const { mark, run, held } = await runAfter('sending', 'same', want);
		const waiting = claimWrite(mark, run, limits(MINUTE));
		if (end === 'released') await held!.release();
		else await held!.settle(end as Settlement);
		expect(inWords(await waiting)).toBe(expected);
	});

	it('is waited for, until the user cancels: then nothing is kept', async () => {
		const { mark, run, held, mine, files } = await runAfter('sending', 'same', 'output');
		const waiting = claimWrite(mark, run, limits(MINUTE, {}, AbortSignal.abort()));
		await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
		await held!.release();
		expect([mine, await files.find(mark.key)]).toEqual([{}, undefined]);
	});

	it('is not waited for if it sends other contents', async () => {
		const { mark, run } = await runAfter('sending', 'other', 'output');
		// Whoever waits is cancelled at once
		const claimed = await claimWrite(mark, run, limits(MINUTE, {}, AbortSignal.abort()));
		expect(inWords(claimed)).toBe('changed');
	});
});

it('gives the right to one of two executions that want it at one moment', async () => {
	const { mark, run, files } = await runAfter('nothing', 'same', 'output');
	const runs = [run, { ...run, ...ofRun(files) }];
	const claims = runs.map(async (one) => await claimWrite(mark, one, limits(SHORT_MS)));
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
	const { mark, run, files } = await runAfter('unknown', 'same', 'send-again');
	const { register } = ofRun(new Overtaken(files['database']));
	const claimed = await claimWrite(mark, { ...run, register }, limits(SHORT_MS));
	expect(claimed).toMatchObject({ held: expect.anything() as unknown });
	expect(await files.find(mark.key)).toMatchObject({ execution: '17', state: 'sending' });
});

it('is held for as long as sending and settling may take', async () => {
	const { mark, run, files } = await runAfter('nothing', 'same', 'output');
	const within = limits(MINUTE);
	const now = Date.now();
	await claimWrite(mark, run, within);
	const { lookUp, secondLook } = within.pace;
	const { until } = (await files.find(mark.key))!;
	expect(until).toBeGreaterThanOrEqual(now + within.deadline.left() + 2 * lookUp + secondLook);
});

it('is neither claimed nor foreseen where the register can not be reached', async () => {
	const { mark, run } = await runAfter('sending', 'same', 'send-again');
	// Below a file there is no folder
	const { register, mine } = ofRun(sqliteRegister(join(__filename, 'register.db')));
	const unreachable = { ...run, register };
	await expect(claimWrite(mark, unreachable, limits())).rejects.toMatchObject({ kind: 'register' });
	await expect(foresee(mark, unreachable)).rejects.toMatchObject({ kind: 'register' });
	expect(mine).toEqual({});
});
