/** What holds for every register, whatever it keeps its entries in. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim, Entry, Held, Register } from '../../../lib/operation/needs';
import { ExecutionRegister } from '../../../lib/register/execution-register';
import { FileRegister } from '../../../lib/register/file-register';
import { LayeredRegister } from '../../../lib/register/layers';
import { recall, remember } from '../../../lib/register/memory';
import { closeDatabases } from '../../../lib/register/postgres-connection';
import { postgresRegister } from '../../../lib/register/postgres-register';
import { DAY_MS } from '../../../lib/register/retention';
import type { LastingRegister } from '../../../lib/register/store';
import { claimOf } from './claim';
import { type Database, hasPostgres, makeDatabase } from './postgres';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-register-'));
const files = new FileRegister(folder);
let database: Database | undefined;

beforeAll(async () => {
	if (hasPostgres) database = await makeDatabase();
}, 60_000);
afterAll(async () => {
	await closeDatabases();
	database?.remove();
	rmSync(folder, { recursive: true, force: true });
});

const lasting: Array<[string, () => LastingRegister]> = [
	['files', () => files],
	...(hasPostgres
		? ([['PostgreSQL', () => postgresRegister(database!.credential)]] as Array<
				[string, () => LastingRegister]
			>)
		: []),
];
const own = new ExecutionRegister({});
const layered = new LayeredRegister(new ExecutionRegister({}), files);
const all: Array<[string, () => Register]> = [
	['the execution', () => own],
	...lasting,
	['the execution before files', () => layered],
];

const newKey = () => randomBytes(20).toString('hex');
/** What facts are about. */
const of = { account: 'acc', name: 'visit of order 1', execution: '17' };
/** Waits until the clock is past a moment. */
const passed = async (moment: number) => {
	while (Date.now() <= moment) await new Promise(setImmediate);
};
const heldOf = (claimed: { held: Held } | { standing: Entry | undefined }): Held => {
	if ('held' in claimed) return claimed.held;
	throw new Error(`taken: ${JSON.stringify(claimed.standing)}`);
};

describe.each(all)('%s', (_title, register) => {
	it('gives a key to one of many who claim it at one moment', async () => {
		const key = newKey();
		const claims = await Promise.all(
			Array.from({ length: 20 }, async () => await register().claim(key, claimOf())),
		);
		expect(claims.filter((claimed) => 'held' in claimed)).toHaveLength(1);
	});

	it('tells the others who has it, and how far that has come', async () => {
		const key = newKey();
		const held = heldOf(await register().claim(key, claimOf()));
		const expected = { name: 'ORD-1', body: 'print', state: 'sending' };
		expect(await register().claim(key, claimOf({ execution: '18' }))).toMatchObject({
			standing: expected,
		});
		await held.settle('accepted', { no: 'ORD-1', requestId: '9' });
		expect(await register().find(key)).toMatchObject({
			...expected,
			state: 'accepted',
			answer: { no: 'ORD-1', requestId: '9' },
		});
	});

	it('gives a released key to the next', async () => {
		const key = newKey();
		await heldOf(await register().claim(key, claimOf())).release();
		expect(await register().find(key)).toBeUndefined();
		const held = heldOf(await register().claim(key, claimOf()));
		await held.settle('unknown');
		expect(await register().find(key)).toMatchObject({ state: 'unknown' });
		await register().release(key);
		heldOf(await register().claim(key, claimOf()));
	});

	it('lets nobody settle or release what somebody else has taken over', async () => {
		const key = newKey();
		const first = heldOf(await register().claim(key, claimOf({ body: 'one' })));
		const standing = (await register().find(key))!;
		const second = heldOf(await register().takeOver(key, standing, claimOf({ body: 'two' })));
		await first.settle('accepted', { of: 'the first' });
		await first.release();
		expect(await register().find(key)).toMatchObject({ body: 'two', state: 'sending' });
		await second.settle('accepted', { of: 'the second' });
		expect(await register().find(key)).toMatchObject({ answer: { of: 'the second' } });
	});

	it("records what was found out about somebody else's send, unless it changed meanwhile", async () => {
		const key = newKey();
		heldOf(await register().claim(key, claimOf()));
		const standing = (await register().find(key))!;
		await register().settle(key, { ...standing, token: 'another' }, 'accepted');
		expect(await register().find(key)).toMatchObject({ state: 'sending' });
		await register().settle(key, standing, 'accepted', { no: 'ORD-1' });
		expect(await register().find(key)).toMatchObject({ state: 'accepted' });
	});

	it('settles or releases nothing that is not there', async () => {
		const key = newKey();
		const held = heldOf(await register().claim(key, claimOf()));
		await register().release(key);
		await held.settle('accepted');
		await held.release();
		await register().release(key);
		expect(await register().find(key)).toBeUndefined();
	});

	it('puts an entry in the place of whatever stood there', async () => {
		const key = newKey();
		await register().put(key, claimOf({ kind: 'memory' }), { ip: '210.20.10.33' });
		await register().put(key, claimOf({ kind: 'memory' }), { ip: '210.20.10.34' });
		expect(await register().find(key)).toMatchObject({
			kind: 'memory',
			state: 'accepted',
			answer: { ip: '210.20.10.34' },
		});
	});

	it('recalls facts until their time is over, whether or not they are still there', async () => {
		const [kept, over] = [newKey(), newKey()];
		const facts = { ip: '210.20.10.33' };
		await remember(register(), kept, of, facts, 30);
		await remember(register(), over, of, facts, 0);
		expect((await recall(register(), kept))?.facts).toEqual(facts);
		expect(await register().find(over)).toMatchObject({ answer: facts });
		await passed((await register().find(over))!.until);
		expect(await recall(register(), over)).toBeUndefined();
		expect(await recall(register(), newKey())).toBeUndefined();
	});

	it('takes no send for facts', async () => {
		const key = newKey();
		await heldOf(await register().claim(key, claimOf())).settle('accepted', { ip: '1' });
		expect(await recall(register(), key)).toBeUndefined();
	});
});

describe.each(lasting)('%s', (title, register) => {
	it('lists by kind, account, state and age, the oldest first', async () => {
		const account = `list ${title}`;
		const add = async (name: string, more: Partial<Claim> = {}) =>
			heldOf(await register().claim(newKey(), claimOf({ account, name, ...more })));
		await (await add('A')).settle('accepted');
		await (await add('B')).settle('unknown');
		await add('C');
		await add('BAG', { kind: 'bag' });
		await add('OTHER', { account: 'another' });
		const names = async (more: object = {}) =>
			(await register().list({ kind: 'order', account, limit: 50, ...more })).map(
				({ name }) => name,
			);
		expect((await names()).sort()).toEqual(['A', 'B', 'C']);
		expect(await names({ state: 'unknown' })).toEqual(['B']);
		expect(await names({ before: Date.now() - DAY_MS })).toEqual([]);
		expect(await names({ since: Date.now() + DAY_MS })).toEqual([]);
		expect(await names({ since: Date.now() - DAY_MS })).toEqual(await names({}));
		expect(await names({ limit: 1 })).toHaveLength(1);
		expect(await names({ limit: Infinity })).toHaveLength(3);
	});

	it('lists the oldest of many where only some are wanted', async () => {
		const account = `oldest ${title}`;
		const sent = Array.from({ length: 12 }, (_, i) => `ORD-${i}`);
		for (const name of sent) {
			heldOf(await register().claim(newKey(), claimOf({ account, name })));
			await passed(Date.now());
		}
		for (const limit of [1, 2, 5, 12, 13]) {
			const listed = await register().list({ kind: 'order', account, limit });
			expect(listed.map(({ name }) => name)).toEqual(sent.slice(0, limit));
		}
	});

	it('forgets what is too old, and never what is sending or unknown', async () => {
		const [taken, lost, busy] = [newKey(), newKey(), newKey()];
		await heldOf(await register().claim(taken, claimOf())).settle('accepted');
		await heldOf(await register().claim(lost, claimOf())).settle('unknown');
		await register().claim(busy, claimOf());
		await register().sweep({ days: 180, cap: 1e6 }, Date.now());
		expect(await register().find(taken)).toBeDefined();
		await register().sweep({ days: 180, cap: 1e6 }, Date.now() + 181 * DAY_MS);
		expect(await register().find(taken)).toBeUndefined();
		expect(await register().find(lost)).toMatchObject({ state: 'unknown' });
		expect(await register().find(busy)).toMatchObject({ state: 'sending' });
	});

	it('forgets deliveries after a week, also those that nobody answered', async () => {
		const [taken, open, order, event] = [newKey(), newKey(), newKey(), newKey()];
		const delivery = claimOf({ kind: 'delivery' });
		await heldOf(await register().claim(taken, delivery)).settle('accepted');
		await register().claim(open, delivery);
		await heldOf(await register().claim(order, claimOf())).settle('accepted');
		await heldOf(await register().claim(event, claimOf({ kind: 'event' }))).settle('accepted');
		await register().sweep({ days: 180, cap: 1e6 }, Date.now() + 6 * DAY_MS);
		expect(await register().find(taken)).toBeDefined();
		await register().sweep({ days: 180, cap: 1e6 }, Date.now() + 8 * DAY_MS);
		expect(await register().find(taken)).toBeUndefined();
		expect(await register().find(open)).toBeUndefined();
		expect(await register().find(order)).toBeDefined();
		expect(await register().find(event)).toBeDefined();
	});

	it('forgets facts when their own time is over, be it shorter or longer', async () => {
		const [short, long] = [newKey(), newKey()];
		await remember(register(), short, of, { ip: 'a' }, 30);
		await remember(register(), long, of, { ip: 'b' }, 400);
		await register().sweep({ days: 180, cap: 1e6 }, Date.now() + 29 * DAY_MS);
		expect(await register().find(short)).toBeDefined();
		await register().sweep({ days: 180, cap: 1e6 }, Date.now() + 181 * DAY_MS);
		expect(await register().find(short)).toBeUndefined();
		expect(await register().find(long)).toBeDefined();
		await register().sweep({ days: 180, cap: 1e6 }, Date.now() + 401 * DAY_MS);
		expect(await register().find(long)).toBeUndefined();
	});

	it('forgets the oldest of what is too much, and never what is sending or unknown', async () => {
		const busy = newKey();
		await register().claim(busy, claimOf());
		const keys = [newKey(), newKey(), newKey()];
		for (const key of keys) {
			await heldOf(await register().claim(key, claimOf())).settle('accepted');
			const { at } = (await register().find(key))!;
			await passed(at);
		}
		await register().sweep({ days: 180, cap: 1 }, Date.now());
		expect(await register().find(keys[0]!)).toBeUndefined();
		expect(await register().find(busy)).toMatchObject({ state: 'sending' });
	});

	it('sweeps once a day, whoever asks', async () => {
		const now = Date.now() + 400 * DAY_MS;
		const old = Array.from({ length: 30 }, newKey);
		for (const key of old) await heldOf(await register().claim(key, claimOf())).settle('accepted');
		const ask = async () => await register().sweepIfDue({ days: 180, cap: 1e6 }, now);
		const swept = await Promise.all(Array.from({ length: 20 }, ask));
		expect(swept.filter((count) => count > 0)).toHaveLength(1);
		expect(await ask()).toBe(0);
		for (const key of old) expect(await register().find(key)).toBeUndefined();
	});
});

it('leaves no draft of a killed process behind, and none under way is touched', async () => {
	const own = mkdtempSync(join(folder, 'drafts-'));
	const register = new FileRegister(own);
	const [old, fresh] = [join(own, 'a.draft'), join(own, 'b.draft')];
	for (const path of [old, fresh]) writeFileSync(path, '{"ip":"210.20.10.33"}');
	utimesSync(old, new Date(0), new Date(0));
	await register.sweep({ days: 180, cap: 1e6 }, Date.now());
	expect(readdirSync(own)).toEqual(['b.draft']);
});
