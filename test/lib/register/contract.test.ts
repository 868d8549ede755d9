/** What holds for every register, whatever it keeps its entries in. */
import { randomBytes } from 'node:crypto';
import type { Claim, Entry, Held, Register } from '../../../lib/register/register';
import { ExecutionRegister } from '../../../lib/register/execution-register';
import { isOver, recall, remember } from '../../../lib/shops/memory';
import { DAY_MS } from '../../../lib/base/durations';
import { TABLE } from '../../../lib/register/schema';
import { type Database, SqlRegister } from '../../../lib/register/sql-register';
import { claimOf } from './claim';
import { PLACES, removeUserFolder, usePlace } from './places';
import { emptied, onTables } from './tables';

const lasting = PLACES.map((name) => [name, usePlace(name).register] as const);
afterAll(removeUserFolder);
const own = new ExecutionRegister({});
const ofExecution = {};
const all: Array<readonly [string, () => Register]> = [
	['the execution', () => own],
	...lasting,
	...lasting.map(
		([name, register]) =>
			[
				`the execution before ${name}`,
				() => new ExecutionRegister(ofExecution, register()),
			] as const,
	),
];

const newKey = () => randomBytes(8).toString('hex');
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
		const entry = (await register().find(key))!;
		expect(entry).toMatchObject({ state: 'unknown' });
		await register().release(key, entry);
		heldOf(await register().claim(key, claimOf()));
	});

	it('gives what failed to the next, whatever that sends', async () => {
		const key = newKey();
		const first = heldOf(await register().claim(key, claimOf({ body: 'one' })));
		await first.settle('failed', { reason: 'refused, HTTP 400' });
		const claims = await Promise.all(
			Array.from({ length: 20 }, async () => await register().claim(key, claimOf({ body: 'two' }))),
		);
		expect(claims.filter((claimed) => 'held' in claimed)).toHaveLength(1);
		await first.settle('accepted', { no: 'the first' });
		await first.release();
		expect(await register().find(key)).toMatchObject({ body: 'two', state: 'sending' });
		expect((await register().find(key))?.answer).toBeUndefined();
	});

	it('lets nobody settle or release what somebody else has taken over', async () => {
		const key = newKey();
		const first = heldOf(await register().claim(key, claimOf({ body: 'one' })));
		const standing = (await register().find(key))!;
		const second = heldOf(await register().takeOver(key, standing, claimOf({ body: 'two' })));
		await first.settle('accepted', { no: 'the first' });
		await first.release();
		expect(await register().find(key)).toMatchObject({ body: 'two', state: 'sending' });
		await second.settle('accepted', { no: 'the second' });
		expect(await register().find(key)).toMatchObject({ answer: { no: 'the second' } });
	});

	it("records what was found out about somebody else's send, unless it changed meanwhile", async () => {
		const key = newKey();
		heldOf(await register().claim(key, claimOf()));
		const standing = (await register().find(key))!;
		await register().settle(key, { ...standing, token: 'another' }, 'accepted');
		expect(await register().find(key)).toMatchObject({ state: 'sending' });
		await register().settle(key, standing, 'accepted');
		expect(await register().find(key)).toMatchObject({ state: 'accepted' });
	});

	it('settles or releases nothing that is not there', async () => {
		const key = newKey();
		const held = heldOf(await register().claim(key, claimOf()));
		const entry = (await register().find(key))!;
		await register().release(key, entry);
		await held.settle('accepted');
		await held.release();
		await register().release(key, entry);
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

	it('puts an entry only in the place of the one that was read, if that is wanted', async () => {
		const key = newKey();
		const put = async (fact: number, over: Entry | null | undefined) =>
			await register().put(key, claimOf({ kind: 'memory' }), { fact }, over);
		const race = async (over: Entry | null) => {
			const puts = Array.from({ length: 20 }, async (_none, i) => await put(i, over));
			const wrote = (await Promise.all(puts)).map((isPut, i) => (isPut ? i : -1));
			const [fact, ...others] = wrote.filter((i) => i >= 0);
			expect(others).toEqual([]);
			const entry = (await register().find(key))!;
			expect(entry).toMatchObject({ state: 'accepted', answer: { fact } });
			return entry;
		};
		const first = await race(null);
		const second = await race(first);
		for (const over of [null, first]) expect(await put(-1, over)).toBe(false);
		expect(await register().find(key)).toEqual(second);
		await register().release(key, second);
		expect(await put(-2, second)).toBe(true);
		expect(await put(-3, undefined)).toBe(true);
		expect(await register().find(key)).toMatchObject({ answer: { fact: -3 } });
	});

	it('recalls facts until their time is over, whether or not they are still there', async () => {
		const [kept, over] = [newKey(), newKey()];
		const facts = { ip: '210.20.10.33' };
		await remember(register(), kept, of, async () => ({ facts, until: Date.now() + 30 * DAY_MS }));
		await remember(register(), over, of, async () => ({ facts, until: Date.now() }));
		expect((await recall(register(), kept))?.facts).toEqual(facts);
		expect(await register().find(over)).toMatchObject({ answer: facts });
		await passed((await register().find(over))!.until);
		expect(isOver((await recall(register(), over))!)).toBe(true);
		expect(isOver((await recall(register(), kept))!)).toBe(false);
		expect(await recall(register(), newKey())).toBeUndefined();
	});

	it('takes no send for facts', async () => {
		const key = newKey();
		const { settle } = heldOf(await register().claim(key, claimOf({ keeps: ['ip'] })));
		await settle('accepted', { ip: '1' });
		expect(await recall(register(), key)).toBeUndefined();
	});
});

describe.each(lasting)('%s', (title, register) => {
	it('what a node remembered with the execution alone replaces nothing that others remember', async () => {
		const ofExecution = {};
		const [alone, both] = [
			new ExecutionRegister(ofExecution),
			new ExecutionRegister(ofExecution, register()),
		];
		const key = newKey();
		const add = async (to: Register, fact: string) =>
			await remember(to, key, of, async (known) => ({
				facts: { ...known?.facts, [fact]: true },
				until: Date.now() + DAY_MS,
			}));
		await add(alone, 'alone');
		await add(register(), 'others');
		await add(both, 'both');
		expect((await recall(both, key))?.facts).toEqual({ others: true, both: true });
		expect((await recall(register(), key))?.facts).toEqual({ others: true, both: true });
	});

	it('what only the execution keeps of an answer does not reach others with what is noted later', async () => {
		const key = newKey();
		const both = new ExecutionRegister({}, register());
		const { settle } = heldOf(await both.claim(key, claimOf({ keeps: ['requestId'] })));
		await settle('accepted', { requestId: 'r-1', errors: '9 Mill Lane is odd' });
		for (const state of ['accepted', 'failed'] as const) {
			const entry = (await both.find(key))!;
			await both.settle(key, entry, state, { ...entry.answer, lastStatus: -2 });
			const others = await register().find(key);
			expect(others).toMatchObject({ state });
			expect(others?.answer).toEqual({ requestId: 'r-1', lastStatus: -2 });
		}
	});

	/** Entries that were claimed one millisecond after the other; of some it is known what became of them. */
	const made = async (
		account: string,
		count: number,
		more: (i: number) => Partial<Claim> = () => ({}),
	) => {
		const names = Array.from({ length: count }, (_, i) => String(i));
		const held = await Promise.all(
			names.map(async (name, i) => {
				const claim = claimOf({ account, name, ...more(i) });
				return heldOf(await register().claim(newKey(), claim));
			}),
		);
		const at = `claimed_at = cast(name as bigint), kept_from = cast(name as bigint)`;
		await onTables(register(), `update ${TABLE} set ${at} where account = $1`, [account]);
		return held;
	};
	const namesOf = async (account: string, more: object = {}) =>
		(await register().list({ kind: 'order', account, limit: Infinity, ...more })).map(
			({ name }) => name,
		);

	it('lists by kind, account, state, execution and number, the newest first', async () => {
		const account = `list ${title}`;
		const kinds = [
			'order',
			'order',
			'order',
			'order',
			'bag',
			'write',
			'event',
			'delivery',
		] as const;
		const held = await made(account, 8, (i) => ({ kind: kinds[i]!, execution: `${i % 2}` }));
		await held[0]!.settle('accepted');
		await held[1]!.settle('unknown');
		await held[2]!.settle('failed', { reason: 'refused, HTTP 400' });
		const listed = await register().list({ kind: 'order', account, limit: 50 });
		expect(listed.map(({ name, state }) => [name, state])).toEqual([
			['3', 'sending'],
			['2', 'failed'],
			['1', 'unknown'],
			['0', 'accepted'],
		]);
		expect(listed[1]).toMatchObject({ answer: { reason: 'refused, HTTP 400' }, at: 2 });
		expect(await namesOf(account, { state: 'failed' })).toEqual(['2']);
		expect(await namesOf(account, { execution: '1' })).toEqual(['3', '1']);
		expect(await namesOf(account, { execution: '1', state: 'unknown' })).toEqual(['1']);
		expect(await namesOf(account, { key: listed[3]!.key })).toEqual(['0']);
		expect(await namesOf(account, { key: listed[3]!.key, state: 'unknown' })).toEqual([]);
		expect(await namesOf(account, { kind: 'bag' })).toEqual(['4']);
		for (const nothing of [{ key: newKey() }, { execution: '2' }, { kind: 'memory' }]) {
			expect(await namesOf(account, nothing)).toEqual([]);
		}
		expect(await namesOf('another')).toEqual([]);
	});

	it('lists by age, and of many a part', async () => {
		const account = `part ${title}`;
		const held = await made(account, 12);
		for (const one of held.slice(4)) await one.settle('accepted');
		const names = Array.from({ length: 12 }, (_, i) => String(11 - i));
		for (const [more, from, to] of [
			[{}, 0, 12],
			[{ since: 5 }, 0, 7],
			[{ since: 4.5, before: 9 }, 3, 7],
			[{ before: 0.5 }, 11, 12],
			[{ since: 12 }, 12, 12],
			...[0, 1, 5, 12, 13].map((limit) => [{ limit }, 0, limit] as const),
			...[0, 1, 7, 11, 12, 99].map((offset) => [{ offset }, offset, 12] as const),
			[{ offset: 7, limit: 3 }, 7, 10],
			[{ offset: 1, limit: 3, since: 2, before: 6 }, 7, 10],
		] as const) {
			expect(await namesOf(account, more)).toEqual(names.slice(from, to));
		}
	});

	it('lists each once, part for part, of many that were claimed at one moment', async () => {
		const account = `moment ${title}`;
		for (const [i, one] of (await made(account, 300)).entries()) {
			if (i % 3 > 0) await one.settle(i % 3 === 1 ? 'accepted' : 'failed');
		}
		await onTables(register(), `update ${TABLE} set claimed_at = 7 where account = $1`, [account]);
		const parts = [];
		for (let offset = 0; offset < 300; offset += 20) {
			parts.push(...(await namesOf(account, { offset, limit: 20 })));
		}
		expect([parts.length, new Set(parts).size]).toEqual([300, 300]);
	});

	it('keeps of an answer what is read later, and nothing else', async () => {
		const key = newKey();
		const keeps = ['requestId', 'status', 'isLast', 'long', 'longer', 'none', 'list', 'object'];
		const held = heldOf(await register().claim(key, claimOf({ keeps })));
		const kept = { requestId: 'r-1', status: 3, isLast: false, long: 'l'.repeat(300) };
		const strange = {
			longer: 'l'.repeat(301),
			none: null,
			list: ['9 Mill Lane'],
			object: { a: 1 },
		};
		const unread = { no: 'ORD-1', consignee: '9 Mill Lane', email: 'mara@example.com' };
		await held.settle('accepted', { ...unread, ...strange, ...kept });
		expect((await register().find(key))?.answer).toEqual(kept);
	});

	const STRANGE: Record<string, string> = {
		quotes: `'"\`; drop table ${TABLE}; --`,
		'a NUL': 'a\u0000b',
		emoji: '👩‍👩‍👧 ꧁꧂',
		'lone surrogates': '\ud83d a \udc69',
		'10,000 characters': '語'.repeat(10_000),
	};
	/** What no database need hold may be a sign that stands for it. */
	const plain = (text: string) => Buffer.from(text).toString().replaceAll('\0', '\ufffd');
	it.each(Object.keys(STRANGE))('knows names and contents with %s', async (what) => {
		const key = newKey();
		const text = STRANGE[what]!;
		const of = { account: `${what} ${title}`, name: text, body: text, execution: text };
		const held = heldOf(await register().claim(key, claimOf({ ...of, keeps: ['no'] })));
		await held.settle('accepted', { no: text.slice(0, 300) });
		const found = (await register().find(key))!;
		expect(found).toMatchObject({ state: 'accepted', answer: { no: text.slice(0, 300) } });
		for (const kept of [found.name, found.body, found.execution]) {
			expect(plain(kept)).toBe(plain(text));
		}
		expect(await namesOf(of.account, { execution: found.execution })).toEqual([found.name]);
		heldOf(await register().takeOver(key, found, claimOf(of)));
	});

	it('stores NUL in every column and every question, and asks for none in vain', async () => {
		const [one, other] = [`${newKey()}\0`, `a\0b ${title}`];
		const of = { account: other, name: other, body: other, execution: other };
		const held = heldOf(await register().claim(one, claimOf({ ...of, keeps: ['no', other] })));
		await held.settle('accepted', { no: other, [other]: other });
		const found = (await register().find(one))!;
		expect(found).toMatchObject({ state: 'accepted', answer: { no: other, [other]: other } });
		expect(plain(found.name)).toBe(plain(other));
		const filters = { kind: 'order', account: other, limit: 9 } as const;
		for (const more of [{}, { execution: other }, { key: one }, { state: 'accepted' as const }]) {
			expect(await register().list({ ...filters, ...more })).toHaveLength(1);
		}
		await register().settle(one, found, 'failed', { reason: other });
		expect(await register().find(one)).toMatchObject({ answer: { reason: other } });
		await register().put(one, claimOf({ ...of, kind: 'memory' }), { fact: other });
		const memory = (await register().find(one))!;
		expect(memory).toMatchObject({ answer: { fact: other } });
		await register().release(one, { ...memory, token: `${memory.token}\0` });
		await register().release(one, memory);
		expect(await register().find(one)).toBeUndefined();
	});

	describe('a claim of which nobody learned that it was made', () => {
		/** The register; what it does next is done, but its answer is lost. */
		const losing = (meanwhile: () => Promise<unknown> = async () => undefined) => {
			const database: Database = register()['database'];
			let isLost = false;
			return new SqlRegister({
				close: async () => await database.close(),
				query: async (statement, values, ifExists) => {
					const rows = await database.query(statement, values, ifExists);
					if (isLost || ifExists) return rows;
					isLost = true;
					await meanwhile();
					throw new Error('the answer was lost');
				},
			});
		};

		it('is taken back', async () => {
			const key = newKey();
			await expect(losing().claim(key, claimOf())).rejects.toThrow('the answer was lost');
			while (await register().find(key)) await new Promise(setImmediate);
			heldOf(await register().claim(key, claimOf()));
		});

		it('is not taken back from somebody who has it meanwhile', async () => {
			const key = newKey();
			const meanwhile = async () =>
				await register().takeOver(key, (await register().find(key))!, claimOf({ body: 'theirs' }));
			await expect(losing(meanwhile).claim(key, claimOf())).rejects.toThrow('was lost');
			// Behind whatever is still under way
			await Promise.all(Array.from({ length: 20 }, async () => await register().find(key)));
			expect(await register().find(key)).toMatchObject({ body: 'theirs' });
		});
	});

	it('forgets so many of very many, and none that is open', async () => {
		await emptied(register());
		const account = `many ${title}`;
		const held = await made(account, 1_203);
		const states = ['accepted', 'failed'] as const;
		await Promise.all(
			held.map(async ({ settle }, i) => await settle(i < 5 ? 'unknown' : states[i % 2]!)),
		);
		const open = ['4', '3', '2', '1', '0'];
		const left = (oldest: number) => [
			...Array.from({ length: 1_203 - oldest }, (_, i) => String(1_202 - i)),
			...open,
		];
		// A seventh of a day is no whole number of milliseconds
		const old = { days: 1 / 7, cap: 1e6 };
		const now = Math.ceil(600 + DAY_MS / 7);
		expect(await register().sweep(old, now)).toBe(595);
		expect(await namesOf(account)).toEqual(left(600));
		expect(await register().sweep(old, now)).toBe(0);
		// 603 are settled, of which the newest 100 stay
		expect(await register().sweep({ days: 180, cap: 100.5 }, now)).toBe(503);
		expect(await namesOf(account)).toEqual(left(1_103));
		expect(await register().sweep({ days: 180, cap: 100.5 }, now)).toBe(0);
		expect(await register().sweep({ days: 180, cap: 0.5 }, now)).toBe(100);
		expect(await namesOf(account)).toEqual(open);
	});

	it('forgets what is too old, and never what is sending or unknown', async () => {
		const [taken, failed, lost, busy] = [newKey(), newKey(), newKey(), newKey()];
		await heldOf(await register().claim(taken, claimOf())).settle('accepted');
		await heldOf(await register().claim(failed, claimOf())).settle('failed', { reason: 'refused' });
		await heldOf(await register().claim(lost, claimOf())).settle('unknown');
		await register().claim(busy, claimOf());
		await register().sweep({ days: 180, cap: 1e6 }, Date.now());
		expect(await register().find(taken)).toBeDefined();
		await register().sweep({ days: 180, cap: 1e6 }, Date.now() + 181 * DAY_MS);
		expect(await register().find(taken)).toBeUndefined();
		expect(await register().find(failed)).toBeUndefined();
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
		await remember(register(), short, of, async () => ({
			facts: { ip: 'a' },
			until: Date.now() + 30 * DAY_MS,
		}));
		await remember(register(), long, of, async () => ({
			facts: { ip: 'b' },
			until: Date.now() + 400 * DAY_MS,
		}));
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

	it.each(['delivery', 'memory', 'event'] as const)(
		'%s entries do not crowd out orders, nor anything else, where there are too many',
		async (kind) => {
			await emptied(register());
			const [order, bag, event] = await Promise.all(
				(['order', 'bag', 'event'] as const).map(async (one) => {
					const key = newKey();
					await heldOf(await register().claim(key, claimOf({ kind: one }))).settle('accepted');
					return key;
				}),
			);
			const many = await made(`crowd ${kind}`, 40, () => ({ kind }));
			for (const { settle } of many) await settle('accepted');
			// Those three are the oldest, but none is too old
			await onTables(register(), `update ${TABLE} set kept_from = $1, until = $1`, [Date.now()]);
			const which = [order!, bag!, event!];
			await onTables(
				register(),
				`update ${TABLE} set claimed_at = -1 where key in ($1, $2, $3)`,
				which,
			);
			const most = kind === 'event' ? 41 : 40;
			expect(await register().sweep({ days: 1e5, cap: most - 10 }, Date.now())).toBe(10);
			expect([await register().find(order!), await register().find(bag!)]).toEqual([
				expect.objectContaining({ kind: 'order' }),
				expect.objectContaining({ kind: 'bag' }),
			]);
			if (kind !== 'event') expect(await register().find(event!)).toBeDefined();
		},
	);

	it('sweeps once a day, whoever asks, after a week of work', async () => {
		const old = Array.from({ length: 30 }, newKey);
		for (const key of old) await heldOf(await register().claim(key, claimOf())).settle('accepted');
		const ask = async (day: number) =>
			await register().sweepIfDue({ days: 180, cap: 1e6 }, Date.now() + (400 + day) * DAY_MS);
		for (let day = 0; day < 6; day++) expect(await ask(day)).toBe(0);
		const swept = await Promise.all(Array.from({ length: 20 }, async () => await ask(6)));
		expect(swept.filter((count) => count > 0)).toHaveLength(1);
		expect(await ask(6)).toBe(0);
		for (const key of old) expect(await register().find(key)).toBeUndefined();
	});
});
