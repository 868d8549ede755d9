/** Which shop a delivery is from, and what that is good for behind the trigger. */
import type { IDataObject } from 'n8n-workflow';
import { SHOP_EVENTS } from '../../../lib/shops/order';
import { having, outputOf, saying } from '../../observed';
import { useBench } from '../../support';
import {
	deliver,
	itemsOf,
	paymentIntent,
	shopifyOrder,
	stripeEvent,
	useTriggers,
	wooOrder,
} from './shop';

const bench = useBench();
const openTrigger = useTriggers({ remember: 'no', events: Object.keys(SHOP_EVENTS) });

const intent = (more: object = {}) =>
	stripeEvent('payment_intent.succeeded', paymentIntent(), more);
const CREDENTIAL = /^credential-[\w-]{14}$/;
const links = { _links: { self: [{ href: 'https://linked.example/wp-json/wc/v3/orders/727' }] } };

it.each([
	['Shopify’s header', 'shopify', shopifyOrder(), {}, /^example\.myshopify\.com$/],
	['WooCommerce’s header', 'woocommerce', wooOrder(), {}, /^shop\.example\.com$/],
	['WooCommerce’s link', 'woocommerce', wooOrder(links), {}, /^linked\.example$/],
	['Stripe’s account', 'stripe', intent({ account: 'acct_1AbC' }), {}, /^acct_1AbC$/],
	['the credential, where Stripe names no account', 'stripe', intent(), {}, CREDENTIAL],
	[
		'the credential, where a proxy takes the header away',
		'shopify',
		shopifyOrder(),
		{ 'x-shopify-shop-domain': undefined },
		CREDENTIAL,
	],
] as const)('is told by %s', async (_what, shop, body, headers, store) => {
	const trigger = await openTrigger({ shop });
	await deliver(trigger, shop, body, { headers });
	expect(itemsOf(trigger)).toEqual([having({ store: saying(store) })]);
});

it('of two credentials is another one each, and never shows the id of one', async () => {
	const stores = [];
	for (const credentialId of ['a1B2c3D4e5F6g7H8', 'A1b2C3d4E5f6G7h8', 'a1B2c3D4e5F6g7H8']) {
		const trigger = await openTrigger({ shop: 'stripe' }, { credentialId });
		await deliver(trigger, 'stripe', intent());
		expect(JSON.stringify(itemsOf(trigger))).not.toContain(credentialId);
		stores.push(itemsOf(trigger)[0]?.['store']);
	}
	expect(stores[0]).not.toBe(stores[1]);
	expect(stores[0]).toBe(stores[2]);
});

it('is not known without an id of the credential', async () => {
	const trigger = await openTrigger({ shop: 'stripe' }, { credentialId: null });
	await deliver(trigger, 'stripe', intent());
	expect(itemsOf(trigger)).toEqual([having({ store: null })]);
});

it('keeps two shops with an order of one number apart, from their webhooks to TD', async () => {
	const metadata = { order_id: '1001' };
	const received = async (credentialId: string, type: string, object: object) => {
		const trigger = await openTrigger({ shop: 'stripe' }, { credentialId });
		await deliver(trigger, 'stripe', stripeEvent(type, object));
		return itemsOf(trigger);
	};
	const report = async (items: IDataObject[]) =>
		outputOf(
			await bench.run(
				'tdOrderEvent',
				{ operation: 'reportShopEvent', shopEvent: '={{ $json }}' },
				items,
			),
		);
	const refund = (id: string, payment: string) => ({
		...{ id, object: 'refund', payment_intent: payment, metadata },
		...{ amount: 500, currency: 'usd', status: 'succeeded' },
	});
	const ip = '210.20.10.33';
	const paid = paymentIntent({ id: 'pi_A', metadata: { ...metadata, customer_ip: ip } });
	await report(await received('shop A', 'payment_intent.succeeded', paid));
	expect(await report(await received('shop B', 'refund.created', refund('re_B', 'pi_B')))).toEqual([
		having({ outcome: 'skipped', reason_code: 'no_device' }),
	]);
	await report(await received('shop A', 'refund.created', refund('re_A', 'pi_A')));
	const told = bench.sandbox.ledger().events.map(({ raw }) => JSON.parse(raw) as IDataObject);
	expect(told.slice(2)).toEqual([
		having({ event_type: 'order_refund', payment_id: 'pi_A', terminal: { ip } }),
	]);
});
