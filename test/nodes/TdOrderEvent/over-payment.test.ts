/** What is over is told for nobody, by a payment either; a payment leads to its own order first. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { outputOf } from '../../observed';
import { useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());
const DAY = 86_400_000;
const real = Date.now.bind(Date);
let days = 0;
beforeEach(() => void (days = 0));
const later = (more: number) => {
	days += more;
	jest.spyOn(Date, 'now').mockImplementation(() => real() + days * DAY);
};
const report = async (event: object, parameters: INodeParameters = {}) =>
	outputOf(
		await bench.run(
			'tdOrderEvent',
			{ operation: 'reportShopEvent', shopEvent: '={{ $json }}', rememberVisits: 2, ...parameters },
			[event as IDataObject],
		),
	);
const refunds = () =>
	bench.sandbox
		.ledger()
		.events.map(({ raw }) => JSON.parse(raw) as Record<string, IDataObject>)
		.filter((e) => (e['event_type'] as unknown) === 'order_refund')
		.map((e) => e['terminal']!['ip']);
const event = (shop: string, store: string, name: string, order: object) => ({
	event: name,
	shop,
	at: '2026-03-02T10:00:00Z',
	store,
	order: { id: '727', number: '727', currency: 'USD', totals: { total: '68.00' }, ...order },
});
it('a visit that is over is not told, although a payment leads to it', async () => {
	await report(
		event('woocommerce', 'a.example', 'order_paid', {
			device: { ip: '210.20.10.33' },
			payment: { id: 'pi_1' },
		}),
	);
	later(3);
	// Another payment of the order; it tells no visit
	await report(event('woocommerce', 'a.example', 'order_paid', { payment: { id: 'pi_2' } }));
	const items = await report(
		event('stripe', 'cred', 'order_refunded', {
			id: null,
			number: null,
			payment: { id: 'pi_2' },
			refunds: [{ id: 're_1', amount: '5', currency: 'USD' }],
		}),
	);
	expect([refunds(), items]).toEqual([[], [expect.objectContaining({ outcome: 'skipped' })]]);
});
