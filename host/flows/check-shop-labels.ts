import { Fault } from '../../lib/base/errors';
import { SHOPS } from '../../lib/shops/order';
import type { TicketChoices } from '../../lib/shops/ticket/fields';
import { readGivenOrder } from '../../lib/shops/ticket/given-order';
import { ticketOf } from '../../lib/shops/ticket/ticket';
import type { ShopName } from '../../sandbox/shops';
import { eventOf } from '../../test/unit/shops/body';
import { RestError } from '../rest';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { ONE_BOX } from './flow';
import { isUnreadable, numbered, openShopFlow, type Webhook, webhooksOf } from './shop-flow';
import type { FlowStage } from './stage';

const BUY = 'Buy Cheapest';
const CHANNELS = ['UA', 'UW', 'FH'];
const BOX = { number: 1, weight: 4, length: 12, width: 9, height: 6 };

/** What a user fills in, by shop: what the shop does not tell. */
const FILLED: Readonly<Record<ShopName, Record<string, unknown>>> = {
	shopify: ONE_BOX,
	woocommerce: { ...ONE_BOX, override: { weightPerBox: 4 } },
	stripe: { boxes: { item: [BOX] }, override: { declaredValue: 40 } },
};

/** The same as the operation gets it. */
const CHOICES: Readonly<Record<ShopName, Partial<TicketChoices>>> = {
	shopify: { packing: 'one', weightUnit: 'lb' },
	woocommerce: { packing: 'one', weightUnit: 'lb', weightPerBox: 4 },
	stripe: { packing: 'given', boxes: [BOX], declaredValue: 40 },
};

/** The documented body that is a paid order with nothing special about it. */
const PLAIN: Readonly<Record<ShopName, string>> = {
	shopify: 'guest',
	woocommerce: 'paid',
	stripe: 'chargeSucceeded',
};

/** A shop's paid orders become parcels, each once, and only if the shop has signed them. */
export async function checkShopLabels(
	stage: FlowStage,
	checks: Checks,
	shop: ShopName,
): Promise<void> {
	const { mail, n8n, sandbox } = stage;
	const name = SHOPS[shop];
	const file = `${shop}-cheapest-label.json`;
	const webhooks = webhooksOf(shop);
	const plain = webhooks.find((one) => one.name === PLAIN[shop])!;

	await checks.check(`${name}: without what only the user knows nothing is sent`, async () => {
		const said = await whatIsSaid();
		expect(/weight|Buy Cheapest/i.test(said), said);
		expectEqual('requests to TW', sandbox.ledger().counts.requests, 0);
	});

	/** n8n does not even switch a flow on whose required fields are empty; 2.8 names the node alone. */
	async function whatIsSaid(): Promise<string> {
		try {
			const open = await openShopFlow(stage, shop, file);
			await open.deliver(plain);
			const { text = '' } = await mail.next('needs a look');
			await n8n.rest.deactivate(open.flow);
			return text;
		} catch (error) {
			if (error instanceof RestError) return error.message;
			throw error;
		}
	}

	const open = await openShopFlow(stage, shop, file, {
		parameters: { [BUY]: { ...FILLED[shop], channels: CHANNELS } },
	});
	await checks.check(`${name}: placed with the cheapest channel, label mailed`, async () => {
		expectEqual('HTTP status', await open.deliver(plain), 200);
		const label = await mail.next('Label for SHOP-');
		expectEqual('label', label.attachments[0]?.content.toString('latin1', 0, 4), '%PDF');
		const [order] = sandbox.ledger().orders;
		expectEqual('orders', sandbox.ledger().orders.length, 1);
		expect(CHANNELS.includes(order?.product ?? ''), `channel ${order?.product}`);
	});
	await checks.check(`${name}: ten deliveries at one moment make one parcel`, async () => {
		sandbox.reset();
		const again = numbered(plain, 1000);
		const statuses = await Promise.all(
			Array.from({ length: 10 }, async (_, i) => await open.deliver(again, { id: `ten-${i}` })),
		);
		// Stripe's have one id: whoever comes too early is asked to come again
		expect(
			statuses.every((status) => [200, 503].includes(status)),
			statuses.join(),
		);
		await open.quiet();
		expectEqual('orders', sandbox.ledger().orders.length, 1);
	});
	await checks.check(`${name}: a wrong signature is refused, and starts nothing`, async () => {
		const before = await open.quiet();
		expectEqual('HTTP status', await open.deliver(plain, { secret: 'wrong' }), 401);
		expectEqual('executions', await open.quiet(), before);
	});
	await checks.check(
		`${name}: of ${webhooks.length} documented webhooks, what is to be shipped is, once`,
		async () => {
			sandbox.reset();
			const fresh = webhooks.map((one, i) => numbered(one, 2000 + i));
			for (const one of fresh) expectEqual(one.name, await open.deliver(one), 200);
			await open.quiet();
			const made = sandbox.ledger().orders.map(({ no }) => no);
			expectEqual('orders', made.sort().join(), wanted(fresh, shop).sort().join());
			expect(made.length > 0, 'nothing was to be shipped');
		},
	);
	await checks.check(
		`${name}: what TW refuses goes to the team, and is made by Retry`,
		async () => {
			mail.drain();
			sandbox.reset();
			sandbox.fault({ kind: 'status', status: 400, path: 'orderForecast', times: 1 });
			await open.deliver(numbered(plain, 1001));
			const { text = '' } = await mail.next('needs a look');
			expect(text.includes('TW') && text.includes('/execution'), text);
			expect(!isUnreadable(text), text);
			await open.retry();
			await mail.next('Label for SHOP-');
			expectEqual('orders', sandbox.ledger().orders.length, 1);
		},
	);
	await checks.check(
		`${name}: a paid order without an address is mailed to its owner`,
		async () => {
			mail.drain();
			sandbox.reset();
			await open.deliver(numbered(withoutAddress(plain), 1002));
			const { text = '' } = await mail.next('needs a look');
			expect(text.includes('has no shipping address') && text.includes('/execution'), text);
			expectEqual('orders', sandbox.ledger().orders.length, 0);
		},
	);
	await n8n.rest.deactivate(open.flow);
}

/** The members that hold an address, in any of the shops' bodies. */
const ADDRESSES = ['shipping_address', 'billing_address', 'shipping', 'billing', 'billing_details'];

/** The same order, of which nobody says where it goes. */
function withoutAddress(webhook: Webhook): Webhook {
	const text = JSON.stringify(webhook.documented, (name, value: unknown) =>
		ADDRESSES.includes(name) ? null : value,
	);
	return { ...webhook, documented: JSON.parse(text) as Webhook['documented'] };
}

/** The numbers at TW of what is paid and to be shipped. */
function wanted(webhooks: readonly Webhook[], shop: ShopName): string[] {
	return webhooks.flatMap((one) => {
		// The flow asks Stripe's metadata for `order_id`
		const event = eventOf(shop === 'stripe' ? { ...one, orderMember: 'order_id' } : one);
		if (!event || event.order.test) return [];
		if (![event.event, ...(event.also ?? [])].includes('order_paid')) return [];
		const choices = { ...SIZE, ...CHOICES[shop] } as TicketChoices;
		try {
			const made = ticketOf(readGivenOrder(event), choices, 'USD');
			return 'ticket' in made ? [String(made.ticket['no'])] : [];
		} catch (error) {
			if (error instanceof Fault) return [];
			throw error;
		}
	});
}

const SIZE = {
	orderNumberPrefix: 'SHOP-',
	boxLength: 12,
	boxWidth: 9,
	boxHeight: 6,
	ifNotShipped: 'leaveOut',
	shipUnpaid: false,
};
