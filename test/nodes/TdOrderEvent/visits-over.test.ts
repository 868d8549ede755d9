/** What is over is told for nobody, by a payment either, and keeps nothing new from being remembered. */
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
const event = (shop: string, store: string | undefined, name: string, order: object) => ({
	event: name,
	shop,
	at: '2026-03-02T10:00:00Z',
	...(store === undefined ? {} : { store }),
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

describe('what is over keeps nothing new from being remembered', () => {
	const IP = { a: '210.20.10.33', b: '210.20.10.44', c: '210.20.10.55' } as const;
	type Owner = keyof typeof IP | 'none';
	const storeOf = (owner: Owner) => (owner === 'none' ? undefined : `${owner}.example`);
	const paid = (owner: Owner, ip: string, payment?: string) =>
		event('woocommerce', storeOf(owner), 'order_paid', {
			device: { ip },
			...(payment === undefined ? {} : { payment: { id: payment } }),
		});
	const refund = [{ id: 'R-1', amount: '5.00', currency: 'USD' }];
	const refunded = (owner: Owner) =>
		event('woocommerce', storeOf(owner), 'order_refunded', { refunds: refund });
	const changed = (owner: Owner, ip: string) =>
		event('woocommerce', storeOf(owner), 'order_changed', { device: { ip } });

	/** Who told before, who tells after three days, whose refund is told with which visit. */
	const table: Array<[string, object[], object, Owner, string]> = [
		['another shop', [paid('a', IP.a)], paid('b', IP.b), 'b', IP.b],
		['the same shop', [paid('a', IP.a)], changed('a', IP.a), 'a', IP.a],
		['the same shop, another visit', [paid('a', IP.a)], changed('a', IP.c), 'a', IP.c],
		['by a body alone', [paid('none', IP.a)], changed('none', IP.a), 'none', IP.a],
		['a body alone, then a shop', [paid('none', IP.a)], paid('b', IP.b), 'b', IP.b],
		['a shop, then a body alone', [paid('a', IP.a)], paid('none', IP.b), 'none', IP.b],
		['two shops', [paid('a', IP.a), paid('b', IP.b)], paid('c', IP.c), 'c', IP.c],
		['of two shops, one again', [paid('a', IP.a), paid('b', IP.b)], changed('a', IP.a), 'a', IP.a],
	];
	it.each(table)('%s', async (_who, before, now, owner, ip) => {
		for (const one of before) await report(one);
		later(3);
		await report(now);
		const items = await report(refunded(owner));
		expect([refunds(), items]).toEqual([[ip], [expect.objectContaining({ outcome: 'reported' })]]);
	});

	it('while another shop has longer, and whatever the register may have forgotten meanwhile', async () => {
		await report(paid('a', IP.a));
		await report(paid('c', IP.c), { rememberVisits: 60 });
		for (let day = 0; day < 12; day++) {
			later(1);
			await report({ ...paid('c', IP.c), order: { ...paid('c', IP.c).order, id: `X${day}` } });
		}
		await report(paid('b', IP.b));
		for (const owner of ['a', 'b', 'c'] as const) await report(refunded(owner));
		expect(refunds()).toEqual([IP.b, IP.c]);
	});

	it.each(['pi_1', 'TX-1'])('payment %s leads to its order again', async (id) => {
		await report(paid('a', IP.a, id));
		later(3);
		await report(paid('a', IP.c, id));
		await report(
			event('woocommerce', storeOf('a'), 'order_refunded', {
				...{ id: null, number: null, payment: { id } },
				refunds: refund,
			}),
		);
		expect(refunds()).toEqual([IP.c]);
	});

	it('again and again', async () => {
		for (const ip of [IP.a, IP.b, IP.c, IP.a]) {
			await report(changed('a', ip));
			later(3);
		}
		await report(changed('a', IP.c));
		await report(refunded('a'));
		expect(refunds()).toEqual([IP.c]);
	});
});
