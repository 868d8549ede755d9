/** Create, Quote and Buy Cheapest from a shop's order, in n8n's engine. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { codesNeeding } from '../../../lib/shops/needs';
import { REASONS } from '../../../lib/shops/ticket/reasons';
import { misfitsOf } from '../../../scripts/misfits';
import { bodiesTo, complaint, FORECAST, having, outputOf, paths, requestsTo } from '../../observed';
import {
	home,
	neutralEvent,
	neutralSummary as summary,
	neutralTicket,
	shirt,
} from '../../unit/shops/neutral';
import { useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

/** What a user fills in; the shop's order is left as the editor begins with it. */
const shop: INodeParameters = { specifyOrder: 'shop' };
const parcel: INodeParameters = { weightUnit: 'kg', boxLength: 30, boxWidth: 20, boxHeight: 10 };
const channel: INodeParameters = { product: { __rl: true, mode: 'code', value: 'UA' } };
const placing = { ...shop, ...channel, operation: 'create', waitForCompletion: false };
const create: INodeParameters = { ...placing, ...parcel };
const channels = ['UA', 'UW'];
const quote: INodeParameters = { ...shop, ...parcel, operation: 'quote', channels };
const buy: INodeParameters = { ...quote, operation: 'buyCheapest', waitForCompletion: false };

const run = async (parameters: INodeParameters, items: IDataObject[], more = {}) =>
	await bench.run('twOrder', parameters, items, more);
const pairs = ({ items }: Awaited<ReturnType<typeof run>>) =>
	items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
const made = () => Array.from(bench.sandbox.ledger().orders, ({ no }) => no).sort();
const weightless = { articles: [{ ...shirt, grams: null }] };
const order = (number: string, changes: object = {}) => neutralEvent({ number, ...changes });

it('creates the order of the item as it comes', async () => {
	const output = outputOf(await run(create, [neutralEvent()]));
	expect(output).toEqual([having({ outcome: 'accepted', no: '1001', shop: summary('1001') })]);
	expect(bodiesTo(bench.sandbox, FORECAST)).toEqual([{ tickets: [neutralTicket] }]);
	expect(misfitsOf('twOrder', 'create', output)).toEqual([]);
});

it('waits for the label, and adds what it needs to write to the customer', async () => {
	const [output] = outputOf(await run({ ...create, waitForCompletion: true }, [neutralEvent()]));
	expect(output).toMatchObject({
		outcome: 'completed',
		tracking_number: expect.any(String) as unknown,
		shop: { email: 'ada@example.com' },
	});
});

it('quotes it, each price with the order it is for', async () => {
	const output = outputOf(await run(quote, [order('1'), order('2')]));
	expect(output.map(({ no, channel, shop }) => [no, channel, shop])).toEqual([
		['1', 'UW', summary('1')],
		['1', 'UA', summary('1')],
		['2', 'UW', summary('2')],
		['2', 'UA', summary('2')],
	]);
	expect(misfitsOf('twOrder', 'quote', output)).toEqual([]);
	expect(made()).toEqual([]);
});

it('buys the cheapest for it', async () => {
	const output = outputOf(await run(buy, [neutralEvent()]));
	expect(output).toEqual([having({ no: '1001', channel: 'UW', shop: summary('1001') })]);
	expect(misfitsOf('twOrder', 'buyCheapest', output)).toEqual([]);
	expect(made()).toEqual(['1001']);
});

describe.each([
	['create', create],
	['quote', quote],
	['buyCheapest', buy],
] as const)('%s: an order that is not to be shipped', (operation, parameters) => {
	it('is skipped in the middle, and says why in its own place', async () => {
		const items = [order('1'), order('2', { state: 'cancelled' }), order('3')];
		const done = await run(parameters, items);
		const output = outputOf(done);
		expect(new Set(pairs(done))).toEqual(new Set([0, 1, 2]));
		expect(pairs(done)).toEqual(pairs(done).toSorted());
		expect(output.filter((_item, i) => pairs(done)[i] === 1)).toEqual([
			{
				outcome: 'skipped',
				no: '2',
				reason: 'Order 2 is not shipped: it was cancelled.',
				reason_code: 'cancelled',
				shop: summary('2'),
			},
		]);
		expect(output.flatMap((item) => misfitsOf('twOrder', operation, [item]))).toEqual([]);
		const sent = JSON.stringify(bench.sandbox.ledger().requests);
		expect(sent).toContain('Sampletown');
		expect(sent).not.toMatch(/"no\\?":\\?"2\\?"/);
		expect(made()).toEqual(operation === 'quote' ? [] : ['1', '3']);
	});

	it('alone needs no request at all', async () => {
		const output = outputOf(await run(parameters, [order('2', { test: true })]));
		expect(output).toEqual([having({ outcome: 'skipped', reason_code: 'test' })]);
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('fails where that is wanted, and does not hold up the others', async () => {
		const items = [order('1'), order('2', { state: 'cancelled' })];
		const failed = await run({ ...parameters, ifNotShipped: 'fail' }, items);
		const { message, description } = complaint(failed);
		expect(message).toBe('Order 2 is not shipped: it was cancelled [Item 1]');
		expect(description).toContain(
			"To leave such orders out instead, set 'If Not to Be Shipped' to Skip. Nothing was sent for this item.",
		);
		expect(made()).toEqual(operation === 'quote' ? [] : ['1']);
	});
});

/** What an order may lack, by its reason_code. */
const lacks: Array<[string, object]> = [
	['no_address', { ship_to: null }],
	['incomplete_address', { ship_to: { ...home, postcode: null } }],
	['no_number', { number: null }],
	['no_rate', { currency: 'EUR' }],
	['no_value', { articles: [{ ...shirt, value: null }] }],
	['no_weight', weightless],
	['unknown_contents', { articles: [] }],
	['unknown_left', { articles: [{ ...shirt, to_ship: null }] }],
	['unknown_pickup', { articles: [{ ...shirt, collected: null }] }],
];

it('is all that an order may lack, beside a quantity that fills no boxes', () => {
	const codes = lacks.map(([code]) => code);
	expect([...codes, 'odd_quantity'].sort()).toEqual(codesNeeding(REASONS, 'owner'));
});

describe.each([
	['create', create],
	['quote', quote],
	['buyCheapest', buy],
] as const)(
	'%s: an order that somebody waits for, and that lacks something',
	(operation, parameters) => {
		const sent = (...numbers: string[]) => (operation === 'quote' ? [] : numbers);
		const lacking = () => [order('1'), order('2', { ship_to: null }), order('3')];

		it('fails, and the others are sent', async () => {
			const { message, description } = complaint(await run(parameters, lacking()));
			expect(message).toBe('Order 2 is not shipped: it has no shipping address [Item 1]');
			expect(description).toContain('Nothing was sent for this item.');
			if (operation !== 'quote') expect(description).toContain('2 went through: 1, 3.');
			expect(made()).toEqual(sent('1', '3'));
		});

		it('goes to the error output, the others on', async () => {
			const done = await run(parameters, lacking(), { onError: 'continueErrorOutput' });
			expect(new Set(pairs(done))).toEqual(new Set([0, 2]));
			expect(done.outputs.at(-1)!.map(({ json }) => json['error'])).toEqual([
				'Order 2 is not shipped: it has no shipping address [Item 1]',
			]);
		});

		it('fails with all of its kind named', async () => {
			const items = [order('1'), order('2', { ship_to: null }), order('3', weightless)];
			const { description } = complaint(await run(parameters, items));
			expect(description).toContain(
				"Also failed: 'Shirt' in order 3 has no weight: Shopify gives none [Item 2].",
			);
			expect(made()).toEqual(sent('1'));
		});

		it.each(lacks)('%s is skipped where that is wanted, or left out', async (code, changes) => {
			const items = [order('1'), order('2', changes)];
			const output = outputOf(await run({ ...parameters, ifMissing: 'skip' }, items));
			const skipped = output.filter(({ outcome }) => outcome === 'skipped');
			expect(skipped).toEqual([
				having({ reason_code: code, reason: expect.any(String) as unknown }),
			]);
			expect(skipped.flatMap((item) => misfitsOf('twOrder', operation, [item]))).toEqual([]);
			expect(made()).toEqual(sent('1'));

			const without = await run({ ...parameters, ifMissing: 'leaveOut' }, items);
			expect(new Set(pairs(without))).toEqual(new Set([0]));
			const counted = operation === 'quote' ? [] : [expect.stringContaining('1 skipped')];
			expect(without.hints.map(({ message }) => message)).toEqual(counted);
		});

		it('does not send the others if a setting is wrong', async () => {
			const unit = '={{ $json.order.number === "3" ? "" : "kg" }}';
			const failed = await run({ ...parameters, weightUnit: unit }, lacking());
			expect(complaint(failed).description).toContain("'Weight Unit' is empty");
			expect(paths(bench.sandbox)).toEqual([]);
		});
	},
);

it('does not count what was skipped among what went through', async () => {
	bench.sandbox.fault({ kind: 'status', path: FORECAST, bodyIncludes: '"3"', status: 400 });
	const items = [order('1'), order('2', { pickup: true }), order('3')];
	const failed = await run({ ...create, options: { concurrency: 1 } }, items);
	expect(complaint(failed).description).toContain('Before that, 1 went through: 1.');
});

it('does not count what was left out after a look at the register either', async () => {
	bench.sandbox.fault({ kind: 'status', path: FORECAST, bodyIncludes: '"3"', status: 400 });
	const unknownLeft = order('2', { articles: [{ ...shirt, to_ship: null }] });
	for (const [no, parameters] of Object.entries({ C1: create, B1: buy })) {
		const items = [order(no), unknownLeft, order('3')];
		const options = { options: { concurrency: 1 } };
		const failed = await run({ ...parameters, ifMissing: 'leaveOut', ...options }, items);
		expect(complaint(failed).description).toContain(`Before that, 1 went through: ${no}.`);
	}
});

it('is shown by a dry run, and what is not to be shipped is skipped all the same', async () => {
	const items = [order('1'), order('2', { test: true })];
	const output = outputOf(await run({ ...create, options: { dryRun: true } }, items));
	expect(output).toEqual([
		having({ outcome: 'dry_run', no: '1', shop: summary('1') }),
		having({ outcome: 'skipped', reason_code: 'test' }),
	]);
	expect(JSON.stringify(output[0])).toContain('Sampletown');
	expect(paths(bench.sandbox)).toEqual([]);
});

it('lets Continue on Fail tell shipped, skipped and wrong apart', async () => {
	const items = [order('1'), order('2', { test: true }), order('3', weightless)];
	const output = outputOf(await run(create, items, { onError: 'continueRegularOutput' }));
	expect(output.map(({ outcome }) => outcome)).toEqual(['accepted', 'skipped', 'failed']);
	expect(output[2]!['error']).toBe("'Shirt' in order 3 has no weight: Shopify gives none [Item 2]");
	expect(made()).toEqual(['1']);
});

describe('the same order again', () => {
	it('in one run is made once, each with the event it came by', async () => {
		const again = { ...order('1'), event: 'order_changed' };
		const output = outputOf(await run(create, [order('1'), again]));
		expect(output.map(({ no, shop }) => [no, (shop as IDataObject)['event']])).toEqual([
			['1', 'order_paid'],
			['1', 'order_changed'],
		]);
		expect(made()).toEqual(['1']);
	});

	it('in another execution is made once', async () => {
		await run(create, [order('1')]);
		const output = outputOf(await run(create, [order('1')]));
		expect(output).toEqual([having({ no: '1', existing: true })]);
		expect(made()).toEqual(['1']);
	});

	it('with less to ship is the one that TW has', async () => {
		await run(create, [order('1')]);
		const less = order('1', { articles: [{ ...shirt, to_ship: 1 }] });
		expect(outputOf(await run(create, [less]))).toEqual([having({ no: '1', existing: true })]);
		expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(1);
	});
});

describe('the user says otherwise', () => {
	it('for each order by an expression, for all of them by a value', async () => {
		const postcode = '={{ $json.order.ship_to.postcode || "00000" }}';
		const override = { note: 'fragile', postcode };
		const options = { concurrency: 1 };
		const parameters = { ...create, orderNumberPrefix: 'S1-', override, options };
		await run(parameters, [order('1'), order('2', { ship_to: { ...home, postcode: null } })]);
		const ticket = (no: string, given: string) => ({
			tickets: [having({ no, note: 'fragile', consignee: having({ postcode: given }) })],
		});
		expect(bodiesTo(bench.sandbox, FORECAST)).toEqual([
			ticket('S1-1', '55000'),
			ticket('S1-2', '00000'),
		]);
	});

	it('with boxes of the user there is no weight unit and no size to fill in', async () => {
		const boxes = { item: [{ number: 2, weight: 5, length: 20, width: 20, height: 20 }] };
		const done = await run({ ...placing, packing: 'given', boxes }, [order('1')]);
		expect(outputOf(done)).toHaveLength(1);
		expect(bodiesTo(bench.sandbox, FORECAST)).toMatchObject([
			{ tickets: [{ boxes: [{ number: 2, weight: 5, declaredValue: 27.75 }] }] },
		]);
	});

	it('an order from elsewhere in the item, or as text', async () => {
		const elsewhere = { ...create, shopOrder: '={{ $json.kept }}' };
		const items = [{ kept: order('1') }, { kept: JSON.stringify(order('2')) }];
		expect(outputOf(await run(elsewhere, items)).map(({ no }) => no)).toEqual(['1', '2']);
	});
});

describe('sends nothing for', () => {
	const NOT_AN_ORDER = "'Shop Order' is no order that can be read";
	const product = { __rl: true, mode: 'code', value: '={{ "" }}' };
	it.each<[string, INodeParameters, IDataObject, string]>([
		['something else than an order', create, { hello: 1 }, NOT_AN_ORDER],
		[
			'a unit that is missing',
			{ ...create, weightUnit: '={{ "" }}' },
			neutralEvent(),
			"'Weight Unit' is empty",
		],
		['a channel that is missing', { ...create, product }, neutralEvent(), "'Channel' is empty"],
		[
			'an order in another currency',
			create,
			order('1', { currency: 'EUR' }),
			'priced in EUR, and your TW account is kept in USD',
		],
	])('%s', async (_what, parameters, item, message) => {
		expect(complaint(await run(parameters, [item])).message).toContain(message);
		expect(paths(bench.sandbox)).toEqual([]);
	});
});
