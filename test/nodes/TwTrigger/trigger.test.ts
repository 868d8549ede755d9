/** TW Trigger: each event once, over polls that pass their state on; a test run moves nothing. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { TwApi } from '../../../credentials/TwApi.credentials';
import { TwTrigger } from '../../../nodes/TwTrigger/TwTrigger.node';
import { poll } from '../../engine/harness';
import { BILL, bodiesTo, CHECK, having, INFO, requestsTo, saying } from '../../observed';
import { QUICK } from '../../pace';
import { callTw, forecast } from '../../sandbox/client';
import { useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ maxPageSize: 1000, stateStepMs: 0, orderInfoDelayMs: 0 });
});

/** A trigger in an active workflow: what one poll keeps, n8n gives to the next, as stored JSON. */
class Watcher {
	kept: IDataObject = {};

	constructor(private readonly parameters: INodeParameters) {}

	async look(mode: 'trigger' | 'manual' = 'trigger'): Promise<IDataObject[] | null> {
		const { items, staticData } = await poll(new TwTrigger(QUICK), {
			parameters: this.parameters,
			credentials: bench.credentials,
			credentialTypes: [new TwApi()],
			staticData: this.kept,
			mode,
		});
		this.kept = staticData;
		return items && items.map(({ json }) => json);
	}
}

describe('New Invoice', () => {
	const watcher = () => new Watcher({ event: 'newInvoice' });

	it('learns at the first poll what is there, then fires once for each new one', async () => {
		bench.sandbox.issueBill();
		const watch = watcher();
		expect(await watch.look()).toBeNull();
		expect(await watch.look()).toBeNull();
		const ids = [bench.sandbox.issueBill(), bench.sandbox.issueBill()];
		const fired = await watch.look();
		expect(fired?.map(({ id }) => id).sort()).toEqual(ids);
		expect(fired?.[0]).toMatchObject({ currency: 'USD', time_zone: 'Asia/Shanghai' });
		expect(await watch.look()).toBeNull();
		const third = bench.sandbox.issueBill();
		expect((await watch.look())?.map(({ id }) => id)).toEqual([third]);
		expect(await watch.look()).toBeNull();
	});

	it('reads all pages, by date scope alone', async () => {
		bench.sandbox.set({ maxPageSize: 2 });
		const watch = watcher();
		await watch.look();
		const ids = Array.from({ length: 5 }, () => bench.sandbox.issueBill());
		const fired = await watch.look();
		expect(fired?.map(({ id }) => id).sort()).toEqual(ids);
		for (const body of bodiesTo(bench.sandbox, BILL)) {
			expect(body).toEqual({
				date_scope: [saying(/^\d{4}-\d{2}-\d{2}$/), saying(/^\d{4}-\d{2}-\d{2}$/)],
				page: expect.any(Number) as unknown,
				limit: expect.any(Number) as unknown,
			});
		}
	});

	it('loses nothing to a poll that fails', async () => {
		const watch = watcher();
		await watch.look();
		const id = bench.sandbox.issueBill();
		bench.sandbox.fault({ kind: 'status', path: BILL, status: 400 });
		await expect(watch.look()).rejects.toThrow("TW refuses 'Invoice Enquiry'");
		bench.sandbox.clearFaults();
		expect((await watch.look())?.map((bill) => bill['id'])).toEqual([id]);
		expect(await watch.look()).toBeNull();
	});

	it('loses nothing to a poll that fails on its second page', async () => {
		bench.sandbox.set({ maxPageSize: 1 });
		const watch = watcher();
		await watch.look();
		const ids = [bench.sandbox.issueBill(), bench.sandbox.issueBill()];
		bench.sandbox.fault({ kind: 'status', path: BILL, status: 400, bodyIncludes: '"page":2' });
		await expect(watch.look()).rejects.toThrow();
		bench.sandbox.clearFaults();
		expect((await watch.look())?.map(({ id }) => id).sort()).toEqual(ids);
	});
});

describe('New Invoice, of answers that lack something', () => {
	const watcher = () => new Watcher({ event: 'newInvoice' });
	const days = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
	const bill = (id: unknown, ago: number) => ({
		...{ id, bill_at: days(ago), created_at: `${days(ago)} 23:00:00` },
	});
	const old = Array.from({ length: 41 }, (_, i) => bill(i + 1, 3 + i));
	const answer = (data: unknown, more: object = {}) => {
		bench.sandbox.clearFaults();
		const body = JSON.stringify({ code: 200, message: 'OK', data, ...more });
		bench.sandbox.fault({ kind: 'rawBody', path: BILL, body });
	};

	it.each([
		['nothing', [], {}],
		['an empty page', { current_page: 1, data: [], last_page: 1 }, {}],
		['no data', null, { code: 404, message: 'no data' }],
	])('starts no flow for old invoices after a first answer of %s', async (_what, data, more) => {
		const watch = watcher();
		answer(data, more);
		expect(await watch.look()).toBeNull();
		answer(old);
		expect(await watch.look()).toBeNull();
		answer([bill(100, 0), ...old]);
		expect((await watch.look())?.map(({ id }) => id)).toEqual([100]);
		expect(await watch.look()).toBeNull();
	});

	it.each([
		(at: string) => at.replaceAll('-', ''),
		(at: string) => at.replaceAll('-', '/'),
		(at: string) => at.split('-').reverse().join('.'),
		(at: string) => Date.parse(at) / 1000,
	])('starts no flow for old invoices, however their day is written: %s', async (written) => {
		const watch = watcher();
		const bills = (...agos: number[]) =>
			agos.map((ago) => ({ id: ago + 1, bill_at: written(days(ago)), created_at: '' }));
		answer([]);
		await watch.look();
		answer(bills(3, 40, 400));
		expect(await watch.look()).toBeNull();
		answer(bills(0, 0, 3));
		expect((await watch.look())?.map(({ id }) => id)).toEqual([1]);
	});

	it('reads a pager inside of data', async () => {
		const watch = watcher();
		answer({ data: { current_page: 1, data: old, last_page: 1 } });
		await watch.look();
		answer({ data: { current_page: 1, data: [bill(100, 0), ...old], last_page: 1 } });
		expect((await watch.look())?.map(({ id }) => id)).toEqual([100]);
	});

	it('forgets nothing for an empty answer in the middle of its life', async () => {
		const watch = watcher();
		answer(old);
		await watch.look();
		answer([bill(100, 0), ...old]);
		expect(await watch.look()).toHaveLength(1);
		answer([]);
		expect(await watch.look()).toBeNull();
		answer([bill('101', 0), bill('100', 0), ...old]);
		expect((await watch.look())?.map(({ id }) => id)).toEqual(['101']);
	});

	it('goes on from what an earlier version kept, and forgets what is long gone', async () => {
		const watch = watcher();
		watch.kept = { watches: { newInvoice: { known: ['1', '2'] } } };
		answer([bill(3, 9), bill(2, 3), bill(1, 3)]);
		expect((await watch.look())?.map(({ id }) => id)).toEqual([3]);
		watch.kept = { watches: { newInvoice: { known: { gone: days(90), 5: days(9) } } } };
		answer([bill(5, 2)]);
		expect(await watch.look()).toBeNull();
		expect(JSON.stringify(watch.kept)).not.toContain('gone');
	});

	it('takes an invoice without a readable date or id for what it is', async () => {
		const watch = watcher();
		answer([{ bill_at: null, code: 'A' }]);
		expect(await watch.look()).toBeNull();
		answer([
			{ bill_at: null, code: 'A' },
			{ created_at: '0000-00-00 00:00:00', code: 'B' },
		]);
		expect((await watch.look())?.map(({ code }) => code)).toEqual(['B']);
		expect(await watch.look()).toBeNull();
	});
});

describe('Low Balance', () => {
	/** The balance, and a threshold that the next order takes it below. */
	async function justAbove(): Promise<{ balance: string; threshold: number }> {
		const { data } = (await callTw<{ balance: string }>(bench.sandbox, 'getBalance', {})).body;
		return { balance: data.balance, threshold: Number(data.balance) };
	}

	it('fires once when it falls below, and again only after it had recovered', async () => {
		const { threshold } = await justAbove();
		const watch = new Watcher({ event: 'lowBalance', threshold });
		expect(await watch.look()).toBeNull();
		await forecast(bench.sandbox, 'SPENT');
		const { balance } = await justAbove();
		expect(await watch.look()).toEqual([
			{ balance, balance_number: Number(balance), threshold, currency: 'USD' },
		]);
		expect(await watch.look()).toBeNull();
		await forecast(bench.sandbox, 'MORE');
		expect(await watch.look()).toBeNull();

		// Money back: TW refunds deleted orders.
		for (const no of ['SPENT', 'MORE']) await callTw(bench.sandbox, 'orderDelete', { no });
		expect(await watch.look()).toBeNull();
		await forecast(bench.sandbox, 'AGAIN');
		expect(await watch.look()).toHaveLength(1);
		expect(await watch.look()).toBeNull();
	});

	it('fires at the first look if it is below already, and anew for another threshold', async () => {
		const { threshold } = await justAbove();
		const watch = new Watcher({ event: 'lowBalance', threshold: threshold + 1 });
		expect(await watch.look()).toHaveLength(1);
		expect(await watch.look()).toBeNull();
		const higher = new Watcher({ event: 'lowBalance', threshold: threshold + 2 });
		higher.kept = watch.kept;
		expect(await higher.look()).toHaveLength(1);
	});

	it('compares exactly: an amount equal to the threshold is not below it', async () => {
		const answer = (balance: string) => {
			bench.sandbox.clearFaults();
			const body = JSON.stringify({ data: { balance } });
			bench.sandbox.fault({ kind: 'rawBody', path: 'getBalance', body });
		};
		const watch = new Watcher({ event: 'lowBalance', threshold: 0.3 });
		answer('0.300');
		expect(await watch.look()).toBeNull();
		answer('0.29999999999999999999');
		expect(await watch.look()).toHaveLength(1);
		answer('-5');
		expect(await watch.look()).toBeNull();
	});

	it('a poll that fails neither fires nor forgets', async () => {
		const { threshold } = await justAbove();
		const watch = new Watcher({ event: 'lowBalance', threshold });
		await watch.look();
		await forecast(bench.sandbox, 'SPENT');
		bench.sandbox.fault({ kind: 'status', path: 'getBalance', status: 404 });
		await expect(watch.look()).rejects.toMatchObject({
			description: saying('/api/v2/getBalance is an assumption'),
		});
		bench.sandbox.clearFaults();
		expect(await watch.look()).toHaveLength(1);
		bench.sandbox.fault({ kind: 'status', path: 'getBalance', status: 400 });
		await expect(watch.look()).rejects.toThrow();
		bench.sandbox.clearFaults();
		expect(await watch.look()).toBeNull();
	});

	it.each([
		['', "'Threshold' is empty"],
		['low', "'Threshold' must be a number"],
	])('refuses the threshold "%s"', async (threshold, problem) => {
		const given = `={{ ${JSON.stringify(threshold)} }}`;
		const watch = new Watcher({ event: 'lowBalance', threshold: given });
		await expect(watch.look()).rejects.toThrow(problem);
		expect(bench.sandbox.ledger().requests).toEqual([]);
	});
});

describe('Order Final', () => {
	const following = (...orders: string[]) =>
		new Watcher({ event: 'orderFinal', orders: orders.join(', ') });

	it('fires once for each order number that has come to its end', async () => {
		const watch = following('A', 'B');
		expect(await watch.look()).toBeNull();
		await forecast(bench.sandbox, 'A');
		const [a] = (await watch.look()) ?? [];
		expect(a).toEqual({
			order: 'A',
			no: 'A',
			outcome: 'completed',
			tracking_number: saying(/^1Z/),
			tracking_numbers: [expect.stringMatching(/^1Z/), expect.stringMatching(/^1Z/)],
		});
		expect(await watch.look()).toBeNull();
		await forecast(bench.sandbox, 'B');
		await callTw(bench.sandbox, 'orderDelete', { no: 'B' });
		expect(await watch.look()).toEqual([having({ order: 'B', outcome: 'deleted' })]);
		const before = requestsTo(bench.sandbox, INFO).length;
		expect(await watch.look()).toBeNull();
		expect(requestsTo(bench.sandbox, INFO)).toHaveLength(before);
	});

	it('fires once for a request id, and waits while TW is still at it', async () => {
		bench.sandbox.set({ stateStepMs: 3_600_000 });
		const slow = await forecast(bench.sandbox, 'SLOW');
		bench.sandbox.set({ stateStepMs: 0 });
		const done = await forecast(bench.sandbox, 'DONE');
		const watch = following(slow, done);
		expect(await watch.look()).toEqual([
			{
				...{ order: done, request_id: done, no: 'DONE', outcome: 'completed' },
				...{ status: 10, status_text: 'forecast completed' },
			},
		]);
		expect(await watch.look()).toBeNull();
		const asked = bodiesTo(bench.sandbox, CHECK) as IDataObject[];
		expect(asked.map(({ request_id }) => request_id)).toEqual([slow, done, slow]);
	});

	it('reports -1 at once, and any other failing state when it was seen three times in a row', async () => {
		const sure = await forecast(bench.sandbox, 'SURE', { product: 'FAIL-1' });
		const maybe = await forecast(bench.sandbox, 'MAYBE', { product: 'FAIL-6' });
		const watch = following(sure, maybe);
		const surely = { outcome: 'failed', status: -1, errors_text: 'abnormal error' };
		expect(await watch.look()).toEqual([having({ no: 'SURE', ...surely })]);
		expect(await watch.look()).toBeNull();
		expect(await watch.look()).toEqual([having({ no: 'MAYBE', outcome: 'failed', status: -6 })]);
		expect(await watch.look()).toBeNull();
	});

	it('a failing state that passes is not reported, and counts anew', async () => {
		const id = await forecast(bench.sandbox, 'MAYBE', { product: 'FAIL-6' });
		const watch = following(id);
		await watch.look();
		await watch.look();
		const running = { request_id: id, no: 'MAYBE', errors: [], status: 7 };
		const body = JSON.stringify({ code: 200, data: running });
		bench.sandbox.fault({ kind: 'rawBody', path: CHECK, body, times: 1 });
		expect(await watch.look()).toBeNull();
		expect(await watch.look()).toBeNull();
		expect(await watch.look()).toBeNull();
		expect(await watch.look()).toHaveLength(1);
	});

	it('an order that can not be read holds up no other, and is not lost', async () => {
		await forecast(bench.sandbox, 'A');
		await forecast(bench.sandbox, 'B');
		bench.sandbox.fault({ kind: 'status', path: INFO, status: 400, bodyIncludes: '"B"' });
		const watch = following('A', 'B');
		expect((await watch.look())?.map(({ no }) => no)).toEqual(['A']);
		// Now only B is open, and it can't be read: that poll failed.
		await expect(watch.look()).rejects.toThrow("TW refuses 'Order details'");
		bench.sandbox.clearFaults();
		expect((await watch.look())?.map(({ no }) => no)).toEqual(['B']);
		expect(await watch.look()).toBeNull();
	});

	it('a failing count survives a poll in which its order can not be read', async () => {
		const id = await forecast(bench.sandbox, 'MAYBE', { product: 'FAIL-6' });
		await forecast(bench.sandbox, 'A');
		const watch = following(id, 'OTHER');
		expect(await watch.look()).toBeNull();
		expect(await watch.look()).toBeNull();
		bench.sandbox.fault({ kind: 'status', path: CHECK, status: 400, times: 1 });
		expect(await watch.look()).toBeNull();
		expect(await watch.look()).toHaveLength(1);
	});

	it('takes an order given twice as one, and an empty field as a mistake', async () => {
		await forecast(bench.sandbox, 'A');
		expect(await following('A', 'A', ' A ').look()).toHaveLength(1);
		const none = new Watcher({ event: 'orderFinal', orders: '={{ " , " }}' });
		await expect(none.look()).rejects.toThrow("'Orders' is empty");
	});
});

describe('a test run in the editor', () => {
	it.each<[string, INodeParameters]>([
		['newInvoice', { event: 'newInvoice' }],
		['lowBalance', { event: 'lowBalance', threshold: 1 }],
		['orderFinal', { event: 'orderFinal', orders: 'NONE, A' }],
	])('shows a sample of %s and moves nothing', async (_event, parameters) => {
		await forecast(bench.sandbox, 'A');
		bench.sandbox.issueBill();
		const watch = new Watcher(parameters);
		expect(await watch.look('manual')).toHaveLength(1);
		expect(await watch.look('manual')).toHaveLength(1);
		expect(watch.kept).toEqual({});
		// A state that is there stays as it is, too.
		await watch.look();
		const { kept } = watch;
		bench.sandbox.issueBill();
		await watch.look('manual');
		expect(watch.kept).toEqual(kept);
	});
});

it('events of one node keep their states apart', async () => {
	const invoices = new Watcher({ event: 'newInvoice' });
	await invoices.look();
	const balance = new Watcher({ event: 'lowBalance', threshold: 1e9 });
	balance.kept = invoices.kept;
	expect(await balance.look()).toHaveLength(1);
	invoices.kept = balance.kept;
	const id = bench.sandbox.issueBill();
	expect((await invoices.look())?.map((bill) => bill['id'])).toEqual([id]);
});
