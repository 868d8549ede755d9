import { createHmac, randomUUID } from 'node:crypto';
import type { FlowStage } from './stage';

/** How a delivery differs from a good one. */
export interface Delivery {
	topic?: string;
	/** The same id again is a repeated delivery. */
	id?: string;
	secret?: string;
}

/** Sends a webhook as Shopify does; the answer's HTTP status comes back. */
export function sendShopify(
	stage: FlowStage,
	path: string,
	body: object,
	{ topic = 'orders/paid', id = randomUUID(), secret = stage.shopSecret }: Delivery = {},
): Promise<number> {
	return send(stage, path, body, secret, (signature) => ({
		'x-shopify-topic': topic,
		'x-shopify-hmac-sha256': signature,
		'x-shopify-webhook-id': id,
		'x-shopify-shop-domain': 'example.myshopify.com',
	}));
}

/** Sends a webhook as WooCommerce does. */
export function sendWooCommerce(
	stage: FlowStage,
	path: string,
	body: object,
	{ topic = 'order.updated', id = randomUUID(), secret = stage.shopSecret }: Delivery = {},
): Promise<number> {
	return send(stage, path, body, secret, (signature) => ({
		'x-wc-webhook-topic': topic,
		'x-wc-webhook-signature': signature,
		'x-wc-webhook-delivery-id': id,
		'x-wc-webhook-source': 'https://shop.example.com/',
	}));
}

async function send(
	{ n8n }: FlowStage,
	path: string,
	body: object,
	secret: string,
	headers: (signature: string) => Record<string, string>,
): Promise<number> {
	const bytes = Buffer.from(JSON.stringify(body));
	const signature = createHmac('sha256', secret).update(bytes).digest('base64');
	const answer = await fetch(`${n8n.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers(signature) },
		body: bytes,
	});
	return answer.status;
}
