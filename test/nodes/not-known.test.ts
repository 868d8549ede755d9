/** A number that TW does not know: the message names it, and what the field takes. */
import type { INodeParameters } from 'n8n-workflow';
import { complaint } from '../observed';
import type { nodes } from '../support';
import { createParameters, useBench } from '../support';

const bench = useBench();
beforeEach(async () => await bench.sandbox.reset());

const said = async (node: keyof typeof nodes, parameters: INodeParameters) =>
	complaint(await bench.run(node, parameters, [{}]));
const REQUEST_ID = '00000000-0000-4000-8000-000000000009';

it.each<[keyof typeof nodes, INodeParameters, string, string]>([
	[
		'twOrder',
		{ operation: 'get', no: 'X-1' },
		'TW does not have an order X-1',
		"Check 'Order Number'",
	],
	[
		'twOrder',
		{ operation: 'get', no: REQUEST_ID },
		`TW does not have an order ${REQUEST_ID}`,
		"This is a request_id: read its state with 'Get Status'",
	],
	[
		'twOrder',
		{ operation: 'delete', no: 'X-1' },
		'TW does not have an order X-1',
		"Check 'Order Number'",
	],
	[
		'twOrder',
		{ operation: 'getFee', tracking_number: 'X-1' },
		'TW has no charges for tracking number X-1: tracking number not found',
		"The order may not be completed yet. Else check 'Tracking Number'",
	],
	[
		'twOrder',
		{ operation: 'getStatus', request_id: REQUEST_ID },
		`TW refuses 'Order status inquiry' for ${REQUEST_ID}: unknown request_id`,
		"Check 'Request ID'",
	],
	[
		'twInvoice',
		{ operation: 'getLines', bill_id: 987654 },
		'TW does not know invoice 987654: bill not found',
		"Check 'Invoice ID'",
	],
	['twBag', { operation: 'get', bag_no: 'B-1' }, 'TW does not know bag B-1', "Check 'Bag Number'"],
	[
		'twBag',
		{ operation: 'delete', bag_no: 'B-1' },
		'TW does not know bag B-1',
		"Check 'Bag Number'",
	],
	[
		'twBag',
		{ operation: 'review', bag_no: 'B-1' },
		'TW does not know bag B-1',
		"Check 'Bag Number'",
	],
])('%s %j', async (node, parameters, message, advice) => {
	const { message: text, description } = await said(node, parameters);
	expect(text.startsWith(message)).toBe(true);
	expect(description).toContain(advice);
	expect(description.startsWith(advice)).toBe(true);
});

describe('an order number in the field of another', () => {
	beforeEach(async () => {
		await bench.run('twOrder', createParameters({ waitForCompletion: false }), [{ no: 'ORD-7' }]);
	});

	it('as a tracking number', async () => {
		const { message, description } = await said('twOrder', {
			operation: 'getFee',
			tracking_number: 'ORD-7',
		});
		expect(message).toBe("'Tracking Number' holds the order number ORD-7 [Item 0]");
		expect(description).toMatch(/Its tracking number is \w+\./);
	});

	it('as a request_id', async () => {
		const { message, description } = await said('twOrder', {
			operation: 'getStatus',
			request_id: 'ORD-7',
		});
		expect(message).toBe("'Request ID' holds the order number ORD-7 [Item 0]");
		expect(description).toContain("'Get'");
	});
});

it('of what has no number only the path can be wrong', async () => {
	bench.sandbox.set({ movedPaths: { '/api/v2/getBalance': '/api/v2/balance' } });
	const { message, description } = await said('twBalance', { operation: 'get' });
	expect(message).toContain(
		"TW does not know its path /api/v2/getBalance ('Available balance'): no such",
	);
	expect(description).toMatch(/^Check 'Base URL'.*the path \/api\/v2\/getBalance is an assumption/);
});
