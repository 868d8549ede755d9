/** Report Once: what TD took is not told again, and what failed is. */
import type { INodeParameters } from 'n8n-workflow';
import { PLACES, usePlace } from '../../lib/register/places';
import { emptied } from '../../lib/register/tables';
import { complaint, EVENT, outputOf, requestsTo, until } from '../../observed';
import { useBench } from '../../support';
import { refundOf as event } from './refund';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const refund = (more: INodeParameters = {}): INodeParameters => ({
	operation: 'order_refund',
	specifyBody: 'json',
	bodyJson: '={{ $json }}',
	...more,
});
const told = () => bench.sandbox.ledger().events.length;

it('is off by default: each run reports', async () => {
	for (let i = 0; i < 2; i++) await bench.run('tdOrderEvent', refund(), [event(10)]);
	expect(told()).toBe(2);
});

describe.each(PLACES)('remembered in %s', (reportOnce) => {
	const place = usePlace(reportOnce);
	beforeEach(async () => await emptied(place.register()));

	const report = async (item: object, more: INodeParameters = {}) =>
		await bench.run('tdOrderEvent', refund({ reportOnce, ...more }), [item as never], {
			credentials: { ...bench.credentials, ...place.credentials() },
		});

	it('a webhook that comes again is told once, whatever its session, device and time', async () => {
		const first = outputOf(await report(event(10)))[0];
		const elsewhere = { session_id: 's-2', terminal: { ip: '210.20.10.34' } };
		const again = outputOf(await report(event(10, elsewhere)))[0];
		const sequence_id = first?.['sequence_id'];
		expect(again).toMatchObject({ code: 200, sequence_id, reported_before: true });
		expect(told()).toBe(1);
	});

	it('the same event of two items is told once, and the second one shows what is remembered', async () => {
		const both = await bench.run(
			'tdOrderEvent',
			refund({ reportOnce, options: { concurrency: 1 } }),
			[event(10), event(10)] as never,
			{ credentials: { ...bench.credentials, ...place.credentials() } },
		);
		const [first, second] = outputOf(both);
		expect(first).not.toHaveProperty('reported_before');
		expect(second).toMatchObject({ code: 200, reported_before: true });
		expect(told()).toBe(1);
	});

	it.each(['event-at-least-once', 'event-at-most-once'])(
		'the same event of items that are under way together is told once, %s, and not again by the next run',
		async (delivery) => {
			bench.sandbox.fault({ kind: 'delay', path: EVENT, ms: 50, when: 'after' });
			const run = async () =>
				outputOf(
					await bench.run(
						'tdOrderEvent',
						refund({ reportOnce, options: { delivery } }),
						[event(10), event(5), event(10), event(10), event(5)] as never,
						{ credentials: { ...bench.credentials, ...place.credentials() } },
					),
				).map(({ outcome }) => outcome);
			expect(await run()).toEqual(Array.from({ length: 5 }, () => 'reported'));
			expect(told()).toBe(2);
			expect(await run()).toEqual(Array.from({ length: 5 }, () => 'reported'));
			expect(told()).toBe(2);
		},
	);

	it('ten at the same moment are told once', async () => {
		await Promise.all(Array.from({ length: 10 }, async () => await report(event(10))));
		expect(told()).toBe(1);
	});

	it('two refunds of one payment are two', async () => {
		await report(event(10));
		await report(event(5));
		expect(told()).toBe(2);
	});

	it('what tells them apart can be said', async () => {
		const options = { onceKey: '={{ $json.refund_id }}' };
		await report(event(10, { refund_id: 'R-1' }), { options });
		await report(event(10, { refund_id: 'R-2' }), { options });
		await report(event(10, { refund_id: 'R-2' }), { options });
		expect(told()).toBe(2);
	});

	it('one that failed is told by the next run', async () => {
		bench.sandbox.fault({ kind: 'status', status: 400, path: EVENT, times: 1 });
		expect((await report(event(10))).error).toBeDefined();
		expect(outputOf(await report(event(10)))[0]).not.toHaveProperty('reported_before');
		expect(told()).toBe(1);
	});

	it('one whose answer was lost is told again, or not if at most once is wanted', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: EVENT });
		const options = { delivery: 'event-at-most-once' };
		expect((await report(event(10), { options })).error).toBeDefined();
		expect((await report(event(20), { options: { timeout: 2 } })).error).toBeDefined();
		bench.sandbox.clearFaults();
		const before = requestsTo(bench.sandbox, EVENT).length;
		const { message } = complaint(await report(event(10), { options }));
		expect(message).toMatch(
			/^It is unknown whether TD took order_refund of order O-1: execution \d+/,
		);
		expect(requestsTo(bench.sandbox, EVENT)).toHaveLength(before);
		await report(event(20));
		expect(requestsTo(bench.sandbox, EVENT)).toHaveLength(before + 1);
	});

	it('one that another execution is telling is waited for, within the time of the item', async () => {
		bench.sandbox.fault({ kind: 'hangAfterAccept', path: EVENT, times: 1 });
		const first = report(event(10), { options: { timeout: 4, delivery: 'event-at-most-once' } });
		await until(() => requestsTo(bench.sandbox, EVENT).length > 0);
		const { message } = complaint(await report(event(10), { options: { timeout: 2 } }));
		expect(message).toMatch(/^Event order_refund of order O-1 is being sent by execution \d+/);
		expect((await first).error).toBeDefined();
		expect(told()).toBe(1);
	});
});
