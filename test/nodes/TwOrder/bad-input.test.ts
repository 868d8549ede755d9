/** An order that can't be made is refused before anything is sent, by item and field. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { complaint, having, outputOf, paths } from '../../observed';
import { createParameters, useBench, withCredential } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const cube = { length: 20, width: 20, height: 20 };
const boxWith = (box: INodeParameters): INodeParameters => ({
	boxes: { item: [{ number: 1, weight: 5, ...cube, ...box }] },
});
const inFields = (overrides: INodeParameters = {}) =>
	createParameters({ waitForCompletion: false, ...overrides });
const inJson = { operation: 'create', waitForCompletion: false, specifyOrder: 'json' };
const good = { no: 'GOOD-1', weight: 5 };

/** A good item stands before the bad one: the message must name item 1, and the good one stay. */
async function refusalOf(parameters: INodeParameters, bad: IDataObject): Promise<string> {
	const run = await bench.run('twOrder', parameters, [good, bad]);
	expect(run.error).toBeInstanceOf(NodeOperationError);
	expect((run.error as NodeOperationError).context['itemIndex']).toBe(1);
	expect(run.items).toEqual([]);
	expect(complaint(run).description).toContain('Nothing was sent');
	expect(paths(bench.sandbox)).toEqual([]);
	return complaint(run).message;
}

describe('in fields', () => {
	it('refuses an order number that is blank', async () => {
		expect(await refusalOf(inFields(), { no: '  ' })).toBe(
			"'Order Number' is empty: its expression gives nothing for this item [Item 1]",
		);
	});

	it.each([
		['zero', 0, 'must be greater than 0'],
		['a number with a unit', '5 kg', 'must be a number'],
		['missing', undefined, 'is empty: its expression gives nothing for this item'],
		['the result of a failed calculation', Number.NaN, 'must be a number'],
	])('refuses a weight that is %s', async (_how, weight, problem) => {
		const parameters = inFields(boxWith({ weight: '={{ $json.weight }}' }));
		const message = await refusalOf(parameters, { no: 'BAD-1', weight });
		expect(message).toBe(`'Weight' of Box 1 ${problem} [Item 1]`);
	});

	it.each([
		['number', 'Boxes Like This', 0, 'must be greater than 0'],
		['number', 'Boxes Like This', 1.5, 'must be a whole number'],
		['length', 'Length', -2, 'must be greater than 0'],
		['declaredValue', 'Declared Value', -1, 'must be at least 0'],
	])('names the field %s as the editor does: %s (%d)', async (member, label, value, problem) => {
		const parameters = inFields(boxWith({ [member]: `={{ $json.value ?? 1 }}` }));
		const message = await refusalOf(parameters, { no: 'BAD-1', value });
		expect(message).toBe(`'${label}' of Box 1 ${problem} [Item 1]`);
	});

	it('names the box, counted as a person counts', async () => {
		const item = [1, '={{ $json.weight }}'].map((weight) => ({ number: 1, ...cube, weight }));
		const parameters = inFields({ boxes: { item } });
		expect(await refusalOf(parameters, { no: 'BAD-1', weight: 0 })).toBe(
			"'Weight' of Box 2 must be greater than 0 [Item 1]",
		);
	});

	it('refuses an order without a box', async () => {
		const parameters = inFields({ boxes_by: 'json', boxes_json: '={{ $json.boxes }}' });
		const boxes = [{ number: 1, weight: 1, length: 1, width: 1, height: 1 }];
		const run = await bench.run('twOrder', parameters, [{ no: 'GOOD-1', boxes }]);
		expect(run.error).toBeUndefined();
		await bench.sandbox.reset();

		for (const none of [[], undefined, '']) {
			const items = [
				{ no: 'GOOD-2', boxes },
				{ no: 'BAD-1', boxes: none },
			];
			const refused = await bench.run('twOrder', parameters, items);
			expect(complaint(refused).message).toBe("'Boxes' must have at least one box [Item 1]");
			expect(paths(bench.sandbox)).toEqual([]);
		}
	});

	it('refuses an empty channel', async () => {
		const product = { __rl: true, mode: 'code', value: '={{ $json.product }}' };
		const run = await bench.run('twOrder', inFields({ product }), [{ no: 'A', product: '' }]);
		expect(complaint(run).message).toBe(
			"'Channel' is empty: its expression gives nothing for this item [Item 0]",
		);
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('tells all that is wrong with an item at once', async () => {
		const parameters = inFields(boxWith({ weight: '={{ $json.weight }}' }));
		const run = await bench.run('twOrder', parameters, [{ no: '', weight: 0 }]);
		expect(complaint(run).message).toBe(
			"'Order Number' is empty: its expression gives nothing for this item [Item 0]",
		);
		expect(complaint(run).description).toContain("Also: 'Weight' of Box 1 must be greater than 0.");
	});

	describe('a consignee chosen by an expression', () => {
		const byExpression = inFields({
			consignee_by: '={{ $json.by ?? "warehouse" }}',
			consignee_warehouse: '={{ $json.warehouse ?? "" }}',
			consignee_countryCode: '={{ $json.country ?? "" }}',
			consignee_city: '={{ $json.city ?? "" }}',
			consignee_postcode: '={{ $json.city ? "55000" : "" }}',
			consignee_address: '={{ $json.city ? "1 Street" : "" }}',
			consignee_name: '={{ $json.city ? "Receiver" : "" }}',
		});
		const first = { no: 'GOOD-1', warehouse: 'MSP1' };

		it.each([
			[
				'both',
				{ by: 'warehouse', warehouse: 'MSP1', country: 'US', city: 'Sampletown' },
				"'Recipient' is given twice: as Warehouse Code and as Address. Leave one of them empty",
			],
			['neither', { by: 'warehouse' }, "'Recipient' is empty: give a warehouse code or an address"],
			[
				'a choice that does not exist',
				{ by: 'pigeon', warehouse: 'MSP1' },
				"'Recipient' must be chosen by 'Recipient' as 'warehouse' or 'address'",
			],
			[
				'half an address',
				{ by: 'address', country: 'US' },
				"'Contact Name' is empty: its expression gives nothing for this item",
			],
		])('refuses %s', async (_case, bad, problem) => {
			const run = await bench.run('twOrder', byExpression, [first, { no: 'BAD-1', ...bad }]);
			expect(complaint(run).message).toBe(`${problem} [Item 1]`);
			expect(paths(bench.sandbox)).toEqual([]);
		});

		it('takes either', async () => {
			const second = { no: 'GOOD-2', by: 'address', country: 'US', city: 'Sampletown' };
			const run = await bench.run('twOrder', byExpression, [first, second]);
			expect(run.error).toBeUndefined();
			const { orders } = bench.sandbox.ledger();
			expect(orders.map(({ ticket }) => (ticket as IDataObject)['consignee'])).toEqual(
				expect.arrayContaining(['MSP1', having({ city: 'Sampletown' })]),
			);
		});
	});

	it("stops at an expression that fails, with n8n's own message", async () => {
		const run = await bench.run('twOrder', inFields({ no: '={{ $json.order.no }}' }), [{}]);
		expect(run.status).toBe('error');
		expect(paths(bench.sandbox)).toEqual([]);
	});
});

describe('in JSON', () => {
	const box = { number: 1, weight: 5, ...cube };
	const ticket = { no: 'BAD-1', product: 'UA', consignee: 'MSP1', boxes: [box] };
	const IN = "' in 'Order (JSON)'";

	it.each<[string, unknown, string]>([
		['text that is no JSON', '{"no": ', "'Order (JSON)' is not valid JSON"],
		['nothing', '', "'Order (JSON)' is empty"],
		['a list', [ticket], "'Order (JSON)' must be a JSON object"],
		['a number', '5', "'Order (JSON)' must be a JSON object"],
		['no order number', { ...ticket, no: undefined }, `'no${IN} is empty`],
		['an object for a number', { ...ticket, no: {} }, `'no${IN} must be text`],
		[
			'a text for a weight',
			{ ...ticket, boxes: [box, { ...box, weight: 'heavy' }] },
			`'boxes[1].weight${IN} must be a number`,
		],
		['no boxes', { ...ticket, boxes: [] }, `'boxes${IN} must have at least one box`],
		[
			'an address without members',
			{ ...ticket, consignee: {} },
			`'consignee${IN} is empty: give a warehouse code or an address`,
		],
		[
			'an address of blanks',
			{ ...ticket, consignee: { name: '', city: ' ', postcode: null, phone: '' } },
			`'consignee${IN} is empty`,
		],
		[
			'an address with a member that is no text',
			{ ...ticket, consignee: { city: ['A'] } },
			`'consignee.city${IN} must be text`,
		],
		['no consignee', { ...ticket, consignee: null }, `'consignee${IN} is empty`],
		[
			'a flag that is none',
			{ ...ticket, is_insurance: 'perhaps' },
			`'is_insurance${IN} must be true or false`,
		],
		[
			'references that are no list',
			{ ...ticket, boxes: [{ ...box, referenceNumbers: 'REF' }] },
			`'boxes[0].referenceNumbers${IN} must be a list of texts`,
		],
	])('refuses %s, with the path', async (_case, order, message) => {
		const parameters = { ...inJson, orderJson: '={{ $json.order }}' };
		const items = [{ order: { ...ticket, no: 'GOOD-1' } }, { order: order as IDataObject }];
		const run = await bench.run('twOrder', parameters, items);
		expect(complaint(run).message).toContain(message);
		expect(complaint(run).message).toContain('[Item 1]');
		expect(paths(bench.sandbox)).toEqual([]);
	});
});

describe('an order in JSON has what TW needs, and TW judges the rest', () => {
	const box = { number: 1, weight: 5, ...cube };
	const order = { no: 'LEAN-1', product: 'UA', consignee: 'MSP1', boxes: [box] };
	const addresses: Array<[what: string, IDataObject]> = [
		['a receiver that is only a company', { companyName: 'Example Inc.', countryCode: 'US' }],
		['a country without postcodes', { name: 'A', address: '1 Road', city: 'X', countryCode: 'AE' }],
		[
			'members that we do not know',
			{ companyName: 'Example Inc.', taxId: 7, extra: { deep: ' ' } },
		],
	];
	it.each(
		addresses.flatMap(([what, consignee]) =>
			['create', 'quote', 'buyCheapest'].map((operation) => [what, operation, consignee] as const),
		),
	)('%s: %s sends it', async (_what, operation, consignee) => {
		const parameters = { ...inJson, operation, channels: ['UA'], orderJson: '={{ $json }}' };
		const run = await bench.run('twOrder', parameters, [{ ...order, consignee, own: null }]);
		expect(run.error).toBeUndefined();
		const [request] = bench.sandbox.ledger().requests;
		expect(JSON.parse(request!.body)).toEqual({
			tickets: [{ ...order, consignee, own: null }],
		});
	});
});

describe('a blank in JSON is not set', () => {
	const box = { number: 1, weight: 5, ...cube };
	const ticket = { no: 'BLANK-1', product: 'UA', consignee: 'MSP1', boxes: [box] };
	const send = async (order: IDataObject, operation = 'create') =>
		await bench.run('twOrder', { ...inJson, operation, orderJson: '={{ $json }}' }, [order]);

	it('is left out, or becomes what TW always gets; unknown members stay as they are', async () => {
		const run = await send({
			...{ ...ticket, signatureType: ' ', is_insurance: '', isSignatureService: '  ' },
			...{ freightClass: '  ', strange: ' ' },
			boxes: [{ ...box, declaredValue: '', referenceNumbers: ['R-1', ' ', ''] }],
		});
		expect(run.error).toBeUndefined();
		expect(bench.sandbox.ledger().orders.map((order) => order.ticket)).toEqual([
			{
				...{ ...ticket, isSignatureService: 0, freightClass: '', strange: ' ' },
				boxes: [{ ...box, declaredValue: 0, referenceNumbers: ['R-1'] }],
			},
		]);
	});

	it.each([
		['no', ' '],
		['product', ''],
		['consignee', '  '],
		['boxes', ' '],
	])('is asked for: %s', async (member, blank) => {
		const run = await send({ ...ticket, [member]: blank });
		const problem = member === 'boxes' ? 'must have at least one box' : 'is empty';
		expect(complaint(run).message).toContain(`'${member}' in 'Order (JSON)' ${problem}`);
		expect(paths(bench.sandbox)).toEqual([]);
	});
});

describe('the same order number twice', () => {
	const goesOn = { onError: 'continueRegularOutput' as const };
	const alsoUsed = (by: number, item: number) =>
		`'Order Number' TWICE is also used by item ${by}, with different contents [Item ${item}]`;
	const parameters = inFields(boxWith({ weight: '={{ $json.weight }}' }));

	it('is refused if the contents differ, naming both items', async () => {
		const items = [
			{ no: 'GOOD-1', weight: 1 },
			{ no: 'TWICE', weight: 1 },
			{ no: 'TWICE', weight: 2 },
		];
		const run = await bench.run('twOrder', parameters, items);
		expect(complaint(run).message).toBe(alsoUsed(2, 1));
		expect(complaint(run).description).toContain('Nothing was sent for either');
		expect(paths(bench.sandbox)).toEqual([]);

		const onward = await bench.run('twOrder', parameters, items, goesOn);
		const told = outputOf(onward).map(({ no, error }) => no ?? error);
		expect(told).toEqual(['GOOD-1', alsoUsed(2, 1), alsoUsed(1, 2)]);
		expect(bench.sandbox.ledger().orders.map(({ no }) => no)).toEqual(['GOOD-1']);
	});

	it('is refused for every copy when a third item differs', async () => {
		const items = [1, 1, 2].map((weight) => ({ no: 'TWICE', weight }));
		const run = await bench.run('twOrder', parameters, items, goesOn);
		expect(outputOf(run).every(({ error }) => String(error).includes('TWICE'))).toBe(true);
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('is refused when only the channel differs, which TW forbids', async () => {
		const product = { __rl: true, mode: 'code', value: '={{ $json.product }}' };
		const items = ['UA', 'UW'].map((channel) => ({ no: 'TWICE', product: channel }));
		const run = await bench.run('twOrder', inFields({ product }), items);
		expect(complaint(run).message).toContain('TWICE');
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('is sent once if the contents are the same, and both items get the result', async () => {
		const items = [1, 1].map((weight) => ({ no: 'TWICE', weight }));
		const run = await bench.run('twOrder', parameters, items);
		const [first, second] = outputOf(run);
		expect(first).toMatchObject({ no: 'TWICE', outcome: 'accepted' });
		expect(second).toEqual(first);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(bench.sandbox.ledger().orders).toHaveLength(1);
	});
});

describe('a credential that is not usable', () => {
	it.each([
		['baseUrl', '', "'Base URL'", 'is empty'],
		['baseUrl', 'api.example.com', "'Base URL'", 'is not a URL'],
		['baseUrl', 'http://api.example.com', "'Base URL'", 'must begin with https://'],
		['baseUrl', 'https://u:p@api.example.com', "'Base URL'", 'must not hold a user name'],
		['username', '', "'User Name'", 'is empty'],
		['apiKey', 'Schlüssel\n', "'API Key'", 'has a character'],
		['apiToken', ' ', "'API Token'", 'is empty'],
		['apiToken', ' abc ', "'API Token'", 'is shorter than 4 characters'],
		['apiKey', 'abc', "'API Key'", 'is shorter than 4 characters'],
	])('is refused by its field: %s = "%s"', async (field, value, label, problem) => {
		const credentials = withCredential(bench, 'twApi', { [field]: value });
		const run = await bench.run('twOrder', inFields(), [good], credentials);
		expect(complaint(run).message).toContain(`${label} of the TW API credential ${problem}`);
		expect(paths(bench.sandbox)).toEqual([]);
	});
});
