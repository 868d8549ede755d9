/** A payment at Stripe is nobody else's: it leads to its own shop's order. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { outputOf } from '../../observed';
import { useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

describe('two shops with one account at Stripe, and one number', () => {
	const report = async (event: object, parameters: INodeParameters = {}) =>
		outputOf(
			await bench.run(
				'tdOrderEvent',
				{ operation: 'reportShopEvent', shopEvent: '={{ $json }}', ...parameters },
				[event as IDataObject],
			),
		);
	const told = (type: string) =>
		bench.sandbox
			.ledger()
			.events.map(({ raw }) => JSON.parse(raw) as Record<string, IDataObject>)
			.filter((e) => (e['event_type'] as unknown) === type)
			.map((e) => e['terminal']!['ip']);
	const event = (shop: string, store: string | undefined, name: string, order: object) => ({
		event: name,
		shop,
		at: '2026-03-02T10:00:00Z',
		...(store === undefined ? {} : { store }),
		order: { id: '727', number: '727', currency: 'USD', totals: { total: '68.00' }, ...order },
	});
	const refunds = (id: string) => ({ refunds: [{ id, amount: '5.00', currency: 'USD' }] });
	it('what Stripe tells of one is not told for the other', async () => {
		await report(
			event('stripe', 'cred', 'order_paid', {
				device: { ip: '210.20.10.33' },
				payment: { id: 'pi_A' },
			}),
		);
		await report(event('stripe', 'cred', 'order_paid', { payment: { id: 'pi_B' } }));
		await report(
			event('woocommerce', 'b.example', 'order_paid', {
				device: { ip: '210.20.10.44' },
				payment: { id: 'pi_B' },
			}),
		);
		await report(
			event('stripe', 'cred', 'order_refunded', { payment: { id: 'pi_B' }, ...refunds('re_B') }),
		);
		expect(told('order_refund')).toEqual(['210.20.10.44']);
	});
	it('whichever tells first', async () => {
		await report(
			event('stripe', 'cred', 'order_paid', {
				device: { ip: '210.20.10.33' },
				payment: { id: 'pi_A' },
			}),
		);
		await report(
			event('woocommerce', 'b.example', 'order_paid', {
				device: { ip: '210.20.10.44' },
				payment: { id: 'pi_B' },
			}),
		);
		await report(
			event('stripe', 'cred', 'order_refunded', { payment: { id: 'pi_B' }, ...refunds('re_B') }),
		);
		expect(told('order_refund')).toEqual(['210.20.10.44']);
	});
});
