/** WooCommerce sends an order at every change: what the flow was started for before starts nothing. */
import type { INodeParameters } from 'n8n-workflow';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { newToken } from '../../../lib/base/owner';
import { TABLE } from '../../../lib/register/schema';
import type { WebhookServer } from '../../engine/webhook';
import { PLACES, removeFiles, usePlace } from '../../lib/register/places';
import { emptied, onTables } from '../../lib/register/tables';
import { until } from '../../observed';
import { deliver, holdUp, itemsOf, SECRET, useTriggers, wooOrder } from './shop';
import { registerFile } from '../../../lib/run/registers';

const listen = useTriggers({ shop: 'woocommerce' });

/** An update of the order, with a delivery id of its own. */
let updates = 0;
const update = async (
	trigger: WebhookServer,
	order: object = {},
	how: Parameters<typeof deliver>[3] = {},
) => {
	const usual = { topic: 'order.updated', id: `update-${updates++}` };
	return await deliver(trigger, 'woocommerce', wooOrder(order), { ...usual, ...how });
};
const newsOf = (trigger: WebhookServer) => itemsOf(trigger).map(({ news }) => news);
const tracked = (...numbers: string[]) => ({
	meta_data: [
		{
			key: '_wc_shipment_tracking_items',
			value: numbers.map((no) => ({ tracking_provider: 'ups', tracking_number: no })),
		},
	],
});
const refunded = (...ids: number[]) => ({ refunds: ids.map((id) => ({ id, total: '-10.00' })) });

describe.each(PLACES)('remembered in %s', (remember) => {
	const place = usePlace(remember);
	beforeEach(async () => await emptied(place.register()));

	const triggerFor = async (events = ['order_paid'], parameters: INodeParameters = {}, more = {}) =>
		await listen(
			{ remember, events, ...parameters },
			{ credentials: { shopWebhookApi: { secret: SECRET }, ...place.credentials() }, ...more },
		);
	/** Leaves the register as a killed n8n leaves it. */
	const kill = async () => {
		const [host] = newToken(0).split('.');
		const { pid } = spawnSync(process.execPath, ['--version']);
		await onTables(place.register(), `update ${TABLE} set token = $1`, [`${host}.${pid}.gone.1`]);
	};

	it('three updates of a paid order start one flow, and the shop is told why', async () => {
		const trigger = await triggerFor();
		const answers = [
			await update(trigger),
			await update(trigger, { customer_note: 'Ring twice' }),
			await update(trigger, { status: 'completed' }),
		];
		expect(trigger.started).toHaveLength(1);
		expect(newsOf(trigger)).toEqual([['order_paid']]);
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(answers[2]!.text).toMatch(/^Nothing was started: .*taken before/);
	});

	it('a refund later starts one for Refunded alone, and a further refund another', async () => {
		const trigger = await triggerFor(['order_paid', 'order_refunded']);
		await update(trigger);
		await update(trigger, refunded(11));
		await update(trigger, { ...refunded(11), status: 'completed' });
		await update(trigger, refunded(12, 11));
		await update(trigger, { ...refunded(11, 12), status: 'completed' });
		expect(newsOf(trigger)).toEqual([['order_paid'], ['order_refunded'], ['order_refunded']]);
		const also = ['order_paid', 'order_changed'];
		expect(itemsOf(trigger)[1]).toMatchObject({ event: 'order_refunded', also });
	});

	it('a refund that was deleted again starts none', async () => {
		const trigger = await triggerFor(['order_refunded']);
		for (const ids of [[11, 12], [11], [12], []]) await update(trigger, refunded(...ids));
		expect(newsOf(trigger)).toEqual([['order_refunded']]);
	});

	it('an order that was cancelled unpaid, was paid after all and cancelled again starts one each', async () => {
		const trigger = await triggerFor(['order_cancelled', 'order_paid']);
		const off = { status: 'cancelled' };
		for (const more of [{ ...off, date_paid_gmt: null }, {}, off, off]) await update(trigger, more);
		expect(newsOf(trigger)).toEqual([['order_cancelled'], ['order_paid'], ['order_cancelled']]);
	});

	it('each parcel starts one for Shipped, and so does a tracking number that comes later', async () => {
		const trigger = await triggerFor(['order_shipped']);
		const steps = [
			{ status: 'completed' },
			{ status: 'completed', customer_note: 'Ring twice' },
			{ status: 'partial-shipped', ...tracked('1Z1') },
			{ status: 'completed', ...tracked('1Z1', '1Z2') },
			{ status: 'completed', ...tracked('1Z2') },
			{ status: 'completed', ...tracked() },
			{ status: 'completed' },
		];
		for (const step of steps) await update(trigger, step);
		expect(trigger.started).toHaveLength(3);
	});

	it('a tracking number that is taken out to be put right starts one for Shipped, the right one another', async () => {
		const trigger = await triggerFor(['order_shipped']);
		for (const numbers of [['1Z1'], [], ['1Z2'], ['1Z1']])
			await update(trigger, { status: 'completed', ...tracked(...numbers) });
		expect(trigger.started).toHaveLength(2);
	});

	it('tells tries to pay apart where the order names the payment', async () => {
		const trigger = await triggerFor(['payment_failed']);
		const failed = (more: object) => ({ status: 'failed', date_paid_gmt: null, ...more });
		for (const transaction_id of ['ch_1', 'ch_1', 'ch_2', 'ch_1']) {
			await update(trigger, failed({ transaction_id }));
		}
		expect(trigger.started).toHaveLength(2);
		for (const note of ['a', 'b']) await update(trigger, failed({ id: 728, customer_note: note }));
		expect(trigger.started).toHaveLength(3);
	});

	it('Order Changed starts each time, and says what is new beside it', async () => {
		const trigger = await triggerFor(['order_paid', 'order_changed']);
		for (const note of ['a', 'b', 'c']) await update(trigger, { customer_note: note });
		const changed = ['order_changed'];
		expect(newsOf(trigger)).toEqual([['order_paid', ...changed], changed, changed]);
	});

	it('an order counts once, whether it came as created or as updated', async () => {
		const trigger = await triggerFor(['order_created', 'order_paid']);
		await update(trigger, {}, { topic: 'order.created' });
		await update(trigger);
		await update(trigger, {}, { topic: 'order.created' });
		expect(newsOf(trigger)).toEqual([['order_paid', 'order_created']]);
	});

	it('another order, another shop and another trigger have news of their own', async () => {
		const trigger = await triggerFor();
		await update(trigger);
		await update(trigger, { id: 728 });
		await update(trigger, { date_created_gmt: '2026-03-01T16:00:01' });
		expect(trigger.started).toHaveLength(3);
		const other = await triggerFor(['order_paid'], {}, { nodeId: 'other' });
		await update(other);
		await update(other);
		expect(other.started).toHaveLength(1);
	});

	it('starts for each update where nothing is to be remembered', async () => {
		const trigger = await triggerFor(['order_paid'], { remember: 'no' });
		await update(trigger);
		await update(trigger);
		expect(newsOf(trigger)).toEqual([['order_paid'], ['order_paid']]);
	});

	it("shows each update in the editor's test, which counts for nothing", async () => {
		const test = await triggerFor(['order_paid'], {}, { mode: 'manual' });
		await update(test);
		await update(test);
		expect(test.started).toHaveLength(2);
		const trigger = await triggerFor();
		await update(trigger);
		expect(trigger.started).toHaveLength(1);
	});

	it('what started nothing counts as not told, should it be wanted later', async () => {
		const completed = { status: 'completed' };
		const before = await triggerFor(['order_paid']);
		await update(before, completed);
		const after = await triggerFor(['order_paid', 'order_shipped']);
		// Nothing is to be sent without an address
		await update(after, { ...completed, shipping: { address_1: '1 Main Street' } });
		expect(newsOf(after)).toEqual([['order_shipped']]);
	});

	it('a delivery that was taken for something else keeps no news back', async () => {
		const before = await triggerFor(['order_changed']);
		await update(before, {}, { id: 'same' });
		const after = await triggerFor(['order_paid']);
		expect((await update(after, {}, { id: 'same' })).text).toContain('taken before');
		expect(after.started).toHaveLength(0);
		await update(after);
		await update(after);
		expect(after.started).toHaveLength(1);
	});

	it('starts again for what n8n did not take', async () => {
		const trigger = await triggerFor();
		trigger.store = async () => await Promise.reject(new Error('the database is gone'));
		expect((await update(trigger)).status).toBe(500);
		trigger.store = async () => {};
		await update(trigger);
		await update(trigger);
		expect(trigger.started).toHaveLength(1);
	});

	it('starts again for what the shop hung up on', async () => {
		const trigger = await triggerFor();
		const held = holdUp(trigger);
		const controller = new AbortController();
		const first = update(trigger, {}, { signal: controller.signal });
		await until(() => held.count === 1);
		controller.abort();
		await expect(first).rejects.toThrow();
		const second = update(trigger);
		await until(() => held.count === 2);
		held.goOn();
		expect((await second).status).toBe(200);
		expect(trigger.started).toHaveLength(2);
	});

	it('starts again when n8n was killed before its answer', async () => {
		const trigger = await triggerFor();
		const held = holdUp(trigger);
		const first = update(trigger);
		await until(() => held.count === 1);
		await kill();
		const second = update(trigger);
		await until(() => held.count === 2);
		held.goOn();
		await Promise.all([first, second]);
		expect(newsOf(trigger)).toEqual([['order_paid'], ['order_paid']]);
	});

	it('starts again when n8n was killed right after its answer, and then no more', async () => {
		const trigger = await triggerFor();
		await update(trigger);
		await update(trigger);
		expect(trigger.started).toHaveLength(1);
		await kill();
		await update(trigger);
		await update(trigger);
		expect(trigger.started).toHaveLength(2);
	});

	it('of five at one moment one starts', async () => {
		const trigger = await triggerFor();
		trigger.store = async () => await until(() => trigger.received === 5);
		const answers = await Promise.all(Array.from({ length: 5 }, async () => await update(trigger)));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		expect(trigger.started).toHaveLength(1);
	});

	it('starts while another delivery of the order has not got its answer for long', async () => {
		const trigger = await triggerFor();
		const held = holdUp(trigger);
		const first = update(trigger);
		await until(() => held.count === 1);
		const second = update(trigger);
		await until(() => held.count === 2);
		held.goOn();
		expect([(await first).status, (await second).status]).toEqual([200, 200]);
		expect(newsOf(trigger)).toEqual([['order_paid'], ['order_paid']]);
	});
});

it('starts for each update while the register cannot be reached', async () => {
	await removeFiles();
	// A folder stands where the register's file should be
	mkdirSync(registerFile(process.env), { recursive: true });
	const trigger = await listen({ events: ['order_paid', 'order_refunded'] });
	for (const customer_note of ['a', 'b']) await update(trigger, { ...refunded(11), customer_note });
	const both = ['order_refunded', 'order_paid'];
	expect(newsOf(trigger)).toEqual([both, both]);
});
