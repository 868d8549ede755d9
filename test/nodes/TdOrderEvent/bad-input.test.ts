/** An event that TD would refuse is refused before anything is sent, by item and field. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { complaint, paths } from '../../observed';
import { useBench, withCredential } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const ship = (overrides: INodeParameters = {}): INodeParameters => ({
	operation: 'order_ship',
	specifyBody: 'fields',
	order_id: '={{ $json.order ?? "O-1" }}',
	session_id: 's-1',
	terminal_ip: '={{ $json.ip ?? "210.20.10.33" }}',
	...overrides,
});
const cost = { currency: '={{ $json.currency ?? "USD" }}', amount_local: 68 };
const shipAt = ship({ logistics_cost: { value: cost } });
const pay = (method: string) => ({
	...ship(),
	operation: 'order_payment',
	payment_payment_id: 'P-1',
	payment_method: method,
	payment_channel: 'paypal',
	payment_amount_currency: cost.currency,
	payment_amount_amount_local: 68,
});

async function refusalOf(parameters: INodeParameters, bad: IDataObject, region = 'sg') {
	const ofRegion = withCredential(bench, 'tdApi', { region });
	// The good item before it must not be sent either.
	const good = region === 'cn' ? { currency: 'CNY' } : {};
	const run = await bench.run('tdOrderEvent', parameters, [good, bad], ofRegion);
	expect(run.error).toBeInstanceOf(NodeOperationError);
	expect((run.error as NodeOperationError).context['itemIndex']).toBe(1);
	expect(complaint(run).description).toContain('Nothing was sent');
	expect(paths(bench.sandbox)).toEqual([]);
	return complaint(run).message;
}

it.each(['', undefined, 'mars'])('refuses a credential whose region is "%s"', async (region) => {
	const ofRegion = withCredential(bench, 'tdApi', { region });
	const run = await bench.run('tdOrderEvent', ship(), [{}], ofRegion);
	expect(complaint(run).message).toContain("'Region' of the TD API credential is not chosen");
	expect(paths(bench.sandbox)).toEqual([]);
});

it.each([' ', 'abc'])('refuses a credential whose key is "%s"', async (partnerKey) => {
	const ofKey = withCredential(bench, 'tdApi', { partnerKey });
	const run = await bench.run('tdOrderEvent', ship(), [{}], ofKey);
	const problem = partnerKey === ' ' ? 'is empty' : 'is shorter than 4 characters';
	expect(complaint(run).message).toContain(`'Partner Key' of the TD API credential ${problem}`);
	expect(paths(bench.sandbox)).toEqual([]);
});

describe('amounts', () => {
	it.each(['sg', 'us', 'de'])(
		'refuses an amount without USD in region %s if it can not be derived',
		async (region) => {
			const message = await refusalOf(shipAt, { currency: 'EUR' }, region);
			expect(message).toContain("'Amount (USD)' of Shipping Cost is empty");
			expect(message).toContain('requires the amount in USD');
			expect(message).toContain('EUR');
		},
	);

	it('refuses an amount without CNY in China if it can not be derived', async () => {
		const message = await refusalOf(shipAt, { currency: 'USD' }, 'cn');
		expect(message).toContain("'Amount (CNY)' of Shipping Cost is empty");
		expect(message).toContain('China');
	});

	it('names the amount of a payment', async () => {
		const message = await refusalOf(pay('ewallet'), { currency: 'EUR' });
		expect(message).toContain("'Amount (USD)'");
	});

	it.each([
		['no code of three letters', 'DOLLARS', "'Currency' of Shipping Cost must be a code"],
		['empty', '', "'Currency' of Shipping Cost is empty"],
	])('refuses a currency that is %s', async (_how, currency, problem) => {
		expect(await refusalOf(shipAt, { currency })).toContain(problem);
	});
});

it('refuses an event without black box and IP', async () => {
	expect(await refusalOf(ship(), { ip: '' })).toBe(
		"'Black Box' and 'IP' are both empty: TD needs at least one (assumed from its code 9004) [Item 1]",
	);
});

it('refuses an empty order', async () => {
	expect(await refusalOf(ship(), { order: '' })).toBe(
		"'Order ID' is empty: its expression gives nothing for this item [Item 1]",
	);
});

it('refuses a payment by card without the card', async () => {
	const run = await bench.run('tdOrderEvent', pay('card'), [{}]);
	expect(complaint(run).message).toBe(
		"'Card' is empty: TD requires it when 'Payment Method' is Card [Item 0]",
	);
	expect(paths(bench.sandbox)).toEqual([]);
});

it.each([
	['a day that does not exist', '2021-02-30T10:00:00Z'],
	['in month 13', '2021-13-01T10:00:00Z'],
	['an object', {}],
])('refuses an event time that is %s', async (_how, when) => {
	const parameters = ship({ event_time: '={{ $json.when ?? "2021-10-12T14:20:50Z" }}' });
	expect(await refusalOf(parameters, { when })).toContain("'Event Time' is no date");
});

it('refuses an event when neither it nor the credential has a channel', async () => {
	const noChannel = withCredential(bench, 'tdApi', { channel: '' });
	const run = await bench.run('tdOrderEvent', ship(), [{}], noChannel);
	expect(complaint(run).message).toContain("'Channel' is empty");
	expect(complaint(run).message).toContain("'Default Channel'");
	expect(paths(bench.sandbox)).toEqual([]);
});

describe('in JSON', () => {
	const terminal = { ip: '210.20.10.33' };
	const body = { order_id: 'O-1', session_id: 's-1', terminal, logistics: {} };
	const costing = (currency: string, amount_local: unknown) => ({
		...body,
		logistics: { cost: { currency, amount_local } },
	});
	const IN = "' in 'Body (JSON)'";

	it.each<[string, unknown, string]>([
		['text that is no JSON', '{', "'Body (JSON)' is not valid JSON"],
		['nothing', '', "'Body (JSON)' is empty"],
		['a list', [], "'Body (JSON)' must be a JSON object"],
		['no order', { ...body, order_id: '' }, `'order_id${IN} is empty`],
		['an order that is no text', { ...body, order_id: [1] }, `'order_id${IN} must be text`],
		[
			'an amount that is no number',
			costing('USD', 'much'),
			`'logistics.cost.amount_local${IN} must be a number`,
		],
		['an amount without USD', costing('EUR', 1), `'logistics.cost.amount_usd${IN} is empty`],
		[
			'a terminal that is a text',
			{ ...body, terminal: terminal.ip },
			`'terminal${IN} must be an object`,
		],
		['no device', { ...body, terminal: {} }, `'terminal.black_box${IN} and 'IP' are both empty`],
		['no terminal', { ...body, terminal: undefined }, 'are both empty'],
		['no date', { ...body, event_time: 'soon' }, `'event_time${IN} is no date`],
		['month 13', { ...body, event_time: '2021-13-01T00:00Z' }, `'event_time${IN} is no date`],
		[
			'another event',
			{ ...body, event_type: 'order_refund' },
			"'event_type' is 'order_refund', but the chosen operation reports 'order_ship'",
		],
		['ext that is a list', { ...body, ext: [1] }, `'ext${IN} must be an object`],
	])('refuses %s, with the path', async (_case, bad, message) => {
		const inJson = { operation: 'order_ship', specifyBody: 'json', bodyJson: '={{ $json.body }}' };
		const items = [{ body }, { body: bad as IDataObject }];
		const run = await bench.run('tdOrderEvent', inJson, items);
		expect(complaint(run).message).toContain(message);
		expect(complaint(run).message).toContain('[Item 1]');
		expect(paths(bench.sandbox)).toEqual([]);
	});
});
