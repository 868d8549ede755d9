/** WooCommerce: its webhooks and the orders of its REST API. */
import { fingerprint } from '../../base/fingerprint';
import { firstOf, listOf, type Members, membersOf, storeOf, textOf } from '../lenient';
import type { ShopEventName, ShopOrder } from '../order';
import type { Delivery, DeliveryInfo, NoEvent, ShopAdapter } from '../shop';
import { checkHeader, headerOf } from '../signature';
import { faultIn, nothingInPlace, otherThingIn } from './faults';
import { momentOf, readOrder } from './order';
import { eventsIn } from './state';
import { withKnownStatus } from './statuses';

/** Topics that bring an order; `order.deleted` brings only its id. */
const TOPICS = ['order.created', 'order.updated', 'order.restored'];

export const woocommerce: ShopAdapter = {
	shop: 'woocommerce',
	check: (delivery, secrets) => checkHeader('x-wc-webhook-signature', delivery, secrets),
	describe,
	signsId: false,
	// All events but the creation are read from the body alone, and any order was created
	bearsOut: (_topic, body) => isOrder(body),
	recognises: (body) => isOrder(body) || inPlaceOfAnOrder(body) !== undefined,
	read(topic, given, options) {
		if (topic !== null && !TOPICS.includes(topic)) return undefined;
		const noEvent = inPlaceOfAnOrder(given);
		if (noEvent) return noEvent;
		if (topic === null && !isOrder(given)) return undefined;
		const body = withKnownStatus(given, options);
		const order = { ...readOrder(body), status: textOf(given['status']) };
		if (order.id === null) return Object.keys(given).length === 0 ? nothingInPlace : undefined;
		const [event = 'order_changed', ...also] = eventsIn(topic, body, order);
		return { event, also, at: timeOfEvent(event, order, body), order };
	},
	readOther: (topic) => (topic !== null && TOPICS.includes(topic) ? nothingInPlace : undefined),
};

const isOrder = (body: Members): boolean =>
	typeof body['order_key'] === 'string' ||
	('line_items' in body && ('date_created' in body || 'date_created_gmt' in body));

const inPlaceOfAnOrder = (body: Members): NoEvent | undefined =>
	faultIn(body) ?? otherThingIn(body);

/**
 * A ping is sent, unsigned and without a topic, when a webhook is saved: `webhook_id=12` as a form.
 *
 * WooCommerce's delivery id depends only on the webhook and the second, so two orders of one second share
 * it; the body tells them apart.
 */
function describe(headers: Delivery['headers'], body: unknown): DeliveryInfo {
	const id = headerOf(headers, 'x-wc-webhook-delivery-id');
	const topic = headerOf(headers, 'x-wc-webhook-topic');
	const type = headerOf(headers, 'content-type') ?? '';
	return {
		id: id === null ? null : `${id}.${fingerprint(JSON.stringify(body ?? null))}`,
		topic,
		store: firstOf(linkedStore(membersOf(body)), storeOf(headerOf(headers, 'x-wc-webhook-source'))),
		isPing: topic === null && /^application\/x-www-form-urlencoded\b/i.test(type),
	};
}

/**
 * The shop in the order's link to itself, as `https://example.com/wp-json/wc/v3/orders/727`, or without
 * permalinks `https://example.com/index.php?rest_route=/wc/v3/orders/727`. It is signed, unlike the header,
 * and also in orders that come without one.
 */
function linkedStore(body: Members): string | null {
	const [self = {}] = listOf(membersOf(body['_links'])['self']);
	const [api = '', ...rest] = (textOf(self['href']) ?? '').split(/\/wc\/v\d\/orders\//);
	if (rest.length === 0 || !URL.canParse(api)) return null;
	const [site = ''] = api.split('?');
	const path = api === site ? site.slice(0, site.lastIndexOf('/')) : site;
	return storeOf(path.replace(/\/index\.php$/, ''));
}

function timeOfEvent(event: ShopEventName, order: ShopOrder, body: Members): string | null {
	const times: Partial<Record<ShopEventName, string | null>> = {
		order_created: order.created_at,
		order_paid: order.paid_at,
		order_shipped: firstOf(momentOf(body, 'date_completed'), textOf(order.fulfilments.at(-1)?.at)),
	};
	return times[event] ?? order.updated_at;
}
