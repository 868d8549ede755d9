/** Values that TD documents narrowly: brought into its form where that is safe, else refused by field. */
import { type IDataObject, type INode, type INodeParameters, NodeHelpers } from 'n8n-workflow';
import { bodiesTo, complaint, EVENT, having } from '../../observed';
import { goodEvents } from '../../unit/properties/good';
import { nodes, useBench } from '../../support';

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
	// The example of TD's Payment page, against the format that the page states
	['order_payment', 'payment.card.expiration_date', '1998-01-01', '1998-01'],
	['order_payment', 'payment.card.expiration_date', '2028-12', '2028-12'],
	['order_payment', 'payment.card.issuer_region', 'cn', 'CN'],
	['order_modify', 'order.shipping.address.country', 'fR', 'FR'],
	['order_payment_result', 'payment_result.is_payment_success', 'false', false],
])('%s sends %s = %j as %j', async (event, path, value, sent) => {
	const run = await report(event, changed(event, path, value));
	expect(run.error).toBeUndefined();
	const [body] = bodiesTo(bench.sandbox, EVENT) as [Json];
	expect(path.split('.').reduce((part, step) => part[step] as Json, body)).toEqual(sent);
});

it.each([
	['order_payment', 'payment.card.expiration_date', '2028-01-32', 'must be year and month'],
	['order_payment', 'payment.card.expiration_date', '2028-13', 'must be year and month'],
	['order_payment', 'payment.method', 'gold', 'must be one of bank_transfer'],
	['order_payment', 'payment.amount.currency', 'US$', 'must be a code of 3 letters'],
	['order_payment', 'payment.card.card_number_length', 16.5, 'must be a whole number'],
	['order_modify', 'order.shipping.phone.phone_number', '+86138', "must not begin with '+'"],
	['order_modify', 'order.shipping.phone.phone_number', ' +86138', "must not begin with '+'"],
	['order_payment', 'payment.card.last_four_digits', '4242424242424242', 'must be 4 digits'],
	['order_payment', 'payment.card.last_four_digits', 12, 'must be 4 digits'],
	['order_payment', 'payment.card.card_bin', '4242424242424242', 'must be the first 4 to 8 digits'],
	['order_payment', 'payment.amount.amount_local', '0x10', 'must be a number'],
	['order_modify', 'order.shipping.address.country', 'Frankonia', 'must be a country'],
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

describe('a payment in the panel', () => {
	const form = {
		...{ operation: 'order_payment', specifyBody: 'fields', order_id: 'O-1', session_id: 's-1' },
		...{ terminal_ip: '210.20.10.33', payment_payment_id: 'P-1', payment_channel: 'apple_pay' },
		...{ payment_amount_currency: 'USD', payment_amount_amount_local: 68 },
	};
	const card = { card_bin: '622207', last_four_digits: '1234' };
	const withCard = (method: string, value: INodeParameters): INodeParameters => ({
		...form,
		payment_method: method,
		payment_card: { value },
	});

	// TD requires a card only for paying by card, and takes it with any method
	it.each(['card', 'ewallet', 'bnpl', 'other', '={{ "ewallet" }}'])(
		'by %j goes with a card',
		async (method) => {
			const given = withCard(method, { ...card, card_number_length: 15 });
			const run = await bench.run('tdOrderEvent', given, [{}]);
			expect(run.error).toBeUndefined();
			const [{ payment }] = bodiesTo(bench.sandbox, EVENT) as [{ payment: Json }];
			expect(payment['card']).toEqual({ ...card, card_number_length: 15 });
		},
	);

	it('by E-Wallet needs none', async () => {
		const run = await bench.run('tdOrderEvent', { ...form, payment_method: 'ewallet' }, [{}]);
		expect(run.error).toBeUndefined();
		const [{ payment }] = bodiesTo(bench.sandbox, EVENT) as [{ payment: Json }];
		expect(payment).not.toHaveProperty('card');
	});

	it('asks for the length of the number, and makes none up', async () => {
		const run = await bench.run('tdOrderEvent', withCard('card', card), [{}]);
		expect(complaint(run).message).toBe("'Card Number Length' of Card is empty [Item 0]");
		expect(bench.sandbox.ledger().requests).toEqual([]);
	});
});

describe('whether a payment succeeded', () => {
	const form = {
		...{ operation: 'order_payment_result', specifyBody: 'fields', order_id: 'O-1' },
		...{ payment_id: 'P-1', session_id: 's-1', terminal_ip: '210.20.10.33' },
	};
	const name = 'payment_result_is_payment_success';

	it('is asked for by n8n itself where it is untouched', async () => {
		await expect(bench.run('tdOrderEvent', form, [{}])).rejects.toThrow('The workflow has issues');
		const { description } = nodes.tdOrderEvent;
		const node = { name: 'TD', typeVersion: 1, parameters: form } as unknown as INode;
		const { properties } = description;
		const parameters = NodeHelpers.getNodeParameters(
			properties,
			form,
			true,
			false,
			node,
			description,
		)!;
		const issues = NodeHelpers.getNodeParametersIssues(
			properties,
			{ ...node, parameters },
			description,
		);
		expect(issues?.parameters).toEqual({ [name]: ['Parameter "Payment Succeeded" is required.'] });
		expect(bench.sandbox.ledger().requests).toEqual([]);
	});

	it.each(['={{ $json.nothing }}', '={{ "" }}', '={{ null }}'])(
		'is asked for where an expression gives none: %s',
		async (given) => {
			const run = await bench.run('tdOrderEvent', { ...form, [name]: given }, [{}]);
			expect(complaint(run).message).toBe(
				"'Payment Succeeded' is empty: its expression gives nothing for this item [Item 0]",
			);
			expect(bench.sandbox.ledger().requests).toEqual([]);
		},
	);

	// Chosen, saved when it was a switch, or by expression
	it.each([
		[true, true],
		[false, false],
		['={{ $json.paid }}', false],
		['={{ String($json.paid) }}', false],
	])('is %j: sent as %j', async (given, sent) => {
		const run = await bench.run('tdOrderEvent', { ...form, [name]: given }, [{ paid: false }]);
		expect(run.error).toBeUndefined();
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([
			having({ payment_result: { is_payment_success: sent } }),
		]);
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
