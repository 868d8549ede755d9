/** Outputs of several items for one: documents, fee lines; and the fields a user adds to a request. */
import type { IDataObject } from 'n8n-workflow';
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
		expect(outputOf(run)).toEqual([{ no: 'A', url: null, urls: [], inline: 1 }]);
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
		const lineOf = (kind: string, box_tracking_number: string | null) => (line: object) => ({
			...{ tracking_number, box_tracking_number, kind, ...line, currency: 'USD' },
		});
		const lines = [
			...children.flatMap(({ tracking_number: box }) =>
				(charges[box] ?? []).map(lineOf('charge', box)),
			),
			...discounts.map(lineOf('discount', null)),
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
			const total_number = total === null ? null : Number(total);
			expect(outputOf(run)).toEqual([
				expect.objectContaining({ total, total_number, total_is_derived: true }),
			]);
		},
	);
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
		[{ consignee: null }, "'Consignee' is empty"],
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
