/** Whether a webhook's delivery is genuine, and whether it is to start a flow. */
import * as z from 'zod/v4';
import { fingerprint } from '../base/fingerprint';
import { isRecord } from '../base/json';
import { cutTo } from '../base/redact';
import { readJson } from '../http/read-json';
import type { Members } from './lenient';
import {
	type Shop,
	SHOP_EVENTS,
	type ShopEvent,
	shopEvent,
	type ShopEventName,
	SHOPS,
} from './order';
import { adapters } from './read';
import {
	type Delivery,
	isNoEvent,
	type NoEvent,
	type ReadOptions,
	type Received,
	type ShopAdapter,
	type SignatureVerdict,
} from './shop';
import { headerOf } from './signature';

/** Far more than an order of hundreds of articles takes; in bytes. */
export const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** A body that is not signed is read only if it is as short as a ping's; in bytes. */
const PING_BYTES = 1_000;

export interface TriggerSettings extends ReadOptions {
	shop: Shop;
	/** The current one, and the other one while it is being rotated. */
	secrets: readonly string[];
	events: readonly ShopEventName[];
	/** Orders that the shop itself calls tests. */
	includeTests: boolean;
}

/** What a flow gets of a delivery: the same from every shop, and the shop's own body. */
export type ShopDelivery = ShopEvent & { news: ShopEventName[]; raw: Members };

/** The same as a schema; the members of the shop's own body differ from event to event. */
export const shopDelivery = () => shopEvent.extend({ raw: z.looseObject({}) });

/**
 * What becomes of a delivery. `why` is sent back to the shop: enough for the person who sets up the
 * webhook, and nothing that helps to forge one.
 */
export type Admission =
	| {
			verdict: 'wanted';
			/** Its `news` are all the chosen events; `claimNews` knows which of them flows have had. */
			delivery: ShopDelivery;
			/** It shows how the order stands now, not what happened. */
			isState: boolean;
			/**
			 * Of the signed bytes, by which it is known again whatever its headers say; null where the body
			 * has an id of its own, and for tests, which are all alike.
			 */
			print: string | null;
			/** See `ShopReading`. */
			received: Received | null | undefined;
	  }
	/** Genuine, or a ping; there is nothing to start. */
	| { verdict: 'unwanted'; why: string }
	| { verdict: 'refused'; status: Refusal; why: string; mistake?: Mistake }
	/** Genuine, and a fault of the shop's own in place of an order: the flow's owner must hear of it. */
	| { verdict: 'broken'; why: string };

/** What the owner may have set wrongly: the secret, or the shop, which is then the sender's. */
export type Mistake = { of: 'secret' } | { of: 'shop'; sender: Shop };

type Refusal = 200 | 400 | 401 | 408 | 413 | 415;

/** @param nowMs the clock; milliseconds since 1970 UTC */
export function admit(delivery: Delivery, settings: TriggerSettings, nowMs: number): Admission {
	const { headers, rawBody } = delivery;
	const { shop, secrets, events, includeTests } = settings;
	if (rawBody.length > MAX_BODY_BYTES) return bodyTooLarge;
	const adapter = adapters[shop];
	// WooCommerce does not sign its ping, and its body is not JSON
	if (rawBody.length <= PING_BYTES && adapter.describe(headers, bodyOf(delivery)).isPing) {
		return { verdict: 'unwanted', why: 'Ping received.' };
	}
	const signature = adapter.check(delivery, secrets, nowMs);
	if (signature !== 'genuine') {
		return notGenuine(shop, headers, signature);
	}
	const body = bodyOf(delivery);
	if (!body) return withoutObject(delivery, adapter);
	const { id, topic, store } = adapter.describe(headers, body);
	// A shop always names it; without it a delivery that was taken before would read like another one
	const reading = topic === null ? undefined : adapter.read(topic, body, settings);
	if (isNoEvent(reading)) return withoutEvent(reading, topic);
	if (topic === null || !reading) {
		return unwanted(`${SHOPS[shop]}'s event '${topic ?? 'unnamed'}' is not one this node knows.`);
	}
	if (!adapter.bearsOut(topic, body)) return notBorneOut(topic);
	const { event, also = [], at, order } = reading;
	if (order.state === 'draft') return unwanted('It is a draft, which is no order yet.');
	const names = [event, ...also];
	const news = names.filter((name) => events.includes(name));
	if (news.length === 0) {
		return unwanted(`${eventLabels(names)} is not among the events chosen in n8n.`);
	}
	if (order.test && !includeTests) return unwanted('It is a test order.');
	const happened = also.length > 0 ? { event, also } : { event };
	return {
		verdict: 'wanted',
		delivery: { ...happened, news, shop, store, delivery_id: id, at, order, raw: body },
		isState: reading.also !== undefined,
		print: adapter.signsId || order.test ? null : fingerprint(rawBody),
		received: reading.received,
	};
}

function withoutEvent({ kind, why, contradicts }: NoEvent, topic: string | null): Admission {
	if (contradicts) return notBorneOut(topic, ` ${why}.`);
	return kind === 'fault' ? { verdict: 'broken', why } : unwanted(`${why}.`);
}

/** A genuine body that is no JSON object: a shop may send an empty list, or nothing, in place of an order. */
function withoutObject({ headers, rawBody }: Delivery, adapter: ShopAdapter): Admission {
	const isValue = rawBody.length === 0 || readJson(rawBody, undefined).ok;
	const { topic } = adapter.describe(headers, undefined);
	const noEvent = isValue && adapter.readOther?.(topic);
	return noEvent ? withoutEvent(noEvent, topic) : refused(400, 'The body is not a JSON object.');
}

/**
 * What is refused before its body is read, since nothing in that could make it welcome.
 *
 * @param length the body's, as its sender says
 */
export function refusedUnread(
	shop: Shop,
	headers: Delivery['headers'],
	length: number | undefined,
): Admission | undefined {
	if (length !== undefined && length > MAX_BODY_BYTES) return bodyTooLarge;
	// No shop compresses it, and its length would say nothing
	const encoding = headerOf(headers, 'content-encoding');
	if (encoding && encoding.toLowerCase() !== 'identity') {
		return refused(415, 'The body is compressed.');
	}
	if (length !== undefined && length <= PING_BYTES) return undefined;
	const signature = adapters[shop].check({ headers, rawBody: Buffer.alloc(0) }, [], 0);
	return signature === 'missing' ? notGenuine(shop, headers, signature) : undefined;
}

/** Nobody has signed its headers, so what they tell is only a hint for whoever sets up the webhook. */
function notGenuine(
	shop: Shop,
	headers: Delivery['headers'],
	signature: Exclude<SignatureVerdict, 'genuine'>,
): Admission {
	const sender = signature === 'missing' ? signerOf(headers) : undefined;
	if (sender) {
		const why = `This came from ${SHOPS[sender]}, but Shop is ${SHOPS[shop]}.`;
		return { verdict: 'refused', status: 401, why, mistake: { of: 'shop', sender } };
	}
	const isWrong = signature === 'wrong';
	const mistake = isWrong ? { mistake: { of: 'secret' } as const } : {};
	return { verdict: 'refused', status: 401, why: WHY[signature], ...mistake };
}

/** The shop in whose way it is signed. */
const signerOf = (headers: Delivery['headers']): Shop | undefined =>
	Object.values(adapters).find(
		({ check }) => check({ headers, rawBody: Buffer.alloc(0) }, [], 0) !== 'missing',
	)?.shop;

/** Read as UTF-8, as JSON is (RFC 8259): no shop signs the header that may name another charset. */
function bodyOf({ rawBody }: Delivery): Members | undefined {
	const reading = readJson(rawBody, undefined);
	return reading.ok && isRecord(reading.value) ? reading.value : undefined;
}

/** Events as the editor calls them, in one phrase. */
export const eventLabels = (names: readonly ShopEventName[]) =>
	names.map((name) => `'${SHOP_EVENTS[name]}'`).join(' and ');

const WHY: Readonly<Record<Exclude<SignatureVerdict, 'genuine'>, string>> = {
	missing: 'The delivery is not signed.',
	wrong: 'The signature was not made with the secret in n8n, or the body was changed on its way.',
	stale: 'The signature is too old. Check the clock of this n8n.',
};

export const refused = (status: Refusal, why: string): Admission => ({
	verdict: 'refused',
	status,
	why,
});
const unwanted = (why: string): Admission => ({
	verdict: 'unwanted',
	why: `Nothing was started: ${why}`,
});

/** 200, since the same body would come again and again. */
function notBorneOut(topic: string | null, more = ''): Admission {
	const what = `the body does not show what its topic '${cutTo(topic ?? '', 40, '…')}' says.`;
	return refused(200, `Nothing was started: ${what}${more}`);
}

/** The answer to a body that is too large; it need not be read for that. */
export const bodyTooLarge: Admission = refused(
	413,
	`The body is larger than ${MAX_BODY_BYTES} bytes.`,
);
