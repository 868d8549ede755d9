/** Lists: pages, Return All and Limit, money; and the live lists of the editor. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { TwApi } from '../../credentials/TwApi.credentials';
import { listSearch, loadOptions } from '../engine/harness';
import { BILL, bodiesTo, complaint, outputOf, requestsTo } from '../observed';
import { callTw, type Page } from '../sandbox/client';
import { billSeeds } from '../../sandbox/tw/bill-seeds';
import { nodes, useBench } from '../support';

const LINES = '/api/v2/getBillInfo';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ maxPageSize: 1000, channelShape: 'list' });
});

/** Days of the sandbox's invoices, newest first. */
const days = billSeeds(Date.now()).bills.map(({ bill_at }) => bill_at);
const year = { from: days.at(-1)!, to: days[0]! };
/** TW answers with this alone, once or always. */
const answers = (path: string, data: unknown, times?: number) =>
	bench.sandbox.fault({ kind: 'rawBody', path, times, body: JSON.stringify({ code: 200, data }) });
const invoices = async (more: INodeParameters = {}, items: IDataObject[] = [{}]) =>
	await bench.run('twInvoice', { operation: 'getAll', ...year, ...more }, items);
const linesOf = async (more: INodeParameters, item: IDataObject = {}) =>
	await bench.run('twInvoice', { operation: 'getLines', ...more }, [item]);
const balance = async () => await bench.run('twBalance', { operation: 'get' }, [{}]);

describe('invoices over several pages', () => {
	beforeEach(() => bench.sandbox.set({ maxPageSize: 5 }));

	/** All bills of the year as TW holds them, newest first. */
	async function held(): Promise<number[]> {
		bench.sandbox.set({ maxPageSize: 1000 });
		const request = { date_scope: [year.from, year.to], limit: 1000 };
		const { data } = (await callTw<Page<{ id: number }>>(bench.sandbox, 'getBill', request)).body;
		bench.sandbox.set({ maxPageSize: 5 });
		await bench.sandbox.reset();
		return data.data.map(({ id }) => id);
	}

	it('Return All reads to the last page, each once, all paired with their item', async () => {
		const ids = await held();
		const run = await invoices({ returnAll: true }, [{}, {}]);
		expect(outputOf(run).map(({ id }) => id)).toEqual([...ids, ...ids]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([
			...ids.map(() => ({ item: 0 })),
			...ids.map(() => ({ item: 1 })),
		]);
		expect(requestsTo(bench.sandbox, BILL)).toHaveLength(2 * Math.ceil(ids.length / 5));
	});

	it.each([
		[1, 1],
		[5, 1],
		[6, 2],
		[12, 3],
	])('Limit %i reads %i page(s)', async (limit, pages) => {
		const ids = await held();
		const run = await invoices({ returnAll: false, limit });
		expect(outputOf(run).map(({ id }) => id)).toEqual(ids.slice(0, limit));
		const sent = bodiesTo(bench.sandbox, BILL) as IDataObject[];
		expect(sent.map(({ page }) => page)).toEqual(Array.from({ length: pages }, (_, i) => i + 1));
		for (const { date_scope } of sent) expect(date_scope).toEqual([year.from, year.to]);
	});

	it('fifty come without a word about how many', async () => {
		const run = await linesOf({ bill_id: '3' });
		expect(outputOf(run)).toHaveLength(50);
		expect(requestsTo(bench.sandbox, LINES)).toHaveLength(10);
	});

	it.each([0, -1, 1.5, 'many'])('a limit of %s is refused', async (limit) => {
		const parameters = { bill_id: 3, returnAll: false, limit: '={{ $json.limit }}' };
		const run = await linesOf(parameters, { limit });
		expect(complaint(run).message).toContain("'Limit' must be");
		expect(requestsTo(bench.sandbox, LINES)).toEqual([]);
	});
});

it.each([
	['a pager in numbers', { current_page: 1, last_page: 2, per_page: 100, total: 2 }],
	['a pager in texts', { current_page: '1', last_page: '2', per_page: '100', total: '2' }],
])('reads %s', async (_form, pager) => {
	answers(BILL, { ...pager, data: [{ id: 1 }] }, 1);
	answers(BILL, { ...pager, current_page: pager.last_page, data: [{ id: 2 }] }, 1);
	const run = await invoices({ returnAll: true });
	expect(outputOf(run).map(({ id }) => id)).toEqual([1, 2]);
});

describe('a pager that ignores the page', () => {
	const bill = (id: unknown, more: object = {}) => ({ id, bill_at: '2025-09-18', ...more });
	const many = Array.from({ length: 100 }, (_, i) => bill(i + 1));
	const idsOf = async () => outputOf(await invoices({ returnAll: true })).map(({ id }) => id);

	it.each([
		['by id', many],
		['by content, without ids', many.map(({ id, ...rest }) => ({ ...rest, code: id }))],
		['by content, if the ids are all the same', many.map((one, i) => ({ ...one, id: 0, code: i }))],
	])('ends the list, and nothing is put out twice: %s', async (_how, data) => {
		answers(BILL, { current_page: 1, last_page: 3, per_page: '100', total: 250, data });
		expect(outputOf(await invoices({ returnAll: true }))).toHaveLength(100);
		expect(requestsTo(bench.sandbox, BILL)).toHaveLength(2);
	});

	it('an entry that moves to the next page comes once; twins on one page both do', async () => {
		answers(BILL, { current_page: 1, last_page: 2, data: [bill(3), bill('2')] }, 1);
		answers(BILL, { current_page: 2, last_page: 2, data: [bill(2), bill(1)] }, 1);
		expect(await idsOf()).toEqual([3, '2', 1]);
		answers(BILL, { current_page: 1, last_page: 1, data: [{ code: 'A' }, { code: 'A' }] });
		expect(await idsOf()).toHaveLength(2);
	});

	it.each([
		['no numbers', {}],
		['numbers of another type', { current_page: null, last_page: true, per_page: {}, total: 'x' }],
	])('is read to its end with %s', async (_what, pager) => {
		answers(BILL, { ...pager, data: [bill(1), 'no bill', null] }, 1);
		answers(BILL, { ...pager, data: { 0: bill(2), 4: bill(3) } }, 1);
		answers(BILL, { ...pager, data: [] });
		expect(await idsOf()).toEqual([1, 2, 3]);
	});

	it.each([[[]], [null], [{ data: [] }], [[bill(1)]]])('reads %j', async (data) => {
		answers(BILL, data);
		expect(await idsOf()).toHaveLength(Array.isArray(data) ? data.length : 0);
	});
});

describe('money', () => {
	/** Amounts in both of the forms that TW's examples mix, one that no double can hold. */
	const bill = {
		...{ id: 1, bill_at: '2025-09-18', code: '20250918' },
		balance_before: '12345678901234567.89',
		charge_price: 0.1,
		refund_price: '0.00',
		bill_price: -0.3,
		balance_after: 1000,
		extra: { kept: true },
	};
	beforeEach(() => {
		const data = { current_page: 1, last_page: 1, per_page: '50', total: 1, data: [bill] };
		answers(BILL, data);
	});

	it('is exact text, with numbers beside it; members nobody documented are kept', async () => {
		const run = await invoices({ simplify: false });
		expect(outputOf(run)).toEqual([
			{
				...bill,
				balance_before: '12345678901234567.89',
				balance_before_number: Number('12345678901234567.89'),
				...{ charge_price: '0.1', charge_price_number: 0.1 },
				...{ refund_price: '0.00', refund_price_number: 0 },
				...{ bill_price: '-0.3', bill_price_number: -0.3 },
				...{ balance_after: '1000', balance_after_number: 1000 },
				...{ currency: 'USD', time_zone: 'Asia/Shanghai' },
			},
		]);
	});

	it('is so in the simplified form too, in no more than ten fields', async () => {
		const [output] = outputOf(await invoices());
		expect(output).toEqual({
			...{ id: 1, bill_at: '2025-09-18', code: '20250918' },
			...{ charge_price: '0.1', refund_price: '0.00' },
			...{ bill_price: '-0.3', bill_price_number: -0.3 },
			...{ balance_after: '1000', balance_after_number: 1000, currency: 'USD' },
		});
	});
});

describe('the days of invoices', () => {
	it('are the days as they are written', async () => {
		const parameters = {
			operation: 'getAll',
			from: `${days[6]}T00:00:00.000Z`,
			to: `={{ "${days[4]}T23:59:59+14:00" }}`,
		};
		const run = await bench.run('twInvoice', parameters, [{}], { timezone: 'America/Los_Angeles' });
		const read = outputOf(run).map(({ bill_at }) => bill_at);
		expect(read).toEqual(days.slice(4, 7));
	});

	it("are sent with TW's 'date' too, if it is given", async () => {
		await invoices({ additionalFields: { date: '2025-03-07T00:00:00' } });
		await invoices();
		const [with_, without] = bodiesTo(bench.sandbox, BILL) as IDataObject[];
		expect(with_).toMatchObject({ date: '2025-03-07', date_scope: [year.from, year.to] });
		expect(without).not.toHaveProperty('date');
	});

	it('are those of the last thirty days unless others are chosen', async () => {
		await bench.run('twInvoice', { operation: 'getAll' }, [{}]);
		const [sent] = bodiesTo(bench.sandbox, BILL) as Array<{ date_scope: [string, string] }>;
		const [from, to] = sent!.date_scope;
		expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBe(30);
		expect(Math.abs(Date.parse(to) - Date.now())).toBeLessThan(2 * 86_400_000);
	});

	it.each([
		['2025-03-07', '2025-03-06', "'From' (2025-03-07) is after 'To' (2025-03-06)"],
		[
			'2025-02-30',
			'2025-03-06',
			"'From' is no date that can be read; write it with the year first, such as 2026-12-31",
		],
		[
			'2025-02-01',
			'soon',
			"'To' is no date that can be read; write it with the year first, such as 2026-12-31",
		],
	])('from %s to %s is refused', async (from, to, problem) => {
		const run = await invoices({ from: '={{ $json.from }}', to: '={{ $json.to }}' }, [
			{ from, to },
		]);
		expect(complaint(run).message).toBe(`${problem} [Item 0]`);
		expect(requestsTo(bench.sandbox, BILL)).toEqual([]);
	});
});

describe('the balance', () => {
	it.each(['object', 'string', 'number'] as const)('is read from a %s', async (balanceShape) => {
		bench.sandbox.set({ balanceShape });
		type Answer = { balance: string } | string | number;
		const { data } = (await callTw<Answer>(bench.sandbox, 'getBalance', {})).body;
		const exact = typeof data === 'object' ? data.balance : String(data);
		expect(outputOf(await balance())).toEqual([
			{ balance: exact, balance_number: Number(exact), currency: 'USD' },
		]);
		bench.sandbox.set({ balanceShape: 'object' });
	});

	it.each([
		[{ available_balance: '7.50', frozen: 1 }, '7.50'],
		[{ balance: null, amount: 3 }, '3'],
		[{ available: '12345678901234567.89' }, '12345678901234567.89'],
	])('is the first known member of %j', async (data, amount) => {
		answers('getBalance', data);
		const balance_number = Number(amount);
		expect(outputOf(await balance())).toEqual([
			{ ...data, balance: amount, balance_number, currency: 'USD' },
		]);
	});

	it.each([{}, [], null, 'a lot', { money: 5 }])('is not guessed from %j', async (data) => {
		answers('getBalance', data);
		expect(complaint(await balance()).message).toContain('no balance that can be read');
	});
});

describe('channels in other forms', () => {
	const found = async () => {
		const run = await bench.run('twOrder', { operation: 'getChannels', returnAll: true }, [{}]);
		return outputOf(run).map(({ code, name }) => `${String(code)}=${String(name)}`);
	};

	it.each([
		[
			['UA', 'UW', '', null],
			['UA=UA', 'UW=UW'],
		],
		[{ UA: 'Ground', UW: '' }, ['UA=Ground', 'UW=UW']],
		[{ list: [{ code: 'UA', name: 7 }, { name: 'no code' }] }, ['UA=7']],
		[{ data: { list: ['UA'] }, message: 'OK', code: 200 }, ['UA=UA']],
		[{ UPS: [{ code: 'UA' }], FEDEX: ['FH'] }, ['UA=UA', 'FH=FH']],
		[{ UPS: { UA: 'Ground' }, FEDEX: { FH: 'Home' } }, ['UA=Ground', 'FH=Home']],
		[{ UA: 'Ground', per_page: '15', count: '1' }, ['UA=Ground']],
		[[{ group: 'UPS', products: [{ code: 'UA' }] }], ['UA=UA']],
		[{ code: 'UA', name: 'the only one' }, ['UA=the only one']],
		[{ UA: { title: 'Ground' } }, ['UA=Ground']],
		[{ UA: 'Ground', message: 'OK', code: '200', errors: {}, status: '1' }, ['UA=Ground']],
		[['UA', { code: 'UA' }], ['UA=UA']],
		[{ message: 'OK' }, []],
	])('%j', async (data, channels) => {
		answers('getProduct', data);
		expect(await found()).toEqual(channels);
	});

	it('are found in a list under another name', async () => {
		const body = '{"code":"200","message":"OK","data":{"success":"true","rows":["UA"]}}';
		bench.sandbox.fault({ kind: 'rawBody', path: 'getProduct', body });
		expect(await found()).toEqual(['UA=UA']);
	});

	it.each([1, 2])('are read on all pages, also %i deep', async (depth) => {
		const nested = (pager: object) => (depth === 1 ? pager : { data: pager });
		for (const [page, data] of [['UA', 'UW'], ['UW', 'FH'], ['T86']].entries()) {
			answers('getProduct', nested({ current_page: page + 1, last_page: 3, data }), 1);
		}
		expect(await found()).toEqual(['UA=UA', 'UW=UW', 'FH=FH', 'T86=T86']);
		const sent = bodiesTo(bench.sandbox, '/api/v2/getProduct');
		expect(sent).toEqual([{}, { page: 2 }, { page: 3 }]);
	});

	it('end where TW ignores the page', async () => {
		answers('getProduct', { current_page: 1, last_page: 9, data: ['UA', 'UW'] });
		expect(await found()).toEqual(['UA=UA', 'UW=UW']);
		expect(requestsTo(bench.sandbox, '/api/v2/getProduct')).toHaveLength(2);
	});
});

describe.each(['list', 'pager', 'map'] as const)('channels that come as a %s', (channelShape) => {
	beforeEach(() => bench.sandbox.set({ channelShape }));
	const instance = () => ({ credentials: bench.credentials, credentialTypes: [new TwApi()] });
	const search = async (filter?: string) => {
		const more = { parameters: { operation: 'create' }, ...(filter !== undefined && { filter }) };
		return (await listSearch(nodes.twOrder, 'searchChannels', { ...instance(), ...more })).results;
	};
	const all = ['UA', 'UW', 'U2', 'FH', 'T86'];

	it('are all in the list, by name and code', async () => {
		const results = await search();
		expect(results.map(({ value }) => value)).toEqual(all);
		expect(results[0]).toEqual({ name: '美东 UPS Ground (UA)', value: 'UA' });
	});

	it.each([
		['a code', 'uw', ['UW']],
		['a part of a name, in any case', 'uPs', ['UA', 'UW', 'U2']],
		['a name in Chinese', '美西', ['UW', 'FH']],
		['nothing that there is', 'pigeon', []],
		['nothing', '', all],
	])('are searched by %s', async (_what, filter, codes) => {
		expect((await search(filter)).map(({ value }) => value)).toEqual(codes);
	});

	it('are options to choose several from', async () => {
		const quoting = { ...instance(), parameters: { operation: 'quote' } };
		const options = await loadOptions(nodes.twOrder, 'loadChannels', quoting);
		expect(options.map(({ value }) => value)).toEqual(all);
		expect(options[4]).toEqual({ name: 'T86 小包 (T86)', value: 'T86' });
	});

	it('Get Many Channels puts out one item each, up to the limit', async () => {
		const parameters = { operation: 'getChannels', returnAll: false, limit: 2 };
		const run = await bench.run('twOrder', parameters, [{}]);
		expect(outputOf(run)).toEqual([
			{ code: 'UA', name: '美东 UPS Ground' },
			{ code: 'UW', name: '美西 UPS Ground' },
		]);
	});

	it('a list that can not be read says why', async () => {
		bench.sandbox.fault({ kind: 'status', path: 'getProduct', status: 404 });
		await expect(search()).rejects.toMatchObject({
			message: expect.stringContaining('TW does not know') as unknown,
			description: expect.stringContaining('/api/v2/getProduct is an assumption') as unknown,
		});
	});
});
