/** Whether a webhook's delivery is genuine, and whether it is one that is wanted. */
import * as z from 'zod/v4';
import { isRecord } from '../base/json-value';
import { readJson } from '../http/json';
import { adapters } from './adapters';
import type { Members } from './lenient';
import {
	type Shop,
	SHOP_EVENTS,
	type ShopEvent,
	shopEvent,
	type ShopEventName,
	SHOPS,
} from './order';
import type { Delivery, ReadOptions, ShopAdapter, ShopReading, Signature } from './shop';

/** Far more than an order of hundreds of articles takes; in bytes. */
export const MOST_BYTES = 5 * 1024 * 1024;

/** A body that is not signed is read only if it is as short as a ping's; in bytes. */
const PING_BYTES = 1_000;

/** What the user wants of a shop. */
export interface Wanted extends ReadOptions {
	shop: Shop;
	/** The current one, and the other one while it is being rotated. */
	secrets: readonly string[];
	events: readonly ShopEventName[];
	/** Orders that the shop itself calls tests. */
	includeTests: boolean;
}

/** What a flow gets of a delivery: the same from every shop, and the shop's own body. */
export type ShopDelivery = ShopEvent & { news: ShopEventName[]; raw: Members };

/** The same as a schema; what the shop's own body holds differs from event to event. */
export const shopDelivery = () => shopEvent.extend({ raw: z.looseObject({}) });

/**
 * What becomes of a delivery. `why` is what the sender is told: enough for whoever sets the webhook up,
 * and nothing that helps to forge one.
 */
export type Admission =
	| {
			verdict: 'wanted';
			/** All events that were chosen are its news: what was told before, `placeWithNews` knows. */
			delivery: ShopDelivery;
			/** It tells how the order stands by now, not what happened. */
			isState: boolean;
	  }
	/** Genuine, or a ping; there is nothing to start. */
	| { verdict: 'unwanted'; why: string }
	| { verdict: 'refused'; status: 400 | 401 | 413; why: string };

/** @param nowMs the clock; milliseconds since 1970 UTC */
export function admit(delivery: Delivery, wanted: Wanted, nowMs: number): Admission {
	if (delivery.rawBody.length > MOST_BYTES) return tooLarge;
	const adapter = adapters[wanted.shop];
	if (isPing(adapter, delivery)) return { verdict: 'unwanted', why: 'Ping received.' };
	const signature = adapter.check(delivery, wanted.secrets, nowMs);
	if (signature !== 'genuine') return refused(401, WHY[signature]);
	const body = bodyOf(delivery);
	if (!body) return refused(400, 'The body is not a JSON object.');
	return choose(adapter, delivery, body, wanted);
}

/** WooCommerce does not sign its ping, and its body is no JSON. */
function isPing(adapter: ShopAdapter, delivery: Delivery): boolean {
	if (delivery.rawBody.length > PING_BYTES) return false;
	return adapter.describe(delivery.headers, bodyOf(delivery)).isPing;
}

function choose(
	adapter: ShopAdapter,
	{ headers }: Delivery,
	body: Members,
	{ events, includeTests, orderMember }: Wanted,
): Admission {
	const { shop } = adapter;
	const { id, topic } = adapter.describe(headers, body);
	const reading = adapter.read(topic, body, { orderMember });
	if (!reading) {
		return unwanted(`${SHOPS[shop]}'s event '${topic ?? 'unnamed'}' is none that this node tells.`);
	}
	const names = [reading.event, ...(reading.also ?? [])];
	const news = names.filter((name) => events.includes(name));
	if (news.length === 0) {
		return unwanted(`${labelsOf(names)} is not among the events chosen in n8n.`);
	}
	if (reading.order.test && !includeTests) return unwanted('It is a test order.');
	const delivery = { ...happenedIn(reading), news, shop, delivery_id: id };
	return {
		verdict: 'wanted',
		delivery: { ...delivery, at: reading.at, order: reading.order, raw: body },
		isState: reading.also !== undefined,
	};
}

const happenedIn = ({ event, also }: ShopReading) => ({ event, ...(also?.length ? { also } : {}) });

function bodyOf({ headers, rawBody }: Delivery): Members | undefined {
	const type = headers['content-type'];
	const reading = readJson(rawBody, typeof type === 'string' ? type : undefined);
	return reading.ok && isRecord(reading.value) ? reading.value : undefined;
}

/** Events as the editor calls them, in one phrase. */
export const labelsOf = (names: readonly ShopEventName[]) =>
	names.map((name) => `'${SHOP_EVENTS[name]}'`).join(' and ');

const WHY: Readonly<Record<Exclude<Signature, 'genuine'>, string>> = {
	missing: 'The delivery is not signed.',
	wrong: 'The signature was not made with the secret in n8n, or the body was changed on its way.',
	stale: 'The signature is too old. See to the clock of this n8n.',
};

const refused = (status: 400 | 401 | 413, why: string): Admission => ({
	verdict: 'refused',
	status,
	why,
});
const unwanted = (why: string): Admission => ({
	verdict: 'unwanted',
	why: `Nothing was started: ${why}`,
});

/** What a body that is too large is told; it need not be read for that. */
export const tooLarge: Admission = refused(413, `The body is larger than ${MOST_BYTES} bytes.`);
