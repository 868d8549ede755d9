/** What Quote and Buy Cheapest share: an order without a channel, and the channels to compare. */
import { ValidationFault } from '../../lib/errors';
import type { Fields } from '../../lib/fields/model';
import type { Call } from '../../lib/operation';
import { listChannels } from '../../lib/tw/channels';
import type { TwClient } from '../../lib/tw/client';
import { type Quote, quoteChannels } from '../../lib/tw/quote';
import { type OpenTicket, ticketFields } from '../../lib/tw/ticket';

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
	if (product === undefined || product === null || product === '') return draft;
	if (typeof product === 'string' || Number.isFinite(product)) {
		return { ...draft, product: String(product) };
	}
	throw new ValidationFault("'product' must be text: the code of a channel", 'product');
}

/** Quotes the chosen channels: those of the setting, else the ticket's own, else all of the account. */
export async function quote(
	{ client, deadline, signal }: Pick<Call<TwClient>, 'client' | 'deadline' | 'signal'>,
	{ product, ...ticket }: OpenTicket,
	{ channels }: QuoteSettings,
): Promise<Quote[]> {
	const limits = { deadline, signal };
	const chosen = channels ?? (product ? [product] : await allChannels(client, limits));
	return await quoteChannels(client, ticket, chosen, limits);
}

async function allChannels(
	client: TwClient,
	limits: Pick<Call<TwClient>, 'deadline' | 'signal'>,
): Promise<string[]> {
	const channels = await listChannels(client, limits);
	if (channels.length > 0) return channels.map(({ code }) => code);
	throw new ValidationFault(
		"'Channel Names or IDs' is empty, and TW lists no channel for this account",
		'Channel Names or IDs',
		'Enter channel codes with an expression, e.g. {{ ["UA", "UW"] }}.',
	);
}
