/** Quote an order over several channels and create it with the cheapest, in one operation. */
import * as z from 'zod/v4';
import { DryRunFault } from '../../../lib/base/dry-run';
import { asFault, Fault } from '../../../lib/base/errors';
import {
	type Call,
	type Input,
	type Operation,
	type Outcome,
	perItem,
} from '../../../lib/operation/operation';
import type { TwClient } from '../../../lib/tw/wire/client';
import { createOrders } from '../../../lib/tw/orders/create';
import { followedOrder } from '../../../lib/tw/orders/follow';
import type { Placed } from '../../../lib/tw/orders/order';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { cheapest } from '../../../lib/tw/orders/quote';
import type { OpenTicket, Ticket } from '../../../lib/tw/orders/ticket';
import { orderIdentity, orderJson } from '../../shared/orderForm';
import { channelCodes } from '../channels';
import { fromShop, shopMembers, skippedOrder } from '../fromShop';
import {
	asksInDryRun,
	createOptions,
	outputOf,
	placeControls,
	placeOptions,
	type PlaceSettings,
} from '../placeOrder';
import { openTicketFields, quote, type QuoteSettings, withOwnChannel } from '../quoteOrder';

type Settings = PlaceSettings & QuoteSettings;

export const buyCheapest: Operation<TwClient, OpenTicket, Settings> = {
	value: 'buyCheapest',
	name: 'Buy Cheapest',
	action: 'Create an order with the cheapest channel',
	description: 'Compare channels and place the order with the cheapest one; it is charged',
	kind: 'write',
	endpoints: [twEndpoints.orderTrial.title, twEndpoints.orderForecast.title],
	output: {
		usual: () =>
			followedOrder().extend({
				channel: z.string(),
				/** Missing where another execution has bought it. */
				quoted_price: z.string().optional(),
				...shopMembers(),
			}),
		otherwise: skippedOrder,
	},
	json: orderJson,
	derived: fromShop(false),
	fields: openTicketFields,
	complete: withOwnChannel,
	controls: { channels: channelCodes, ...placeControls },
	options: placeOptions,
	identity: orderIdentity,
	asksInDryRun,
	perform: perItem(async (call, input) => {
		const { body, settings } = input;
		if (call.client.isDry && !asksInDryRun(settings)) throw await shownOpen(call, input);
		const choice = await choose(call, input);
		const placed = await place(call, input, { ...body, product: choice.channel });
		if (placed instanceof DryRunFault) throw placed.with(choice);
		if (placed instanceof Fault) throw placed;
		const outcome: Outcome = await outputOf(call, body.no, placed, settings);
		if (outcome instanceof Fault) throw outcome;
		const bought = boughtBefore(placed) ?? choice;
		return outcome.map(({ json }) => ({ json: { ...json, ...bought } }));
	}),
};

async function place(
	call: Call<TwClient>,
	{ body, settings }: Input<OpenTicket, Settings>,
	ticket: OpenTicket,
): Promise<Placed | Fault> {
	const [placed] = await createOrders(call.client, [ticket as Ticket], {
		...(await createOptions(call, settings)),
		// Another execution may have found another channel to be the cheapest: it is the same order
		sameAs: () => body,
	});
	return placed!;
}

/** For a dry run that does not ask for prices: the order without a channel, unless there is one alone. */
async function shownOpen(call: Call<TwClient>, input: Input<OpenTicket, Settings>): Promise<Fault> {
	const { product, ...open } = input.body;
	const { channels } = input.settings;
	const own = channels ? undefined : product;
	const shown = await place(call, input, own === undefined ? open : input.body);
	if (!(shown instanceof DryRunFault)) return asFault(shown);
	if (own !== undefined) return shown.with({ channel: own });
	const candidates = channels ? channels.join(', ') : 'all channels of the account';
	return shown.with({
		channel: null,
		remark: `The channel is open, so 'product' is missing: it would be the cheapest of ${candidates}. Turn on 'Quote in Dry Run' to see which.`,
	});
}

/** What another execution has bought, which may be another channel than the cheapest of now. */
function boughtBefore(placed: Placed): Pick<Choice, 'channel'> | undefined {
	if (placed.how !== 'accepted' || !placed.sentBefore) return undefined;
	const { product } = placed.ticket;
	return product === undefined ? undefined : { channel: product };
}

interface Choice {
	[member: string]: string;
	channel: string;
	/** Exact decimal text, in the account's currency. */
	quoted_price: string;
}

/**
 * The channel to buy. It stays the same in every try of an execution, even if prices move meanwhile:
 * a later try must find the order of the first, not make another one.
 */
async function choose(
	call: Call<TwClient>,
	{ body, settings }: Input<OpenTicket, Settings>,
): Promise<Choice> {
	const { ledger } = call;
	const key = `choice:${body.no}`;
	const earlier = ledger.get(key);
	if (earlier?.answer) return earlier.answer as Choice;
	const { channel, price } = cheapest((await quote(call, [{ body, settings }]))[0]!);
	const choice: Choice = { channel, quoted_price: price };
	ledger.set(key, { body: channel, state: 'accepted', answer: choice });
	return choice;
}
