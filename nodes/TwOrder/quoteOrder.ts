/** What Quote and Buy Cheapest share: an order without a channel, and the channels to compare. */
import { ValidationFault } from '../../lib/base/errors';
import type { Limits } from '../../lib/base/limits';
import type { Fields } from '../../lib/operation/fields/model';
import type { Call, Input } from '../../lib/operation/operation';
import { listChannels } from '../../lib/tw/orders/channels';
import type { TwClient } from '../../lib/tw/wire/client';
import { type Quote, quoteTickets } from '../../lib/tw/orders/quote';
import { type OpenTicket, ticketFields } from '../../lib/tw/orders/ticket';

export interface QuoteSettings {
	channels?: string[];
}

/** In JSON an order may still name a channel; the fields ask for the channels to compare instead. */
export const openTicketFields: Fields = Object.fromEntries(
	Object.entries(ticketFields).filter(([member]) => member !== 'product'),
);

/**
 * The channel an order in JSON may name stands beside the fields, so it is checked beside them.
 *
 * @throws {ValidationFault}
 */
export function withOwnChannel({
	product,
	...draft
}: Record<string, unknown>): Record<string, unknown> {
	if (product === undefined || product === null) return draft;
	if (typeof product === 'string' && product.trim() === '') return draft;
	if (typeof product === 'string') return { ...draft, product };
	if (typeof product === 'number' && Number.isFinite(product)) {
		return { ...draft, product: String(product) };
	}
	throw new ValidationFault("'product' must be text: the code of a channel", 'product');
}

/**
 * Quotes orders against the chosen channels: those of the setting, else the order's own, else all of
 * the account.
 */
export async function quote(
	{ client, limits }: Pick<Call<TwClient>, 'client' | 'limits'>,
	inputs: ReadonlyArray<Input<OpenTicket, QuoteSettings>>,
): Promise<Quote[][]> {
	const wishes = inputs.map(async ({ body: { product, ...ticket }, settings: { channels } }) => ({
		ticket,
		channels: channels ?? (product ? [product] : await allChannels(client, limits)),
	}));
	return await quoteTickets(client, await Promise.all(wishes), limits);
}

/** The account's channels, asked for once per run: a client lives as long as its run. */
const known = new WeakMap<TwClient, Promise<string[]>>();

async function allChannels(client: TwClient, limits: Limits): Promise<string[]> {
	const codes = known.get(client) ?? codesOf(client, limits);
	known.set(client, codes);
	// A list that could not be read is asked for again by the next item.
	codes.catch(() => known.delete(client));
	return await codes;
}

async function codesOf(client: TwClient, limits: Limits): Promise<string[]> {
	const channels = await listChannels(client, limits);
	if (channels.length > 0) return channels.map(({ code }) => code);
	throw new ValidationFault(
		"'Channel Names or IDs' is empty, and TW lists no channel for this account",
		'Channel Names or IDs',
		'Enter channel codes with an expression, e.g. {{ ["UA", "UW"] }}.',
	);
}
