/** Outputs of several items for one: documents, fee lines; and the fields a user adds to a request. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { readBinary } from '../engine/harness';
import { bodiesTo, complaint, EVENT, FORECAST, LABEL, outputOf, paths } from '../observed';
import { callTw, type Details, type Fees, forecast, ticket } from '../sandbox/client';
import { createParameters, useBench } from '../support';

const bench = useBench();
beforeEach(() => {
	bench.sandbox.reset();
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

	it('are one item per order, one file per document, paired with the item that asked', async () => {
		const run = await bench.run('twLabel', { operation: 'download', no: '={{ $json.no }}' }, items);
		expect(outputOf(run)).toEqual(['A', 'C', 'B', 'C', 'A'].map((no) => ({ no, documents: 2 })));
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(pairs);
		for (const item of run.items) {
			const { children } = await infoOf(item.json['no'] as string);
			const names = Object.keys(item.binary ?? {});
			expect(names).toEqual(['data', 'data_2']);
			for (const [i, name] of names.entries()) {
				const file = await readBinary(item, name);
				const { tracking_number } = children[i]!;
				const direct = await fetch(`${bench.sandbox.labelUrl}/labels/box/${tracking_number}.pdf`);
				expect(file.length).toBe((await direct.arrayBuffer()).byteLength);
			}
		}
	});

	it('are one item per order with all of their addresses', async () => {
		const run = await bench.run('twLabel', { operation: 'getUrl', no: '={{ $json.no }}' }, items);
		const output = outputOf(run);
		expect(output.map(({ no }) => no)).toEqual(['A', 'C', 'B', 'C', 'A']);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(pairs);
		for (const { no, url, urls, inline } of output) {
			const { children } = await infoOf(no as string);
			const expected = children.map(
				({ tracking_number }) => `${bench.sandbox.labelUrl}/labels/box/${tracking_number}.pdf`,
			);
			expect({ url, urls, inline }).toEqual({ url: expected[0], urls: expected, inline: 0 });
		}
		expect(bench.sandbox.ledger().labelDownloads).toEqual([]);
	});

	it('Get URL says that TW sent the document itself', async () => {
		bench.sandbox.set({ labelShape: 'base64' });
		const run = await bench.run('twLabel', { operation: 'getUrl', no: 'A' }, [{}]);
		expect(outputOf(run)).toEqual([{ no: 'A', url: null, urls: [], inline: 1 }]);
	});

	it('one order without a label fails its item alone', async () => {
		const run = await bench.run(
			'twLabel',
			{ operation: 'download', no: '={{ $json.no }}' },
			[{ no: 'A' }, { no: 'A, NONE' }, { no: 'B' }],
			{ onError: 'continueRegularOutput' },
		);
		expect(outputOf(run).map(({ no, error }) => no ?? (error as string).slice(-8))).toEqual([
			'A',
			'[Item 1]',
			'B',
		]);
	});
});

describe('fees', () => {
	beforeEach(async () => {
		await forecast(bench.sandbox, 'A', { consignee: { city: 'Sampletown' } });
	});

	it('are one item per charge and discount, with the box each is for', async () => {
		const { tracking_number, children } = await infoOf('A');
		const { charges, discounts } = (
			await callTw<Fees>(bench.sandbox, 'orderFee', { tracking_number })
		).body.data;
		const parameters = { operation: 'getFee', tracking_number, split: true };
		const run = await bench.run('twOrder', parameters, [{}, {}]);
		const lines = [
			...children.flatMap(({ tracking_number: box }) =>
				(charges[box] ?? []).map((line) => ({
					tracking_number,
					box_tracking_number: box,
					kind: 'charge',
					...line,
					currency: 'USD',
				})),
			),
			...discounts.map((line) => ({
				tracking_number,
				box_tracking_number: null,
				kind: 'discount',
				...line,
				currency: 'USD',
			})),
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
		[
			'more digits than a double has',
			{ charges: { T: ['90071992547409.93', '0.01'] } },
			'90071992547409.94',
		],
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
					: Object.fromEntries(
							Object.entries(charges as IDataObject).map(([box, amounts]) => [
								box,
								(amounts as unknown[]).map(line),
							]),
						),
				discounts: (discounts as unknown[]).map(line),
				...more,
			};
			bench.sandbox.fault({
				kind: 'rawBody',
				path: 'orderFee',
				body: JSON.stringify({ code: 200, data }),
			});
			const run = await bench.run('twOrder', { operation: 'getFee', tracking_number: 'T' }, [{}]);
			expect(outputOf(run)).toEqual([
				expect.objectContaining({
					total,
					total_number: total === null ? null : Number(total),
					total_is_derived: true,
				}),
			]);
		},
	);
});

describe('Additional Fields (JSON)', () => {
	const create = (overrides: INodeParameters = {}) =>
		createParameters({ waitForCompletion: false, ...overrides });
	const extra = '={{ $json.extra }}';

	it.each([
		['fields', create({ options: { extraFields: extra } })],
		[
			'JSON',
			{
				...create({ options: { extraFields: extra } }),
				specifyOrder: 'json',
				orderJson: JSON.stringify(ticket('A')),
			},
		],
	])(
		'join an order given by %s, in the place of members of the same name',
		async (_how, parameters) => {
			const added = { note: 'fragile', customs: { code: '8471' } };
			const run = await bench.run('twOrder', parameters, [{ no: 'A', extra: added }]);
			expect(outputOf(run)).toHaveLength(1);
			const [sent] = bodiesTo(bench.sandbox, FORECAST) as Array<{ tickets: unknown[] }>;
			expect(sent?.tickets[0]).toMatchObject({ no: 'A', ...added });
		},
	);

	it.each<[unknown, string]>([
		[{ boxes: [] }, "'Boxes' must have at least one box"],
		[{ boxes: [{ number: 1, weight: 'much' }] }, "'Weight' of Box 1 must be a number"],
		[{ no: '' }, "'Order Number' is empty"],
		[{ consignee: null }, "'Consignee' is empty"],
		['{"note": ', "'Additional Fields (JSON)' is not valid JSON"],
		[['note'], "'Additional Fields (JSON)' must be an object"],
		['"note"', "'Additional Fields (JSON)' must be an object"],
	])('are checked as part of the order: %j', async (added, problem) => {
		const parameters = create({ options: { extraFields: extra } });
		const run = await bench.run('twOrder', parameters, [{ no: 'A', extra: added as IDataObject }]);
		expect(complaint(run).message).toContain(problem);
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('count when two items have the same number: the same once, different refused', async () => {
		const parameters = create({ options: { extraFields: extra } });
		const twins = await bench.run('twOrder', parameters, [
			{ no: 'A', extra: { no: 'TWIN' } },
			{ no: 'B', extra: { no: 'TWIN' } },
		]);
		expect(outputOf(twins).map(({ no }) => no)).toEqual(['TWIN', 'TWIN']);
		expect(bench.sandbox.ledger().orders.map(({ no }) => no)).toEqual(['TWIN']);
		bench.sandbox.reset();

		const clash = await bench.run('twOrder', parameters, [
			{ no: 'A', extra: { note: '1' } },
			{ no: 'A', extra: { note: '2' } },
		]);
		expect(complaint(clash).message).toContain('is also used by item 1, with different contents');
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('join an event as well, and are checked with it', async () => {
		const parameters = {
			operation: 'order_ship',
			specifyBody: 'fields',
			order_id: 'O-1',
			session_id: 's-1',
			terminal_ip: '210.20.10.33',
			options: { extraFields: extra },
		};
		await bench.run('tdOrderEvent', parameters, [{ extra: { logistics: { vessel: 'Ø' } } }]);
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([
			expect.objectContaining({ logistics: { vessel: 'Ø' } }),
		]);
		const bad = await bench.run('tdOrderEvent', parameters, [
			{ extra: { logistics: { cost: { amount_local: 1 } } } },
		]);
		expect(complaint(bad).message).toContain("'Currency' of Shipping Cost is empty");
		const other = await bench.run('tdOrderEvent', parameters, [{ extra: { event_type: 'x' } }]);
		expect(complaint(other).message).toContain("'event_type' is 'x'");
	});

	it('go along when labels of several orders are asked for', async () => {
		await forecast(bench.sandbox, 'A');
		await forecast(bench.sandbox, 'B');
		const parameters = {
			operation: 'getUrl',
			no: 'A,B',
			options: { extraFields: '{"format":"zpl"}' },
		};
		await bench.run('twLabel', parameters, [{}]);
		expect(bodiesTo(bench.sandbox, LABEL)).toEqual([
			{ no: 'A', format: 'zpl' },
			{ no: 'B', format: 'zpl' },
		]);
	});
});
