/** Dry runs of orders: per item, in batches, with prices, and what the register would do. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { EngineRun } from '../engine/harness';
import { ownEntries } from '../lib/register/places';
import {
	bodiesTo,
	complaint,
	FORECAST,
	having,
	INFO,
	outputOf,
	paths,
	requestsTo,
	saying,
	until,
} from '../observed';
import { forecast } from '../sandbox/client';
import { neutralEvent } from '../unit/shops/neutral';
import { createParameters, useBench } from '../support';
import { type Shown, withOptions } from './support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const create = createParameters({ waitForCompletion: false });
const buy = createParameters({ operation: 'buyCheapest', channels: ['UA', 'UW', 'FH'] });
delete buy['product'];

const run = async (
	parameters: INodeParameters,
	items: IDataObject[] = [{ no: 'D-1' }],
	more = {},
) => await bench.run('twOrder', parameters, items, more);
const shownOf = (done: EngineRun) => outputOf(done) as unknown as Shown[];
const dry = async (parameters: INodeParameters, options = {}, items?: IDataObject[]) =>
	shownOf(await run(withOptions(parameters, { dryRun: true, ...options }), items));
const hintsOf = ({ hints }: EngineRun) => hints.map(({ message }) => message);
const orders = () => bench.sandbox.ledger().orders.map(({ no }) => no);

describe('with an expression', () => {
	const options = { dryRun: '={{ $json.dry }}' };
	const items = [
		{ no: 'D-1', dry: true },
		{ no: 'D-2', dry: false },
		{ no: 'D-3', dry: 'true' },
	];

	it.each([1, 50])('it holds per item, with %i tickets per request', async (ticketsPerRequest) => {
		const done = await run(withOptions(create, { ...options, ticketsPerRequest }), items);
		const outcomes = outputOf(done).map(({ outcome }) => outcome);
		expect(outcomes).toEqual(['dry_run', 'accepted', 'dry_run']);
		expect(orders()).toEqual(['D-2']);
		expect(hintsOf(done)).toEqual([
			'Dry Run: nothing was sent for 2 items. 2 would be sent',
			'1 accepted by TW, not done yet',
		]);
	});

	it.each([undefined, null, '', 'maybe'])(
		'that comes out as %j nothing is sent, and the item says so',
		async (value) => {
			for (const code of ['$json.dry', '$json["dry"]', '[$json.dry][0]']) {
				const item = { no: 'D-1', ...(value === undefined ? {} : { dry: value }) };
				const failed = await run(withOptions(create, { dryRun: `={{ ${code} }}` }), [item]);
				expect(complaint(failed).message).toMatch(/^'Dry Run' (is empty|must be true or false)/);
				expect(paths(bench.sandbox)).toEqual([]);
			}
		},
	);
});

it('items that were only tried are not among those that went through', async () => {
	bench.sandbox.fault({ kind: 'status', path: FORECAST, bodyIncludes: 'D-3', status: 400 });
	const items = [
		{ no: 'D-1', dry: true },
		{ no: 'D-2', dry: false },
		{ no: 'D-3', dry: false },
	];
	const options = { dryRun: '={{ $json.dry }}', concurrency: 1 };
	const failed = await run(withOptions(create, options), items);
	expect(complaint(failed).description).toContain('Before that, 1 went through: D-2.');
	expect(failed.log.map(({ message }) => message).join()).toContain('had sent: D-2');
});

it('what is wrong with an item is found', async () => {
	const bad = { boxes: { item: [{ number: 1, weight: -1, length: 20, width: 20, height: 20 }] } };
	const failed = await run(withOptions({ ...create, ...bad }, { dryRun: true }));
	expect(complaint(failed).message).toContain("'Weight' of Box 1 must be greater than 0");
	expect(paths(bench.sandbox)).toEqual([]);
});

describe('Tickets per Request', () => {
	const items = ['B-1', 'B-2', 'B-3'].map((no) => ({ no }));
	const inOne = { ticketsPerRequest: 3 };

	it('shows each item the request that holds them all', async () => {
		const shown = await dry(create, inOne, items);
		expect(paths(bench.sandbox)).toEqual([]);
		await run(withOptions(create, inOne), items);
		const { body } = requestsTo(bench.sandbox, FORECAST).at(-1)!;
		expect(shown.map((one) => one.body_text)).toEqual([body, body, body]);
		expect(shown).toMatchObject(items);
	});

	it('leaves out what was sent before, as without it', async () => {
		await run(create, [{ no: 'B-2' }]);
		const done = await run(withOptions(create, { ...inOne, dryRun: true }), items);
		const shown = shownOf(done);
		expect(shown.map(({ register }) => register.would)).toEqual(['send', 'output', 'send']);
		expect(hintsOf(done)).toEqual([
			'Dry Run: nothing was sent. 2 would be sent, 1 would not: see item 1',
		]);
		await run(withOptions(create, inOne), items);
		const { body } = requestsTo(bench.sandbox, FORECAST).at(-1)!;
		expect([shown[0]?.body_text, shown[2]?.body_text]).toEqual([body, body]);
		expect(shown[1]?.body).toEqual({ tickets: [having({ no: 'B-2' })] });
		expect(orders().sort()).toEqual(['B-1', 'B-2', 'B-3']);
	});
});

describe('Wait for Completion and Check for Existing Order', () => {
	it('ask nothing', async () => {
		await forecast(bench.sandbox, 'D-1');
		const before = paths(bench.sandbox).length;
		const [shown] = await dry({ ...create, waitForCompletion: true }, { checkExisting: true });
		expect(shown).toMatchObject({ outcome: 'dry_run' });
		expect(shown?.register.says).toMatch(/^TW would be asked first whether it has the order\. /);
		expect(paths(bench.sandbox)).toHaveLength(before);
	});

	it('nor does a retry from the executions list', async () => {
		bench.sandbox.fault({ kind: 'status', path: FORECAST, status: 400 });
		const failed = await run(create);
		const before = paths(bench.sandbox).length;
		const parameters = withOptions(create, { dryRun: true });
		const again = await run(parameters, undefined, { previous: failed });
		expect(outputOf(again)).toEqual([having({ outcome: 'dry_run' })]);
		expect(paths(bench.sandbox)).toHaveLength(before);
	});
});

describe('Quote in Dry Run', () => {
	it('adds what TW would charge, and asks for nothing else', async () => {
		const [shown] = await dry(create, { quoteInDryRun: true });
		expect(shown).toMatchObject({ outcome: 'dry_run', channel: 'UA' });
		expect(shown?.quoted_price).toMatch(/^\d+\.\d+$/);
		expect(paths(bench.sandbox)).toEqual(['/api/v2/orderTrial']);
		expect(orders()).toEqual([]);
	});

	it('tells what TW says against it', async () => {
		const refused = '{"code":4711,"message":"No such street","data":null}';
		bench.sandbox.fault({ kind: 'rawBody', path: 'orderTrial', status: 400, body: refused });
		expect(await dry(create, { quoteInDryRun: true })).toEqual([
			having({
				outcome: 'dry_run',
				refused: saying('No such street'),
			}),
		]);
	});

	it('is nothing without Dry Run', async () => {
		outputOf(await run(withOptions(create, { quoteInDryRun: true })));
		expect(paths(bench.sandbox)).toEqual([FORECAST]);
	});
});

describe('Buy Cheapest', () => {
	it('leaves the channel open, says so, and asks nothing', async () => {
		const [shown] = await dry(buy);
		expect(shown).not.toHaveProperty('channel');
		expect(shown?.remark).toContain('the cheapest of UA, UW, FH');
		expect(shown?.body_text).not.toContain('product');
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('chooses it if prices are asked for, and places no order', async () => {
		const [shown] = await dry(buy, { quoteInDryRun: true });
		expect(new Set(paths(bench.sandbox))).toEqual(new Set(['/api/v2/orderTrial']));
		const [bought] = outputOf(await run(buy));
		const { channel, quoted_price } = bought!;
		expect(shown).toMatchObject({ channel, quoted_price });
		expect(bodiesTo(bench.sandbox, FORECAST)).toEqual([shown?.body]);
	});

	it('lists the channels of the account only if prices are asked for', async () => {
		const all = { ...buy, channels: [] };
		const [open] = await dry(all);
		expect(open?.remark).toContain('all channels of the account');
		expect(paths(bench.sandbox)).toEqual([]);
		const [known] = await dry(all, { quoteInDryRun: true });
		expect(known?.channel).toEqual(expect.any(String));
		expect(paths(bench.sandbox)).toContain('/api/v2/getProduct');
		expect(orders()).toEqual([]);
	});

	it("knows the order's own channel", async () => {
		const boxes = [{ number: 1, weight: 5, length: 20, width: 20, height: 20 }];
		const orderJson = JSON.stringify({ no: 'D-1', product: 'UW', consignee: 'MSP1', boxes });
		const inJson = { operation: 'buyCheapest', specifyOrder: 'json', orderJson };
		const [shown] = await dry(inJson);
		expect(shown).toMatchObject({ channel: 'UW' });
		outputOf(await run(inJson));
		expect(requestsTo(bench.sandbox, FORECAST).map(({ body }) => body)).toEqual([shown?.body_text]);
	});
});

describe('what the register would do about an order that was sent before', () => {
	const heavier = createParameters({
		boxes: { item: [{ number: 1, weight: 9, length: 20, width: 20, height: 20 }] },
	});
	const told = async (parameters = create, options: INodeParameters = {}) => {
		const before = [paths(bench.sandbox).length, await ownEntries()];
		const [shown] = await dry(parameters, options);
		expect([paths(bench.sandbox).length, await ownEntries()]).toEqual(before);
		return shown!.register;
	};
	let sender: string;
	beforeEach(async () => {
		const first = await run(create);
		outputOf(first);
		sender = first.executionId;
	});

	it('output it, naming the execution', async () => {
		const register = await told();
		expect(register).toMatchObject({ would: 'output', execution: sender });
		expect(register.says).toContain(`Order D-1 was already sent by execution ${sender}`);
	});

	it('fail, if that is what the user wants', async () => {
		const register = await told(create, { ifSentBefore: 'fail' });
		expect(register.would).toBe('fail');
		const failed = complaint(await run(withOptions(create, { ifSentBefore: 'fail' })));
		expect(failed.message).toContain(register.says.replace(/\.$/, ''));
	});

	it('send it again, if that is what the user wants', async () => {
		const register = await told(create, { ifSentBefore: 'send-again' });
		expect(register).toMatchObject({ would: 'send', execution: sender });
		expect(register.says).toContain('may exist twice');
	});

	it('refuse other contents in the words of the run', async () => {
		const register = await told(heavier);
		expect(register.would).toBe('fail');
		expect(complaint(await run(heavier)).message).toContain(register.says.replace(/\.$/, ''));
	});

	it('nothing, if it is not to remember', async () => {
		expect(await told({ ...create, remember: 'no' })).toEqual({
			would: 'send',
			says: 'As far as is remembered, order D-1 was not sent before: it would be sent.',
		});
	});

	it('ask TW, if its sender got no answer', async () => {
		bench.sandbox.set({ orderInfoDelayMs: 3_600_000 });
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
		await run(create, [{ no: 'D-2' }]);
		bench.sandbox.set({ orderInfoDelayMs: 0 });
		const looks = requestsTo(bench.sandbox, INFO).length;
		const [shown] = await dry(create, {}, [{ no: 'D-2' }]);
		expect(shown?.register).toMatchObject({ would: 'ask' });
		expect(requestsTo(bench.sandbox, INFO)).toHaveLength(looks);
	});

	it('wait, while its sender is at work', async () => {
		bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 1_500, when: 'before' });
		const sends = requestsTo(bench.sandbox, FORECAST).length;
		const working = run(create, [{ no: 'D-3' }]);
		await until(() => requestsTo(bench.sandbox, FORECAST).length > sends);
		const [shown] = await dry(create, {}, [{ no: 'D-3' }]);
		expect(shown?.register).toMatchObject({ would: 'wait' });
		outputOf(await working);
	});

	it('send it, if it failed, also with other contents', async () => {
		bench.sandbox.fault({ kind: 'status', path: FORECAST, status: 400, times: 1 });
		const no = '={{ $json.no }}-failed';
		const { executionId } = await run({ ...create, no });
		for (const parameters of [create, heavier]) {
			const { would, says } = await told({ ...parameters, no });
			expect(would).toBe('send');
			expect(says).toMatch(
				new RegExp(
					`order D-1-failed was sent by execution ${executionId} .* and failed: it would be`,
				),
			);
		}
	});
});

it('an order of this execution is known to a dry run behind it', async () => {
	const both = [
		{ no: 'D-1', dry: false },
		{ no: 'D-2', dry: true },
	];
	const first = await run(withOptions(create, { dryRun: '={{ $json.dry }}' }), both);
	expect(outputOf(first).map(({ outcome }) => outcome)).toEqual(['accepted', 'dry_run']);
	expect(orders()).toEqual(['D-1']);
	outputOf(await run(create, [{ no: 'D-2' }]));
	expect(orders()).toEqual(['D-1', 'D-2']);
});

describe("From a Shop's Order", () => {
	const ship: INodeParameters = {
		operation: 'create',
		specifyOrder: 'shop',
		product: { __rl: true, mode: 'code', value: 'UA' },
		waitForCompletion: false,
		...{ weightUnit: 'kg', boxLength: 30, boxWidth: 20, boxHeight: 10 },
		options: { concurrency: 1 },
	};

	it('shows the order that is made of it, and what is skipped', async () => {
		const cancelled = { number: '1002', cancelled_at: '2026-03-02T10:00:00Z' };
		const orders = [neutralEvent({ number: '1001' }), neutralEvent(cancelled)];
		const done = await run(withOptions(ship, { dryRun: true }), orders);
		const [shown, skipped] = outputOf(done);
		expect(shown).toMatchObject({ outcome: 'dry_run', no: '1001', shop: { name: 'shopify' } });
		expect(skipped).toMatchObject({ outcome: 'skipped', no: '1002' });
		expect(hintsOf(done)).toEqual([
			'Dry Run: nothing was sent. 1 would be sent',
			'1 skipped, nothing sent',
		]);
		expect(paths(bench.sandbox)).toEqual([]);
		outputOf(await run(ship, orders));
		const bodies = requestsTo(bench.sandbox, FORECAST).map(({ body }) => body);
		expect(bodies).toEqual([shown?.['body_text']]);
	});
});

it('a body that repeats a key of the credential is shown without it, and says so', async () => {
	const { apiKey } = bench.sandbox.tw;
	const noted = createParameters({ additionalFields: { note: `key ${apiKey}` } });
	const [shown] = await dry(noted);
	expect(JSON.stringify(shown)).not.toContain(apiKey);
	expect(shown?.body_text).toContain('key [hidden]');
	expect(shown?.remark).toContain('contains a secret');
});
