/**
 * An order that grows, in n8n's engine: what of it has gone, and what is still to go. What is right is counted by the
 * sandbox's own ledger: the pieces it made labels for.
 */
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PLACES, usePlace } from '../../lib/register/places';
import { emptied } from '../../lib/register/tables';
import { complaint, FORECAST, INFO, outputOf, requestsTo, saying, until } from '../../observed';
import { useBench } from '../../support';

const bench = useBench();

const parcel: INodeParameters = {
	...{ operation: 'create', specifyOrder: 'shop', waitForCompletion: false },
	product: { __rl: true, mode: 'code', value: 'UA' },
	...{ packing: 'each', weightUnit: 'lb', boxLength: 12, boxWidth: 10, boxHeight: 4 },
};
const FAIL = parcel;
const NEVER = 3_600_000;
const ANOTHER = { ...parcel, ifGrown: 'another' };

interface Line {
	id: number;
	quantity: number;
	/** Without what was removed or refunded; all, if it is left out. */
	current?: number;
	/** What the shop says is to go; what is current, if it is left out. */
	left?: number;
}

/** An order as `orders/paid` and `orders/updated` bring it. Each article is worth its id, so boxes tell it. */
const shopify = (lines: Line[], more: IDataObject = {}): IDataObject => ({
	id: 5550001,
	admin_graphql_api_id: 'gid://shopify/Order/5550001',
	order_number: 1003,
	created_at: '2026-03-01T10:00:00-06:00',
	updated_at: '2026-03-01T10:00:05-06:00',
	currency: 'USD',
	taxes_included: false,
	financial_status: 'paid',
	total_price: '45.00',
	current_total_price: '45.00',
	shipping_address: {
		...{ name: 'Ada Example', address1: '1 Example Street', city: 'Sampletown' },
		...{ province_code: 'MN', zip: '55401', country_code: 'US', phone: '+15555550100' },
	},
	shipping_lines: [],
	line_items: lines.map(({ id, quantity, current = quantity, left = current }) => ({
		...{ id, quantity, name: `Thing ${id}`, price: String(id), grams: 500 },
		...{ current_quantity: current, fulfillable_quantity: left, requires_shipping: true },
		...{ fulfillment_service: 'manual', discount_allocations: [], tax_lines: [] },
	})),
	refunds: [],
	fulfillments: [],
	...more,
});

/** The same of WooCommerce, which never says what is left. */
const woocommerce = (lines: Line[], more: IDataObject = {}): IDataObject => ({
	...{ id: 4711, number: '4711', status: 'processing', currency: 'USD', total: '45.00' },
	...{ date_created_gmt: '2026-03-01T16:00:00', date_paid_gmt: '2026-03-01T16:01:00' },
	order_key: 'wc_order_abc',
	shipping: {
		...{ first_name: 'Mara', last_name: 'Muster', address_1: '1 Example Street' },
		...{ city: 'Sampletown', state: 'MN', postcode: '55401', country: 'US' },
	},
	shipping_lines: [{ method_id: 'flat_rate', method_title: 'Flat rate', total: '5.00' }],
	line_items: lines.map(({ id, quantity }) => ({
		...{ id, quantity, name: `Thing ${id}`, total: String(id * quantity) },
	})),
	refunds: [],
	...more,
});
const IN_POUNDS = { override: { weightPerArticle: 0.5 } };

/** The parcels at TW that were not deleted: their numbers, and the article of each of their boxes. */
function parcels(): Record<string, number[]> {
	const { orders, deletions } = bench.sandbox.ledger();
	const isThere = ({ no, requestId }: { no: string; requestId: string }) =>
		!deletions.some((one) => one.no === no && one.requestId === requestId);
	const all = orders.filter(isThere).map(({ no, ticket }) => {
		const { boxes } = ticket as { boxes: Array<{ number: number; declaredValue: number }> };
		const things = boxes.flatMap(({ number, declaredValue }) =>
			Array.from({ length: number }, () => declaredValue),
		);
		return [no, things.sort((a, b) => a - b)] as const;
	});
	expect(new Set(all.map(([no]) => no)).size).toBe(all.length);
	return Object.fromEntries(all);
}

const first = shopify([{ id: 11, quantity: 1 }]);
/** The customer exchanges it for another size. */
const exchanged = shopify([
	{ id: 11, quantity: 1, current: 0 },
	{ id: 14, quantity: 1 },
]);

/** The customer adds another thing. */
const both = shopify([
	{ id: 11, quantity: 1 },
	{ id: 14, quantity: 1 },
]);

describe.each(PLACES)('%s', (remember) => {
	const place = usePlace(remember);
	const begin = async () => {
		await bench.sandbox.reset();
		await emptied(place.register());
	};
	beforeEach(begin);
	const credentials = () => ({ credentials: { ...bench.credentials, ...place.credentials() } });
	/** One execution with one delivery. */
	const run = async (body: IDataObject, parameters: INodeParameters = FAIL) =>
		await bench.run('twOrder', { ...parameters, remember }, [body], credentials());
	const send = async (body: IDataObject, parameters: INodeParameters = FAIL) =>
		outputOf(await run(body, parameters))[0];
	const refusal = async (body: IDataObject, parameters: INodeParameters = FAIL) =>
		complaint(await run(body, parameters));

	it('says what was added, and sends it only if that is wanted', async () => {
		await send(first);
		const { message, description } = await refusal(exchanged);
		expect(message).toContain(
			"Order 1003 has a parcel already (1003), and goods were added to it since: 1 × 'Thing 14'",
		);
		expect(description).toContain("set 'If Goods Are Added Later' to Another Parcel");
		expect(parcels()).toEqual({ 1003: [11] });
		expect(await send(exchanged, ANOTHER)).toMatchObject({ outcome: 'accepted', no: '1003-2' });
		expect(parcels()).toEqual({ 1003: [11], '1003-2': [14] });
	});

	it('puts out the order that has it, for whatever comes again', async () => {
		for (const body of [first, exchanged]) await send(body, ANOTHER);
		for (const how of [ANOTHER, FAIL]) {
			expect(await send(first, how)).toMatchObject({ no: '1003', existing: true });
			expect(await send(exchanged, how)).toMatchObject({ no: '1003-2', existing: true });
		}
		expect(parcels()).toEqual({ 1003: [11], '1003-2': [14] });
	});

	it('splits an order in three as it grows', async () => {
		const grown = [1, 2, 3].map((count) =>
			shopify(Array.from({ length: count }, (_one, i) => ({ id: 11 + i, quantity: 1 + i }))),
		);
		for (const body of grown) await send(body, ANOTHER);
		expect(parcels()).toEqual({ 1003: [11], '1003-2': [12, 12], '1003-3': [13, 13, 13] });
	});

	it('sends more of the same article', async () => {
		await send(shopify([{ id: 11, quantity: 2 }]));
		// The shop has heard of the first parcel
		await send(shopify([{ id: 11, quantity: 5, left: 3 }]), ANOTHER);
		// And now has not
		await send(shopify([{ id: 11, quantity: 6 }]), ANOTHER);
		expect(parcels()).toEqual({ 1003: [11, 11], '1003-2': [11, 11, 11], '1003-3': [11] });
	});

	it('does not take up what somebody else has sent', async () => {
		// Two of five have left with another carrier
		await send(shopify([{ id: 11, quantity: 5, left: 3 }]));
		expect(await send(shopify([{ id: 11, quantity: 5, left: 3 }]), ANOTHER)).toMatchObject({
			existing: true,
		});
		// The shop hears of our three
		const { outcome } = (await send(shopify([{ id: 11, quantity: 5, left: 0 }]), ANOTHER))!;
		expect(outcome).toBe('skipped');
		expect(parcels()).toEqual({ 1003: [11, 11, 11] });
	});

	it('takes up what somebody else was to send and did not', async () => {
		await send(
			shopify([
				{ id: 11, quantity: 2 },
				{ id: 12, quantity: 1, left: 0 },
			]),
		);
		const cancelled = shopify([
			{ id: 11, quantity: 2, left: 0 },
			{ id: 12, quantity: 1 },
		]);
		await send(cancelled, ANOTHER);
		expect(parcels()).toEqual({ 1003: [11, 11], '1003-2': [12] });
	});

	it('sends nothing of what was refunded, before or after its parcel', async () => {
		await send(shopify([{ id: 11, quantity: 3, current: 2 }]));
		await send(shopify([{ id: 11, quantity: 3, current: 1 }]), ANOTHER);
		expect(parcels()).toEqual({ 1003: [11, 11] });
	});

	describe('a parcel that is deleted', () => {
		beforeEach(() => {
			const atOnce = { stateStepMs: 0, orderInfoDelayMs: 0 };
			bench.sandbox.set({ ...atOnce, removalStepMs: 0 });
		});
		const remove = async (no: string) =>
			outputOf(
				await bench.run('twOrder', { operation: 'delete', no, remember }, [{}], credentials()),
			)[0];

		it.each(['1003', '1003-2'])('gives its goods back: %s', async (no) => {
			for (const body of [first, both]) await send(body, ANOTHER);
			expect(await remove(no)).toMatchObject({ outcome: 'deleted' });
			expect(Object.keys(parcels())).toHaveLength(1);
			expect(await send(both, ANOTHER)).toMatchObject({ no });
			expect(parcels()).toEqual({ 1003: [11], '1003-2': [14] });
		});
	});

	describe('a second parcel whose answer is lost', () => {
		const lost = async () => {
			await send(first, ANOTHER);
			bench.sandbox.set({ orderInfoDelayMs: NEVER });
			bench.sandbox.fault({ kind: 'resetBeforeAccept', path: FORECAST, times: 1 });
			const failed = await run(both, ANOTHER);
			bench.sandbox.set({ orderInfoDelayMs: 0 });
			expect(complaint(failed).message).toContain('1003-2');
			return failed;
		};

		it('goes alone if it is sent again', async () => {
			await lost();
			await send(both, { ...ANOTHER, options: { ifSentBefore: 'send-again' } });
			expect(parcels()).toEqual({ 1003: [11], '1003-2': [14] });
		});
	});

	it('sends what was added of two deliveries in one run', async () => {
		const item = { ...ANOTHER, remember };
		for (const ticketsPerRequest of [1, 2]) {
			await begin();
			const parameters = { ...item, options: { ticketsPerRequest } };
			const done = await bench.run('twOrder', parameters, [first, both], credentials());
			if (done.error) throw done.error;
			expect(Object.values(parcels()).flat().sort()).toEqual([11, 14]);
		}
	});

	it('sends the first parcel again that is gone, although another one stands', async () => {
		bench.sandbox.set({ stateStepMs: 0, orderInfoDelayMs: 0, removalStepMs: 0 });
		for (const body of [first, both]) await send(body, ANOTHER);
		// Not by this register
		const removal = { operation: 'delete', no: '1003', remember: 'no' };
		outputOf(await bench.run('twOrder', removal, [{}]));
		expect(await send(both, ANOTHER)).toMatchObject({ no: '1003' });
		expect(parcels()).toEqual({ 1003: [11], '1003-2': [14] });
	});

	it('sends nothing more where the shop does not say what is in the order by now', async () => {
		const untold = shopify([{ id: 11, quantity: 5, left: 3 }]);
		const [line] = untold['line_items'] as IDataObject[];
		delete line!['current_quantity'];
		delete untold['refunds'];
		await send(untold, ANOTHER);
		expect(await send(untold, ANOTHER)).toMatchObject({ existing: true });
		expect(parcels()).toEqual({ 1003: [11, 11, 11] });
	});

	it('is told of a parcel although it knows only a part of it', async () => {
		const more = shopify([
			{ id: 14, quantity: 1 },
			{ id: 15, quantity: 1 },
		]);
		for (const body of [first, more]) await send(body, ANOTHER);
		expect(await send(exchanged, ANOTHER)).toMatchObject({ no: '1003-2', existing: true });
		expect(parcels()).toEqual({ 1003: [11], '1003-2': [14, 15] });
	});

	it('sends each piece once, of two deliveries at one moment', async () => {
		await send(first);
		const bodies = [
			exchanged,
			exchanged,
			shopify([
				{ id: 14, quantity: 1 },
				{ id: 15, quantity: 1 },
			]),
		];
		const runs = await Promise.all(bodies.map(async (body) => await run(body, ANOTHER)));
		for (const { error } of runs) if (error) throw error;
		const things = Object.values(parcels()).flat().sort();
		expect(things).toEqual([11, 14, 15]);
	});

	it('sends nothing twice that another execution has sent while TW is asked first', async () => {
		bench.sandbox.set({ stateStepMs: 0, orderInfoDelayMs: 0 });
		await send(first);
		const second = { path: INFO, bodyIncludes: '1003-2' };
		bench.sandbox.fault({ kind: 'delay', ...second, ms: 500, when: 'before', times: 1 });
		const slow = send(both, { ...ANOTHER, options: { checkExisting: true } });
		const isAsked = ({ body }: { body: string }) => body.includes('1003-2');
		await until(() => requestsTo(bench.sandbox, INFO).some(isAsked));
		await send(both, ANOTHER);
		expect(await slow).toMatchObject({ no: '1003-2', existing: true });
		expect(parcels()).toEqual({ 1003: [11], '1003-2': [14] });
	});

	it('leaves out a number that TW has and nobody here has sent', async () => {
		bench.sandbox.set({ stateStepMs: 0, orderInfoDelayMs: 0 });
		await send(first);
		const options = { options: { checkExisting: true } };
		const theirs = { ...first, order_number: '1003-2', id: 5550077, admin_graphql_api_id: null };
		await bench.run('twOrder', { ...FAIL, remember: 'no' }, [theirs]);
		expect(await send(both, { ...ANOTHER, ...options })).toMatchObject({ no: '1003-3' });
	});

	it('knows lines without an id whatever they are called', async () => {
		const named = (...names: string[]) => ({
			...first,
			line_items: names.map((sku, i) => ({
				...(first['line_items'] as IDataObject[])[0],
				...{ id: null, sku, price: String(11 + i) },
			})),
		});
		await send(named('mug'));
		const more = named('mug', 'constructor', '__proto__');
		expect(await send(more, ANOTHER)).toMatchObject({ no: '1003-2' });
		expect(await send(more, ANOTHER)).toMatchObject({ no: '1003-2', existing: true });
		expect(parcels()).toEqual({ 1003: [11], '1003-2': [12, 13] });
	});

	describe('WooCommerce', () => {
		const choices = { ...ANOTHER, ...IN_POUNDS };
		const mugs = woocommerce([{ id: 21, quantity: 2 }]);

		it('grows', async () => {
			await send(mugs, choices);
			await send(
				woocommerce([
					{ id: 21, quantity: 3 },
					{ id: 22, quantity: 1 },
				]),
				choices,
			);
			expect(parcels()).toEqual({ 4711: [21, 21], '4711-2': [21, 22] });
		});

		const tracked = {
			meta_data: [
				{
					key: '_wc_shipment_tracking_items',
					value: [{ tracking_number: '1Z1', tracking_id: 't' }],
				},
			],
		};

		it('need not say what is left of an order whose parcels are ours', async () => {
			const { message } = await refusal({ ...mugs, ...tracked }, choices);
			expect(message).toContain(
				"It is not known how much of 'Thing 21' in order 4711 is still to be shipped",
			);
			await send(mugs, choices);
			expect(await send({ ...mugs, ...tracked }, choices)).toMatchObject({ existing: true });
			await send(woocommerce([{ id: 21, quantity: 3 }], tracked), choices);
			expect(parcels()).toEqual({ 4711: [21, 21], '4711-2': [21] });
		});

		it('is asked for where neither it nor the register says', async () => {
			await send(mugs, choices);
			const refunds = [{ id: 9, total: '-21.00' }];
			const more = woocommerce([{ id: 21, quantity: 3 }], { refunds, total: '63.00' });
			expect(await refusal(more, choices)).toMatchObject({
				message: saying('It is not known how much'),
			});
			const same = woocommerce([{ id: 21, quantity: 2 }], { refunds });
			expect(await send(same, choices)).toMatchObject({ no: '4711', existing: true });
			expect(parcels()).toEqual({ 4711: [21, 21] });
		});
	});

	it('is another order that only has the same number', async () => {
		await send(first);
		const other = {
			...exchanged,
			id: 5550099,
			admin_graphql_api_id: 'gid://shopify/Order/5550099',
		};
		const { message } = await refusal(other, ANOTHER);
		expect(message).toMatch(/was already sent by execution .*, for another order of a shop/);
		expect(parcels()).toEqual({ 1003: [11] });
		const same = { ...first, id: 5550098, admin_graphql_api_id: 'gid://shopify/Order/5550098' };
		expect((await refusal(same, ANOTHER)).description).toContain('Order Number Prefix');
	});

	it('never has more pieces in parcels than are ordered and not refunded, and forgets none', async () => {
		const line = fc.record({ quantity: fc.nat(4), refunded: fc.nat(4), isTold: fc.boolean() });
		const states = fc.array(fc.tuple(line, line), { minLength: 1, maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(states, async (all) => {
				await begin();
				const sent = [0, 0];
				// An order only grows, and what was refunded stays so
				let quantities = [0, 0];
				const refunds = [0, 0];
				for (const state of all) {
					quantities = quantities.map((before, i) => before + state[i]!.quantity);
					const currents = quantities.map((quantity, i) => {
						refunds[i] = Math.min(quantity, (refunds[i] ?? 0) + state[i]!.refunded);
						return quantity - refunds[i];
					});
					const lines = quantities.map((quantity, i) => {
						const current = currents[i]!;
						const left = state[i]!.isTold ? Math.max(0, current - sent[i]!) : current;
						return { id: 11 + i, quantity, current, left };
					});
					const { error } = await run(shopify(lines), ANOTHER);
					if (error) throw error;
					const things = Object.values(parcels()).flat();
					currents.forEach((current, i) => {
						const now = things.filter((thing) => thing === 11 + i).length;
						// A refund that comes after the parcel calls nothing back
						expect(now).toBe(Math.max(sent[i]!, current));
						sent[i] = now;
					});
				}
			}),
			{ numRuns: 20 },
		);
	}, 60_000);
});
