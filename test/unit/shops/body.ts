/** What a shop has sent, in the shape of its public documentation, and what becomes of it. */
import type { Shop } from '../../../lib/shops/order';
import { adapters, readShopEvent } from '../../../lib/shops/read';
import { isNoEvent, type ReadOptions, type ShopReading } from '../../../lib/shops/shop';

export interface ShopBody {
	/** What the tables call it. */
	name: string;
	shop: Shop;
	/** The shop's own name of the event; null where the body comes alone. */
	topic: string | null;
	/** The documented shape, and what is special about it. */
	about: string;
	body: Record<string, unknown>;
	/** Stripe: the member of `metadata` that names the shop's order. */
	orderMember?: string;
}

/** The neutral event, as a flow reads it that has nothing but the body and its topic. */
export const eventOf = ({ body, orderMember, topic }: ShopBody) =>
	readShopEvent(body, { topic: topic ?? undefined, orderMember });

/** What an adapter reads in a body; undefined if it is none of our events. */
export function readBy(
	shop: Shop,
	topic: string | null,
	body: object,
	options: ReadOptions = {},
): ShopReading | undefined {
	const reading = adapters[shop].read(topic, { ...body }, options);
	return isNoEvent(reading) ? undefined : reading;
}

/** The members that a text names, each with the same value. */
export const same =
	(value: unknown) =>
	(names: TemplateStringsArray): Record<string, unknown> =>
		Object.fromEntries(
			names
				.join('')
				.trim()
				.split(/\s+/)
				.map((name) => [name, value]),
		);

export const nulls = same(null);
export const empty = same('');
export const lists = same([]);
