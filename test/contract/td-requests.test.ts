/** TD's own examples, made with our node, arrive member for member as TD prints them. */
import type { INodeParameters } from 'n8n-workflow';
import { bodiesTo, EVENT, requestsTo } from '../observed';
import { rowOf } from '../operations/list';
import { withValue } from '../operations/row';
import { basicBody } from '../operations/td';
import { useBench } from '../support';
import { example, TD_PAYMENT, TD_SHIP } from './examples';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

/** The form of the list, filled in for an order. */
const report = async (type: string, orderId: string, change = (form: INodeParameters) => form) => {
	const { node, operation, parameters } = rowOf(`tdOrderEvent ${type}`);
	return await bench.run(node, { operation, ...change(parameters) }, [{ name: orderId }]);
};

const reportJson = async (operation: string, bodyJson: string) =>
	await bench.run('tdOrderEvent', { operation, specifyBody: 'json', bodyJson }, [{}]);

describe('order_ship, the request example', () => {
	it('in fields', async () => {
		const run = await report('order_ship', 'NX348566DIHD');
		expect(run.error).toBeUndefined();
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([example(TD_SHIP)]);
	});

	it('in JSON', async () => {
		await reportJson('order_ship', TD_SHIP);
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([example(TD_SHIP)]);
	});

	it('goes out as TD asks: POST, JSON, credentials in the query and nowhere else', async () => {
		await reportJson('order_ship', TD_SHIP);
		const [request] = requestsTo(bench.sandbox, EVENT);
		expect(request).toMatchObject({
			method: 'POST',
			query: 'partner_code=sandbox_partner&partner_key=sandbox-partner-key',
			sign: null,
			accepted: true,
		});
		expect(request?.headers['content-type']).toBe('application/json');
		expect(JSON.stringify(request?.headers)).not.toContain('sandbox-partner-key');
		expect(request?.body).not.toContain('sandbox-partner-key');
	});
});

describe('order_payment, the example of its page', () => {
	/** The example holds the event's own parameters alone. */
	const whole = { ...basicBody, ...example(TD_PAYMENT), event_type: 'order_payment' };

	/** Its `middle_name` is empty, which says no more than none. */
	const sent = structuredClone(whole) as unknown as {
		payment: { card: { holder_name: Record<string, unknown> } };
	};
	delete sent.payment.card.holder_name['middle_name'];

	it('in JSON', async () => {
		await reportJson('order_payment', JSON.stringify(whole));
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([sent]);
	});

	it('in fields; a field left empty is left out', async () => {
		const middleName = 'payment_card.value.holder_name.value.middle_name';
		const run = await report('order_payment', 'NX34', (form) => withValue(form, middleName, ''));
		expect(run.error).toBeUndefined();
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([sent]);
	});
});
