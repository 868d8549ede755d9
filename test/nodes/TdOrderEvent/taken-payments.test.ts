/** Which payment a refund or a chargeback names: one that TD has taken, and no other. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { KINDS, TABLE } from '../../../lib/register/schema';
import { ownFile } from '../../lib/register/places';
import { onTables } from '../../lib/register/tables';
import { EVENT, outputOf, saying } from '../../observed';
import { useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

type Json = Record<string, unknown>;

const happening = (event: string, order: object, more: object = {}): IDataObject => ({
	event,
	shop: 'shopify',
	store: 'a.myshopify.com',
	at: '2026-03-02T10:00:00Z',
	order: { id: 'O-1', device: { ip: '210.20.10.33' }, ...order },
	...more,
});
const bought = { currency: 'USD', totals: { total: '68.00' } };
const tried = (event: string, id: string) => happening(event, { ...bought, payment: { id } });
const refunded = (id: string) =>
	happening('order_refunded', { refunds: [{ id, amount: '5.00', currency: 'USD' }] });

/** In one execution, item after item; one that fails does not end it. */
const report = async (items: IDataObject[], parameters: INodeParameters = {}) =>
	outputOf(
		await bench.run(
			'tdOrderEvent',
			{
				operation: 'reportShopEvent',
				shopEvent: '={{ $json }}',
				...parameters,
				options: { concurrency: 1, ...(parameters['options'] as object) },
			},
			items,
			{ onError: 'continueRegularOutput' },
		),
	);
const told = () => bench.sandbox.ledger().events.map(({ raw }) => JSON.parse(raw) as Json);
/** The payments that refunds name, oldest first. */
const named = () =>
	told()
		.filter(({ event_type }) => event_type === 'order_refund')
		.map(({ payment_id }) => payment_id);

const refusal = {
	kind: 'rawBody',
	path: EVENT,
	body: '{"code":9002,"message":"payment check error","sequence_id":"S"}',
} as const;
const FAULTS = [
	['refused', (bodyIncludes: string) => ({ ...refusal, bodyIncludes })],
	[
		'refused by HTTP',
		(bodyIncludes: string) => ({ kind: 'status', status: 400, path: EVENT, bodyIncludes }) as const,
	],
	[
		'not known to be taken',
		(bodyIncludes: string) => ({ kind: 'resetBeforeAccept', path: EVENT, bodyIncludes }) as const,
	],
] as const;

const cases = FAULTS.flatMap(([how, fault]) =>
	['order_paid', 'payment_failed'].flatMap((event) =>
		['files', 'no'].map((reportOnce) => [how, event, reportOnce, fault] as const),
	),
);

it.each(cases)('%s, of %s, Report Once: %s', async (_how, event, reportOnce, fault) => {
	const settings = { reportOnce, options: { delivery: 'event-at-most-once' } };
	bench.sandbox.fault(fault('order_payment'));
	await report([tried(event, 'P-1'), refunded('R-1')], settings);
	expect(named()).toEqual(['O-1']);
	bench.sandbox.clearFaults();
	await report([tried(event, 'P-2'), refunded('R-2')], settings);
	expect(named()).toEqual(['O-1', 'P-2']);
});

it('the next run tells what was refused, and then it is named', async () => {
	bench.sandbox.fault({ ...refusal, bodyIncludes: 'order_payment' });
	await report([tried('order_paid', 'P-1')]);
	bench.sandbox.clearFaults();
	await report([tried('order_paid', 'P-1')]);
	await report([refunded('R-1')]);
	expect(named()).toEqual(['P-1']);
});

it.each(['"order_payment"', '"order_payment_result"'])(
	'either of both is enough: %s is refused',
	async (type) => {
		bench.sandbox.fault({ ...refusal, bodyIncludes: `"event_type":${type}` });
		await report([tried('order_paid', 'P-1'), refunded('R-1')]);
		expect(named()).toEqual(['P-1']);
	},
);

it('one that TD did not get does not replace one that it has', async () => {
	await report([tried('order_paid', 'P-1')]);
	bench.sandbox.fault({ ...refusal, bodyIncludes: 'P-2' });
	await report([tried('order_paid', 'P-2'), refunded('R-1')]);
	expect(named()).toEqual(['P-1']);
});

it('nor does one that could not be told for want of a rate', async () => {
	await report([happening('order_paid', { ...bought, currency: 'EUR', payment: { id: 'P-1' } })]);
	await report([refunded('R-1')]);
	expect(named()).toEqual(['O-1']);
});

it('one event that shows both names its own', async () => {
	const order = { ...bought, payment: { id: 'P-1' }, refunds: [{ id: '9', amount: '5.00' }] };
	const more = { shop: 'woocommerce', also: ['order_paid'] };
	await report([happening('order_refunded', order, more)]);
	expect(named()).toEqual(['P-1']);
});

it('one that TD took in an earlier execution which could not remember it', async () => {
	await report([tried('order_paid', 'P-1')]);
	await onTables(ownFile()!, `delete from ${TABLE} where kind = ${KINDS.indexOf('memory')}`);
	await report([refunded('R-1')]);
	const again = await report([tried('order_paid', 'P-1')]);
	expect(again.map((item) => item['reported_before'])).toEqual([true, true]);
	await report([refunded('R-2')]);
	expect(named()).toEqual(['O-1', 'P-1']);
});

describe('a register that fails once TD has taken it', () => {
	it('is a remark, and the next delivery is remembered', async () => {
		await report([refunded('R-0')]);
		const memory = KINDS.indexOf('memory');
		const sql = async (statement: string) => await onTables(ownFile()!, statement);
		await sql(
			`create trigger full before insert on ${TABLE} when new.kind = ${memory} and new.answer like '%P-1%'
			and new.answer like '%payments":["%' begin select raise(abort, 'no room'); end`,
		);
		const remark = saying('could not be recorded');
		const reported = await report([tried('order_paid', 'P-1')]);
		expect(reported).toMatchObject([
			{ event_type: 'order_payment', outcome: 'reported', remark },
			{ event_type: 'order_payment_result', outcome: 'reported', remark },
		]);
		await sql('drop trigger full');
		await report([refunded('R-1')]);
		const again = await report([tried('order_paid', 'P-1')]);
		expect(again.map((item) => item['reported_before'])).toEqual([true, true]);
		await report([refunded('R-2')]);
		expect(named()).toEqual(['O-1', 'O-1', 'P-1']);
	});
});

it('a payment leads to its order, whether TD took it or not', async () => {
	bench.sandbox.fault({ ...refusal, bodyIncludes: 'order_payment' });
	await report([tried('order_paid', 'pi_1')]);
	bench.sandbox.clearFaults();
	const dispute = {
		id: 'dp_1',
		amount: '68',
		currency: 'USD',
		reason: 'fraudulent',
		status: 'lost',
	};
	const order = { id: null, device: null, payment: { id: 'pi_1' }, dispute };
	await report([happening('order_disputed', order, { shop: 'stripe', store: 'credential-1' })]);
	expect(told()).toMatchObject([{ event_type: 'order_chargeback', order_id: 'O-1' }]);
});
