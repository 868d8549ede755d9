/** TW's own examples, made with our nodes, arrive member for member as TW prints them. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { TwApi } from '../../credentials/TwApi.credentials';
import { TwOrder } from '../../nodes/TwOrder/TwOrder.node';
import { testCredential } from '../engine/harness';
import { BILL, bodiesTo, CHECK, FORECAST, INFO, requestsTo } from '../observed';
import { boxes, channel, toAddress, toWarehouse } from '../operations/order';
import { useBench } from '../support';
import {
	example,
	TW_CHECK_ANSWER,
	TW_CHECK_REQUEST,
	TW_INFO_ANSWER,
	TW_INFO_REQUEST,
	TW_TICKET_ADDRESS,
	TW_TICKET_WAREHOUSE,
} from './examples';

const bench = useBench({ settings: { requireExampleMembers: true } });
beforeEach(() => bench.sandbox.reset());

const create = { operation: 'create', waitForCompletion: false };

/** The tickets that arrive at TW. */
async function sent(order: INodeParameters, item: IDataObject = {}): Promise<unknown[]> {
	const { error } = await bench.run('twOrder', { ...create, ...order }, [item]);
	expect(error).toBeUndefined();
	const bodies = bodiesTo(bench.sandbox, FORECAST) as Array<{ tickets: unknown[] }>;
	expect(bodies).toEqual([{ tickets: [expect.anything()] }]);
	return bodies[0]!.tickets;
}
const inFields = async (order: INodeParameters) => await sent({ specifyOrder: 'fields', ...order });
const inJson = async (orderJson: string, item?: IDataObject) =>
	await sent({ specifyOrder: 'json', orderJson }, item);

const warehouse: INodeParameters = {
	no: 'ORD-0001',
	...channel('UA'),
	...toWarehouse,
	...boxes({ number: 2, weight: 10, length: 30, width: 30, height: 30 }),
};
const address: INodeParameters = { no: 'ORD-0002', ...channel('UW'), ...toAddress, ...boxes({}) };

describe('orderForecast', () => {
	it.each([
		['to a warehouse', TW_TICKET_WAREHOUSE],
		['to an address', TW_TICKET_ADDRESS],
	])('sends the example ticket %s given as JSON', async (_where, ticket) => {
		expect(await inJson(ticket)).toEqual([example(ticket)]);
	});

	it('sends the example ticket to a warehouse given in fields', async () => {
		const additionalFields = { signatureType: 'INDIRECT', is_insurance: false };
		const tickets = await inFields({ ...warehouse, additionalFields });
		expect(tickets).toEqual([example(TW_TICKET_WAREHOUSE)]);
	});

	it('sends the example ticket to an address given in fields, without what is not set', async () => {
		expect(await inFields(address)).toEqual([example(TW_TICKET_ADDRESS)]);
	});

	it('sends every optional field that is set', async () => {
		const first = {
			number: 1,
			weight: 0.5,
			length: 20,
			width: 20,
			height: 20,
			declaredValue: 12.5,
		};
		const second = { number: 3, weight: 2, length: 10, width: 10, height: 10 };
		const referenceNumbers = { item: [{ text: 'REF-1' }, { text: 'REF-2' }] };
		const set = { freightClass: '70', signatureType: 'INDIRECT', note: 'Leave at the door' };
		const tickets = await inFields({
			...warehouse,
			...boxes({ ...first, referenceNumbers }, second),
			additionalFields: { ...set, isSignatureService: true, is_insurance: true },
		});
		expect(tickets).toEqual([
			{
				...{ no: 'ORD-0001', product: 'UA', consignee: 'MSP1' },
				...{ ...set, isSignatureService: 1, is_insurance: true },
				boxes: [
					{ ...first, referenceNumbers: ['REF-1', 'REF-2'] },
					{ ...second, declaredValue: 0, referenceNumbers: [] },
				],
			},
		]);
	});

	it('passes members on that the documentation does not show', async () => {
		const box = { number: 1, weight: 1, length: 1, width: 1, height: 1, declaredValue: 0 };
		const boxes = [{ ...box, referenceNumbers: [], sku: 'A' }];
		const ticket = { ...example(TW_TICKET_WAREHOUSE), vat_number: 'DE1', boxes };
		expect(await inJson('={{ $json }}', ticket)).toEqual([ticket]);
	});
});

describe('the reads', () => {
	it('asks orderCheck as the example does', async () => {
		bench.sandbox.fault({ kind: 'rawBody', path: CHECK, body: TW_CHECK_ANSWER });
		const asked = { operation: 'getStatus', ...example(TW_CHECK_REQUEST) } as INodeParameters;
		await bench.run('twOrder', asked, [{}]);
		expect(bodiesTo(bench.sandbox, CHECK)).toEqual([example(TW_CHECK_REQUEST)]);
	});

	it('asks orderInfo as the example does', async () => {
		bench.sandbox.fault({ kind: 'rawBody', path: INFO, body: TW_INFO_ANSWER });
		await bench.run('twOrder', { operation: 'get', no: 'ORD-0001' }, [{}]);
		expect(bodiesTo(bench.sandbox, INFO)).toEqual([example(TW_INFO_REQUEST)]);
	});

	it('tests a credential with getBill, limit 1, and the date scope alone', async () => {
		await testCredential(new TwOrder(), 'twApi', bench.credentials.twApi, new TwApi());
		const day = expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as unknown;
		expect(bodiesTo(bench.sandbox, BILL)).toEqual([{ date_scope: [day, day], page: 1, limit: 1 }]);
	});
});

it('signs every request in the four headers, and puts the token nowhere', async () => {
	const order = { specifyOrder: 'json', orderJson: TW_TICKET_WAREHOUSE };
	await bench.run('twOrder', { ...create, waitForCompletion: true, ...order }, [{}]);
	const { requests } = bench.sandbox.ledger();
	expect(requests.map(({ path }) => path)).toEqual([FORECAST, CHECK, INFO]);
	for (const { method, headers, query, body } of requests) {
		const { key, t, username, sign } = headers;
		expect([method, query]).toEqual(['POST', '']);
		expect([key, username]).toEqual(['sandbox-api-key', 'TW0001']);
		expect(t).toMatch(/^\d{10}$/);
		expect(sign).toBe(createHash('md5').update(`sandbox-api-token_${t}`).digest('hex'));
		expect(headers['content-type']).toBe('application/json');
		expect(JSON.stringify(headers) + body).not.toContain('sandbox-api-token');
	}
	expect(requestsTo(bench.sandbox, FORECAST)[0]?.accepted).toBe(true);
});
