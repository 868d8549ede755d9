/** Who may send a write: what stands under its number, and what the user wants. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim, Held, Register } from '../../../lib/operation/needs';
import { type EntryStore, ExecutionRegister } from '../../../lib/register/execution-register';
import { FileRegister } from '../../../lib/register/file-register';
import { keyOf } from '../../../lib/register/key';
import { LayeredRegister } from '../../../lib/register/layers';
import { LookingRegister } from '../../../lib/register/looking-register';
import { thisProcess } from '../../../lib/register/owner';
import {
	type Claimed,
	claimWrite,
	foresee,
	type IfSentBefore,
	type Mark,
} from '../../../lib/tw/writes/claim';
import { limits, rows } from '../tables';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-claim-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const files = new FileRegister(folder);

/** The register of a run, as the nodes have it: what this execution has sent before what others have. */
const ofRun = (entries: EntryStore = {}, lasting: Register = files) =>
	new LayeredRegister(new ExecutionRegister(entries), lasting);

/** An order under a number of its own. */
function markOf(body = 'print'): Mark {
	const of = { kind: 'order' as const, account: 'acc', name: `ORD-${randomUUID()}` };
	return {
		...of,
		key: keyOf(of.kind, of.account, of.name),
		body,
		thing: 'order ORD-1',
		label: 'Order Number',
	};
}

const MINUTE = 60_000;
const claimOf = ({ kind, account, name }: Mark, more: Partial<Claim> = {}): Claim => ({
	...{ kind, account, name, body: 'print', execution: '16', until: Date.now() + MINUTE },
	...more,
});
const rightTo = (claimed: object): Held => (claimed as { held: Held }).held;

const fileOf = ({ key }: Mark) => join(folder, key.slice(0, 2), key);
/** The same claim, as another process makes it. */
function byProcess(mark: Mark, owner: unknown[]): void {
	const text = readFileSync(fileOf(mark), 'utf8');
	writeFileSync(
		fileOf(mark),
		text.replace(JSON.stringify(thisProcess), JSON.stringify(JSON.stringify(owner))),
	);
}
const endedProcess = () => spawnSync('true').pid;

/** Brings about what stands under a number. `mine` is what this execution keeps for its later tries. */
const STATES: Readonly<Record<string, (mark: Mark, mine: EntryStore) => Promise<unknown>>> = {
	nothing: async () => {},
	'sending now': async (mark) => await files.claim(mark.key, claimOf(mark)),
	'sending, its time over for 1 s': async (mark) =>
		await files.claim(mark.key, claimOf(mark, { until: Date.now() - 1_000 })),
	'sending, its time over for 6 s': async (mark) =>
		await files.claim(mark.key, claimOf(mark, { until: Date.now() - 6_000 })),
	'sending, its process gone': async (mark) => {
		await files.claim(mark.key, claimOf(mark));
		byProcess(mark, [hostname(), endedProcess(), 'start']);
	},
	'sending, n8n started anew': async (mark) => {
		await files.claim(mark.key, claimOf(mark));
		byProcess(mark, [hostname(), process.pid, 'an earlier start']);
	},
	'sending on another machine': async (mark) => {
		await files.claim(mark.key, claimOf(mark));
		byProcess(mark, ['another machine', endedProcess(), 'start']);
	},
	'sending there, time over': async (mark) => {
		await files.claim(mark.key, claimOf(mark, { until: Date.now() - 6_000 }));
		byProcess(mark, ['another machine', endedProcess(), 'start']);
	},
	accepted: async (mark) =>
		await rightTo(await files.claim(mark.key, claimOf(mark))).settle('accepted', {
			requestId: 'r',
		}),
	unknown: async (mark) =>
		await rightTo(await files.claim(mark.key, claimOf(mark))).settle('unknown'),
	'a torn entry': async (mark) => {
		await files.claim(mark.key, claimOf(mark));
		writeFileSync(fileOf(mark), readFileSync(fileOf(mark), 'utf8').slice(0, 40));
	},
	'an entry being written': async (mark) => {
		await files.claim(mark.key, claimOf(mark));
		writeFileSync(fileOf(mark), '');
	},
	'an entry never written': async (mark) => {
		await files.claim(mark.key, claimOf(mark));
		writeFileSync(fileOf(mark), '');
		utimesSync(fileOf(mark), new Date(0), new Date(0));
	},
	'sent by an earlier try': async (mark, mine) =>
		await ofRun(mine).claim(mark.key, claimOf(mark, { execution: '17' })),
	'accepted for an earlier try': async (mark, mine) =>
		await rightTo(await ofRun(mine).claim(mark.key, claimOf(mark, { execution: '17' }))).settle(
			'accepted',
		),
	'unknown to an earlier try': async (mark, mine) =>
		await rightTo(await ofRun(mine).claim(mark.key, claimOf(mark, { execution: '17' }))).settle(
			'unknown',
		),
};

/** What a claim comes to, by what it says; and what a dry run must foresee for it. */
const FORESEEN: Readonly<Record<string, string>> = {
	send: 'send',
	output: 'output',
	'ask TW': 'ask',
	'in use': 'wait',
	changed: 'fail',
	'sent before': 'fail',
};
const FAULTS: Readonly<Record<string, string>> = {
	'outcome-unknown': 'in use',
	validation: 'changed',
	'sent-before': 'sent before',
};
function inWords(claimed: Claimed): string {
	if ('held' in claimed) return 'send';
	if ('fault' in claimed) return FAULTS[claimed.fault.kind] ?? claimed.fault.kind;
	return claimed.standing.state === 'accepted' ? 'output' : 'ask TW';
}

/** Too short to wait for anybody. */
const SHORT_MS = 40;

describe('a number under which there is', () => {
	const table = rows(`
		what stands                    | its body | output | fail        | send again
		nothing                        | same     | send   | send        | send
		sending now                    | same     | in use | in use      | send
		sending now                    | other    | changed | changed    | send
		sending, its time over for 1 s | same     | in use | in use      | send
		sending, its time over for 6 s | same     | ask TW | sent before | send
		sending, its time over for 6 s | other    | changed | changed    | send
		sending, its process gone      | same     | ask TW | sent before | send
		sending, n8n started anew      | same     | ask TW | sent before | send
		sending, n8n started anew      | other    | changed | changed    | send
		sending on another machine     | same     | in use | in use      | send
		sending there, time over       | same     | ask TW | sent before | send
		accepted                       | same     | output | sent before | send
		accepted                       | other    | changed | changed    | send
		unknown                        | same     | ask TW | sent before | send
		unknown                        | other    | changed | changed    | send
		a torn entry                   | same     | ask TW | sent before | send
		a torn entry                   | other    | ask TW | sent before | send
		an entry being written         | same     | in use | in use      | send
		an entry never written         | other    | ask TW | sent before | send
		sent by an earlier try         | same     | ask TW | ask TW      | ask TW
		sent by an earlier try         | other    | changed | changed    | changed
		accepted for an earlier try    | same     | output | output      | output
		accepted for an earlier try    | other    | changed | changed    | changed
		unknown to an earlier try      | same     | ask TW | ask TW      | ask TW
		unknown to an earlier try      | other    | changed | changed    | changed
	`);
	const wants: IfSentBefore[] = ['output', 'fail', 'send-again'];
	const cases = table.flatMap(([state = '', body = '', ...means]) =>
		wants.map((want, i) => [state, body, want, means[i]!] as const),
	);

	it.each(cases)('%s, of the %s body, with %s: %s', async (state, body, ifSentBefore, expected) => {
		const mark = markOf(body === 'same' ? 'print' : 'of other contents');
		const mine: EntryStore = {};
		await STATES[state]!(mark, mine);
		const register = ofRun(mine);
		const run = { execution: '17', ifSentBefore };
		const foreseen = await foresee(mark, { ...run, register: new LookingRegister(register) });
		const claimed = await claimWrite(mark, { ...run, register }, limits(SHORT_MS));
		expect([inWords(claimed), foreseen.would]).toEqual([expected, FORESEEN[expected]]);
		if (!('held' in claimed)) return;
		for (const layer of [register, files]) {
			expect(await layer.find(mark.key)).toMatchObject({ state: 'sending', body: mark.body });
		}
	});
});

const BY_16 = String.raw`by execution 16 \(20\d\d-\d\d-\d\dT[\d:.]+Z\)`;
it.each(
	rows(`
		what stands                 | its body | with       | the claim says | a dry run says
		nothing                     | same     | output     | -              | As far as is remembered, order ORD-1 was not sent before: it would be sent.
		accepted                    | same     | output     | -              | Order ORD-1 was already sent ${BY_16}. That would be output, and nothing be sent.
		unknown                     | same     | output     | -              | Order ORD-1 was already sent ${BY_16}, and its answer was lost. TW would be asked for it, and nothing be sent.
		unknown                     | same     | send-again | -              | Order ORD-1 was already sent ${BY_16}. It would be sent again, and may exist twice.
		sending now                 | same     | output     | Order ORD-1 is being sent ${BY_16}, which has not ended within the time of this item | Order ORD-1 is being sent ${BY_16}. It would be waited for, and not be sent a second time.
		accepted                    | same     | fail       | Order ORD-1 was already sent ${BY_16} | Order ORD-1 was already sent ${BY_16}.
		accepted                    | other    | output     | Order ORD-1 was already sent ${BY_16} with other contents | Order ORD-1 was already sent ${BY_16} with other contents.
		accepted for an earlier try | other    | output     | Order ORD-1 was already sent in this execution with other contents | Order ORD-1 was already sent in this execution with other contents.
	`),
)('%s, of the %s body, with %s is said as it is', async (state, body, want, claim, dry) => {
	const mark = markOf(body === 'same' ? 'print' : 'of other contents');
	const mine: EntryStore = {};
	await STATES[state]!(mark, mine);
	const run = { register: ofRun(mine), execution: '17', ifSentBefore: want as IfSentBefore };
	expect((await foresee(mark, run)).says).toMatch(new RegExp(`^${dry}$`));
	const claimed = await claimWrite(mark, run, limits(SHORT_MS));
	const said = 'fault' in claimed ? claimed.fault.message : '-';
	expect(said).toMatch(new RegExp(`^${claim}$`));
});

describe('while another execution sends it', () => {
	const output = (register: Register = ofRun()) => ({
		register,
		execution: '17',
		ifSentBefore: 'output' as const,
	});

	it.each(
		rows(`
			how that ends    | with       | what it comes to
			accepted         | output     | output
			accepted         | fail       | sent before
			accepted         | send-again | send
			unknown          | output     | ask TW
			released         | output     | send
			released         | fail       | send
			n8n is restarted | output     | ask TW
		`),
	)('%s, with %s: %s', async (end, want, expected) => {
		const mark = markOf();
		const held = rightTo(await files.claim(mark.key, claimOf(mark)));
		const run = { ...output(), ifSentBefore: want as IfSentBefore };
		const waiting = claimWrite(mark, run, limits(MINUTE));
		if (end === 'released') await held.release();
		else if (end === 'n8n is restarted') byProcess(mark, [hostname(), process.pid, 'earlier']);
		else await held.settle(end as 'accepted' | 'unknown');
		expect(inWords(await waiting)).toBe(expected);
	});

	it('is not waited for if it sends other contents', async () => {
		const mark = markOf('of other contents');
		await files.claim(mark.key, claimOf(mark));
		// Whoever waits is cancelled at once
		const claimed = await claimWrite(mark, output(), limits(MINUTE, {}, AbortSignal.abort()));
		expect(inWords(claimed)).toBe('changed');
	});

	it('ends when the user cancels, and keeps nothing', async () => {
		const mark = markOf();
		const mine: EntryStore = {};
		const held = rightTo(await files.claim(mark.key, claimOf(mark)));
		const waiting = claimWrite(mark, output(ofRun(mine)), limits(MINUTE, {}, AbortSignal.abort()));
		await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
		await held.release();
		expect([mine, await files.find(mark.key)]).toEqual([{}, undefined]);
	});

	it('gets the right once, of two that want it', async () => {
		const mark = markOf();
		const within = limits(SHORT_MS);
		const both = await Promise.all(
			[output(), output()].map(async (run) => inWords(await claimWrite(mark, run, within))),
		);
		expect(both.sort()).toEqual(['in use', 'send']);
	});
});

it('is held for as long as sending and settling may take', async () => {
	const mark = markOf();
	const within = limits(MINUTE);
	const now = Date.now();
	const run = { register: ofRun(), execution: '17', ifSentBefore: 'output' as const };
	await claimWrite(mark, run, within);
	const { lookUp, secondLook } = within.pace;
	const { until } = (await files.find(mark.key))!;
	expect(until).toBeGreaterThanOrEqual(now + within.deadline.left() + 2 * lookUp + secondLook);
});

it('is neither claimed nor foreseen where the register can not be reached', async () => {
	const mark = markOf();
	writeFileSync(join(folder, 'a file'), '');
	const mine: EntryStore = {};
	const register = ofRun(mine, new FileRegister(join(folder, 'a file', 'register')));
	const run = { register, execution: '17', ifSentBefore: 'send-again' as const };
	await expect(claimWrite(mark, run, limits())).rejects.toMatchObject({ kind: 'register' });
	await expect(foresee(mark, run)).rejects.toMatchObject({ kind: 'register' });
	expect(mine).toEqual({});
});
