/**
 * Prices an order against channels: TW's "Order trial calculation" [documented: request; the answer
 * is not public].
 *
 * By default one ticket per request, so that answers can't be confused; of several, each is matched
 * by its order number. What counts as a price: trial.ts.
 */
import { Fault, RefusedFault } from '../../base/errors';
import type { Limits } from '../../base/limits';
import { compareAmounts } from '../../base/money';
import type { TwClient } from '../wire/client';
import type { OpenTicket } from './ticket';
import { answerFor, readTrial, type TrialReading } from './trial';

export interface Quote {
	channel: string;
	/** Exact decimal text in the account's currency; null if none could be read. */
	price: string | null;
	/** Where the price stands in the answer; `derived` if it is the sum of documented fee lines. */
	price_source: TrialReading['source'];
	/** Why TW does not offer this channel for the order; null if it does. */
	refused: string | null;
	/** What TW answered. */
	data: unknown;
}

/** An order and the channels to price it against. */
export interface Wish {
	ticket: OpenTicket;
	channels: readonly string[];
}

/**
 * Quotes orders against channels, all orders for a channel in one request.
 *
 * A channel that TW refuses for an order is a quote without a price; any other fault is thrown.
 *
 * @returns per wish: cheapest first, then those without a price, in the order of its channels
 */
export async function quoteTickets(
	client: TwClient,
	wishes: readonly Wish[],
	limits: Limits,
): Promise<Quote[][]> {
	const quotes = wishes.map(() => new Map<string, Quote>());
	const channels = [...new Set(wishes.flatMap((wish) => wish.channels))];
	await Promise.all(
		channels.map(async (channel) => {
			const asked = wishes.flatMap((wish, i) => (wish.channels.includes(channel) ? [i] : []));
			const tickets = asked.map((i) => wishes[i]!.ticket);
			const answers = await quoteChannel(client, tickets, channel, limits);
			asked.forEach((i, position) => quotes[i]!.set(channel, answers[position]!));
		}),
	);
	return wishes.map((wish, i) =>
		wish.channels.map((channel) => quotes[i]!.get(channel)!).sort(byPrice),
	);
}

function byPrice(a: Quote, b: Quote): number {
	if (a.price === null || b.price === null) {
		return Number(a.price === null) - Number(b.price === null);
	}
	return compareAmounts(a.price, b.price);
}

async function quoteChannel(
	client: TwClient,
	tickets: readonly OpenTicket[],
	channel: string,
	limits: Limits,
): Promise<Quote[]> {
	// Two orders of one number could not be told apart in an answer.
	const isTellable = new Set(tickets.map(({ no }) => no)).size === tickets.length;
	if (tickets.length > 1 && !isTellable) return await oneByOne(client, tickets, channel, limits);
	try {
		const data = await client.call(
			'orderTrial',
			{ tickets: tickets.map((ticket) => ({ ...ticket, product: channel })) },
			{ rule: 'read', ...limits },
		);
		return tickets.map(({ no }) => {
			const answer = tickets.length === 1 ? data : answerFor(data, no);
			const { price, source, refused } = readTrial(answer);
			return { channel, price, price_source: source, refused, data: answer ?? data };
		});
	} catch (error) {
		if (!(error instanceof RefusedFault)) throw toFault(error, channel);
		// One bad order may have cost the others their answer.
		if (tickets.length > 1) return await oneByOne(client, tickets, channel, limits);
		return [{ channel, price: null, price_source: null, refused: error.message, data: null }];
	}
}

async function oneByOne(
	client: TwClient,
	tickets: readonly OpenTicket[],
	channel: string,
	limits: Limits,
): Promise<Quote[]> {
	const quotes: Quote[] = [];
	for (const ticket of tickets) {
		quotes.push(...(await quoteChannel(client, [ticket], channel, limits)));
	}
	return quotes;
}

const toFault = (error: unknown, channel: string) =>
	error instanceof Fault
		? error.rephrased(`The quote for channel ${channel} did not succeed: ${error.message}`)
		: error;

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
