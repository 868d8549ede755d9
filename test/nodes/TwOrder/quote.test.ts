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
		for (const name of ['price', 'price_text', 'price_source', 'refused']) {
			expect(output[3]).not.toHaveProperty(name);
		}
		expect(JSON.stringify(output[3]?.['data'])).toMatch(/price on request|"charges":\[\]/);
		expect(output[4]).toMatchObject({ refused: 'trial calculation failed' });
		expect(output[4]).not.toHaveProperty('price');
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
	expect(output).toEqual([having({ channel: 'UA', data: [{ charge_amount: amount }] })]);
	expect(output[0]).not.toHaveProperty('price');
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

/** TW's answers for one channel, one after the other; the last for good. */
function answering(product: string, ...answers: unknown[]): void {
	for (const [i, data] of answers.entries()) {
		bench.sandbox.fault({
			kind: 'rawBody',
			path: TRIAL,
			bodyIncludes: `"product":"${product}"`,
			body: JSON.stringify({ code: 200, message: 'OK', data }),
			...(i < answers.length - 1 && { times: 1 }),
		});
	}
}

describe('a price that is none', () => {
	const wanted = { channels: ['BAD', 'UA'] };

	it.each([
		[{ charge_amount: '0.00' }, "TW's price 0.00 is not more than 0"],
		[{ charge_amount: -5 }, "TW's price -5 is not more than 0"],
		[{ charge_amount: '1.00', status: -6 }, 'trial calculation failed'],
		[{ charge_amount: '0.00', status: '-6' }, 'trial calculation failed'],
		[{ charge_amount: '1.00', status: ' -4 ' }, 'insufficient balance'],
		[{ charge_amount: '1.00', status: '-77' }, 'state -77, not documented'],
		[{ status: -1, result: { charge_amount: '1.00' } }, 'abnormal error'],
		[{ charge_amount: '1.00', boxes: [{ errors: { weight: 'too heavy' } }] }, 'too heavy'],
		[{ charge_amount: '1.00', errors: ['no service'] }, 'no service'],
		[{ charge_amount: '1.00', errors: true }, 'true'],
		[{ charge_amount: '1.00', errors: [{}] }, '[{}]'],
		[{ charge_amount: '1.00', errors: 'Z1', status: 10 }, 'Z1'],
		[{ no: 'ANOTHER', charge_amount: '1.00' }, 'answered about order ANOTHER'],
		[{ discounts: [{ amount: -9 }], charges: [{ amount: 8 }] }, "TW's price -1 is not more"],
	])('%j is never chosen, and the user sees why', async (data, reason) => {
		answering('BAD', [data]);
		answering('UA', [{ charge_amount: '9.00', status: '10', errors: [] }]);
		const both = outputOf(await run(quote(wanted)));
		expect(both.map(({ channel }) => channel)).toEqual(['UA', 'BAD']);
		expect(both[1]).toMatchObject({ refused: saying(reason), data: [data] });
		expect(both[0]).toMatchObject({ price_text: '9.00' });
		expect(both[0]).not.toHaveProperty('refused');

		const left_out = [{ channel: 'BAD', reason: saying(reason) }];
		const [first] = outputOf(await run(quote({ ...wanted, cheapestOnly: true })));
		expect(first).toMatchObject({ channel: 'UA', left_out });
		const [bought] = outputOf(await run(buy(wanted)));
		expect(bought).toMatchObject({ channel: 'UA', quoted_price: '9.00', left_out });
		expect(bench.sandbox.ledger().orders.map(({ product }) => product)).toEqual(['UA']);
	});

	it('beside errors is none', async () => {
		const data = [{ charge_amount: '1.00' }];
		const body = JSON.stringify({
			code: 200,
			message: 'OK',
			data,
			errors: { BAD: ['no service'] },
		});
		const bodyIncludes = '"product":"BAD"';
		bench.sandbox.fault({ kind: 'rawBody', path: TRIAL, bodyIncludes, body });
		answering('UA', [{ charge_amount: '9.00' }]);
		const [bought] = outputOf(await run(buy(wanted)));
		const left_out = [{ channel: 'BAD', reason: saying('BAD: no service') }];
		expect(bought).toMatchObject({ channel: 'UA', quoted_price: '9.00', left_out });
	});

	it.each(['0.00', '-5.00'])('%s is put out as what TW said', async (said) => {
		answering('UA', [{ charge_amount: said }]);
		const [output] = outputOf(await run(quote({ channels: ['UA'] })));
		expect(output).toMatchObject({ price: Number(said), price_text: said });
	});

	it('is bought of no channel if there is no other', async () => {
		answering('BAD', [{ charge_amount: '0.00' }]);
		const done = await run(buy({ channels: ['BAD', 'FAIL-6'] }));
		expect(complaint(done).message).toContain("BAD: TW's price 0.00 is not more than 0");
		expect(bench.sandbox.ledger().orders).toEqual([]);
	});

	it.each([[[]], [{}], [null], [''], [0], [false]])(
		'is not meant by errors %j of a good one',
		async (errors) => {
			answering('UA', [{ charge_amount: '9.00', errors, status: null }]);
			const [output] = outputOf(await run(quote({ channels: ['UA'] })));
			expect(output).toMatchObject({ price: 9 });
			expect(output).not.toHaveProperty('refused');
		},
	);
});

describe('a trial that still runs', () => {
	it('is asked for again until it has a price', async () => {
		const running = [{ no: 'Q-1', status: '6', charge_amount: '0.00' }];
		answering('U2', running, [{ status: 2 }], [{ charge_amount: '4.00', status: 7 }]);
		answering('UA', [{ charge_amount: '9.00' }]);
		const [bought] = outputOf(await run(buy({ channels: ['UA', 'U2'] })));
		expect(bought).toMatchObject({ channel: 'U2', quoted_price: '4.00', left_out: [] });
		expect(requestsTo(bench.sandbox, TRIAL)).toHaveLength(4);
	});

	it('is left out with the reason if it does not end in time', async () => {
		answering('U2', [{ status: 6 }]);
		answering('UA', [{ charge_amount: '9.00' }]);
		const parameters = buy({ channels: ['UA', 'U2'], options: { timeout: 2 } });
		const [bought] = outputOf(await run(parameters));
		const left_out = [{ channel: 'U2', reason: saying('in trial calculation') }];
		expect(bought).toMatchObject({ channel: 'UA', left_out });
		expect(requestsTo(bench.sandbox, TRIAL).length).toBeGreaterThan(2);
	});
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
