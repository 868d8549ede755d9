import { SHOPS } from '../../lib/shops/order';
import type { ShopName } from '../../sandbox/shops';
import { eventOf } from '../../test/unit/shops/body';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { isUnreadable, numbered, openShopFlow, webhooksOf } from './shop-flow';
import type { FlowStage } from './stage';
import { tdEvents } from './td-events';

const PAYMENT = 'order_payment order_payment_result';

/** Bodies of one order's life in each shop, in their order, and the events they are told as. */
const LIVES: Readonly<Record<ShopName, Array<[body: string, events: string]>>> = {
	shopify: [
		['paid', PAYMENT],
		['first parcel', 'order_ship'],
		['refund of one', 'order_refund'],
		['chargeback', 'order_chargeback'],
		['cancelled', 'order_cancel'],
	],
	woocommerce: [
		['paid', PAYMENT],
		['partlyRefunded', 'order_refund'],
	],
	stripe: [
		['chargeSucceeded', PAYMENT],
		['chargeRefunded', 'order_refund'],
	],
};

/** What happens to a shop's orders is told to TD, each event once. */
export async function checkShopTd(stage: FlowStage, checks: Checks, shop: ShopName): Promise<void> {
	const { mail, n8n, sandbox } = stage;
	const name = SHOPS[shop];
	const webhooks = webhooksOf(shop);
	const called = (body: string) => webhooks.find((one) => one.name === body)!;
	const open = await openShopFlow(stage, shop, `${shop}-td-events.json`, {
		parameters: {
			'Report Shop Event': {
				exchangeRates: 'EUR 1.08, JPY 0.0067, GBP 1.27',
				category: 'kitchen',
				// Stripe tells no device of the customer's
				...(shop === 'stripe' ? { noDevice: 'fixed', fixedIp: '210.20.10.33' } : {}),
			},
		},
	});
	const told = () => tdEvents(sandbox).map(({ event_type }) => event_type);

	await checks.check(`${name}: an order's life is told as TD's events`, async () => {
		for (const [body, events] of LIVES[shop]) {
			const before = told().length;
			expectEqual(body, await open.deliver(numbered(called(body), 3000)), 200);
			await open.quiet();
			const news = told()
				.slice(before)
				.filter((type) => type !== 'order_modify');
			expectEqual(body, news.join(' '), events);
		}
	});
	await checks.check(`${name}: all of it with the order's session and device`, () => {
		const visits = new Set(
			tdEvents(sandbox).map(({ session_id, account_id, terminal }) =>
				JSON.stringify([session_id, account_id, terminal]),
			),
		);
		expectEqual('visits', visits.size, 1);
	});
	await checks.check(`${name}: delivered ten times at one moment, each event once`, async () => {
		sandbox.reset();
		const again = numbered(called(LIVES[shop][0]![0]), 3001);
		await Promise.all(
			Array.from({ length: 10 }, async (_, i) => await open.deliver(again, { id: `again-${i}` })),
		);
		await open.quiet();
		expectEqual('events', told().filter(isPayment).join(' '), PAYMENT);
	});
	await checks.check(
		`${name}: what TD refuses goes to the team, and is told by Retry`,
		async () => {
			mail.drain();
			sandbox.reset();
			sandbox.fault({
				kind: 'status',
				status: 400,
				path: new URL(sandbox.td.baseUrl).pathname,
				times: 1,
			});
			const refused = numbered(called(LIVES[shop][0]![0]), 3002);
			await open.deliver(refused);
			await mail.next('needs a look');
			// What was not refused is not held back by what was
			await open.retry();
			expectEqual('events', told().filter(isPayment).sort().join(' '), PAYMENT);
		},
	);
	await checks.check(`${name}: all ${webhooks.length} documented webhooks are taken`, async () => {
		sandbox.reset();
		mail.drain();
		const fresh = webhooks.map((one, i) => numbered(one, 4000 + i));
		for (const one of fresh) expectEqual(one.name, await open.deliver(one), 200);
		await open.quiet();
		// A test order is left out by the trigger, and so is what tells no event
		const real = fresh.filter((one) => eventOf(one)?.order.test === false);
		expect(told().length >= real.length / 2, `${told().length} events of ${real.length} bodies`);
		const raw = mail.mails.map(({ text = '' }) => text).filter(isUnreadable);
		expectEqual('messages that nobody can read', raw.join('\n'), '');
	});
	await n8n.rest.deactivate(open.flow);
}

const isPayment = (type: string) => type.startsWith('order_payment');
