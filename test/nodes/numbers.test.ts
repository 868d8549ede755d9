/** The numbers of orders, parcels, bags and requests as people have them: copied, cut off by a sheet, written twice. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { bodiesTo, complaint, FORECAST, having, LABEL, paths } from '../observed';
import { createParameters, useBench } from '../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const N = '={{ $json.n }}';
const box = { number: 1, weight: 5, length: 20, width: 20, height: 20 };
const ticket = { product: 'UA', consignee: 'MSP1', boxes: [box] };
const inJson = (operation: string): INodeParameters => ({
	operation,
	specifyOrder: 'json',
	waitForCompletion: false,
	channels: ['UA'],
	orderJson: `={{ ${JSON.stringify(ticket)} && Object.assign(${JSON.stringify(ticket)}, { no: $json.n }) }}`,
});
const event = (specifyBody: string): INodeParameters => ({
	...{
		operation: 'order_ship',
		specifyBody,
		order_id: N,
		session_id: 's-1',
		terminal_ip: '8.8.8.8',
	},
	bodyJson:
		'={{ { order_id: $json.n, session_id: "s-1", terminal: { ip: "8.8.8.8" }, logistics: {} } }}',
});

/** Every place that a number is read at: where it is sent, as which member, and the words for it. */
const places: Array<
	[place: string, node: 'twOrder' | 'twBag' | 'twLabel' | 'tdOrderEvent', INodeParameters]
> = [
	['an order in fields', 'twOrder', createParameters({ no: N, waitForCompletion: false })],
	['an order in JSON', 'twOrder', inJson('create')],
	['a quote in JSON', 'twOrder', inJson('quote')],
	['a cheapest order in JSON', 'twOrder', inJson('buyCheapest')],
	['an order to get', 'twOrder', { operation: 'get', no: N }],
	['an order to delete', 'twOrder', { operation: 'delete', no: N }],
	['a request', 'twOrder', { operation: 'getStatus', request_id: N }],
	['a parcel', 'twOrder', { operation: 'getFee', tracking_number: N }],
	['remembered orders', 'twOrder', { operation: 'getManyRemembered', options: { no: N } }],
	['labels', 'twLabel', { operation: 'download', no: N, binaryProperty: 'data' }],
	['label addresses', 'twLabel', { operation: 'getUrl', no: N }],
	['a bag', 'twBag', { operation: 'get', bag_no: N }],
	['a bag to make', 'twBag', { operation: 'create', bag_no: N, nos: 'A-1' }],
	['the orders of a bag', 'twBag', { operation: 'create', bag_no: 'B-1', nos: N }],
	['a bag to review', 'twBag', { operation: 'review', bag_no: N }],
	['a bag to delete', 'twBag', { operation: 'delete', bag_no: N }],
	['an event in fields', 'tdOrderEvent', event('fields')],
	['an event in JSON', 'tdOrderEvent', event('json')],
];
const remembers = (place: string) => place === 'remembered orders';

describe.each(places)('%s', (place, node, parameters) => {
	const run = async (n: unknown) => await bench.run(node, parameters, [{ n } as IDataObject]);

	it.each([
		'9.4e+21',
		'9.40014E+21',
		'1e+21',
		' 9.400136105440513e+21 ',
		'ORD-9.400136105440513e+21',
	])('by the text %j of such a number is refused, too', async (n) => {
		expect(complaint(await run(n)).message).toContain('is a number too long to be exact');
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it.each([9.4e21, 1e21, 2 ** 53, -(2 ** 53), 1e-7])(
		'by the number %d is refused, saying what to do',
		async (n) => {
			const { message } = complaint(await run(n));
			expect(message).toContain('is a number too long to be exact');
			expect(message).toContain(
				'in a sheet format the column as text before it is filled in, in JSON put it in quotes',
			);
			expect(paths(bench.sandbox)).toEqual([]);
		},
	);

	it.each([
		'A\u200bB',
		'A\u0000B',
		'A\tB',
		'A\u2060B',
		'A\ufeffB',
		'A\u202eB',
		'A\u00adB',
		'A\ud800B',
	])('by %j is refused, naming the character', async (n) => {
		const code = n.charCodeAt(1).toString(16).toUpperCase().padStart(4, '0');
		const { message } = complaint(await run(n));
		expect(message).toContain(`has an invisible character (U+${code}) after 'A'. Type it anew`);
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it.each(['\u200b', '\u00a0\ufeff\t', ' \n'])('by %j is asked for', async (n) => {
		if (remembers(place)) return;
		expect(complaint(await run(n)).message).toContain('is empty');
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('is sent without what stands around it, and as text', async () => {
		if (remembers(place)) return;
		for (const [given, meant] of [
			['\ufeff\u200e 42-A\u00a0\t\r\n\u200b', '42-A'],
			[Number.MAX_SAFE_INTEGER, '9007199254740991'],
			['N 0\u00a01 ü', 'N 0\u00a01 ü'],
		]) {
			await bench.sandbox.reset();
			await run(given);
			const [first] = bench.sandbox.ledger().requests;
			expect(first?.body).toContain(`"${meant}"`);
		}
	});
});

describe('a list of numbers', () => {
	it('is cut number by number', async () => {
		const nos = ' A-1\u200b,\u00a0A-2 ,\ufeff,\nA-3';
		await bench.run('twLabel', { operation: 'getUrl', no: N }, [{ n: nos }]);
		expect(bodiesTo(bench.sandbox, LABEL)[0]).toEqual({ no: 'A-1' });
		const bag = { operation: 'create', bag_no: 'B-1', nos: N };
		await bench.run('twBag', bag, [{ n: nos }]);
		expect(bodiesTo(bench.sandbox, '/api/v2/bagCreate')).toEqual([
			{ bag_no: 'B-1', nos: ['A-1', 'A-2', 'A-3'] },
		]);
	});

	it.each(['A-1，A-2、A-3', 'A-1;A-2；A-3', '["A-1","A-2", "A-3"]'])(
		'as people type them, such as %s, are several numbers',
		async (nos) => {
			await bench.run('twBag', { operation: 'create', bag_no: 'B-1', nos }, [{}]);
			expect(bodiesTo(bench.sandbox, '/api/v2/bagCreate')).toEqual([
				{ bag_no: 'B-1', nos: ['A-1', 'A-2', 'A-3'] },
			]);
		},
	);

	it('names the number that is not exact', async () => {
		const run = await bench.run('twLabel', { operation: 'getUrl', no: N }, [{ n: ['A', 1e21] }]);
		expect(complaint(run).message).toContain('is a number too long to be exact');
	});
});

describe('a text of JSON', () => {
	const send = async (no: string, more = '') =>
		await bench.run(
			'twOrder',
			{
				...inJson('create'),
				orderJson: JSON.stringify(ticket).replace('{', `{"no":${no},${more}`),
			},
			[{}],
		);

	it.each(['9400136105440512280610', '9007199254740993', '1e21', '9007199254740993.0', '1E+30'])(
		'with %s without quotes is refused: an expression may have rounded it',
		async (no) => {
			const { message } = complaint(await send(no));
			expect(message).toContain("'no' in 'Order (JSON)' is a number too long to be exact");
			expect(paths(bench.sandbox)).toEqual([]);
		},
	);

	it('with quotes is sent, and an unknown member keeps its digits', async () => {
		const run = await send('"9400136105440512280610"', '"own":9400136105440512280610,');
		expect(run.error).toBeUndefined();
		const no = '9400136105440512280610';
		const [body] = bodiesTo(bench.sandbox, FORECAST);
		expect(body).toEqual({ tickets: [having({ no, own: no })] });
	});
});

describe('numbers that a person takes for the same', () => {
	const alike = ['ORD-É1', 'ord-e\u0301 1', 'ＯＲＤ-É１', 'other'];
	const hintsOf = async (node: 'twOrder' | 'twBag', parameters: INodeParameters, ns: string[]) => {
		const run = await bench.run(
			node,
			parameters,
			ns.map((n) => ({ n })),
		);
		expect(run.error).toBeUndefined();
		return run.hints.filter(({ message }) => message.includes('differ only in'));
	};
	const create = createParameters({ no: N, waitForCompletion: false });

	it('are warned of, and both are sent', async () => {
		const [hint, ...others] = await hintsOf('twOrder', create, alike);
		expect(hint).toMatchObject({ type: 'warning' });
		expect(hint?.message).toContain("'ORD-É1' (item 0) and 'ord-e\u0301 1' (item 1)");
		expect(hint?.message).toContain("'ORD-É1' (item 0) and 'ＯＲＤ-É１' (item 2)");
		expect(others).toEqual([]);
		expect(
			bench.sandbox
				.ledger()
				.orders.map(({ no }) => no)
				.sort(),
		).toEqual([...alike].sort());
	});

	it('are warned of in a dry run, and for bags', async () => {
		const dry = { ...create, options: { dryRun: true } };
		expect(await hintsOf('twOrder', dry, alike)).toHaveLength(1);
		const bag = { operation: 'create', bag_no: N, nos: 'A-1', options: { dryRun: true } };
		expect(await hintsOf('twBag', bag, ['b-1', 'B-1'])).toHaveLength(1);
	});

	it('are not warned of where all differ, or are the same', async () => {
		expect(await hintsOf('twOrder', create, ['A-1', 'A-11', 'A-2', 'A-1'])).toEqual([]);
	});

	it('are listed up to ten', async () => {
		const many = Array.from({ length: 12 }, (_, i) => [`m-${i}`, `M-${i}`]).flat();
		const [hint] = await hintsOf('twOrder', create, many);
		expect(hint?.message.match(/ and 'M-/g)).toHaveLength(10);
		expect(hint?.message).toContain('and 2 more');
	});
});
