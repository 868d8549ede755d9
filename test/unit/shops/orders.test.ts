/** Each body's neutral order, as the pages have it. */
import { eventOf, type ShopBody } from './body';
import { orderTables } from './order-page';
import { expectPage } from './page';
import { shopify } from './shopify';
import { stripe } from './stripe';
import { woocommerce } from './woocommerce';

const shops: Array<[string, ShopBody[]]> = [
	['Shopify', shopify],
	['Stripe', stripe],
	['WooCommerce', woocommerce],
];

describe.each(shops)('%s', (name, bodies) => {
	it('reads each body as the page says', () => {
		const file = `${name.toLowerCase()}.order.md`;
		expectPage(file, `Orders of ${name}, and what is read from them`, orderTables(bodies));
	});

	it.each(bodies.map((one) => [one.name, one] as const))('knows %s by itself', (_name, one) => {
		// Without topic and shop, as n8n's own triggers give it out
		const alone = eventOf({ ...one, topic: null });
		const told = eventOf(one);
		if (told) expect(alone).toMatchObject({ shop: one.shop, order: { id: told.order.id } });
		// A topic that is none of ours leaves a body that may still tell something
		else if (one.topic === null) expect(alone).toBeUndefined();
	});
});
