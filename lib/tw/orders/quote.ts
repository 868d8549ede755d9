/**
 * Prices an order against channels: TW's "Order trial calculation" [documented: request; the answer
 * is not public].
 *
 * By default one ticket per request, so that answers can't be confused; of several, each is matched
 * by its order number. A price is read only from members whose meaning is documented elsewhere
 * (orderInfo's charges, orderFee's lines); otherwise there is none. It is never worked out from a part.
 *
 * ASSUMED: that a trial is free and creates nothing lasting; that one may run for a while, with the forecast's states;
 * and that asking again then gives its price.
 */
import * as z from 'zod/v4';
import { Deadline } from '../../base/deadline';
import { growing, waitFor } from '../../base/delivery';
import { asFault, Fault, RefusedFault, ValidationFault } from '../../base/errors';
import { isEmpty, isRecord, type JsonObject, type JsonValue } from '../../base/json';
import type { Limits } from '../../base/limits';
import { compareAmounts, decimalText } from '../../base/money';
import { failureIn, numberIn, stateIn } from '../wire/answers';
import type { TwClient } from '../wire/client';
import { type Channel, listChannels } from './channels';
import { derivedTotal, feeData } from './fees';
import { aboutAnother } from './info';
import { stateText, TRIED } from '../wire/states';
import type { OpenTicket } from './ticket';
import { PAUSE_GROWTH } from './wait';

export interface Quote {
	channel: string;
	/** Undefined if TW's list of channels was not needed. */
	channel_name?: string | undefined;
	/** As TW said it, exact decimal text in the account's currency; null if none could be read of a good trial. */
	price: string | null;
	/** The member that held the price; `derived` if it is the sum of documented fee lines. */
	price_source: TrialReading['source'];
	/** Why this channel is never chosen for the order; null if it may be. */
	refused: string | null;
	/** Whether TW had not finished the trial. */
	isRunning: boolean;
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
const itemOf = (
	no: string,
	{ price, data, isRunning: _isRunning, channel_name, ...rest }: Quote | (Quote & Cheapest),
	currency: string,
): JsonObject => ({
	no,
	...nameMember(channel_name),
	...rest,
	price: price === null ? null : Number(price),
	price_text: price,
	currency,
	data: data as JsonValue,
});

/** A channel's name as a member of an item, where it is known. */
export const nameMember = (channel_name: string | undefined): JsonObject =>
	channel_name === undefined ? {} : { channel_name };

/**
 * Quotes orders against channels, all orders for a channel in one request.
 *
 * A channel that TW refuses for an order is a quote with the reason; any other fault is thrown.
 *
 * @returns per order: cheapest first, then those that can't be chosen, in the order of its channels
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
			await quoteUntilDone(client, asked, channel, limits);
		}),
	);
	const names = await namesKnown(client);
	return open.map(({ channels, quotes }) =>
		channels
			.map((channel) => ({ ...quotes.get(channel)!, channel_name: names.get(channel) }))
			.sort(byPrice),
	);
}

/** How much of the time left may pass in waiting for trials: an order must still be placed after them. */
const WAITING_SHARE = 0.5;

/** Quotes orders for a channel, and asks again for those whose trial still runs. */
async function quoteUntilDone(
	client: TwClient,
	asked: ReadonlyArray<{ ticket: OpenTicket; quotes: Map<string, Quote> }>,
	channel: string,
	limits: Limits,
): Promise<void> {
	const waiting = Deadline.in(limits.deadline.left() * WAITING_SHARE);
	let open = asked;
	const nextPause = growing(limits.pace.poll, PAUSE_GROWTH);
	for (;;) {
		const pause = nextPause();
		const tickets = open.map(({ ticket }) => ticket);
		const answers = await quoteChannel(client, tickets, channel, limits);
		open.forEach(({ quotes }, i) => quotes.set(channel, answers[i]!));
		open = open.filter((_, i) => answers[i]!.isRunning);
		if (open.length === 0 || !waiting.allowsRequestAfter(pause)) return;
		await waitFor(pause, limits.signal);
	}
}

/** The account's channels, asked for once per run: a client lives as long as its run. */
const known = new WeakMap<TwClient, Promise<Channel[]>>();

async function allChannels(client: TwClient, limits: Limits): Promise<string[]> {
	const channels = known.get(client) ?? someChannels(client, limits);
	known.set(client, channels);
	// If the list could not be read, the next item asks again
	channels.catch(() => known.delete(client));
	return (await channels).map(({ code }) => code);
}

/** The channels' names by code, as far as this run has listed them: they are worth no request of their own. */
async function namesKnown(client: TwClient): Promise<ReadonlyMap<string, string>> {
	const channels = await known.get(client)?.catch(() => []);
	return new Map(
		(channels ?? []).flatMap(({ code, name }) => (name === code ? [] : [[code, name]])),
	);
}

async function someChannels(client: TwClient, limits: Limits): Promise<Channel[]> {
	const channels = await listChannels(client, limits);
	if (channels.length > 0) return channels;
	throw new ValidationFault(
		"'Channel Names or IDs' is empty, and TW lists no channel for this account",
		'Channel Names or IDs',
		'Enter channel codes with an expression, e.g. {{ ["UA", "UW"] }}.',
	);
}

function byPrice(a: Quote, b: Quote): number {
	if (isPriced(a) && isPriced(b)) return compareAmounts(a.price, b.price);
	return Number(isPriced(b)) - Number(isPriced(a));
}

/** Whether a quote can be chosen. */
const isPriced = (quote: Quote): quote is Quote & { price: string } =>
	quote.price !== null && quote.refused === null;

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
			{ rule: 'read', refusesErrors: true, ...limits },
		);
		return tickets.map(({ no }) => {
			const answer = tickets.length === 1 ? data : answerFor(data, no);
			const { source: price_source, ...reading } = readTrial(answer, no, channel);
			return { channel, ...reading, price_source, data: answer ?? data };
		});
	} catch (error) {
		if (!(error instanceof RefusedFault)) throw toFault(error, channel);
		// One bad order may have cost the others their answer.
		if (tickets.length > 1) return await oneByOne(client, tickets, channel, limits);
		const none = { price: null, price_source: null, isRunning: false, data: null };
		return [{ channel, ...none, refused: error.message }];
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

/** Channels that could not be chosen, and why. */
export const leftOut = () => z.array(z.object({ channel: z.string(), reason: z.string() }));

export interface Cheapest {
	price: string;
	left_out: z.infer<ReturnType<typeof leftOut>>;
}

/**
 * The cheapest of sorted quotes.
 *
 * @throws {RefusedFault} if no channel takes the order, or if the price of one is not known, which may be the
 * cheapest
 */
export function cheapest(quotes: readonly Quote[]): Quote & Cheapest {
	const unknown = quotes.filter(({ price, refused }) => price === null && refused === null);
	if (unknown.length > 0) {
		throw new RefusedFault(
			`The cheapest channel is unknown: TW's answer has no readable price for ${unknown.map(({ channel }) => channel).join(', ')}`,
			"Leave this channel out, or use 'Quote' to see TW's raw answer.",
		);
	}
	const left_out = quotes.flatMap(({ channel, refused }) =>
		refused === null ? [] : [{ channel, reason: refused }],
	);
	const [first] = quotes;
	if (first && isPriced(first)) return { ...first, left_out };
	const reasons = left_out.map(({ channel, reason }) => `${channel}: ${reason}`).join('; ');
	throw new RefusedFault(
		`TW offers none of the channels for this order${reasons ? ` (${reasons})` : ''}`,
		'Choose other channels, or correct what TW names.',
	);
}

interface TrialReading {
	/** Exact decimal text; null if there is none to read. */
	price: string | null;
	source: 'charge_total_amount' | 'charge_amount' | 'derived' | null;
	/** Why the price does not count; null if it does, or if TW names no reason for having none. */
	refused: string | null;
	isRunning: boolean;
}

/** Members of orderInfo that hold a price [documented there], the one for all of it first. */
const PRICE_MEMBERS = ['charge_total_amount', 'charge_amount'] as const;
const MAX_DEPTH = 3;

/**
 * The price in one order's answer, in whatever shape it comes: itself, in a list of one, or as a member.
 *
 * It counts only if it is more than 0 and of a trial that did not fail. ASSUMED: `status` and `errors` mean what they
 * mean in the forecast, wherever in the answer they stand.
 *
 * @param no the order that was asked about
 * @param channel for which
 */
export function readTrial(answer: unknown, no?: string, channel?: string): TrialReading {
	const nothing = { price: null, source: null, isRunning: false };
	const failure = failureIn(answer, 2 * MAX_DEPTH);
	if (failure) return { ...nothing, refused: failure };
	const chain = wayDown(answer, MAX_DEPTH);
	const other = chain.map(numberIn).find((one) => one !== undefined && one !== (no ?? one));
	if (other !== undefined) {
		return { ...nothing, refused: aboutAnother(no!, other) };
	}
	const products = chain.map(({ product }) => product).filter((one) => typeof one === 'string');
	const another = products.find((one) => channel !== undefined && one !== channel);
	if (another !== undefined) {
		const refused = `TW was asked about channel ${channel} and answered about channel ${another}`;
		return { ...nothing, refused };
	}
	const said = chain.map(priceIn).find((one) => one !== undefined) ?? nothing;
	const { price } = said;
	const state = chain.map(stateIn).find((one) => one !== undefined && one > 0 && one < TRIED);
	if (state !== undefined) {
		return { ...said, refused: `TW has no final price yet: ${stateText(state)}`, isRunning: true };
	}
	if (price !== null && compareAmounts(price, '0') > 0) {
		return { ...nothing, ...said, refused: null };
	}
	const refused = price === null ? null : `TW's price ${price} is not more than 0`;
	return { ...nothing, ...said, refused };
}

/** Members about parts of an order, whose prices are not the order's. */
const PARTS = new Set(['children', 'boxes', 'packages', 'parcels', 'pieces']);

/** The objects from an answer down to what it is about. */
function wayDown(data: unknown, depth: number): Array<Record<string, unknown>> {
	if (Array.isArray(data)) return data.length === 1 ? wayDown(data[0], depth - 1) : [];
	if (!isRecord(data)) return [];
	const inner = Object.entries(data).flatMap(([name, one]) =>
		typeof one === 'object' && !isEmpty(one) && !PARTS.has(name) ? [one] : [],
	);
	return [data, ...(depth > 0 && inner.length === 1 ? wayDown(inner[0], depth - 1) : [])];
}

function priceIn(
	data: Record<string, unknown>,
): Pick<TrialReading, 'price' | 'source'> | undefined {
	for (const source of PRICE_MEMBERS) {
		// A total that can't be read leaves no price: what stands beside it may be a part
		if (!isEmpty(data[source])) return { price: decimalText(data[source]) ?? null, source };
	}
	const fees = feeData.safeParse(data);
	const total = fees.data && derivedTotal(fees.data);
	return total === undefined ? undefined : { price: total, source: 'derived' };
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
