/** Buys an order with its cheapest channel. */
import { Fault } from '../../base/errors';
import type { JsonObject } from '../../base/json';
import { keyOf } from '../../once/claim';
import type { WriteContext } from '../writes/policy';
import type { Placed } from './order';
import { create, outputOf, placedEarlier, type PlaceSettings } from './place';
import { type Cheapest, cheapest, nameMember, quoteOrders } from './quote';
import type { OpenTicket, Ticket } from './ticket';

/** What a purchase needs of its run. */
export interface BuyContext extends WriteContext {
	/** Name of the node. */
	node: string;
}

export interface BuySettings extends PlaceSettings {
	/** Codes to compare; else the order's own channel, else all of the account. */
	channels?: string[] | undefined;
}

interface Choice extends JsonObject, Pick<Cheapest, 'left_out'> {
	channel: string;
	/** Exact decimal text, in the account's currency. */
	quoted_price: string;
}

/**
 * Quotes an order over several channels, and places it with the cheapest.
 *
 * @returns its output, with the channel, the quoted price, and the channels left out
 * @throws a fault of errors.ts
 */
export async function buyCheapest(
	context: BuyContext,
	order: OpenTicket,
	settings: BuySettings,
): Promise<JsonObject> {
	if (context.client.isDry && !settings.quoteInDryRun) {
		return await showOpen(context, order, settings);
	}
	const chosen = await chosenBefore(context, order);
	// TW may well refuse to price a number that it has
	const before = context.client.isDry ? undefined : await placedEarlier(context, order, settings);
	if (before instanceof Fault) throw before;
	if (before) return await outputFor(context, order.no, before, settings, chosen ?? {});
	const choice = chosen ?? (await choose(context, order, settings));
	const ticket = { ...order, product: choice.channel };
	return await place(context, ticket, order, settings, choice);
}

async function place(
	context: BuyContext,
	ticket: OpenTicket,
	order: OpenTicket,
	settings: BuySettings,
	choice: JsonObject,
): Promise<JsonObject> {
	// Another execution may have found another channel cheapest; it is the same order
	const [placed] = await create(context, [ticket as Ticket], settings, order);
	if (placed instanceof Fault) throw placed;
	return await outputFor(context, order.no, placed!, settings, choice);
}

async function outputFor(
	context: BuyContext,
	no: string,
	placed: Placed,
	settings: BuySettings,
	choice: JsonObject,
): Promise<JsonObject> {
	const output = await outputOf(context, no, placed, settings, choice);
	if (output instanceof Fault) throw output;
	if (placed.how === 'preview') return output;
	return { ...output, ...(boughtBefore(placed) ?? choice) };
}

/** For a dry run that does not ask for prices: the order without a channel, unless it names its own. */
async function showOpen(
	context: BuyContext,
	order: OpenTicket,
	settings: BuySettings,
): Promise<JsonObject> {
	const { product, ...open } = order;
	const { channels } = settings;
	if (!channels && product !== undefined) {
		return await place(context, order, order, settings, { channel: product });
	}
	const candidates = channels ? channels.join(', ') : 'all channels of the account';
	return await place(context, open, order, settings, {
		channel: null,
		remark: `The channel is open, so 'product' is missing: it would be the cheapest of ${candidates}. Turn on 'Quote in Dry Run' to see which.`,
	});
}

/** The channel that an earlier execution bought, which may not be the cheapest now. */
function boughtBefore(placed: Placed): Pick<Choice, 'channel'> | undefined {
	if (placed.how !== 'accepted' || !placed.sentBefore) return undefined;
	const { product } = placed.ticket;
	return product === undefined ? undefined : { channel: product };
}

const keyOfChoice = ({ client, node }: BuyContext, { no }: OpenTicket) =>
	keyOf('memory', client.account.mark, 'channel', node, no);

/** The choice of an earlier try of this execution. */
async function chosenBefore(context: BuyContext, order: OpenTicket): Promise<Choice | undefined> {
	const earlier = await (await context.register('no')).find(keyOfChoice(context, order));
	return earlier?.answer as Choice | undefined;
}

/** Chooses the channel. It stays the same in every try of an execution, so that a later try finds the first one's order. */
async function choose(
	context: BuyContext,
	order: OpenTicket,
	{ channels }: BuySettings,
): Promise<Choice> {
	const { client, limits, register, execution } = context;
	const { mark: account } = client.account;
	const [quotes] = await quoteOrders(client, [{ order, channels }], limits);
	const { channel, channel_name, price, left_out } = cheapest(quotes!);
	const name = nameMember(channel_name);
	const choice: Choice = { channel, ...name, quoted_price: price, left_out };
	const claim = { kind: 'memory', account, name: order.no, body: '', execution } as const;
	const ofExecution = await register('no');
	await ofExecution.put(keyOfChoice(context, order), { ...claim, until: 0, keeps: [] }, choice);
	return choice;
}
