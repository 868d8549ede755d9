/** An order that grew and was paid once more: TD hears of the second payment with its own amount. */
import type { IDataObject } from 'n8n-workflow';
import { outputOf } from '../../observed';
import { useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

type Json = Record<string, unknown>;

const paid = (total: string, more: object = {}, shop = 'shopify'): IDataObject => ({
	event: 'order_paid',
	shop,
	at: '2026-03-02T10:00:00Z',
	order: {
		...{ id: 'O-1', number: '1001', state: 'paid', currency: 'USD', totals: { total } },
		articles: [{ id: '1', name: 'Mug', quantity: 2, value: '40.00' }],
		device: { ip: '210.20.10.33', session: 'visit-1' },
		payment: { gateway: 'paypal' },
		...more,
	},
});
const report = async (event: IDataObject, parameters = {}) =>
	outputOf(
		await bench.run(
			'tdOrderEvent',
			{ operation: 'reportShopEvent', shopEvent: '={{ $json }}', ...parameters },
			[event],
		),
	);

/** The payments that TD has, and the results: `O-1: 45`, `O-1 paid`. */
const told = () =>
	bench.sandbox.ledger().events.map(({ raw }) => {
		const { payment, payment_id: id } = JSON.parse(raw) as { payment?: Json; payment_id?: string };
		if (!payment) return `${id} paid`;
		const { amount_local: local } = payment['amount'] as Json;
		return `${String(payment['payment_id'])}: ${String(local)}`;
	});
const first = ['O-1: 45', 'O-1 paid'];

it('is the difference, under a number of its own', async () => {
	for (const total of ['45.00', '60.00', '60.00', '72.50']) await report(paid(total));
	expect(told()).toEqual([...first, 'O-1-2: 15', 'O-1-2 paid', 'O-1-3: 12.5', 'O-1-3 paid']);
});

it('is none where the total is the same, or less', async () => {
	for (const total of ['45.00', '45.00', '30.00', '45.00']) await report(paid(total));
	expect(told()).toEqual(first);
});

it('is told to its end where TD took only a part of it', async () => {
	await report(paid('45.00'));
	bench.sandbox.fault({ kind: 'status', status: 400, path: '/order/v3', after: 1 });
	await bench.run('tdOrderEvent', { operation: 'reportShopEvent', shopEvent: '={{ $json }}' }, [
		paid('60.00'),
	]);
	bench.sandbox.clearFaults();
	await report(paid('60.00'));
	expect([...new Set(told())]).toEqual([...first, 'O-1-2: 15', 'O-1-2 paid']);
});

it('gets its result although the order has grown again meanwhile', async () => {
	await report(paid('45.00'));
	bench.sandbox.fault({ kind: 'status', status: 400, path: '/order/v3', after: 1 });
	const parameters = { operation: 'reportShopEvent', shopEvent: '={{ $json }}' };
	await bench.run('tdOrderEvent', parameters, [paid('60.00')]);
	bench.sandbox.clearFaults();
	await report(paid('72.50'));
	await report(paid('60.00'));
	expect(told().sort()).toEqual(
		[...first, 'O-1-2: 15', 'O-1-2 paid', 'O-1-3: 12.5', 'O-1-3 paid'].sort(),
	);
});

it('is not the one of which more went back than it was', async () => {
	for (const total of ['45.00', '60.00']) await report(paid(total));
	const refunds = [
		{ id: 'R-1', amount: '40.00', currency: 'USD' },
		{ id: 'R-2', amount: '10.00', currency: 'USD' },
	];
	await report({ ...paid('60.00', { refunds }), event: 'order_refunded' });
	const raws = bench.sandbox.ledger().events.map(({ raw }) => JSON.parse(raw) as Json);
	const refunded = raws.filter((one) => one['event_type'] === 'order_refund');
	expect(refunded.map((one) => one['payment_id'])).toEqual(['O-1', 'O-1-2']);
});

it('is not reckoned across currencies', async () => {
	await report(paid('45.00'));
	await report(paid('60.00', { currency: 'CNY' }), { exchangeRates: 'CNY 0.14' });
	expect(told()).toEqual(first);
});

describe('WooCommerce', () => {
	const woo = (total: string, id: string | null) =>
		paid(total, { payment: { id, gateway: 'paypal' } }, 'woocommerce');

	it('names it', async () => {
		await report(woo('45.00', 'T-1'));
		await report(woo('60.00', 'T-2'));
		expect(told()).toEqual(['T-1: 45', 'T-1 paid', 'T-2: 15', 'T-2 paid']);
	});

	it('says that all is paid although what was added is not', async () => {
		await report(woo('45.00', 'T-1'));
		await report(woo('60.00', 'T-1'));
		expect(told()).toEqual(['T-1: 45', 'T-1 paid']);
		await report(woo('60.00', null));
		expect(told()).toEqual(['T-1: 45', 'T-1 paid']);
	});
});

it('of Stripe is what Stripe says', async () => {
	const stripe = (id: string, amount: string) =>
		paid('99.00', { payment: { id, amount } }, 'stripe');
	await report(stripe('pi_1', '45.00'));
	await report(stripe('pi_2', '60.00'));
	expect(told()).toEqual(['pi_1: 45', 'pi_1 paid', 'pi_2: 60', 'pi_2 paid']);
});
