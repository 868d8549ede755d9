/** What is needed to read a shop's webhooks and orders; each shop has one adapter. */
import type { Members } from './lenient';
import type { Shop, ShopEventName, ShopOrder } from './order';

/** A webhook's request, as it came. */
export interface Delivery {
	/** Names in lower case, as Node.js gives them. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
	/** The bytes that the shop signed. */
	rawBody: Buffer;
}

/** Whether a delivery is the shop's; `stale` if the signature is right but too old. */
export type SignatureVerdict = 'genuine' | 'wrong' | 'missing' | 'stale';

export interface DeliveryInfo {
	/** The shop's id of the delivery, the same when it delivers again; null if it gives none. */
	id: string | null;
	/** The shop's own name of the event, e.g. `orders/paid`; null if it gives none. */
	topic: string | null;
	/** Which shop of its kind, as it names itself; null if it does not. See {@link storeOf}. */
	store: string | null;
	/** The shop only checks whether somebody listens. */
	isPing: boolean;
}

export interface ReadOptions {
	/** Stripe knows no shop orders: the member of `metadata` that holds the order's number. */
	orderMember?: string | undefined;
	/** WooCommerce: the shop's own statuses of orders that are to be shipped; with commas between them. */
	shipStatuses?: string | undefined;
	/** WooCommerce: the shop's own statuses of orders that were shipped; with commas between them. */
	shippedStatuses?: string | undefined;
}

/** What happened, and the order as far as the delivery shows it. */
export interface ShopReading {
	/** The most significant event that the delivery stands for. */
	event: ShopEventName;
	/**
	 * The other events that the delivery stands for. WooCommerce sends the whole order without saying what
	 * changed, so these are all the events that the order shows by now. A paid order shows so in every
	 * later delivery too: to count each event once, remember it by order and event, and each refund by
	 * its id, as Shop Trigger does. Empty if there are no others; left out where the shop says what
	 * happened.
	 */
	also?: ShopEventName[] | undefined;
	/** When `event` happened; ISO 8601, null if the shop does not say. */
	at: string | null;
	order: ShopOrder;
	/**
	 * All that was paid for the order with this payment, whatever of it went back; null if the body does not show
	 * it. Left out where an order is paid once.
	 */
	received?: Received | null | undefined;
}

/** Why a body that is the shop's tells none of our events. */
export interface NoEvent {
	/**
	 * `nothing`: it came where one of our events may come, and nothing happened. `other`: it is no order.
	 * `fault`: the shop sends a fault of its own in place of an order, which is lost until somebody mends that.
	 */
	kind: 'nothing' | 'other' | 'fault';
	/** In a sentence without its full stop. */
	why: string;
	/** The body is an order or another thing that its topic does not fit: somebody may have forged that. */
	contradicts?: true;
}

export interface Received {
	amount: string;
	currency: string | null;
}

export interface ShopAdapter {
	shop: Shop;
	/**
	 * Checks the signature over the raw bytes, in constant time, against each secret.
	 *
	 * @param secrets the current one, and the other one while it is being rotated
	 * @param nowMs the clock; milliseconds since 1970 UTC
	 */
	check: (delivery: Delivery, secrets: readonly string[], nowMs: number) => SignatureVerdict;
	/** @param body the delivery's JSON; undefined if it is not JSON */
	describe: (headers: Delivery['headers'], body: unknown) => DeliveryInfo;
	/** Whether the id of a delivery is in the body that the shop signs, so that nobody can change it. */
	signsId: boolean;
	/**
	 * Whether the body itself shows what the topic says, which a shop need not have signed.
	 *
	 * @param body one that `read` reads under the topic
	 */
	bearsOut: (topic: string, body: Members) => boolean;
	/** Whether a body that came without a topic is this shop's. */
	recognises: (body: Members) => boolean;
	/**
	 * @param topic null if unknown: then the body itself shows what happened
	 * @returns undefined for what is none of our events and nothing that is known
	 */
	read: (
		topic: string | null,
		body: Members,
		options: ReadOptions,
	) => ShopReading | NoEvent | undefined;
	/** What a genuine body means that is empty, or JSON but no object; left out where the shop sends none. */
	readOther?: (topic: string | null) => NoEvent | undefined;
}

export const isNoEvent = (reading: ShopReading | NoEvent | undefined): reading is NoEvent =>
	reading !== undefined && 'why' in reading;
