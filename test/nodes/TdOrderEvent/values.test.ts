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
	['order_payment', 'payment.card.issuer_region', '', 'must be a code of 2 letters'],
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
