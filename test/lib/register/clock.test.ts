/**
 * A clock that leaps, and is set right again: nothing that is younger than it should be is forgotten, by any
 * kind of entry, and what is old is forgotten later all the same.
 */
import type { EntryKind } from '../../../lib/register/register';
import { VisitMemory } from '../../../lib/shops/events/visit-memory';
import { type OrderFacts, orderFacts } from '../../../lib/shops/events/visit';
import { remember } from '../../../lib/shops/memory';
import type { ShopEvent } from '../../../lib/shops/order';
import { closeRegisters } from '../../../lib/run/registers';
import { claimOf } from './claim';
import { PLACES, removeUserFolder, usePlace } from './places';
import { DAY_MS } from '../../../lib/base/durations';
import { DAYS, TABLE } from '../../../lib/register/schema';
import { onTables } from './tables';

afterAll(removeUserFolder);

const NO_FACTS: OrderFacts = orderFacts.parse({});

const RETENTION = { days: 180, cap: 1e6 };
const KINDS: EntryKind[] = ['order', 'bag', 'write', 'event', 'delivery', 'memory'];
/** Shops deliver again for three days; everything else is for half a year here. */
const daysOf = (kind: string) => (kind.startsWith('delivery') ? 7 : 180);

/** A leap at day 20 of work: the clock's days ahead while it lasts, and how many days that is. */
const LEAPS: Array<[what: string, ahead: number[], restarts: boolean]> = [
	['200 days ahead for a moment', [200], false],
	['200 days ahead for a moment, with a restart', [200], true],
	['200 days ahead for three days, with a restart', [200, 200, 200], true],
	['ten years ahead', [3_650], true],
	['200 days back', [-200], true],
	['to 1970', [-20_000], true],
	['to 1970 for three days, with a restart', [-20_000, -20_000, -20_000], true],
	['to and fro', [200, 0, -200, 0, 190, 0, 300, 0, -20_000, 0, 250, 0], true],
];

describe.each(PLACES)('%s', (name) => {
	const place = usePlace(name);
	const real = Date.now.bind(Date);
	let day = 0;
	let ahead = 0;
	beforeEach(async () => {
		[day, ahead] = [0, 0];
		jest.spyOn(Date, 'now').mockImplementation(() => real() + (day + ahead) * DAY_MS);
		for (const table of [TABLE, DAYS]) await onTables(place.register(), `delete from ${table}`);
	});

	const made: Array<{ key: string; kind: EntryKind; day: number }> = [];
	/** One of each kind, accepted. */
	const claims = async (when: string) => {
		for (const kind of KINDS) {
			const key = `${kind} ${when}`;
			made.push({ key, kind, day });
			if (kind === 'memory') {
				await remember(
					place.register(),
					key,
					{ account: 'a', name: 'n', execution: '1' },
					async () => ({ facts: {}, until: Date.now() + 180 * DAY_MS }),
				);
				continue;
			}
			const claimed = await place.register().claim(key, claimOf({ kind, until: Date.now() }));
			if ('standing' in claimed) throw new Error('taken');
			await claimed.held.settle('accepted');
		}
	};
	const works = async () => await place.register().sweepIfDue(RETENTION, Date.now());
	/** What is gone although it is younger than it may be. */
	const lost = async () => {
		const gone: string[] = [];
		for (const { key, kind, day: since } of made) {
			if (day - since >= daysOf(kind)) continue;
			if (!(await place.register().find(key))) gone.push(`${key}, on day ${day}`);
		}
		return gone;
	};

	it.each(LEAPS)(
		'leaps %s: forgets nothing too early, and everything in time',
		async (_what, leap, restarts) => {
			made.length = 0;
			for (; day < 20; day++) {
				await claims(`of day ${day}`);
				await works();
			}
			for (const one of leap) {
				ahead = one;
				if (restarts) await closeRegisters();
				await works();
				await claims(`in the leap, ${made.length}`);
				await works();
				if (leap.every((other) => other === one)) day++;
			}
			ahead = 0;
			if (restarts) await closeRegisters();
			expect(await lost()).toEqual([]);
			const at = day;
			await claims('after it');
			for (const until of [at + 3, at + 6, at + 30, 179, at + 179]) {
				for (; day < until; day++) await works();
				expect(await lost()).toEqual([]);
			}
			// A leap ahead makes longer what is remembered in it and after it, by as much at most
			const most = Math.max(0, ...leap.filter((one) => one < 1_000));
			for (const until = day + most + 200; day < until; day++) await works();
			const after = made.filter(({ key }) => leap[0]! < 1_000 || key.includes('of day'));
			const left = [];
			for (const { key } of after) if (await place.register().find(key)) left.push(key);
			expect(left).toEqual([]);
		},
		60_000,
	);

	it('a clock that stays ahead is believed after a week of work', async () => {
		made.length = 0;
		await claims('before');
		await works();
		ahead = 200;
		let forgotten = 0;
		for (day = 0; day < 6; day++) forgotten += await works();
		expect(forgotten).toBe(0);
		for (; day < 8; day++) forgotten += await works();
		expect(forgotten).toBe(KINDS.length);
	});

	it('days without work do not count against what is remembered, and make it no more than a week of work longer', async () => {
		made.length = 0;
		await claims('before');
		await works();
		day = 400;
		expect(await works()).toBe(0);
		let forgotten = 0;
		for (; day < 408; day++) forgotten += await works();
		expect(forgotten).toBe(KINDS.length);
	});
});

describe.each(PLACES)('%s, of what an order’s visit was', (name) => {
	const place = usePlace(name);
	it.each([200, 4_000])(
		'%i days ahead for one event of the order: what was known of it is known again afterwards',
		async (days) => {
			const memory = new VisitMemory(place.register(), {
				account: `a${days}`,
				execution: '1',
				days: 180,
				prefix: '',
			});
			const known = {
				...NO_FACTS,
				shop: 'shopify',
				id: `o${days}`,
				ip: '210.20.10.33',
				session: 's-1',
			};
			await memory.remember(known);
			const now = Date.now();
			jest.spyOn(Date, 'now').mockReturnValue(now + days * DAY_MS);
			await memory.remember({ ...NO_FACTS, shop: 'shopify', id: `o${days}`, session: 's-2' });
			jest.restoreAllMocks();
			const event = {
				shop: 'shopify',
				order: { id: `o${days}`, payment: null },
			} as unknown as ShopEvent;
			expect(await memory.recall(event)).toMatchObject({ ip: '210.20.10.33', session: 's-1' });
		},
	);
});
