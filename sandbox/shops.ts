/** Signs webhooks as the shops do: a reading of their documents that shares nothing with the nodes'. */
import { createHmac, randomUUID } from 'node:crypto';

export type ShopName = 'shopify' | 'stripe' | 'woocommerce';

/** How a delivery differs from a good one. */
export interface Signing {
	/** What the shop and n8n both know. */
	secret: string;
	/** The shop's name of the event. Stripe has it in the body. */
	topic?: string;
	/** The same id again is a repeated delivery. Stripe has it in the body. */
	id?: string;
	/** When it was signed, in seconds since 1970 UTC; only Stripe says so. */
	at?: number;
}

/** The headers with which a shop sends a body. */
export function signedHeaders(
	shop: ShopName,
	body: Buffer,
	{ secret, topic, id = randomUUID(), at = Math.floor(Date.now() / 1000) }: Signing,
): Record<string, string> {
	const sign = (encoding: 'base64' | 'hex', ...parts: Array<string | Buffer>) => {
		const hmac = createHmac('sha256', secret);
		for (const part of parts) hmac.update(part);
		return hmac.digest(encoding);
	};
	const type = { 'content-type': 'application/json' };
	if (shop === 'shopify') {
		return {
			...type,
			'x-shopify-topic': topic ?? 'orders/paid',
			'x-shopify-hmac-sha256': sign('base64', body),
			'x-shopify-webhook-id': id,
			'x-shopify-shop-domain': 'example.myshopify.com',
		};
	}
	if (shop === 'woocommerce') {
		return {
			...type,
			'x-wc-webhook-topic': topic ?? 'order.updated',
			'x-wc-webhook-signature': sign('base64', body),
			'x-wc-webhook-delivery-id': id,
			'x-wc-webhook-source': 'https://shop.example.com/',
		};
	}
	return { ...type, 'stripe-signature': `t=${at},v1=${sign('hex', `${at}.`, body)}` };
}
