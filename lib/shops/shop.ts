/** What is to be known of a shop's software to read what it sends: one object per shop implements it. */
import type { Members } from './lenient';
import type { Shop, ShopEventName, ShopOrder } from './order';

/** A webhook's request, as it came. */
export interface Delivery {
	/** Names in small letters, as Node.js gives them. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
	/** The bytes that the shop has signed. */
	rawBody: Buffer;
}

/** Whether a delivery is the shop's: `stale` if the signature is right, but made too long ago. */
export type Signature = 'genuine' | 'wrong' | 'missing' | 'stale';

/** What a delivery says of itself. */
export interface Envelope {
	/** The shop's id of the delivery, the same when it delivers again; null if it gives none. */
	id: string | null;
	/** The shop's own name of the event, e.g. `orders/paid`; null if it gives none. */
	topic: string | null;
	/** The shop only tries whether somebody listens. */
	isPing: boolean;
}

/** What the user has to tell because a shop does not. */
export interface ReadOptions {
	/** Stripe names no shop order: the member of `metadata` that holds its number. */
	orderMember?: string | undefined;
}

/** What happened, and the order as far as the shop tells it with that. */
export interface ShopReading {
	/** The most telling of what the delivery stands for. */
	event: ShopEventName;
	/**
	 * The other events that the delivery stands for, without `event` itself: of a shop that sends its
	 * whole order and does not say what changed (WooCommerce), all that the order shows by now. An
	 * order that is paid shows so in every later delivery too: whoever wants each event once remembers
	 * it by order and event, and each refund by its id, as Shop Trigger does. Empty where it stands for
	 * no other; left out where the shop says what happened.
	 */
	also?: ShopEventName[] | undefined;
	/** When `event` happened; ISO 8601, null if the shop does not tell. */
	at: string | null;
	order: ShopOrder;
}

export interface ShopAdapter {
	shop: Shop;
	/**
	 * Checks the signature over the raw bytes, in constant time, against each secret.
	 *
	 * @param secrets the current one, and the other one while it is being rotated
	 * @param nowMs the clock; milliseconds since 1970 UTC
	 */
	check: (delivery: Delivery, secrets: readonly string[], nowMs: number) => Signature;
	/** @param body the delivery's JSON; undefined where it is none */
	describe: (headers: Delivery['headers'], body: unknown) => Envelope;
	/** Whether a body that came without a topic is this shop's. */
	recognises: (body: Members) => boolean;
	/**
	 * What a webhook's body tells.
	 *
	 * @param topic null if it is not known: then what the body itself says counts
	 * @returns undefined for what is none of our events
	 */
	read: (topic: string | null, body: Members, options: ReadOptions) => ShopReading | undefined;
}
