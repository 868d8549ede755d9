/** Values that TD documents narrowly: brought into its form where that is safe, else refused by field. */
import type { IDataObject } from 'n8n-workflow';
import { bodiesTo, complaint, EVENT, having } from '../../observed';
import { goodEvents } from '../../unit/properties/good';
import { useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

type Json = Record<string, unknown>;

/** An event with another value at one place. */
function changed(event: string, path: string, value: unknown): IDataObject {
	const body = JSON.parse(JSON.stringify(goodEvents[event])) as Json;
	const steps = path.split('.');
	const owner = steps.slice(0, -1).reduce((part, step) => part[step] as Json, body);
	owner[steps.at(-1)!] = value;
	return body as IDataObject;
}

const report = async (operation: string, body: IDataObject) =>
	await bench.run(
		'tdOrderEvent',
		{ operation, specifyBody: 'json', bodyJson: '={{ $json.body }}' },
		[{ body }],
	);

it('a currency in small letters is sent in capitals, and counts as that currency', async () => {
	const cost = { currency: 'usd', amount_local: 6.8 };
	const run = await report('order_ship', changed('order_ship', 'logistics.cost', cost));
	expect(run.error).toBeUndefined();
	expect(bodiesTo(bench.sandbox, EVENT)).toEqual([
		having({
			logistics: having({
				cost: { currency: 'USD', amount_local: 6.8, amount_usd: 6.8 },
			}),
		}),
	]);
});

it.each([
	['order_payment', 'payment.card.expiration_date', '2028-01-31', 'must be year and month'],
	['order_payment', 'payment.card.expiration_date', '2028-13', 'must be year and month'],
	['order_payment', 'payment.method', 'gold', 'must be one of bank_transfer'],
	['order_payment', 'payment.amount.currency', 'US$', 'must be a code of 3 letters'],
	['order_payment', 'payment.card.card_number_length', 16.5, 'must be a whole number'],
	['order_modify', 'order.shipping.phone.phone_number', '+86138', "must not begin with '+'"],
	['order_modify', 'order.shipping.address.country', 'France', 'must be a code of 2 letters'],
	['order_modify', 'order.shipping.method', 'drone', 'must be one of logistics, store_pickup'],
	['order_payment_result', 'payment_result.is_payment_success', 'yes', 'must be true or false'],
])('%s refuses %s = %j', async (event, path, value, problem) => {
	const run = await report(event, changed(event, path, value));
	expect(complaint(run).message).toContain(`'${path}' in 'Body (JSON)' ${problem}`);
	expect(bench.sandbox.ledger().requests).toEqual([]);
});

describe('a blank in JSON is not set', () => {
	const without = (event: string, path: string) =>
		JSON.parse(JSON.stringify(changed(event, path, undefined))) as IDataObject;
	const defaults = { event_type: 'order_ship', event_time: expect.any(String) as unknown };

	it.each([
		['order_ship', 'account_id', ''],
		['order_ship', 'ext', ' '],
		['order_ship', 'terminal.ip', '  '],
		['order_ship', 'logistics.logistics_type', '\u00a0\n'],
		['order_ship', 'logistics.cost', ''],
		['order_ship', 'logistics.cost', { currency: '', amount_local: ' ', amount_usd: null }],
		['order_payment', 'payment.card.issuer_region', ''],
		['order_payment', 'payment.card.debit_or_credit', ''],
		['order_payment', 'payment.is_coupon_used', ' '],
		['order_payment', 'payment.coupons', ''],
		['order_modify', 'order.order_create_time', ''],
		['order_modify', 'order.shipping.email', ' '],
	])('%s, %s = %j: left out', async (event, path, blank) => {
		await bench.sandbox.reset();
		const run = await report(event, changed(event, path, blank));
		expect(run.error).toBeUndefined();
		const [body] = bodiesTo(bench.sandbox, EVENT);
		await bench.sandbox.reset();
		await report(event, without(event, path));
		expect(body).toEqual(bodiesTo(bench.sandbox, EVENT)[0]);
	});

	it('a channel, a time or a type: as if it were missing', async () => {
		const blank = { ...goodEvents['order_ship'], channel: ' ', event_time: '', event_type: '  ' };
		const run = await report('order_ship', blank);
		expect(run.error).toBeUndefined();
		const [body] = bodiesTo(bench.sandbox, EVENT) as Json[];
		expect(body).toEqual(having({ channel: expect.stringMatching(/\S/) as unknown, ...defaults }));
	});

	it('an amount in USD: derived', async () => {
		const cost = { currency: 'USD', amount_local: '6.8', amount_usd: '' };
		await report('order_ship', changed('order_ship', 'logistics.cost', cost));
		const derived = { currency: 'USD', amount_local: 6.8, amount_usd: 6.8 };
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([
			having({ logistics: having({ cost: derived }) }),
		]);
	});

	it.each([
		['order_ship', 'session_id', ' ', 'is empty'],
		['order_ship', 'terminal', { ip: ' ', black_box: '' }, 'are both empty'],
		['order_payment', 'payment.method', ' ', 'is empty'],
		['order_payment', 'payment.amount.amount_local', '', 'is empty'],
		['order_payment', 'payment.coupons.0.begin_time', ' ', 'is empty'],
		['order_payment_result', 'payment_result.is_payment_success', ' ', 'is empty'],
	])('%s asks for %s if it is %j', async (event, path, blank, problem) => {
		const run = await report(event, changed(event, path, blank));
		expect(complaint(run).message).toContain(problem);
		expect(bench.sandbox.ledger().requests).toEqual([]);
	});

	it('a member that TD does not document is left as it is', async () => {
		const body = changed('order_ship', 'own_blank', '  ');
		await report('order_ship', body);
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([having({ own_blank: '  ' })]);
	});
});

it.each([{ toString: 1 }, [], 7])(
	'an event type that is %j is refused, not tripped over',
	async (type) => {
		const run = await report('order_ship', changed('order_ship', 'event_type', type));
		expect(complaint(run).message).toContain("'event_type' is no text, but the chosen operation");
	},
);

it('extended fields may have any names, those of every object included', async () => {
	const ext = { constructor: null, toString: 'x', length: 3 };
	const run = await report('order_confirm', changed('order_confirm', 'ext', ext));
	expect(run.error).toBeUndefined();
	expect(bodiesTo(bench.sandbox, EVENT)).toEqual([having({ ext })]);
});
