import type { Sandbox } from '../../sandbox';
import { callTw, forecast, ticket, type Bill, type Page, useSandbox } from './client';

const sandbox = useSandbox();

describe('invoices', () => {
	const bills = async (body: unknown) =>
		(await callTw<Page<Bill>>(sandbox, 'getBill', body)).body.data;

	test('page as documented: per_page is a text, the rest are numbers', async () => {
		const data = await bills({ page: 2, limit: 5 });
		expect(data).toMatchObject({ current_page: 2, last_page: 8, per_page: '5', total: 37 });
		expect(data.data).toHaveLength(5);
	});

	test('balances are chained, and lines add up to their bill', async () => {
		const { data } = await bills({ limit: 100 });
		for (const [index, bill] of data.entries()) {
			const { balance_before, charge_price, bill_price, balance_after } = bill;
			const sum = Number(balance_before) + Number(charge_price) + Number(bill_price);
			expect(sum).toBeCloseTo(Number(balance_after), 6);
			if (index > 0) expect(balance_after).toBe(data[index - 1]?.balance_before);
		}

		const asked = { bill_id: data[3]?.id, limit: 1000 };
		const lines = (await callTw<Page<{ value: number }>>(sandbox, 'getBillInfo', asked)).body.data;
		expect(lines.total).toBeGreaterThan(200);
		const total = lines.data.reduce((sum, line) => sum + line.value, 0);
		expect(total).toBeCloseTo(Number(data[3]?.bill_price), 4);
	});

	test('a scope of days includes both of them', async () => {
		const [newest, middle, oldest] = (await bills({})).data.slice(4).map(({ bill_at }) => bill_at);
		const date_scope = [oldest, newest];
		const { data } = await bills({ date: oldest, date_scope });
		expect(data.map(({ bill_at }) => bill_at)).toEqual([newest, middle, oldest]);
	});

	test('the newest is of these days, and they are a week apart', async () => {
		const [newest, before] = (await bills({})).data.map(({ bill_at }) => Date.parse(bill_at));
		const day = 24 * 60 * 60 * 1000;
		expect(Date.now() - newest!).toBeLessThan(3 * day);
		expect(newest! - before!).toBe(7 * day);
	});

	test('bad questions are refused', async () => {
		const status = async (endpoint: string, body: object) =>
			(await callTw(sandbox, endpoint, body)).status;
		expect(await status('getBillInfo', { bill_id: 999 })).toBe(404);
		expect(await status('getBillInfo', {})).toBe(400);
		expect(await status('getBill', { limit: '2' })).toBe(400);
		expect(await status('getBill', { date_scope: ['yesterday', 'today'] })).toBe(400);
	});
});

describe('bags', () => {
	test('hold completed orders, once, until they are deleted', async () => {
		await forecast(sandbox, 'B1');
		const create = (bag_no: string) => callTw(sandbox, 'bagCreate', { bag_no, nos: ['B1'] });
		expect((await create('BAG-1')).body.data).toMatchObject({ bag_no: 'BAG-1', status: 'created' });
		expect((await create('BAG-2')).status).toBe(400);
		expect((await callTw(sandbox, 'bagDelete', { bag_no: 'BAG-1' })).status).toBe(200);
		expect((await create('BAG-2')).status).toBe(200);
		const reviewed = await callTw(sandbox, 'bagReview', { bag_no: 'BAG-2' });
		expect(reviewed.body.data.status).toBe('reviewed');
		expect((await callTw(sandbox, 'bagDelete', { bag_no: 'BAG-2' })).status).toBe(400);
		expect((await callTw(sandbox, 'bagInfo', { bag_no: 'BAG-1' })).status).toBe(404);
		const actions = sandbox.ledger().bags.map(({ action }) => action);
		expect(actions.join()).toBe('create,delete,create,review');
	});
});

describe('labels', () => {
	const plainLabel = {
		labelShape: 'url',
		labelFormat: 'pdf',
		labelBytes: 0,
		labelRedirectTo: '',
	} as const;
	const setLabel = (settings: Parameters<Sandbox['set']>[0]) =>
		sandbox.set({ ...plainLabel, ...settings });
	const label = async <Data = string>() =>
		(await callTw<Data>(sandbox, 'orderLabel', { no: 'L1' })).body.data;
	const bytes = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

	beforeAll(async () => {
		const home = { countryCode: 'US', city: 'Sampletown', address: '1 Example Street' };
		await forecast(sandbox, 'L1', { note: '易碎 ^XZ', consignee: { ...home, name: 'Zoë 🙂' } });
	});

	test('are a real PDF with a page per box, on an origin of its own', async () => {
		setLabel({});
		const url = await label();
		expect(new URL(url).origin).toBe(sandbox.labelUrl);
		expect(sandbox.labelUrl).not.toBe(sandbox.url);
		const file = await bytes(url);
		expect(file.subarray(0, 5).toString()).toBe('%PDF-');
		expect(file.toString('latin1')).toContain('/Count 2');

		const download = sandbox.ledger().labelDownloads.at(-1);
		expect(Object.keys(download?.headers ?? {})).toContain('user-agent');
		expect(Object.keys(download?.headers ?? {})).not.toContain('sign');
	});

	test.each([
		['zpl', '^XA'],
		['png', '\u0089PNG'],
	] as const)('come as %s too', async (labelFormat, start) => {
		setLabel({ labelFormat });
		expect((await bytes(await label())).toString('latin1').startsWith(start)).toBe(true);
	});

	test('come in each of the plausible shapes', async () => {
		setLabel({ labelShape: 'list' });
		expect(await label()).toEqual([expect.stringContaining('/labels/order/')]);
		setLabel({ labelShape: 'member' });
		expect((await label<{ label_url: string }>()).label_url).toContain('/labels/order/');
		setLabel({ labelShape: 'base64' });
		expect(Buffer.from(await label(), 'base64').toString('latin1')).toMatch(/^%PDF-/);
		setLabel({ labelShape: 'dataUrl' });
		expect(await label()).toMatch(/^data:application\/pdf;base64,JVBERi0/);
		setLabel({ labelShape: 'perBox' });
		const perBox = await label<{ url: string }[]>();
		expect(perBox).toHaveLength(2);
		expect((await bytes(perBox[1]?.url ?? '')).toString('latin1')).toContain('/Count 1');
	});

	test('can be as large as wanted and stay a PDF', async () => {
		setLabel({ labelBytes: 3_000_000 });
		const file = await bytes(await label());
		expect(file.length).toBe(3_000_000);
		expect(file.subarray(-40).toString()).toMatch(/startxref\n\d+\n%%EOF\n$/);
	});

	test('are not there for unknown orders, and can be elsewhere', async () => {
		setLabel({});
		expect((await callTw(sandbox, 'orderLabel', { no: 'none' })).status).toBe(404);
		const url = await label();
		setLabel({ labelRedirectTo: 'http://192.0.2.1/' });
		const reply = await fetch(url, { redirect: 'manual' });
		expect([reply.status, reply.headers.get('location')]).toEqual([302, 'http://192.0.2.1/']);
	});
});

test('channels, balance: each of the plausible shapes', async () => {
	const data = async <Data>(endpoint: string) =>
		(await callTw<Data>(sandbox, endpoint, {})).body.data;
	type Channel = { code: string };

	const codes = (await data<Channel[]>('getProduct')).map(({ code }) => code);
	expect(codes).toEqual(expect.arrayContaining(['UA', 'UW']));
	sandbox.set({ channelShape: 'pager', balanceShape: 'string' });
	expect((await data<Page<Channel>>('getProduct')).data[0]?.code).toBe('UA');
	expect(await data('getBalance')).toMatch(/^\d+\.\d{2}$/);
	sandbox.set({ channelShape: 'map', balanceShape: 'number' });
	expect((await data<{ UA: Channel }>('getProduct')).UA.code).toBe('UA');
	expect(typeof (await data('getBalance'))).toBe('number');
});

test('orderInfo may come without code and message', async () => {
	await forecast(sandbox, 'BARE');
	sandbox.set({ orderInfoWithoutCode: true });
	expect(Object.keys((await callTw(sandbox, 'orderInfo', { no: 'BARE' })).body)).toEqual(['data']);
	sandbox.set({ orderInfoWithoutCode: false });
});

test('what is no endpoint, no JSON or no object is refused as JSON', async () => {
	expect((await callTw(sandbox, 'orderBatch', {})).body.code).toBe(404);
	expect((await callTw(sandbox, 'orderInfo', [])).body.code).toBe(400);
	expect((await callTw(sandbox, 'orderForecast', { tickets: ticket('A') })).body.code).toBe(400);
});
