/** Reads a shop's event or order in any form that a flow may hold it. */
import { isRecord, parseSafely } from '../base/json';
import { cutTo } from '../base/redact';
import { allReadable, type Members, storeOf } from './lenient';
import {
	type Shop,
	SHOP_EVENTS,
	type ShopEvent,
	type ShopOrder,
	shopEvent,
	shopOrder,
	SHOPS,
	ORDER_STATES,
} from './order';
import { type Delivery, isNoEvent, type NoEvent, type ReadOptions, type ShopAdapter } from './shop';
import { shopify } from './shopify/adapter';
import { stripe } from './stripe/adapter';
import { woocommerce } from './woocommerce/adapter';
import { asOwnStatusesSay, orderAsOwnStatusesSay } from './woocommerce/own-statuses';

export const adapters: Readonly<Record<Shop, ShopAdapter>> = { shopify, stripe, woocommerce };

/** What the user knows about a body that does not come from Shop Trigger. */
export interface ReadHints extends ReadOptions {
	shop?: Shop | undefined;
	/** The shop's own name of the event, e.g. `orders/paid`. */
	topic?: string | undefined;
}

/** A body that a shop has sent. */
interface Found {
	body: Members;
	headers: Delivery['headers'];
	/** Its shop's, if the body shows which one that is. */
	adapter: ShopAdapter | undefined;
}

/**
 * What happened in a shop. Reads an item of Shop Trigger; an item of n8n's Webhook node, whose headers
 * name the topic; a body alone, as n8n's own shop triggers put it out; or an order from the shop's REST
 * API. Any of them may be JSON text.
 *
 * @returns undefined if it is none of these, or none of our events: `whyUnread` says which
 */
export function readShopEvent(given: unknown, source: ReadHints = {}): ShopEvent | undefined {
	const item = recordOf(given);
	if (!item) return undefined;
	// Letting the schema refuse a shop's body would cost half as much as reading it
	const neutral = isRecord(item['order']) ? shopEvent.safeParse(item) : undefined;
	if (neutral?.success) {
		const readable = allReadable(neutral.data);
		const event = { ...readable, store: storeOf(readable.store) };
		return event.shop === 'woocommerce' ? asOwnStatusesSay(event, source) : event;
	}
	const { adapter, body, headers } = find(item, source.shop);
	if (!adapter) return undefined;
	const { id, topic, store } = adapter.describe(headers, body);
	const reading = adapter.read(source.topic?.trim() || topic, body, source);
	if (!reading || isNoEvent(reading)) return undefined;
	// The user may have named the wrong shop: then nothing of the body is read
	if (reading.order.id === null && !adapter.recognises(body)) return undefined;
	return { shop: adapter.shop, store, delivery_id: id, ...reading };
}

/** The order alone, from anything that `readShopEvent` reads, or from the `order` of Shop Trigger's item. */
export function readShopOrder(given: unknown, source: ReadHints = {}): ShopOrder | undefined {
	const item = recordOf(given);
	// A shop's own order has no `articles`, and other names for the state
	const isNeutral =
		Array.isArray(item?.['articles']) && ORDER_STATES.some((state) => state === item['state']);
	const order = isNeutral ? shopOrder.safeParse(item).data : undefined;
	if (order) return orderAsOwnStatusesSay(allReadable(order), source);
	return readShopEvent(item, source)?.order ?? orderDespiteTopic(item, source);
}

/** What the order shows by itself, where it does not show what its topic says, such as that it was paid. */
function orderDespiteTopic(item: Members | undefined, source: ReadHints): ShopOrder | undefined {
	if (!item || !noEventIn(item, source)?.contradicts) return undefined;
	const { adapter, body } = find(item, source.shop);
	const reading = adapter?.read(null, body, source);
	return !reading || isNoEvent(reading) ? undefined : reading.order;
}

/** Why a shop's body tells none of our events, where it is known for what it is. */
export function noEventIn(
	given: unknown,
	source: ReadHints = {},
): (NoEvent & { shop: Shop }) | undefined {
	const item = recordOf(given);
	const { adapter, body, headers } = item ? find(item, source.shop) : {};
	if (!adapter || !body) return undefined;
	const { topic } = adapter.describe(headers ?? {}, body);
	const reading = adapter.read(source.topic?.trim() || topic, body, source);
	return isNoEvent(reading) ? { ...reading, shop: adapter.shop } : undefined;
}

/**
 * Why nothing was read, for the person in the editor: the names of the members found instead. No value
 * is repeated, for it may be a customer's.
 */
export function whyUnread(given: unknown, source: ReadHints = {}): string {
	const item = recordOf(given);
	if (!item) return `It is ${kindOf(given)}, not what a shop has sent.`;
	const noEvent = noEventIn(item, source);
	if (noEvent) return `${noEvent.why}.`;
	const { adapter, body, headers } = find(item, source.shop);
	if (!adapter?.recognises(body)) {
		const shop = source.shop ? SHOPS[source.shop] : 'Shopify, Stripe or WooCommerce';
		return `Nothing of ${shop} was found in it. ${namesOf(body)}.`;
	}
	const topic = source.topic?.trim() || adapter.describe(headers, body).topic;
	const what = topic === null ? 'It' : `'${cut(topic)}'`;
	return `${what} comes from ${SHOPS[adapter.shop]}, but is none of these: ${Object.values(SHOP_EVENTS).join(', ')}.`;
}

function find(item: Members, shop: Shop | undefined): Found {
	const all = shop ? [adapters[shop]] : Object.values(adapters);
	const whose = (body: Members) => all.find((one) => one.recognises(body));
	const headers = isRecord(item['headers']) ? (item['headers'] as Delivery['headers']) : {};
	// n8n's Webhook node keeps the shop's body in `body`, our trigger in `raw`
	const bodies = [item['raw'], item['body'], item].map(recordOf).filter((body) => !!body);
	const body = bodies.find((one) => whose(one)) ?? bodies[0] ?? item;
	return { body, headers, adapter: whose(body) ?? (shop && adapters[shop]) };
}

/** An object, or JSON text of one. */
function recordOf(value: unknown): Members | undefined {
	if (isRecord(value)) return value;
	if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return undefined;
	try {
		const parsed = parseSafely(value);
		return isRecord(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

function kindOf(value: unknown): string {
	if (value === undefined || value === null || value === '') return 'empty';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}

function namesOf(body: Members): string {
	const names = Object.keys(body);
	if (names.length === 0) return 'The input is empty';
	const more = names.length > 8 ? `, and ${names.length - 8} more` : '';
	return `It has the members ${names.slice(0, 8).map(cut).join(', ')}${more}`;
}

const cut = (name: string) => cutTo(name, 40, '…');
