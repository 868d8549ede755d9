/**
 * What several workers remember of orders' visits in one register: nothing that one remembers is lost by what
 * another one does at the same moment, or by a clock; and nothing stays long after its time.
 */
import { DAY_MS } from '../../../lib/base/durations';
import { DAYS, TABLE } from '../../../lib/register/schema';
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

		const at = (time: string) => `2026-03-01T${time}:00Z`;

		it.each([
			['what the order has told since', '10:00', '11:00', IP.c],
			['the latest, whichever worker is slow', '11:00', '10:00', IP.b],
			['what comes last where no times are known', null, null, IP.b],
		])('%s counts', async (_what, slow, quick, ip) => {
			await worker().remember(facts('a', { ip: IP.a }));
			const of = (device: object, time: string | null) =>
				told('order_changed', 'a', { device, updated_at: time && at(time) });
			const late = await slowly(1, of({ ip: IP.b }, slow));
			await (
				await slowly(2, of({ ip: IP.c, session: 's' }, quick))
			)();
			await late();
			expect(await worker().recall(eventOf('a'))).toMatchObject({ ip, session: 's' });
		});

		it.each(['first', 'late'])('the later payment counts, the earlier told %s', async (when) => {
			const pay = (id: string, time: string) =>
				told('order_paid', 'a', { payment: { id }, paid_at: at(time) });
			const both = [await slowly(1, pay('1', '10:00')), await slowly(2, pay('2', '11:00'))];
			for (const tell of when === 'first' ? both : both.toReversed()) await tell();
			const known = (await worker().recall(eventOf('a'))) as OrderFacts;
			expect(known.payments).toEqual(['1', '2']);
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

	const paying = (event: ShopEvent['event'], id: string, paid_at: string | null = null) => ({
		...eventOf('a', { payment: { id }, paid_at }),
		event,
	});
	/** The order's payments after these events, one after another. */
	const paymentsAfter = async (...events: ShopEvent[]) => {
		for (const event of events) {
			const before = (await worker().recall(event)) as OrderFacts | undefined;
			const isFailed = event.event === 'payment_failed';
			const known = withEvent(factsOf(event, before), event, '1001');
			await worker().remember(known, null, { before, isFailed });
		}
		return ((await worker().recall(eventOf('a'))) as OrderFacts).payments;
	};

	it('an event that comes again changes no order of payments', async () => {
		const [first, second] = [
			paying('order_paid', '1', '2026-03-01T10:00:00Z'),
			paying('order_paid', '2', '2026-03-01T11:00:00Z'),
		];
		expect(await paymentsAfter(first, second, first)).toEqual(['1', '2']);
		expect(await paymentsAfter(paying('payment_failed', '1'))).toEqual(['1', '2']);
	});

	it('a payment that failed at first counts once it succeeds', async () => {
		const failed = [paying('payment_failed', '1'), paying('payment_failed', '2')];
		const paid = paying('order_paid', '1', '2026-03-01T10:00:00Z');
		expect(await paymentsAfter(...failed, paid)).toEqual(['2', '1']);
	});

	it('a payment that succeeded stays, however many fail', async () => {
		const failed = Array.from({ length: 25 }, (_none, i) => paying('payment_failed', `f${i}`));
		const payments = await paymentsAfter(paying('order_paid', 'taken'), ...failed);
		expect(payments).toHaveLength(20);
		expect(payments.at(-1)).toBe('taken');
		expect(payments[0]).toBe('f24');
	});

	describe('where nothing names the shop', () => {
		beforeEach(async () => await worker().remember(facts(null, { ip: IP.a, session: 's' })));

		it.each([
			['another address', { ip: IP.b }],
			['another session', { session: 't' }],
		])('an order of the same number with %s gets no other visit', async (_what, device) => {
			const event = eventOf(null, { device });
			const found = await worker().recall(event);
			expect(found).not.toEqual(having({ ip: IP.a }));
			const known = factsOf(event, found);
			expect(known).toMatchObject({ ip: null, session: null, ...device });
			await worker().remember(known);
			expect(await worker().recall(eventOf(null, { device: { ip: IP.a } }))).toMatchObject({
				session: 's',
			});
		});

		it('an order that tells no visit gets the only one', async () => {
			expect(await worker().recall(eventOf(null))).toMatchObject({ ip: IP.a, session: 's' });
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
