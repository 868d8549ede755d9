/** Every answer that the documentation shows is read. */
import { TwApi } from '../../credentials/TwApi.credentials';
import { TwOrder } from '../../nodes/TwOrder/TwOrder.node';
import { testCredential } from '../engine/harness';
import { BILL, CHECK, EVENT, INFO, outputOf } from '../observed';
import { useBench } from '../support';
import {
	example,
	TD_ANSWER,
	TD_SHIP,
	TW_BILL_ANSWER,
	TW_CHECK_ANSWER,
	TW_INFO_ANSWER,
	TW_INFO_ANSWER_WITH_CODE,
} from './examples';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

it("reads TW's order status", async () => {
	bench.sandbox.fault({ kind: 'rawBody', path: CHECK, body: TW_CHECK_ANSWER });
	const request_id = '00000000-0000-4000-8000-000000000001';
	const run = await bench.run('twOrder', { operation: 'getStatus', request_id }, [{}]);
	const state = { status: 10, status_text: 'forecast completed', phase: 'completed' };
	expect(outputOf(run)).toEqual([{ request_id, no: 'ORD-0001', errors: [], ...state }]);
});

it.each([
	[-1, 'failed', 'abnormal error'],
	[-2, 'failed', 'verification failed'],
	[-4, 'failed', 'insufficient balance'],
	[-6, 'failed', 'trial calculation failed'],
	[-9, 'failed', 'request failed'],
	[1, 'running', 'request received'],
	[2, 'running', 'in form validation'],
	[3, 'running', 'form validation completed'],
	[4, 'running', 'verifying the balance'],
	[5, 'running', 'balance sufficient'],
	[6, 'running', 'in trial calculation'],
	[7, 'running', 'trial calculation completed'],
	[8, 'running', 'send request'],
	[9, 'running', 'in request'],
	[10, 'completed', 'forecast completed'],
	[-3, 'failed', 'state -3, not documented'],
	[11, 'running', 'state 11, not documented'],
])("tells TW's state %i as %s, %s", async (status, phase, status_text) => {
	const { request_id } = (JSON.parse(TW_CHECK_ANSWER) as { data: { request_id: string } }).data;
	const body = TW_CHECK_ANSWER.replace('"status": 10', `"status": ${status}`);
	bench.sandbox.fault({ kind: 'rawBody', path: CHECK, body });
	const run = await bench.run('twOrder', { operation: 'getStatus', request_id }, [{}]);
	expect(outputOf(run)[0]).toMatchObject({ status, phase, status_text });
});

describe.each([
	['without a code', TW_INFO_ANSWER],
	['with a code behind the data', TW_INFO_ANSWER_WITH_CODE],
])("TW's order details %s", (_case, body) => {
	beforeEach(() => bench.sandbox.fault({ kind: 'rawBody', path: INFO, body }));

	it('are simplified', async () => {
		const run = await bench.run('twOrder', { operation: 'get', no: 'ORD-0001' }, [{}]);
		expect(outputOf(run)).toEqual([
			{
				no: 'ORD-0001',
				state: 'completed',
				tracking_number: '1ZTEST0000000001',
				tracking_numbers: ['1ZTEST0000000001', '1ZTEST0000000002'],
				...{ charge_weight: '22.000', charge_weight_unit: 'LBS' },
				...{ charge_amount: '18.50', charge_total_amount: '18.50', currency: 'USD' },
				...{ is_prod: true, status: 1 },
			},
		]);
	});

	it('are passed on in full', async () => {
		const parameters = { operation: 'get', no: 'ORD-0001', simplify: false };
		const run = await bench.run('twOrder', parameters, [{}]);
		const { data } = example(body) as { data: Record<string, unknown> };
		const own = { state: 'completed', currency: 'USD', time_zone: 'Asia/Shanghai' };
		expect(outputOf(run)).toEqual([{ ...data, ...own }]);
	});
});

it("keeps TW's names of money apart", async () => {
	const body = TW_INFO_ANSWER.replace('"charge_amount": "18.50"', '"charge_amount": "17.00"');
	bench.sandbox.fault({ kind: 'rawBody', path: INFO, body, times: 1 });
	const get = async () => await bench.run('twOrder', { operation: 'get', no: 'ORD-0001' }, [{}]);
	const both = { charge_amount: '17.00', charge_total_amount: '18.50' };
	expect(outputOf(await get())).toEqual([expect.objectContaining(both)]);
	const without = body.replace('"charge_total_amount"', '"other"');
	bench.sandbox.fault({ kind: 'rawBody', path: INFO, body: without });
	const [item] = outputOf(await get());
	expect(item).toMatchObject({ charge_amount: '17.00' });
	expect(item).not.toHaveProperty('charge_total_amount');
});

it("reads TW's invoices, as the credential test does", async () => {
	bench.sandbox.fault({ kind: 'rawBody', path: BILL, body: TW_BILL_ANSWER });
	await expect(
		testCredential(new TwOrder(), 'twApi', bench.credentials.twApi, new TwApi()),
	).resolves.toEqual({ status: 'OK', message: 'TW accepted the user name, key and signature' });
});

it("reads TD's answer", async () => {
	bench.sandbox.fault({ kind: 'rawBody', path: EVENT, body: TD_ANSWER });
	const parameters = { operation: 'order_ship', specifyBody: 'json', bodyJson: TD_SHIP };
	const run = await bench.run('tdOrderEvent', parameters, [{}]);
	expect(outputOf(run)).toEqual([
		{
			...{ code: 200, sequence_id: '1648777165770866F82AC7F326307055' },
			...{ outcome: 'reported', event_type: 'order_ship', order_id: 'NX348566DIHD' },
			event_time: '2021-10-12T14:20:50.521+07:00',
		},
	]);
});
