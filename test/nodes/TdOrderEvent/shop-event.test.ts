/** Report Shop Event: from what happened in a shop to what TD has, across executions. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ownEntries } from '../../lib/register/places';
import { complaint, EVENT, having, outputOf, paths, requestsTo, saying } from '../../observed';
import { useBench, withCredential } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

type Json = Record<string, unknown>;

/** Who bought, and from where: only the order's own webhooks tell it. */
const visit = {
	device: { ip: '210.20.10.33', session: 'visit-1', black_box: 'aGPH1658920283672ropYaFxT7' },
	customer: { id: 'C-1' },
};
const bought = {
	number: '1001',
	currency: 'USD',
	totals: { total: '68.00' },
	articles: [{ id: '1', sku: 'MUG', name: 'Mug', quantity: 2, value: '60.00' }],
	payment: { gateway: 'paypal' },
};
/** What is left after one was taken out. */
const less = {
	...bought,
	totals: { total: '38.00' },
	articles: [{ ...bought.articles[0], current_quantity: 1 }],
};
const happening = (event: string, order: object, more: object = {}): IDataObject => ({
	event,
	shop: 'shopify',
	at: '2026-03-02T10:00:00Z',
	order: { id: 'O-1', ...order },
	...more,
});
const paid = (more: object = {}) => happening('order_paid', { ...bought, ...visit, ...more });
/** A webhook that tells neither session nor device. */
const refunded = (id = 'R-1', amount = '5.00') =>
	happening('order_refunded', { refunds: [{ id, amount, currency: 'USD' }] });

const run = async (
	event: IDataObject | IDataObject[],
	parameters: INodeParameters = {},
	more: object = {},
) =>
	await bench.run(
		'tdOrderEvent',
		{ operation: 'reportShopEvent', shopEvent: '={{ $json }}', ...parameters },
		[event].flat(),
		more,
	);
const report = async (event: IDataObject | IDataObject[], parameters: INodeParameters = {}) =>
	outputOf(await run(event, parameters));

const told = () => bench.sandbox.ledger().events.map(({ raw }) => JSON.parse(raw) as Json);
const names = () => told().map(({ event_type }) => event_type);
/** That this alone comes out: skipped, and what else it says. */
const skipped = (members: object = {}) => [having({ outcome: 'skipped', ...members })];
const PAYMENT = ['order_payment', 'order_payment_result'];
const ofVisit = {
	session_id: 'visit-1',
	account_id: 'C-1',
	terminal: { ip: visit.device.ip, black_box: visit.device.black_box },
};
/** With more members of its order. */
const ordered = (event: IDataObject, more: object) => ({
	...event,
	order: { ...(event['order'] as object), ...more },
});
const disputed = (dispute: object, order: object = {}, more: object = {}) =>
	happening(
		'order_disputed',
		{ currency: 'USD', ...order, dispute: { amount: '68', ...dispute } },
		more,
	);

describe('each kind of event', () => {
	const dispute = { id: 'D-1', amount: '68.00', reason: 'fraudulent', status: 'needs_response' };
	const parcels = { fulfilments: [{ id: 'F-1', carrier: 'UPS' }, { id: 'F-2' }] };
	const kinds: Array<[string, IDataObject, string[]]> = [
		['paid', paid(), PAYMENT],
		['failed', happening('payment_failed', { ...bought, ...visit }), PAYMENT],
		['refunded', ordered(refunded(), visit), ['order_refund']],
		[
			'two parcels',
			happening('order_shipped', { ...visit, ...parcels }),
			['order_ship', 'order_ship'],
		],
		['cancelled', happening('order_cancelled', visit), ['order_cancel']],
		['disputed', disputed(dispute, visit), ['order_chargeback']],
		['changed', happening('order_changed', { ...less, ...visit }), ['order_modify']],
	];

	it.each(kinds)('%s', async (_kind, event, expected) => {
		const output = await report(event);
		expect(names()).toEqual(expected);
		expect(output).toEqual(
			told().map(({ event_type, event_time }) =>
				having({
					...{ outcome: 'reported', code: 200, order_id: 'O-1', shop_event: event['event'] },
					...{ event_type, event_time },
				}),
			),
		);
	});

	it('carries the visit with each', async () => {
		await report(paid());
		for (const event of told()) {
			expect(event).toMatchObject({
				...ofVisit,
				event_time: '2026-03-02T10:00:00.000+00:00',
				channel: 'sandbox_web',
			});
		}
	});

	it('a new order is no event of TD, which is said', async () => {
		expect(await report(happening('order_created', { ...bought, ...visit }))).toEqual([
			{
				outcome: 'skipped',
				reason: saying('Verification API'),
				reason_code: 'no_td_event',
				order_id: 'O-1',
				shop_event: 'order_created',
			},
		]);
		expect(told()).toEqual([]);
	});

	it('an inquiry of the bank is left out, unless it is wanted', async () => {
		const asks = { id: 'D-1', reason: 'general', status: 'x', is_inquiry: true };
		const inquiry = disputed(asks, visit);
		expect(await report(inquiry)).toEqual(skipped({ event_type: 'order_chargeback' }));
		expect(names()).toEqual([]);
		await report(inquiry, { options: { includeInquiries: true } });
		expect(names()).toEqual(['order_chargeback']);
	});

	it('a test order is left out, unless it is wanted', async () => {
		const reason = "The shop marks it as a test. Turn on 'Include Test Orders' to report it.";
		expect(await report(paid({ test: true }))).toEqual(skipped({ reason }));
		expect(names()).toEqual([]);
		await report(paid({ test: true }), { options: { includeTestOrders: true } });
		expect(names()).toHaveLength(2);
	});
});

describe('a later webhook that tells no visit', () => {
	it.each(['order_created', 'order_paid', 'order_changed'])(
		'takes it from %s, in another execution',
		async (first) => {
			await report(happening(first, { ...bought, ...visit }));
			await report(refunded());
			expect(told().at(-1)).toMatchObject({ ...ofVisit, event_type: 'order_refund' });
		},
	);

	it('names the payment as the payment was named', async () => {
		await report(paid({ payment: { id: 'pi_1', gateway: 'stripe' } }));
		await report(refunded());
		await report(ordered(refunded('R-2'), { payment: { id: 'other' } }));
		const refunds = told().slice(2);
		expect(refunds.map(({ payment_id }) => payment_id)).toEqual(['pi_1', 'pi_1']);
	});

	it('is found by its payment where it names no order, or the shop calls it otherwise', async () => {
		const payment = { id: 'pi_1' };
		await report({ ...paid({ payment }), shop: 'woocommerce' });
		for (const [order, id] of [
			[null, 'D-1'],
			['1001', 'D-2'],
		]) {
			const about = { id, reason: 'fraudulent', status: 'lost' };
			await report(disputed(about, { id: order, payment }, { shop: 'stripe' }));
		}
		expect(told().slice(2)).toEqual([
			having({ ...ofVisit, order_id: 'O-1', payment_id: 'pi_1' }),
			having({ ...ofVisit, order_id: 'O-1', payment_id: 'pi_1' }),
		]);
	});

	const unknown = () =>
		happening('order_disputed', { id: null, payment: { id: 'pi_9' } }, { shop: 'stripe' });

	it('whose order nobody told fails, with what to do, and does not hold up the others', async () => {
		const { message, description } = complaint(await run([unknown(), paid()]));
		expect(message).toContain("name its member under 'Order Member (Stripe)' [Item 0]");
		expect(description).toContain(
			"set 'If Something Is Missing' to Skip to leave such events out. Nothing was reported for this item.",
		);
		expect(names()).toEqual(PAYMENT);
	});

	it('whose order nobody told is skipped where that is wanted', async () => {
		expect(await report(unknown(), { ifMissing: 'skip' })).toEqual([
			{
				outcome: 'skipped',
				reason:
					"Stripe names no order with this event, and no webhook that is still remembered names payment pi_9. If the payment's metadata holds the order, name its member under 'Order Member (Stripe)'.",
				reason_code: 'no_order',
				shop_event: 'order_disputed',
			},
		]);
	});

	it('has the order number from an earlier one', async () => {
		const numbers = { orderIdIs: 'number', orderIdPrefix: 'US-' };
		const reason = saying('sends no order number');
		expect(await report(refunded(), { ...numbers, ifMissing: 'skip' })).toEqual(
			skipped({ reason }),
		);
		await report(paid(), numbers);
		await report(refunded(), numbers);
		expect(told().map(({ order_id }) => order_id)).toEqual(['US-1001', 'US-1001', 'US-1001']);
	});

	it('does without it once its time is over', async () => {
		await report(paid(), { rememberVisits: 1e-9 });
		const reason = saying('The device of order O-1 is unknown');
		expect(await report(refunded())).toEqual(skipped({ reason }));
		expect(names()).toHaveLength(2);
	});

	it('does without it where nothing is remembered', async () => {
		await report(paid(), { reportOnce: 'no' });
		expect(await report(refunded(), { reportOnce: 'no' })).toEqual(skipped());
		expect((await ownEntries()) ?? []).toEqual([]);
	});

	it('in one run waits for the earlier one', async () => {
		await report([paid(), refunded('R-1'), refunded('R-2')]);
		expect(names()).toEqual([...PAYMENT, 'order_refund', 'order_refund']);
	});
});

it('keeps of a visit what TD is told, and nothing else', async () => {
	await report(
		paid({
			customer: { id: 'C-1', email: 'a@example.com', phone: '+1 503 555 0144' },
			ship_to: { name: 'Mara Lindqvist', line1: '9 Mill Lane' },
		}),
	);
	const kept = JSON.stringify(await ownEntries());
	expect(kept).toContain('210.20.10.33');
	expect(kept).not.toMatch(/example\.com|555\D?0144|Lindqvist|Mill Lane/);
});

describe('what lacks something that TD requires', () => {
	const unpriced = paid({ totals: null });

	it('fails once the rest of it is told, and names that', async () => {
		const { message, description } = complaint(await run(unpriced));
		expect(message).toBe("The shop's order has no total, which TD requires of a payment [Item 0]");
		expect(description).toContain("Report it by hand with the event's own operation");
		expect(description).toContain('TD took order_payment_result of this item.');
		expect(names()).toEqual(['order_payment_result']);
	});

	it('is skipped where that is wanted', async () => {
		expect(await report(unpriced, { ifMissing: 'skip' })).toEqual([
			having({ outcome: 'reported', event_type: 'order_payment_result' }),
			having({ outcome: 'skipped', reason_code: 'incomplete' }),
		]);
	});
});

describe('where nobody told a device', () => {
	const till = happening('order_paid', { ...bought, customer: { id: 'C-1' } });

	it('skips it, and says why', async () => {
		expect(await report(till)).toEqual([
			{
				outcome: 'skipped',
				reason:
					'The device of order O-1 is unknown: neither this webhook nor an earlier one that is still remembered has an IP or a black box.',
				reason_code: 'no_device',
				order_id: 'O-1',
				shop_event: 'order_paid',
			},
		]);
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('fails, if that is wanted', async () => {
		const { message, description } = complaint(await run(till, { noDevice: 'fail' }));
		expect(message).toContain('The device of order O-1 is unknown');
		expect(description).toContain("'If the Device Is Unknown'");
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('sends a fixed IP, if that is wanted, and says so', async () => {
		const fixed = { noDevice: 'fixed', fixedIp: '210.20.10.99' };
		const output = await report(till, fixed);
		const remark = saying("'Fixed IP' was sent");
		expect(output).toMatchObject([{ remark }, { remark }]);
		expect(told()[0]).toMatchObject({ terminal: { ip: '210.20.10.99' }, session_id: 'O-1' });
		// It is no device of the customer's, so it is not remembered as one
		expect(await report(refunded())).toEqual(skipped());
	});

	it.each([
		['', "'Fixed IP' is empty"],
		['localhost', "'Fixed IP' must be a public IP address"],
	])('refuses the fixed IP "%s"', async (fixedIp, problem) => {
		const { message } = complaint(await run(till, { noDevice: 'fixed', fixedIp }));
		expect(message).toContain(problem);
	});

	it.each(['127.0.0.1', '0.0.0.0', '10.1.2.3', '::1', 'not an address'])(
		'counts %s as none',
		async (ip) => expect(await report(paid({ device: { ip } }))).toEqual(skipped()),
	);

	it('a black box alone is enough, and no session is said', async () => {
		const output = await report(paid({ device: { black_box: 'box' } }));
		expect(told()[0]).toMatchObject({ terminal: { black_box: 'box' }, session_id: 'O-1' });
		expect(output[0]).toMatchObject({
			remark: "No webhook named the session: 'Order ID' was sent as session.",
		});
	});
});

describe('exchange rates', () => {
	const euros = paid({ currency: 'EUR' });

	it('are needed for another currency, by name', async () => {
		const { message, description } = complaint(await run(euros, { exchangeRates: 'GBP 1.27' }));
		expect(message).toContain(
			"The shop's amounts are in EUR, TD's region Singapore requires them in USD, and 'Exchange Rates' has no rate for EUR",
		);
		expect(description).toContain('such as EUR 1.08');
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it('make the worth in USD, exactly', async () => {
		await report(paid({ currency: 'EUR', totals: { total: '19.99' } }), {
			exchangeRates: 'GBP 1.27, EUR 1.085',
		});
		expect(told()[0]).toMatchObject({
			payment: { amount: { currency: 'EUR', amount_local: 19.99, amount_usd: 21.69 } },
		});
	});

	it('make the worth in CNY for the region China', async () => {
		bench.sandbox.set({ region: 'cn' });
		const china = withCredential(bench, 'tdApi', { region: 'cn' });
		outputOf(await run(paid(), { exchangeRates: 'USD=7.1' }, china));
		bench.sandbox.set({ region: 'sg' });
		expect(told()[0]).toMatchObject({
			payment: { amount: { currency: 'USD', amount_local: 68, amount_cny: 482.8 } },
		});
	});

	it.each(['1.08', 'EUR', 'EUR 1,08', 'EUR 0', 'EUR -1', 'EURO 1.08', 'EUR 1.08 GBP 1.27'])(
		'refuses "%s"',
		async (exchangeRates) => {
			const { message } = complaint(await run(euros, { exchangeRates }));
			expect(message).toContain(
				"'Exchange Rates' must be currencies with their worth, such as EUR 1.08, GBP 1.27",
			);
		},
	);

	it('a failed item is told once the rate is there', async () => {
		await run(euros);
		await report(euros, { exchangeRates: 'EUR 1.08' });
		expect(names()).toEqual(PAYMENT);
	});
});

describe('each once', () => {
	it('whatever comes again', async () => {
		const first = await report(paid());
		const again = await report(paid());
		// TD's words are not kept
		const known = first.map(({ message: _words, ...item }) => ({ ...item, reported_before: true }));
		expect(again).toEqual(known);
		expect(names()).toEqual(PAYMENT);
	});

	it('ten deliveries at one moment', async () => {
		const outputs = await Promise.all(Array.from({ length: 10 }, async () => await report(paid())));
		expect(names()).toEqual(PAYMENT);
		expect(outputs.flat().filter((item) => !item['reported_before'])).toHaveLength(2);
	});

	it('refunds by their id, disputes by their stage, parcels by theirs', async () => {
		await report(paid());
		await report(refunded('R-1'));
		await report(refunded('R-2'));
		await report(refunded('R-1'));
		for (const status of ['needs_response', 'under_review', 'needs_response']) {
			await report(disputed({ id: 'D-1', reason: 'fraudulent', status }));
		}
		const parcels = (...ids: string[]) =>
			happening('order_shipped', { fulfilments: ids.map((id) => ({ id })) });
		await report(parcels('F-1'));
		await report(parcels('F-1', 'F-2'));
		expect(names().slice(2)).toEqual([
			...['order_refund', 'order_refund'],
			...['order_chargeback', 'order_chargeback'],
			...['order_ship', 'order_ship'],
		]);
	});

	it('a failed payment, then a paid one', async () => {
		const failed = (id: string) => ({ ...paid({ payment: { id } }), event: 'payment_failed' });
		for (const id of ['P-1', 'P-2']) await report(failed(id));
		await report(paid({ payment: { id: 'P-3' } }));
		await report(failed('P-2'));
		await report(refunded());
		expect(
			told().map((event) => [
				event['event_type'],
				event['payment_id'] ?? (event['payment'] as Json)['payment_id'],
				(event['payment_result'] as Json | undefined)?.['is_payment_success'],
			]),
		).toEqual([
			['order_payment', 'P-1', undefined],
			['order_payment_result', 'P-1', false],
			['order_payment', 'P-2', undefined],
			['order_payment_result', 'P-2', false],
			['order_payment', 'P-3', undefined],
			['order_payment_result', 'P-3', true],
			['order_refund', 'P-3', undefined],
		]);
	});

	it('every run reports them where nothing is remembered', async () => {
		await report(paid(), { reportOnce: 'no' });
		await report(paid(), { reportOnce: 'no' });
		expect(names()).toHaveLength(4);
	});
});

describe('a shop that never says what changed', () => {
	const woo = (event: string, also: string[], order: object, at: string) =>
		happening(
			event,
			{ ...bought, ...visit, updated_at: at, ...order },
			{ shop: 'woocommerce', at, also },
		);
	const more = { totals: { total: '98.00' } };

	it('is told what is new, each once', async () => {
		await report(woo('order_created', [], {}, '2026-03-02T10:00:00Z'));
		await report(woo('order_paid', ['order_changed'], {}, '2026-03-02T10:01:00Z'));
		expect(names()).toEqual(PAYMENT);
		const changed = woo('order_paid', ['order_changed'], more, '2026-03-02T10:02:00Z');
		const output = await report(changed);
		expect(output.map((item) => [item['event_type'], item['reported_before']])).toEqual([
			['order_payment', true],
			['order_payment_result', true],
			['order_modify', undefined],
		]);
		await report(changed);
		const shipped = ['order_paid', 'order_changed'];
		await report(woo('order_shipped', shipped, more, '2026-03-03T10:00:00Z'));
		const also = ['order_shipped', ...shipped];
		const back = { ...more, refunds: [{ id: '9', amount: '-5.00' }] };
		await report(woo('order_refunded', also, back, '2026-03-04T10:00:00Z'));
		expect(names().slice(2)).toEqual(['order_modify', 'order_ship', 'order_refund']);
		expect(told().at(-1)).toMatchObject({
			refund_result: { refund_amount: { currency: 'USD', amount_local: 5, amount_usd: 5 } },
		});
	});

	it('says so where nothing is new', async () => {
		await report(woo('order_created', [], {}, '2026-03-02T10:00:00Z'));
		const again = await report(woo('order_changed', [], {}, '2026-03-02T10:05:00Z'));
		expect(again).toEqual(skipped({ event_type: 'order_modify' }));
	});

	it('a change that is told while a payment is under way is told once', async () => {
		const [payment, second] = [{ id: 'TX-1' }, { id: 'TX-2' }];
		await report(woo('order_paid', [], { payment }, '2026-03-02T10:00:00Z'));
		bench.sandbox.fault({ kind: 'delay', ms: 300, path: EVENT, bodyIncludes: 'TX-2' });
		// By the payment alone it does not wait for the order's other events, as on another worker
		const byPayment = { ...more, payment, id: null, number: null };
		await Promise.all([
			report(woo('order_paid', [], { payment: second }, '2026-03-02T10:01:00Z')),
			report(woo('order_changed', [], byPayment, '2026-03-02T10:02:00Z')),
		]);
		const again = await report(woo('order_changed', [], more, '2026-03-02T10:03:00Z'));
		expect(again).toEqual(skipped({ event_type: 'order_modify', reason_code: 'unchanged' }));
		expect(names().filter((name) => name === 'order_modify')).toHaveLength(1);
	});

	it('a change back is a change, and one that TD did not take is told again', async () => {
		await report(woo('order_created', [], {}, '2026-03-02T10:00:00Z'));
		const there = woo('order_changed', [], more, '2026-03-02T10:05:00Z');
		bench.sandbox.fault({ kind: 'status', status: 400, path: EVENT, times: 1 });
		expect((await run(there)).error).toBeDefined();
		await report(there);
		await report(woo('order_changed', [], {}, '2026-03-02T10:06:00Z'));
		const amounts = told().map(({ order }) => (order as { amount: Json }).amount['amount_local']);
		expect(amounts).toEqual([98, 68]);
	});

	it('the first delivery of an order is no change, and later ones are compared with it', async () => {
		await report(woo('order_paid', ['order_changed'], {}, '2026-03-02T10:01:00Z'));
		await report(woo('order_paid', ['order_changed'], {}, '2026-03-02T10:02:00Z'));
		expect(names()).toEqual(PAYMENT);
		const more = { totals: { total: '99.00' } };
		await report(woo('order_paid', ['order_changed'], more, '2026-03-02T10:03:00Z'));
		expect(names()).toEqual([...PAYMENT, 'order_modify']);
	});

	it('the first delivery of an order shows what was taken out of it', async () => {
		await report(woo('order_paid', ['order_changed'], less, '2026-03-02T10:01:00Z'));
		await report(woo('order_paid', ['order_changed'], less, '2026-03-02T10:02:00Z'));
		expect(names()).toEqual([...PAYMENT, 'order_modify']);
	});
});

describe('where one of several fails', () => {
	const refunds = happening('order_refunded', {
		...visit,
		currency: 'USD',
		refunds: ['R-1', 'R-2', 'R-3'].map((id, i) => ({ id, amount: String(i + 1), reason: id })),
	});
	const refuse = (bodyIncludes: string) =>
		bench.sandbox.fault({
			kind: 'rawBody',
			path: EVENT,
			bodyIncludes,
			body: '{"code":9002,"message":"refund_reason check error","sequence_id":"S"}',
		});

	it('what TD refuses holds up none of the others, and the next run tells it alone', async () => {
		refuse('R-2');
		const { message, description } = complaint(await run(refunds));
		expect(message).toContain('TD did not take the event');
		expect(message).toContain('(order_refund of order O-1)');
		expect(description).toContain('TD took order_refund R-1, order_refund R-3.');
		expect(description).toContain('Not reported of this item: order_refund R-2.');
		expect(description).toContain('what TD took is not repeated');
		bench.sandbox.clearFaults();
		const again = await report(refunds);
		expect(again.map((item) => item['reported_before'] ?? false)).toEqual([true, false, true]);
		expect(bench.sandbox.ledger().events).toHaveLength(3);
	});

	it('what would meet all of them ends the item', async () => {
		bench.sandbox.fault({ kind: 'status', status: 403, path: EVENT, bodyIncludes: 'R-2' });
		const { description } = complaint(await run(refunds));
		expect(description).toContain('TD took order_refund R-1.');
		expect(description).toContain('Not reported of this item: order_refund R-2, order_refund R-3.');
		expect(requestsTo(bench.sandbox, EVENT)).toHaveLength(2);
		bench.sandbox.clearFaults();
		await report(refunds);
		expect(names()).toHaveLength(3);
	});

	it('a retry of the same execution repeats none either', async () => {
		refuse('R-2');
		const failed = await run(refunds, { reportOnce: 'no' });
		expect(complaint(failed).description).toContain("With 'Report Once' at No");
		bench.sandbox.clearFaults();
		outputOf(await run(refunds, { reportOnce: 'no' }, { previous: failed }));
		expect(bench.sandbox.ledger().events).toHaveLength(3);
	});

	it('at most once: an open outcome is not sent again, the others are', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: EVENT, bodyIncludes: 'R-2' });
		const options = { delivery: 'event-at-most-once' };
		const { message } = complaint(await run(refunds, { options }));
		expect(message).toMatch(/^It is unknown whether TD took the event/);
		bench.sandbox.clearFaults();
		const again = complaint(await run(refunds, { options }));
		expect(again.message).toMatch(/^It is unknown whether TD took order_refund of order O-1/);
		const ids = told().map(({ refund_result }) => (refund_result as Json)['refund_reason']);
		expect(ids.sort()).toEqual(['R-1', 'R-2', 'R-3']);
	});
});

describe('a register that can not be written', () => {
	it('lets nothing go out', async () => {
		const folder = process.env['N8N_USER_FOLDER'];
		process.env['N8N_USER_FOLDER'] = '/dev/null';
		try {
			const { message } = complaint(await run(paid()));
			expect(message).toContain('cannot be remembered');
		} finally {
			process.env['N8N_USER_FOLDER'] = folder;
		}
		expect(paths(bench.sandbox)).toEqual([]);
	});
});

it('a body in which nothing happened is skipped, with the words', async () => {
	const transaction = { kind: 'sale', status: 'success', gateway: 'shopify_payments' };
	const output = await report({ id: 991, order_id: 5550001, ...transaction, amount: '45.00' });
	const reason = 'The payment succeeded: the order itself tells that.';
	expect(output).toEqual(skipped({ reason, reason_code: 'nothing_happened' }));
	expect(told()).toEqual([]);
});

describe('what is no event of a shop', () => {
	it.each<[string, unknown, string]>([
		[
			'an object',
			{ hello: 'world' },
			"'Shop Event' is no event of a shop that can be read. Nothing of Shopify, Stripe or WooCommerce was found in it. It has the members hello.",
		],
		['a list', [1], "'Shop Event' must be an object"],
		['a text', 'paid', "'Shop Event' is not valid JSON"],
		['nothing', null, "'Shop Event' is empty"],
	])('%s is refused before anything is sent', async (_what, event, problem) => {
		const items = [{ event: paid() }, { event } as IDataObject];
		const { message } = complaint(await run(items, { shopEvent: '={{ $json.event }}' }));
		expect(message).toContain(problem);
		expect(message).toContain('[Item 1]');
		expect(paths(bench.sandbox)).toEqual([]);
	});
});

it('says that the credential has no channel, as every event does', async () => {
	const { message } = complaint(
		await run(paid(), {}, withCredential(bench, 'tdApi', { channel: '' })),
	);
	expect(message).toContain(
		"'Channel' is empty, and the TD API credential has no 'Default Channel'",
	);
});
