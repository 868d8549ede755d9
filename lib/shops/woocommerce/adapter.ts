/** WooCommerce: its webhooks and the orders of its REST API. */
import { fingerprint } from '../../base/fingerprint';
import { type Members, firstOf, textOf } from '../lenient';
import type { ShopEventName, ShopOrder } from '../order';
import type { Delivery, Envelope, ShopAdapter } from '../shop';
import { checkHeader, headerOf } from '../signature';
import { momentOf, readOrder } from './order';
import { eventsOf } from './state';

/** Topics that bring an order; `order.deleted` brings its id alone. */
const TOPICS = ['order.created', 'order.updated', 'order.restored'];

export const woocommerce: ShopAdapter = {
	shop: 'woocommerce',
	check: (delivery, secrets) => checkHeader('x-wc-webhook-signature', delivery, secrets),
	describe,
	recognises: (body) =>
		typeof body['order_key'] === 'string' ||
		('line_items' in body && ('date_created' in body || 'date_created_gmt' in body)),
	read(topic, body) {
		if (topic !== null && !TOPICS.includes(topic)) return undefined;
		if (topic === null && !woocommerce.recognises(body)) return undefined;
		const order = readOrder(body);
		// Where the webhook's user may not see orders, WooCommerce sends a fault of its API instead
		if (order.id === null) return undefined;
		const [event = 'order_changed', ...also] = eventsOf(topic, body, order);
		return { event, also, at: timeOfEvent(event, order, body), order };
	},
};

/**
 * A ping is sent, unsigned and without a topic, when a webhook is saved: `webhook_id=12` as a form.
 *
 * WooCommerce makes its delivery id of the webhook and the second alone, so that two orders of one second
 * have the same one: what tells them apart is the body.
 */
function describe(headers: Delivery['headers'], body: unknown): Envelope {
	const id = headerOf(headers, 'x-wc-webhook-delivery-id');
	const topic = headerOf(headers, 'x-wc-webhook-topic');
	const type = headerOf(headers, 'content-type') ?? '';
	return {
		id: id === null ? null : `${id}.${fingerprint(JSON.stringify(body ?? null))}`,
		topic,
		isPing: topic === null && /^application\/x-www-form-urlencoded\b/i.test(type),
	};
}

function timeOfEvent(event: ShopEventName, order: ShopOrder, body: Members): string | null {
	const told: Partial<Record<ShopEventName, string | null>> = {
		order_created: order.created_at,
		order_paid: order.paid_at,
		order_shipped: firstOf(momentOf(body, 'date_completed'), textOf(order.fulfilments.at(-1)?.at)),
	};
	return firstOf(told[event] ?? null, order.updated_at);
}
