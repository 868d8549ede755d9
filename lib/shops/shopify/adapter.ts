/**
 * Shopify. Source: Shopify's Admin REST API (Order, Refund, Fulfillment, Transaction, Dispute) and its
 * webhooks, versions 2023-01 to 2025-10, and the members that older versions have.
 */
import { storeOf } from '../lenient';
import type { ShopAdapter } from '../shop';
import { checkHeader, headerOf } from '../signature';
import { bodyKind, otherIn, unwrapped } from './kinds';
import { bearsOut, readBody } from './topics';

export const shopify: ShopAdapter = {
	shop: 'shopify',
	check: (delivery, secrets) => checkHeader('x-shopify-hmac-sha256', delivery, secrets),
	describe: (headers) => ({
		// Not X-Shopify-Event-Id, which everything that one action of the merchant sets off shares
		id: headerOf(headers, 'x-shopify-webhook-id'),
		topic: headerOf(headers, 'x-shopify-topic'),
		// Always the one at myshopify.com, whatever domains the shop has
		store: storeOf(headerOf(headers, 'x-shopify-shop-domain')),
		isPing: false,
	}),
	signsId: false,
	bearsOut: (topic, body) => bearsOut(topic, unwrapped(body)),
	recognises: (body) => {
		const object = unwrapped(body);
		return bodyKind(object) !== undefined || otherIn(object) !== undefined;
	},
	read: (topic, body) => readBody(topic, unwrapped(body)),
};
