/** Reads whatever a flow holds of a shop's order. */
import { isRecord } from '../base/json-value';
import { parseSafely } from '../base/safe-json';
import { adapters } from './adapters';
import { type Members, withoutBlanks } from './lenient';
import {
	type Shop,
	SHOP_EVENTS,
	type ShopEvent,
	type ShopOrder,
	shopEvent,
	shopOrder,
	SHOPS,
	STATES,
} from './order';
import type { Delivery, ReadOptions, ShopAdapter } from './shop';

/** What the user knows beside the body, where it does not come from Shop Trigger. */
export interface Source extends ReadOptions {
	shop?: Shop | undefined;
	/** The shop's own name of the event, e.g. `orders/paid`. */
	topic?: string | undefined;
}

/** What a shop has sent, and how it came. */
interface Found {
	body: Members;
	headers: Delivery['headers'];
	/** Whose it is, if that can be told. */
	adapter: ShopAdapter | undefined;
}

/**
 * What happened in a shop: from Shop Trigger's item; from an item of n8n's Webhook node, where the headers
 * tell the topic; from a body alone, as n8n's own triggers of the shops give it out; or from an order of
 * the shop's REST API. Any of them may be JSON text.
 *
 * @returns undefined if it is none of these, or none of our events: `whyUnread` says which
 */
export function readShopEvent(given: unknown, source: Source = {}): ShopEvent | undefined {
	const item = recordOf(given);
	if (!item) return undefined;
	// The schema's own refusal of a shop's body costs as much as half the reading
	const neutral = isRecord(item['order']) ? shopEvent.safeParse(item) : undefined;
	if (neutral?.success) return { ...neutral.data, order: withoutBlanks(neutral.data.order) };
	const { adapter, body, headers } = find(item, source.shop);
	if (!adapter) return undefined;
	const { id, topic } = adapter.describe(headers, body);
	const reading = adapter.read(source.topic?.trim() || topic, body, source);
	if (!reading) return undefined;
	// The user may be wrong about the shop; of another one's body nothing would be read
	if (reading.order.id === null && !adapter.recognises(body)) return undefined;
	return { shop: adapter.shop, delivery_id: id, ...reading };
}

/**
 * The order alone, where it does not matter what happened to it: from all that `readShopEvent` reads, or
 * from the `order` of Shop Trigger's item.
 */
export function readShopOrder(given: unknown, source: Source = {}): ShopOrder | undefined {
	const item = recordOf(given);
	// A shop's own order has no `articles`, and the state has other names
	const isNeutral = Array.isArray(item?.['articles']) && isState(item['state']);
	const order = isNeutral ? shopOrder.safeParse(item).data : undefined;
	return order ?? readShopEvent(item, source)?.order;
}

const isState = (value: unknown) => STATES.some((state) => state === value);

/**
 * Why nothing was read, for the person in the editor: what was found instead, by the names of its members.
 * No value is repeated, for it may be a customer's.
 */
export function whyUnread(given: unknown, source: Source = {}): string {
	const item = recordOf(given);
	if (!item) return `It is ${kindOf(given)}, not what a shop has sent.`;
	const { adapter, body, headers } = find(item, source.shop);
	if (!adapter?.recognises(body)) {
		const shop = source.shop ? SHOPS[source.shop] : 'Shopify, Stripe or WooCommerce';
		return `Nothing of ${shop} was found in it. It has ${namesOf(body)}.`;
	}
	const topic = source.topic?.trim() || adapter.describe(headers, body).topic;
	const what = topic === null ? 'It' : `'${cut(topic)}'`;
	return `${what} comes from ${SHOPS[adapter.shop]}, but is none of these: ${Object.values(SHOP_EVENTS).join(', ')}.`;
}

function find(item: Members, shop: Shop | undefined): Found {
	const all = shop ? [adapters[shop]] : Object.values(adapters);
	const whose = (body: Members) => all.find((one) => one.recognises(body));
	const headers = isRecord(item['headers']) ? (item['headers'] as Delivery['headers']) : {};
	// n8n's Webhook node keeps what was sent in `body`, and our trigger in `raw`
	const bodies = [item['raw'], item['body'], item].map(recordOf).filter((body) => !!body);
	const body = bodies.find((one) => whose(one)) ?? bodies[0] ?? item;
	return { body, headers, adapter: whose(body) ?? (shop && adapters[shop]) };
}

/** An object, also where it is still JSON text. */
function recordOf(value: unknown): Members | undefined {
	if (isRecord(value)) return value;
	if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return undefined;
	try {
		const parsed = parseSafely(value);
		return isRecord(parsed) ? parsed : undefined;
	} catch {
		// Whoever asks says so: whyUnread
		return undefined;
	}
}

function kindOf(value: unknown): string {
	if (value === undefined || value === null || value === '') return 'empty';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}

const SHOWN = 8;

function namesOf(body: Members): string {
	const names = Object.keys(body);
	if (names.length === 0) return 'no members';
	const more = names.length > SHOWN ? `, and ${names.length - SHOWN} more` : '';
	return `the members ${names.slice(0, SHOWN).map(cut).join(', ')}${more}`;
}

const cut = (name: string) => (name.length > 40 ? `${name.slice(0, 40)}…` : name);
