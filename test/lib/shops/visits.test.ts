/**
 * What several workers remember of orders' visits in one register: nothing that one remembers is lost by what
 * another one does at the same moment, or by a clock; and nothing stays long after its time.
 */
import { DAY_MS, DAYS, TABLE } from '../../../lib/register/schema';
import { registerFile } from '../../../lib/run/registers';
import { factsOf, type OrderFacts, orderFacts, withEvent } from '../../../lib/shops/events/visit';
import { VisitMemory } from '../../../lib/shops/events/visit-memory';
import { type ShopEvent, shopEvent } from '../../../lib/shops/order';
import { having } from '../../observed';
import { claimOf } from '../register/claim';
import { open, type Opened } from '../register/opener';
import { PLACES, removeUserFolder, usePlace } from '../register/places';
import { onTables, storedIn } from '../register/tables';

afterAll(removeUserFolder);

const IP = { a: '210.20.10.33', b: '210.20.10.44', c: '210.20.10.55' } as const;
const RETENTION = { days: 180, cap: 1e6 };

/** Of an order 1001 of a shop. */
const facts = (store: string | null, more: Partial<OrderFacts> = {}): OrderFacts =>
	orderFacts.parse({ shop: 'shopify', id: '1001', store, origin: store, ...more });
/** An event that tells no visit. */
const eventOf = (store: string | null, order: object = {}): ShopEvent =>
	shopEvent.parse({
		...{ event: 'order_refunded', shop: 'shopify', store },
		order: { id: '1001', ...order },
	});

describe.each(PLACES)('%s', (name) => {
	/** Each has connections of its own, as processes have. */
	const workers: Opened[] = [];
	afterAll(async () => void (await Promise.all(workers.map(async ({ close }) => await close()))));
	const place = usePlace(name);
	beforeAll(() => {
		const target = place.credentials()['postgres'] ?? registerFile(process.env);
		for (let i = 0; i < 4; i++) workers.push(open(target));
	});

	const real = Date.now.bind(Date);
	let days = 0;
	beforeEach(async () => {
		days = 0;
		jest.spyOn(Date, 'now').mockImplementation(() => real() + days * DAY_MS);
		for (const table of [TABLE, DAYS]) await onTables(register(), `delete from ${table}`);
	});
	const register = (i = 0) => workers[i % workers.length]!.register;
	const worker = (i = 0, remembers = 30) =>
		new VisitMemory(register(i), {
			...{ account: 'a', execution: String(i), prefix: '', days: remembers },
		});
	const stored = async () => JSON.stringify(await storedIn(register()));

	describe('at one moment', () => {
		it.each([2, 3, 12])('%i shops with an order of one number', async (count) => {
			const stores = Array.from({ length: count }, (_none, i) => `shop-${i}`);
			await Promise.all(
				stores.map(
					async (store, i) => await worker(i).remember(facts(store, { ip: `210.20.10.${i}` })),
				),
			);
			const all = stores.map(async (store, i) => await worker(i + 1).recall(eventOf(store)));
			expect(await Promise.all(all)).toEqual(
				stores.map((store, i) => having({ store, ip: `210.20.10.${i}` })),
			);
		});

		/** What two workers tell of one order, and what is known of it afterwards. */
		const both: Array<[string, Partial<OrderFacts>, Partial<OrderFacts>, object]> = [
			['a visit, and contents', { ip: IP.a }, { contents: 'c' }, { ip: IP.a, contents: 'c' }],
			['parts of a visit', { ip: IP.a }, { session: 's' }, { ip: IP.a, session: 's' }],
			['a visit, and a payment', { ip: IP.a }, { payments: ['1'] }, { ip: IP.a, payments: ['1'] }],
			['an account, and payments', { account: 'k' }, { payments: ['1'] }, { account: 'k' }],
			['a black box, and nothing', { black_box: 'x' }, {}, { black_box: 'x' }],
		];
		it.each(both)('%s', async (_what, one, other, all) => {
			for (const store of ['a', null]) {
				for (const [i, pair] of [
					[one, other],
					[other, one],
				].entries()) {
					const id = `${store} ${i}`;
					const told = pair.map((more) => facts(store, { ...more, id }));
					await Promise.all(told.map(async (each, n) => await worker(n).remember(each)));
					expect(await worker().recall(eventOf(store, { id }))).toMatchObject(all);
				}
			}
		});

		/** What a worker tells of an order later than it looked, since TD was slow. */
		const slowly = async (i: number, event: ShopEvent) => {
			const before = (await worker(i).recall(event)) as OrderFacts | undefined;
			const facts = withEvent(factsOf(event, before), event, '1001');
			const isFailed = event.event === 'payment_failed';
			return async () => await worker(i).remember(facts, null, { before, isFailed });
		};
		const told = (event: string, store: string | null, order: object = {}) => ({
			...eventOf(store, order),
			event: event as ShopEvent['event'],
		});

		it('a payment that failed does not count before the one that succeeded meanwhile', async () => {
			await worker().remember(facts('a', { ip: IP.a }));
			const failed = await slowly(1, told('payment_failed', 'a', { payment: { id: 'declined' } }));
			await (
				await slowly(2, told('order_paid', 'a', { payment: { id: 'taken' } }))
			)();
			await failed();
			const known = (await worker().recall(eventOf('a'))) as OrderFacts;
			expect(known.payments).toEqual(['declined', 'taken']);
		});

		it('what a worker only knew from before does not replace what another one has learned', async () => {
			await worker().remember(facts('a', { ip: IP.a, session: 's' }));
			const paid = await slowly(1, told('order_paid', 'a', { payment: { id: 'p' } }));
			await (
				await slowly(2, told('order_changed', 'a', { device: { ip: IP.c } }))
			)();
			await paid();
			const known = { ip: IP.c, session: 's', payments: ['p'] };
			expect(await worker().recall(eventOf('a'))).toMatchObject(known);
		});

		it.each([
			[{ ip: IP.b }, { ip: IP.b }],
			[{}, { ip: null }],
		])('two shops that found one order without a shop are not mixed: %j', async (device, known) => {
			await worker().remember(facts(null, { account: 'k' }));
			const ofA = { device: { ip: IP.a, black_box: 'BOX' }, payment: { id: 'p1' } };
			const both = [
				await slowly(1, told('order_paid', 'a', ofA)),
				await slowly(2, told('order_paid', 'b', { device, payment: { id: 'p2' } })),
			];
			for (const tell of both) await tell();
			const of = async (store: string, order: object = {}) =>
				await worker().recall(eventOf(store, order));
			expect(await of('a')).toMatchObject({ ip: IP.a, payments: ['p1'] });
			const ofB = { store: 'b', black_box: null, payments: ['p2'], ...known };
			expect(await of('b')).toMatchObject(ofB);
			expect(await of('b', { id: null, payment: { id: 'p2' } })).toMatchObject(ofB);
		});

		it('two payments of one order', async () => {
			const pays = ['1', '2'].map(async (id, i) => {
				await worker(i).remember(facts('a', { ip: IP.a, payments: [id] }));
			});
			await Promise.all(pays);
			const known = (await worker().recall(eventOf('a'))) as OrderFacts;
			expect(known.payments.toSorted()).toEqual(['1', '2']);
			for (const id of ['1', '2']) {
				const event = eventOf('a', { id: null, payment: { id } });
				expect(await worker().recall(event)).toMatchObject({ id: '1001', ip: IP.a });
			}
		});

		it('orders of two shops whose payments have one number', async () => {
			const stores = ['a', 'b'] as const;
			await Promise.all(
				stores.map(async (store, i) => {
					const own = facts(store, { id: `of ${store}`, ip: IP[store] });
					await worker(i).remember(own, '727');
				}),
			);
			for (const store of stores) {
				const event = eventOf(store, { id: null, payment: { id: '727' } });
				expect(await worker().recall(event)).toMatchObject({ id: `of ${store}`, ip: IP[store] });
			}
		});

		it('other visits of which nothing names the shop are not mixed', async () => {
			await worker().remember(facts('a', { ip: IP.a }));
			const unnamed = (more: Partial<OrderFacts>) => facts(null, { ...more, origin: '-' });
			await Promise.all([
				worker(0).remember(unnamed({ ip: IP.b, account: 'of b' })),
				worker(1).remember(unnamed({ ip: IP.c, session: 'of c' })),
			]);
			for (const ip of [IP.b, IP.c]) {
				const found = await worker().recall(eventOf(null, { device: { ip } }));
				if (typeof found !== 'object') continue;
				expect(found).toMatchObject(
					ip === IP.b ? { account: 'of b', session: null } : { account: null, session: 'of c' },
				);
			}
		});
	});

	it('what a worker knew at its beginning does not replace what others know since', async () => {
		await worker().remember(facts('a', { ip: IP.a, payments: ['1'] }));
		const known = facts('a', { ip: IP.a, payments: ['1'] });
		await worker(1).remember({ ...known, payments: ['1', '2'], session: 's' });
		await worker().remember(known);
		expect(await worker().recall(eventOf('a'))).toMatchObject({
			...{ payments: ['1', '2'], session: 's' },
		});
	});

	it.each(['sending', 'unknown', 'failed', 'another kind'])(
		'an entry in its place that is %s, as of a process that was killed, blocks nothing',
		async (state) => {
			await worker().remember(facts('a', { ip: IP.a }));
			const [row] = (await storedIn(register())) as Array<{ key: string }>;
			const entry = (await register().find(row!.key))!;
			await register().release(row!.key, entry);
			const kind = state === 'another kind' ? 'order' : 'memory';
			const claimed = await register().claim(row!.key, claimOf({ kind }));
			if (!('held' in claimed)) throw new Error('taken');
			if (state === 'unknown' || state === 'failed') await claimed.held.settle(state);
			await Promise.all(
				(['a', 'b'] as const).map(
					async (store, i) => await worker(i).remember(facts(store, { ip: IP[store] })),
				),
			);
			for (const store of ['a', 'b'] as const) {
				expect(await worker().recall(eventOf(store))).toMatchObject({ ip: IP[store] });
			}
		},
	);

	describe('what is over', () => {
		/** So many days of work, on each of which the register may forget. */
		const work = async (count: number) => {
			for (let i = 0; i < count; i++) {
				days += 1;
				await register().sweepIfDue(RETENTION, Date.now());
			}
		};

		it('leaves the register with the next visit of its number, though another shop has longer', async () => {
			await worker(0, 2).remember(facts('a', { ip: IP.a }));
			await worker(0, 90).remember(facts('c', { ip: IP.c }));
			await work(12);
			expect(await worker().recall(eventOf('a'))).toBeUndefined();
			await worker(0, 2).remember(facts('b', { ip: IP.b }));
			expect(await stored()).not.toContain(IP.a);
			for (const store of ['b', 'c'] as const) {
				expect(await worker().recall(eventOf(store))).toMatchObject({ ip: IP[store] });
			}
		});

		it('makes no register large, however soon it is over', async () => {
			for (let i = 0; i < 60; i++) {
				await worker(i, 1e-9).remember(facts('a', { session: `visit ${i}` }));
				const now = Date.now();
				while (Date.now() <= now + 1) await new Promise(setImmediate);
			}
			expect((await stored()).split('visit ').length).toBeLessThan(30);
		});

		it.each([200, 4_000])(
			'only by a clock that is %i days ahead is known again, whatever was remembered meanwhile',
			async (ahead) => {
				for (const store of ['a', 'b'] as const) {
					await worker().remember(facts(store, { ip: IP[store] }), `p-${store}`);
				}
				await work(8);
				days += ahead;
				await register().sweepIfDue(RETENTION, Date.now());
				for (const store of ['a', 'b', 'c']) {
					await worker().remember(facts(store, { ip: IP.c }), `p-${store}`);
				}
				expect(await worker().recall(eventOf('a'))).toMatchObject({ ip: IP.c });
				days -= ahead;
				for (const store of ['a', 'b'] as const) {
					expect(await worker().recall(eventOf(store))).toMatchObject({ ip: IP[store] });
					const event = eventOf(store, { id: null, payment: { id: `p-${store}` } });
					expect(await worker().recall(event)).toMatchObject({ ip: IP[store] });
				}
				await worker().remember(facts('a', { session: 's' }));
				expect(await worker().recall(eventOf('a'))).toMatchObject({ ip: IP.a, session: 's' });
			},
		);
	});
});
