/**
 * Prices an order against channels: TW's "Order trial calculation" [documented: request; the answer
 * is not public].
 *
 * One ticket per request, so that answers can't be confused. A price is read only from members whose
 * meaning is documented elsewhere; otherwise there is none, and the raw answer is given.
 */
import { Fault, RefusedFault } from '../errors';
import { compareAmounts, decimalText } from '../money';
import { errorsText } from './answers';
import type { CallOptions, TwClient } from './client';
import { isRecord } from './envelope';
import { derivedTotal, feeData } from './fees';
import type { OpenTicket } from './ticket';

export interface Quote {
	channel: string;
	/** Exact decimal text in the account's currency; null if none could be read. */
	price: string | null;
	/** Where the price stands in the answer; `derived` if it is the sum of documented fee lines. */
	price_source: 'charge_total_amount' | 'charge_amount' | 'derived' | null;
	/** Why TW does not offer this channel for the order; null if it does. */
	refused: string | null;
	/** What TW answered. */
	data: unknown;
}

/** Members of orderInfo that hold a price [documented there], the one for all of it first. */
const PRICE_MEMBERS = ['charge_total_amount', 'charge_amount'] as const;
const MAX_DEPTH = 3;

/**
 * Quotes a ticket for each channel.
 *
 * A channel that TW refuses for this order is a quote without a price; any other fault is thrown.
 *
 * @returns cheapest first, then those without a price, in the order of `channels`
 */
export async function quoteChannels(
	client: TwClient,
	ticket: OpenTicket,
	channels: readonly string[],
	options: Omit<CallOptions, 'rule'>,
): Promise<Quote[]> {
	const quotes = await Promise.all(
		channels.map(async (channel) => await quoteChannel(client, ticket, channel, options)),
	);
	return quotes.sort((a, b) => {
		if (a.price === null || b.price === null)
			return Number(a.price === null) - Number(b.price === null);
		return compareAmounts(a.price, b.price);
	});
}

async function quoteChannel(
	client: TwClient,
	ticket: OpenTicket,
	channel: string,
	options: Omit<CallOptions, 'rule'>,
): Promise<Quote> {
	try {
		const data = await client.call(
			'orderTrial',
			{ tickets: [{ ...ticket, product: channel }] },
			{ ...options, rule: 'read' },
		);
		const { price, source, refused } = readTrial(data, MAX_DEPTH) ?? NOTHING;
		return { channel, price, price_source: source, refused, data };
	} catch (error) {
		if (error instanceof RefusedFault) {
			return { channel, price: null, price_source: null, refused: error.message, data: null };
		}
		throw toFault(error, channel);
	}
}

const toFault = (error: unknown, channel: string) =>
	error instanceof Fault
		? error.rephrased(`The quote for channel ${channel} did not succeed: ${error.message}`)
		: error;

interface Reading {
	price: string | null;
	source: Quote['price_source'];
	refused: string | null;
}

const NOTHING: Reading = { price: null, source: null, refused: null };

/** Finds the ticket's answer in whatever shape it comes: itself, in a list, or as a member. */
function readTrial(data: unknown, depth: number): Reading | undefined {
	if (Array.isArray(data)) return data.length === 1 ? readTrial(data[0], depth - 1) : undefined;
	if (!isRecord(data)) return undefined;
	const refused = errorsText(data['errors']);
	if (refused) return { ...NOTHING, refused };
	for (const source of PRICE_MEMBERS) {
		const price = decimalText(data[source]);
		if (price !== undefined) return { price, source, refused: null };
	}
	const fees = feeData.safeParse(data);
	if (fees.success) {
		const total = derivedTotal(fees.data);
		return total === undefined ? NOTHING : { price: total, source: 'derived', refused: null };
	}
	const inner = Object.values(data).filter((value) => typeof value === 'object' && value !== null);
	return depth > 0 && inner.length === 1 ? readTrial(inner[0], depth - 1) : undefined;
}

/**
 * The cheapest of sorted quotes.
 *
 * @throws {RefusedFault} if no channel takes the order, or if one's price is not known: then nobody
 * can say which is the cheapest
 */
export function cheapest(quotes: readonly Quote[]): Quote & { price: string } {
	const unknown = quotes.filter(({ price, refused }) => price === null && refused === null);
	if (unknown.length > 0) {
		throw new RefusedFault(
			`The cheapest channel can not be told: TW's answer has no readable price for ${unknown.map(({ channel }) => channel).join(', ')}`,
			"Leave this channel out, or use 'Quote' to see TW's raw answer.",
		);
	}
	const [first] = quotes;
	if (!first || first.price === null) {
		const reasons = quotes.map(({ channel, refused }) => `${channel}: ${refused ?? ''}`).join('; ');
		throw new RefusedFault(
			`TW offers none of the channels for this order${reasons ? ` (${reasons})` : ''}`,
			'Choose other channels, or correct what TW names.',
		);
	}
	return { ...first, price: first.price };
}
