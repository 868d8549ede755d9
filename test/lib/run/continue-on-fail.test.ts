/** With Continue on Fail the good items go through and the bad ones carry their message. */
import type { INodeParameters } from 'n8n-workflow';
import { FORECAST, INFO, outputOf, paths, requestsTo, saying } from '../../observed';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const create = createParameters({
	waitForCompletion: false,
	boxes: {
		item: [{ number: 1, weight: '={{ $json.weight }}', length: 20, width: 20, height: 20 }],
	},
});
const ship: INodeParameters = {
	operation: 'order_ship',
	specifyBody: 'fields',
	order_id: '={{ $json.no }}',
	session_id: 's-1',
	terminal_ip: '={{ $json.ip }}',
};
const mixed = [
	{ no: 'GOOD-1', weight: 1, ip: '210.20.10.33' },
	{ no: 'BAD', weight: -1, ip: '' },
	{ no: 'GOOD-2', weight: 2, ip: '210.20.10.33' },
];
const noWeight = "'Weight' of Box 1 must be greater than 0 [Item 1]";
const noDevice =
	"'Black Box' and 'IP' are both empty: TD needs at least one (assumed from its code 9004) [Item 1]";

describe.each([
	['twOrder' as const, create, noWeight, () => bench.sandbox.ledger().orders.map(({ no }) => no)],
	[
		'tdOrderEvent' as const,
		ship,
		noDevice,
		() => bench.sandbox.ledger().events.map(({ orderId }) => orderId),
	],
])('%s', (node, parameters, problem, accepted) => {
	it('puts all out in order, each paired with its item', async () => {
		const run = await bench.run(node, parameters, mixed, { onError: 'continueRegularOutput' });
		const [first, second, third] = outputOf(run);
		const numberOf = (json: typeof first) => json?.['no'] ?? json?.['order_id'];
		expect(numberOf(first)).toBe('GOOD-1');
		expect(second).toEqual({
			error: problem,
			message: saying('Nothing was sent for this item'),
			outcome: 'failed',
			details: { kind: 'validation', item: 1 },
		});
		expect(numberOf(third)).toBe('GOOD-2');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(accepted().sort()).toEqual(['GOOD-1', 'GOOD-2']);
	});

	it('parts good from bad when there is an error output', async () => {
		const run = await bench.run(node, parameters, mixed, { onError: 'continueErrorOutput' });
		expect(run.error).toBeUndefined();
		const [good = [], bad = []] = run.outputs;
		expect(good.map(({ json }) => json['no'] ?? json['order_id'])).toEqual(['GOOD-1', 'GOOD-2']);
		expect(good.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(bad).toHaveLength(1);
		expect(bad[0]).toMatchObject({
			json: {
				// n8n puts the item that failed beside its message.
				no: 'BAD',
				error: problem,
				message: saying('Nothing was sent for this item'),
			},
			pairedItem: { item: 1 },
		});
		expect(accepted().sort()).toEqual(['GOOD-1', 'GOOD-2']);
	});

	it('sends nothing at all without it', async () => {
		const run = await bench.run(node, parameters, mixed);
		expect(run.error?.message).toBe(problem);
		expect(paths(bench.sandbox)).toEqual([]);
	});
});

it("carries TW's own refusal, with what TW said", async () => {
	bench.sandbox.fault({
		kind: 'rawBody',
		path: FORECAST,
		bodyIncludes: 'BAD',
		status: 400,
		body: '{"code":4711,"message":"No such street","data":null}',
	});
	const items = mixed.map((item) => ({ ...item, weight: 1 }));
	const run = await bench.run('twOrder', create, items, { onError: 'continueRegularOutput' });
	expect(outputOf(run)[1]).toEqual({
		error: saying(/^TW refuses order BAD, sent with channel UA to .+: No such street \[Item 1\]$/),
		message: saying(/\(code 4711, HTTP 400\)$/),
		outcome: 'failed',
		details: { kind: 'refused', item: 1, code: 4711, message: 'No such street', httpStatus: 400 },
	});
	expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(3);
	expect(
		bench.sandbox
			.ledger()
			.orders.map(({ no }) => no)
			.sort(),
	).toEqual(['GOOD-1', 'GOOD-2']);
});

it('a member "error" in an order that TW shows does not make its item a failed one', async () => {
	const order = { no: 'A', status: 1, is_prod: true, error: 'none' };
	bench.sandbox.fault({
		kind: 'rawBody',
		path: INFO,
		body: JSON.stringify({ code: 200, message: 'OK', data: order }),
	});
	const get: INodeParameters = { operation: 'get', no: 'A', simplify: false };
	const run = await bench.run('twOrder', get, [{}], { retryOnFail: true, maxTries: 2 });
	const [output] = outputOf(run);
	expect(output).toMatchObject({ no: 'A', vendor_error: 'none' });
	expect(output).not.toHaveProperty('error');
	expect(paths(bench.sandbox)).toEqual([INFO]);
});

it("an expression that fails is its own item's message", async () => {
	const parameters = createParameters({ waitForCompletion: false, no: '={{ $json.order.no }}' });
	const run = await bench.run(
		'twOrder',
		parameters,
		[{ order: { no: 'GOOD-1' } }, {}, { order: { no: 'GOOD-2' } }],
		{ onError: 'continueRegularOutput' },
	);
	expect(outputOf(run).map(({ no, error }) => no ?? (error as string).slice(-8))).toEqual([
		'GOOD-1',
		'[Item 1]',
		'GOOD-2',
	]);
});

it('the end of a run says what had gone through before', async () => {
	bench.sandbox.fault({ kind: 'status', path: FORECAST, bodyIncludes: 'BAD', status: 400 });
	const items = mixed.map((item) => ({ ...item, weight: 1 }));
	const oneByOne = { ...create, options: { concurrency: 1 } };
	const run = await bench.run('twOrder', oneByOne, items);
	expect(run.error?.message).toContain('[Item 1]');
	expect((run.error as unknown as { description: string }).description).toContain(
		'Before that, 1 went through: GOOD-1',
	);
	expect(run.log.map(({ message }) => message)).toContainEqual(
		expect.stringContaining('had sent: GOOD-1'),
	);
	expect(bench.sandbox.ledger().orders.map(({ no }) => no)).toEqual(['GOOD-1']);
});
