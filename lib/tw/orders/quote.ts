/**
 * Prices an order against channels: TW's "Order trial calculation" [documented: request; the answer
 * is not public].
 *
 * By default one ticket per request, so that answers can't be confused; of several, each is matched
 * by its order number. A price is read only from members whose meaning is documented elsewhere
 * (orderInfo's charges, orderFee's lines); otherwise there is none. It is never worked out from a part.
 */
import { asFault, Fault, RefusedFault, ValidationFault } from '../../base/errors';
import { isRecord, type JsonObject, type JsonValue } from '../../base/json';
import type { Limits } from '../../base/limits';
import { compareAmounts, decimalText } from '../../base/money';
import { errorsText } from '../wire/answers';
import type { TwClient } from '../wire/client';
import { listChannels } from './channels';
import { derivedTotal, feeData } from './fees';
import type { OpenTicket } from './ticket';

export interface Quote {
	channel: string;
	/** Exact decimal text in the account's currency; null if none could be read. */
	price: string | null;
	/** The member that held the price; `derived` if it is the sum of documented fee lines. */
	price_source: TrialReading['source'];
	/** Why TW does not offer this channel for the order; null if it does. */
	refused: string | null;
	/** What TW answered. */
	data: unknown;
}

/** An order and the channels to compare; if none are chosen, its own, or all of the account. */
export interface QuoteRequest {
	order: OpenTicket;
	channels?: string[] | undefined;
}

/**
 * Quotes orders as items.
 *
 * @returns per order, in their order: each channel's item or only that of the cheapest; a fault if there is none
 * @throws a fault of errors.ts; {@link ValidationFault} if there is no channel to compare
 */
export async function quoteItems(
	client: TwClient,
	requests: ReadonlyArray<QuoteRequest & { cheapestOnly: boolean }>,
	limits: Limits,
): Promise<Array<JsonObject[] | Fault>> {
	const { currency } = client.account;
	const quotes = await quoteOrders(client, requests, limits);
	return requests.map(({ order: { no }, cheapestOnly }, i) => {
		try {
			const shown = cheapestOnly ? [cheapest(quotes[i]!)] : quotes[i]!;
			return shown.map((quote) => itemOf(no, quote, currency));
		} catch (error) {
			return asFault(error);
		}
	});
}

/** The price as exact text, and as a number to calculate with. */
const itemOf = (no: string, { price, data, ...rest }: Quote, currency: string): JsonObject => ({
	no,
	...rest,
	price: price === null ? null : Number(price),
	price_text: price,
	currency,
	data: data as JsonValue,
});

/**
 * Quotes orders against channels, all orders for a channel in one request.
 *
 * A channel that TW refuses for an order is a quote without a price; any other fault is thrown.
 *
 * @returns per order: cheapest first, then those without a price, in the order of its channels
 * @throws a fault of errors.ts; {@link ValidationFault} if there is no channel to compare
 */
export async function quoteOrders(
	client: TwClient,
	requests: readonly QuoteRequest[],
	limits: Limits,
): Promise<Quote[][]> {
	const open = await Promise.all(
		requests.map(async ({ order: { product, ...ticket }, channels }) => ({
			ticket,
			channels: channels ?? (product ? [product] : await allChannels(client, limits)),
			quotes: new Map<string, Quote>(),
		})),
	);
	await Promise.all(
		[...new Set(open.flatMap(({ channels }) => channels))].map(async (channel) => {
			const asked = open.filter(({ channels }) => channels.includes(channel));
			const tickets = asked.map(({ ticket }) => ticket);
			const answers = await quoteChannel(client, tickets, channel, limits);
			asked.forEach(({ quotes }, i) => quotes.set(channel, answers[i]!));
		}),
	);
	return open.map(({ channels, quotes }) =>
		channels.map((channel) => quotes.get(channel)!).sort(byPrice),
	);
}

/** The account's channels, asked for once per run: a client lives as long as its run. */
const known = new WeakMap<TwClient, Promise<string[]>>();

async function allChannels(client: TwClient, limits: Limits): Promise<string[]> {
	const codes = known.get(client) ?? codesOf(client, limits);
	known.set(client, codes);
	// If the list could not be read, the next item asks again
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
	// In an answer nothing but its number tells an order from another
	const areDistinct = new Set(tickets.map(({ no }) => no)).size === tickets.length;
	if (!areDistinct) return await oneByOne(client, tickets, channel, limits);
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
 * @throws {RefusedFault} if no channel takes the order, or if the price of one is not known, which may be the
 * cheapest
 */
export function cheapest(quotes: readonly Quote[]): Quote & { price: string } {
	const unknown = quotes.filter(({ price, refused }) => price === null && refused === null);
	if (unknown.length > 0) {
		throw new RefusedFault(
			`The cheapest channel is unknown: TW's answer has no readable price for ${unknown.map(({ channel }) => channel).join(', ')}`,
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

interface TrialReading {
	/** Exact decimal text; null if there is none to read. */
	price: string | null;
	source: 'charge_total_amount' | 'charge_amount' | 'derived' | null;
	/** TW's reason for not taking the order; null if it names none. */
	refused: string | null;
}

/** Members of orderInfo that hold a price [documented there], the one for all of it first. */
const PRICE_MEMBERS = ['charge_total_amount', 'charge_amount'] as const;
const MAX_DEPTH = 3;
const NOTHING: TrialReading = { price: null, source: null, refused: null };

/** The price in one order's answer, in whatever shape it comes: itself, in a list of one, or as a member. */
export function readTrial(answer: unknown): TrialReading {
	return read(answer, MAX_DEPTH) ?? NOTHING;
}

function read(data: unknown, depth: number): TrialReading | undefined {
	if (Array.isArray(data)) return data.length === 1 ? read(data[0], depth - 1) : undefined;
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
	return depth > 0 && inner.length === 1 ? read(inner[0], depth - 1) : undefined;
}

/** One order's part of an answer to several: matched by its number, never by position. */
function answerFor(data: unknown, no: string, depth = MAX_DEPTH): unknown {
	if (Array.isArray(data)) {
		const own = data.filter((entry) => isRecord(entry) && String(entry['no']) === no);
		return own.length === 1 ? own[0] : undefined;
	}
	if (!isRecord(data) || depth === 0) return undefined;
	if (isRecord(data[no])) return data[no];
	const inner = Object.values(data).filter((value) => typeof value === 'object');
	return inner.length === 1 ? answerFor(inner[0], no, depth - 1) : undefined;
}
