/** Quote and Buy Cheapest: prices side by side, and the choice that follows from them. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	bodiesTo,
	complaint,
	FORECAST,
	having,
	outputOf,
	requestsTo,
	saying,
} from '../../observed';
import { forecast } from '../../sandbox/client';
import { createParameters, useBench } from '../../support';

const TRIAL = '/api/v2/orderTrial';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ trialShape: 'list', channelShape: 'list' });
});

const form: INodeParameters = createParameters();
delete form['product'];
const quote = (overrides: INodeParameters) => ({ ...form, operation: 'quote', ...overrides });
const run = async (
	parameters: INodeParameters,
	items: IDataObject[] = [{ no: 'Q-1' }],
	more = {},
) => await bench.run('twOrder', parameters, items, more);
const buy = (overrides: INodeParameters): INodeParameters => ({
	...form,
	operation: 'buyCheapest',
	waitForCompletion: false,
	...overrides,
});

/** TW's answer for one channel, in a member whose meaning is documented. */
function priced(product: string, charge_amount: unknown, more: object = {}): void {
	bench.sandbox.fault({
		kind: 'rawBody',
		path: TRIAL,
		bodyIncludes: `"product":"${product}"`,
		body: JSON.stringify({ code: 200, message: 'OK', data: [{ charge_amount }] }),
		...more,
	});
}

describe.each(['list', 'map', 'fees'] as const)('a trial that answers with %s', (trialShape) => {
	beforeEach(() => bench.sandbox.set({ trialShape }));

	it('is sorted by price; what has no readable price comes last, with the raw answer', async () => {
		const channels = ['NOPRICE', 'U2', 'FAIL-6', 'UA', 'UW'];
		const output = outputOf(await run(quote({ channels })));
		expect(output.map(({ channel }) => channel)).toEqual(['UW', 'UA', 'U2', 'NOPRICE', 'FAIL-6']);
		const amounts = output.slice(0, 3).map(({ price }) => price as number);
		expect(amounts).toEqual([...amounts].sort((a, b) => a - b));
		for (const { price, price_text, price_source } of output.slice(0, 3)) {
			expect(Number(price_text)).toBe(price);
			expect(price_source).toBe(trialShape === 'fees' ? 'derived' : 'charge_amount');
		}
		const unread = { price: null, price_text: null, price_source: null };
		expect(output[3]).toMatchObject({ ...unread, refused: null });
		expect(JSON.stringify(output[3]?.['data'])).toMatch(/price on request|"charges":\[\]/);
		expect(output[4]).toMatchObject({ price: null, refused: 'trial calculation failed' });
	});

	it('asks for one ticket per request', async () => {
		await run(quote({ channels: ['UA', 'UW'] }), [{ no: 'Q-1' }, { no: 'Q-2' }]);
		const sent = bodiesTo(bench.sandbox, TRIAL) as Array<{
			tickets: Array<Record<string, string>>;
		}>;
		const tickets = sent.map((body) => body.tickets.map(({ no, product }) => `${no} ${product}`));
		expect(tickets.sort()).toEqual([['Q-1 UA'], ['Q-1 UW'], ['Q-2 UA'], ['Q-2 UW']]);
		expect(bench.sandbox.ledger().orders).toEqual([]);
	});

	it('Cheapest Only puts out the first, and stops at a price that can not be read', async () => {
		const cheapestOnly = quote({ cheapestOnly: true, channels: '={{ $json.channels }}' });
		const known = await run(cheapestOnly, [{ no: 'Q-1', channels: ['UA', 'UW'] }]);
		expect(outputOf(known)).toEqual([having({ no: 'Q-1', channel: 'UW' })]);

		const some = { no: 'Q-1', channels: ['UA', 'NOPRICE', 'UW'] };
		const unknown = await run(cheapestOnly, [some]);
		expect(complaint(unknown).message).toContain('no readable price for NOPRICE [Item 0]');
		expect(unknown.items).toEqual([]);
	});

	it('Cheapest Only leaves a channel aside that TW refuses for this order', async () => {
		const parameters = quote({ cheapestOnly: true, channels: ['FAIL-6', 'UA'] });
		const output = outputOf(await run(parameters));
		expect(output).toEqual([having({ channel: 'UA' })]);
	});
});

it('compares amounts as amounts, not as texts, and exactly', async () => {
	priced('UA', '100.10');
	priced('UW', 9.9);
	priced('U2', '9.90000000000000000001');
	priced('FH', '20');
	const parameters = quote({ channels: ['UA', 'U2', 'FH', 'UW'] });
	const output = outputOf(await run(parameters));
	expect(output.map(({ channel, price_text }) => [channel, price_text])).toEqual([
		['UW', '9.9'],
		['U2', '9.90000000000000000001'],
		['FH', '20'],
		['UA', '100.10'],
	]);
});

it.each(['about 9', '', null, {}, true, '1e3', 'NaN'])('takes %j for no price', async (amount) => {
	priced('UA', amount);
	const output = outputOf(await run(quote({ channels: ['UA'] })));
	expect(output).toEqual([having({ price: null, data: [{ charge_amount: amount }] })]);
});

it('compares all channels of the account if none is chosen', async () => {
	const output = outputOf(await run(quote({ channels: [] })));
	expect(output.map(({ channel }) => channel).sort()).toEqual(['FH', 'T86', 'U2', 'UA', 'UW']);
});

it('says so if TW lists no channel at all', async () => {
	bench.sandbox.fault({ kind: 'rawBody', path: 'getProduct', body: '{"code":200,"data":[]}' });
	const done = await run(quote({ channels: [] }));
	expect(complaint(done).message).toContain("'Channel Names or IDs' is empty");
	expect(requestsTo(bench.sandbox, TRIAL)).toEqual([]);
});

describe('an order in JSON', () => {
	const boxes = [{ number: 1, weight: 5, length: 20, width: 20, height: 20 }];
	const order = { no: 'Q-1', consignee: 'MSP1', boxes };
	const inJson = (more: INodeParameters = {}) => ({
		operation: 'quote',
		specifyOrder: 'json',
		orderJson: '={{ $json.order }}',
		...more,
	});

	it('is quoted for its own channel, unless others are chosen', async () => {
		const items = [{ order: { ...order, product: 'U2' } }];
		const own = outputOf(await run(inJson(), items));
		expect(own.map(({ channel }) => channel)).toEqual(['U2']);
		const chosen = outputOf(await run(inJson({ channels: ['UA'] }), items));
		expect(chosen.map(({ channel }) => channel)).toEqual(['UA']);
	});

	it.each([[{}], [['UA']], [true]])('is refused for a channel that is %j', async (product) => {
		for (const operation of ['quote', 'buyCheapest']) {
			const items = [{ order: { ...order, product } as IDataObject }];
			const done = await run(inJson({ operation }), items);
			expect(complaint(done).message).toBe(
				"'product' must be text: the code of a channel [Item 0]",
			);
			expect(bench.sandbox.ledger().requests).toEqual([]);
		}
	});
});

describe('Buy Cheapest', () => {
	const items = [{ no: 'B-1' }, { no: 'B-2' }];

	it('creates each order once, with the winner, and says what it was quoted for', async () => {
		const output = outputOf(await run(buy({ channels: ['UA', 'UW', 'U2'] }), items));
		const bought = { outcome: 'accepted', channel: 'UW', quoted_price: saying(/^\d+\.\d{2}$/) };
		expect(output).toEqual(items.map(({ no }) => having({ no, ...bought })));
		const { orders } = bench.sandbox.ledger();
		expect(orders.map(({ no, product }) => [no, product]).sort()).toEqual([
			['B-1', 'UW'],
			['B-2', 'UW'],
		]);
	});

	it('keeps its choice in a later try, even if prices have changed, and sends nothing twice', async () => {
		priced('UA', '5.00', { times: 2 });
		priced('UA', '50.00');
		priced('U2', '10.00');
		const second = { path: FORECAST, bodyIncludes: 'B-2', times: 1 };
		bench.sandbox.fault({ kind: 'status', status: 400, ...second });
		const parameters = buy({ channels: ['UA', 'U2'], options: { concurrency: 1 } });
		const twoTries = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const done = await run(parameters, items, twoTries);
		const output = outputOf(done);
		expect(output.map(({ no, channel, quoted_price }) => [no, channel, quoted_price])).toEqual([
			['B-1', 'UA', '5.00'],
			['B-2', 'UA', '5.00'],
		]);
		const { orders } = bench.sandbox.ledger();
		expect(orders.map(({ no, product }) => [no, product])).toEqual([
			['B-1', 'UA'],
			['B-2', 'UA'],
		]);
		expect(requestsTo(bench.sandbox, TRIAL)).toHaveLength(4);
		expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(3);
	});

	it('finds the order whose answer was lost, under the choice it was sent with', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
		const done = await run(buy({ channels: ['UA', 'UW'] }), [{ no: 'B-1' }]);
		expect(outputOf(done)).toEqual([having({ no: 'B-1', recovered: true, channel: 'UW' })]);
		expect(bench.sandbox.ledger().orders).toHaveLength(1);
	});

	it('buys nothing while one price can not be read, or no channel takes the order', async () => {
		const parameters = buy({ channels: '={{ $json.channels }}' });
		const unread = await run(parameters, [{ no: 'B-1', channels: ['UA', 'NOPRICE'] }]);
		expect(complaint(unread).message).toContain('NOPRICE');
		const refused = await run(parameters, [{ no: 'B-1', channels: ['FAIL-6', 'PIGEON'] }]);
		expect(complaint(refused).message).toContain('TW offers none of the channels');
		expect(complaint(refused).message).toContain('unknown product PIGEON');
		expect(requestsTo(bench.sandbox, FORECAST)).toEqual([]);
	});

	it('keeps the guarantees of Create: twins are sent once, the existing is found', async () => {
		await forecast(bench.sandbox, 'OLD', { product: 'UW' });
		const parameters = buy({ channels: ['UA', 'UW'], options: { checkExisting: true } });
		const twins = ['OLD', 'TWIN', 'TWIN'].map((no) => ({ no }));
		const done = await run(parameters, twins);
		expect(outputOf(done).map(({ no, existing }) => [no, existing ?? false])).toEqual([
			['OLD', true],
			['TWIN', false],
			['TWIN', false],
		]);
		expect(bench.sandbox.ledger().orders.map(({ no }) => no)).toEqual(['OLD', 'TWIN']);
	});
});
