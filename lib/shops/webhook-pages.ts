/** Where each shop keeps its webhooks and their secret. From the shops' own help pages. */
import type { Shop } from './order';

interface WebhookPage {
	/** The way to the list of webhooks. */
	path: string;
	/** The way on from there to the secret. */
	secret: string;
}

export const WEBHOOK_PAGES: Readonly<Record<Shop, WebhookPage>> = {
	shopify: {
		path: 'Settings → Notifications → Webhooks',
		secret: ', below the list; for webhooks of an app, its client secret',
	},
	stripe: {
		path: 'Workbench → Webhooks',
		secret: ' → the endpoint → Signing secret (whsec_…)',
	},
	woocommerce: {
		path: 'WooCommerce → Settings → Advanced → Webhooks',
		secret: ' → the webhook → Secret, which you may choose',
	},
};

/** The whole way to a shop's secret. */
export const secretPlace = (shop: Shop): string =>
	WEBHOOK_PAGES[shop].path + WEBHOOK_PAGES[shop].secret;
