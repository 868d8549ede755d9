/** Outputs of several items for one: documents, fee lines; and the fields a user adds to a request. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { readBinary } from '../engine/harness';
import { bodiesTo, complaint, EVENT, FORECAST, LABEL, outputOf, paths } from '../observed';
import { callTw, type Details, type Fees, forecast, ticket } from '../sandbox/client';
import { createParameters, useBench } from '../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ labelShape: 'url', labelFormat: 'pdf' });
});

const infoOf = async (no: string) =>
	(await callTw<Details>(bench.sandbox, 'orderInfo', { no })).body.data;

describe('labels of several orders with several documents', () => {
	beforeEach(async () => {
		bench.sandbox.set({ labelShape: 'perBox' });
		for (const no of ['A', 'B', 'C']) await forecast(bench.sandbox, no);
	});
	const items = [{ no: 'A, C' }, { no: ['B'] }, { no: 'C\nA' }];
	const pairs = [0, 0, 1, 2, 2].map((item) => ({ item }));
	const labels = async (operation: 'download' | 'getUrl', of: IDataObject[], more = {}) =>
		await bench.run('twLabel', { operation, no: '={{ $json.no }}' }, of, more);
	const addressOf = ({ tracking_number }: Details['children'][number]) =>
		`${bench.sandbox.labelUrl}/labels/box/${tracking_number}.pdf`;

	it('are one item per order, one file per document, paired with the item that asked', async () => {
		const run = await labels('download', items);
		expect(outputOf(run)).toEqual(['A', 'C', 'B', 'C', 'A'].map((no) => ({ no, documents: 2 })));
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(pairs);
		for (const item of run.items) {
			const { children } = await infoOf(item.json['no'] as string);
			const names = Object.keys(item.binary ?? {});
			expect(names).toEqual(['data', 'data_2']);
			for (const [i, name] of names.entries()) {
				const file = await readBinary(item, name);
				const direct = await fetch(addressOf(children[i]!));
				expect(file.length).toBe((await direct.arrayBuffer()).byteLength);
			}
		}
	});

	it('are one item per order with all of their addresses', async () => {
		const run = await labels('getUrl', items);
		const output = outputOf(run);
		expect(output.map(({ no }) => no)).toEqual(['A', 'C', 'B', 'C', 'A']);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(pairs);
		for (const { no, url, urls, inline } of output) {
			const { children } = await infoOf(no as string);
			const expected = children.map(addressOf);
			expect({ url, urls, inline }).toEqual({ url: expected[0], urls: expected, inline: 0 });
		}
		expect(bench.sandbox.ledger().labelDownloads).toEqual([]);
	});

	it('Get URL says that TW sent the document itself', async () => {
		bench.sandbox.set({ labelShape: 'base64' });
		const run = await labels('getUrl', [{ no: 'A' }]);
		expect(outputOf(run)).toEqual([{ no: 'A', urls: [], inline: 1 }]);
	});

	it('one order without a label fails its item alone', async () => {
		const some = [{ no: 'A' }, { no: 'A, NONE' }, { no: 'B' }];
		const run = await labels('download', some, { onError: 'continueRegularOutput' });
		const told = outputOf(run).map(({ no, error }) => no ?? (error as string).slice(-8));
		expect(told).toEqual(['A', '[Item 1]', 'B']);
	});
});

describe('fees', () => {
	const LONG = '90071992547409.93';
	beforeEach(async () => {
		await forecast(bench.sandbox, 'A', { consignee: { city: 'Sampletown' } });
	});

	it('are one item per charge and discount, with the box each is for', async () => {
		const { tracking_number, children } = await infoOf('A');
		const fees = await callTw<Fees>(bench.sandbox, 'orderFee', { tracking_number });
		const { charges, discounts } = fees.body.data;
		const parameters = { operation: 'getFee', tracking_number, split: true };
		const run = await bench.run('twOrder', parameters, [{}, {}]);
		const lineOf = (kind: string, box?: string) => (line: object) => ({
			...{ tracking_number, kind, ...line, currency: 'USD' },
			...(box === undefined ? {} : { box_tracking_number: box }),
		});
		const lines = [
			...children.flatMap(({ tracking_number: box }) =>
				(charges[box] ?? []).map(lineOf('charge', box)),
			),
			...discounts.map(lineOf('discount')),
		];
		expect(lines.length).toBe(7);
		expect(outputOf(run)).toEqual([...lines, ...lines]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([
			...lines.map(() => ({ item: 0 })),
			...lines.map(() => ({ item: 1 })),
		]);
	});

	it.each<[string, IDataObject, string | null]>([
		['numbers no double adds up', { charges: { T: [0.1, 0.2] } }, '0.3'],
		['texts', { charges: { T: ['10.10'] }, discounts: ['-0.10'] }, '10.00'],
		['more digits than a double has', { charges: { T: [LONG, '0.01'] } }, '90071992547409.94'],
		['a surcharge', { charges: { T: [1] }, additionally_amount: '0.25' }, '1.25'],
		['nothing charged', { charges: [] }, null],
		['an amount that is none', { charges: { T: ['about 5'] } }, null],
	])(
		'are added up exactly: %s',
		async (_what, { charges = {}, discounts = [], ...more }: IDataObject, total) => {
			const line = (amount: unknown) => ({ name: 'Fee', amount, note: '' });
			const data = {
				charges: Array.isArray(charges)
					? charges
					: { T: (charges as { T: unknown[] }).T.map(line) },
				discounts: (discounts as unknown[]).map(line),
				...more,
			};
			const body = JSON.stringify({ code: 200, data });
			bench.sandbox.fault({ kind: 'rawBody', path: 'orderFee', body });
			const run = await bench.run('twOrder', { operation: 'getFee', tracking_number: 'T' }, [{}]);
			const [item] = outputOf(run);
			expect(item).toMatchObject({ total_is_derived: true });
			expect([item?.['total'], item?.['total_number']]).toEqual(
				total === null ? [undefined, undefined] : [total, Number(total)],
			);
		},
	);
});

describe('members that nobody needs', () => {
	const line = (more: object = {}) => ({ name: 'Fee', amount: 5, note: '', ...more });
	const charges = { T: [line()] };
	const answer = (path: string, data: unknown) =>
		bench.sandbox.fault({ kind: 'rawBody', path, body: JSON.stringify({ code: 200, data }) });
	const fee = async (more: INodeParameters = {}) =>
		await bench.run('twOrder', { operation: 'getFee', tracking_number: 'T', ...more }, [{}]);

	it.each<[string, object, string | null]>([
		['no discounts, in any form', { charges, discounts: {} }, '5'],
		['null', { charges: { T: [line()], B: null }, discounts: null }, '5'],
		[
			'names and notes of other types',
			{ charges: { T: [line({ name: 7, note: {} })] }, discounts: [] },
			'5',
		],
		['one line without a list', { charges: { T: line() }, discounts: line({ amount: '-1' }) }, '4'],
		['lists with gaps', { charges: { T: { 1: line(), 3: line() } }, discounts: [] }, '10'],
		['a rate that is none', { charges, discounts: [], additionally_proportion: {} }, '5'],
		['no surcharge', { charges, discounts: [], additionally_amount: [] }, '5'],
		[
			'a surcharge that can not be read',
			{ charges, discounts: [], additionally_amount: 'n/a' },
			null,
		],
		['a surcharge in an object', { charges, discounts: [], additionally_amount: { usd: 1 } }, null],
		['no word of discounts', { charges }, null],
		['a discount that can not be read', { charges, discounts: ['-1.00 for you'] }, null],
		['a line that can not be read', { charges: { T: [line(), 'more'] }, discounts: [] }, null],
		[
			'an amount in an object',
			{ charges: { T: [line({ amount: { usd: 1 } })] }, discounts: [] },
			null,
		],
	])('never spoil fees: %s', async (_what, data, total) => {
		answer('orderFee', data);
		// All that TW gives is passed on, and a total is never that of a part
		const given = Object.entries({ ...data, total }).filter(([, value]) => value !== null);
		const [item] = outputOf(await fee());
		expect(item).toMatchObject(Object.fromEntries(given));
		if (total === null) expect(item).not.toHaveProperty('total');
		for (const line of outputOf(await fee({ split: true }))) expect(line).toHaveProperty('kind');
	});

	it('never spoil the lines of an invoice', async () => {
		const data = [{ id: null, no: 5, value: {}, fee_name: [] }, { value: '-0.50' }] as const;
		answer('getBillInfo', { current_page: 1, last_page: 1, per_page: {}, total: null, data });
		const run = await bench.run('twInvoice', { operation: 'getLines', bill_id: 3 }, [{}]);
		const [{ no, value, fee_name }, good] = data;
		const odd = { no, value, fee_name };
		expect(outputOf(run)).toEqual([
			{ ...odd, currency: 'USD' },
			{ ...good, value_number: -0.5, currency: 'USD' },
		]);
	});

	it('never spoil an invoice or a balance', async () => {
		const bill = { id: '7', bill_at: 5, bill_price: {}, balance_after: '1.50', status: [] };
		answer('getBill', { data: [bill] });
		const many = await bench.run('twInvoice', { operation: 'getAll', simplify: false }, [{}]);
		expect(outputOf(many)).toEqual([
			expect.objectContaining({ ...bill, balance_after_number: 1.5 }),
		]);
		const balance = { balance: false, available_balance: [], amount: '7.5', currency: 3 };
		answer('getBalance', balance);
		const run = await bench.run('twBalance', { operation: 'get' }, [{}]);
		expect(outputOf(run)).toEqual([
			{ ...balance, balance: '7.5', balance_number: 7.5, currency: 'USD' },
		]);
	});

	it('never spoil a label or a bag', async () => {
		const url = 'https://labels.example.com/1.pdf';
		answer('orderLabel', { no: 5, label: [null, 7, { path: url, size: {} }], pages: true });
		const label = await bench.run('twLabel', { operation: 'getUrl' }, [{ no: 'A' }]);
		expect(outputOf(label)).toEqual([{ no: 'A', url, urls: [url], inline: 0 }]);
		const bag = { bag_no: 'B', status: 1, orders: {}, reviewed_at: 0 };
		answer('bagInfo', bag);
		const run = await bench.run('twBag', { operation: 'get', bag_no: 'B' }, [{}]);
		expect(outputOf(run)).toEqual([bag]);
	});

	it("do not hide a bag: TW's number for it may be a number", async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: 'bagCreate', times: 1 });
		answer('bagInfo', { bag_no: 123 });
		const parameters = { operation: 'create', bag_no: '123', nos: 'A' };
		const run = await bench.run('twBag', parameters, [{}]);
		expect(outputOf(run)).toEqual([expect.objectContaining({ bag_no: '123', recovered: true })]);
	});
});

describe('Additional Fields (JSON)', () => {
	const options = { extraFields: '={{ $json.extra }}' };
	const parameters = createParameters({ waitForCompletion: false, options });
	const inJson = { specifyOrder: 'json', orderJson: JSON.stringify(ticket('A')) };

	it.each([
		['fields', parameters],
		['JSON', { ...parameters, ...inJson }],
	])('join an order given by %s, in the place of members of the same name', async (_how, form) => {
		const added = { note: 'fragile', customs: { code: '8471' } };
		const run = await bench.run('twOrder', form, [{ no: 'A', extra: added }]);
		expect(outputOf(run)).toHaveLength(1);
		const [sent] = bodiesTo(bench.sandbox, FORECAST) as Array<{ tickets: unknown[] }>;
		expect(sent?.tickets[0]).toMatchObject({ no: 'A', ...added });
	});

	it.each<[unknown, string]>([
		[{ boxes: [] }, "'Boxes' must have at least one box"],
		[{ boxes: [{ number: 1, weight: 'much' }] }, "'Weight' of Box 1 must be a number"],
		[{ no: '' }, "'Order Number' is empty"],
		[{ consignee: null }, "'Recipient' is empty"],
		['{"note": ', "'Additional Fields (JSON)' is not valid JSON"],
		[['note'], "'Additional Fields (JSON)' must be an object"],
		['"note"', "'Additional Fields (JSON)' must be an object"],
	])('are checked as part of the order: %j', async (added, problem) => {
		const run = await bench.run('twOrder', parameters, [{ no: 'A', extra: added as IDataObject }]);
		expect(complaint(run).message).toContain(problem);
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('count when two items have the same number: the same once, different refused', async () => {
		const twins = await bench.run('twOrder', parameters, [
			{ no: 'A', extra: { no: 'TWIN' } },
			{ no: 'B', extra: { no: 'TWIN' } },
		]);
		expect(outputOf(twins).map(({ no }) => no)).toEqual(['TWIN', 'TWIN']);
		expect(bench.sandbox.ledger().orders.map(({ no }) => no)).toEqual(['TWIN']);
		await bench.sandbox.reset();

		const clash = await bench.run('twOrder', parameters, [
			{ no: 'A', extra: { note: '1' } },
			{ no: 'A', extra: { note: '2' } },
		]);
		expect(complaint(clash).message).toContain('is also used by item 1, with different contents');
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('join an event as well, and are checked with it', async () => {
		const ids = { order_id: 'O-1', session_id: 's-1', terminal_ip: '210.20.10.33' };
		const event = { operation: 'order_ship', specifyBody: 'fields', ...ids, options };
		const send = async (extra: IDataObject) => await bench.run('tdOrderEvent', event, [{ extra }]);
		await send({ logistics: { vessel: 'Ø' } });
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([
			expect.objectContaining({ logistics: { vessel: 'Ø' } }),
		]);
		const bad = await send({ logistics: { cost: { amount_local: 1 } } });
		expect(complaint(bad).message).toContain("'Currency' of Shipping Cost is empty");
		const other = await send({ event_type: 'x' });
		expect(complaint(other).message).toContain("'event_type' is 'x'");
	});

	it('go along when labels of several orders are asked for', async () => {
		await forecast(bench.sandbox, 'A');
		await forecast(bench.sandbox, 'B');
		const zpl = { extraFields: '{"format":"zpl"}' };
		await bench.run('twLabel', { operation: 'getUrl', no: 'A,B', options: zpl }, [{}]);
		expect(bodiesTo(bench.sandbox, LABEL)).toEqual([
			{ no: 'A', format: 'zpl' },
			{ no: 'B', format: 'zpl' },
		]);
	});
});
